import type { Column, Reply, Value } from "../engine.ts";
import { notAllowed, notSupported, refusal } from "../model/refusal.ts";
import { cancelRestore, orderRestore, previewRestore, type RestorePreview } from "../model/restore.ts";
import { refuseScn, type Until } from "../model/restore-origin.ts";
import { microsOf, timestampText, timeTag } from "../model/time.ts";
import { isSince } from "../model/version.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import type { BackupSet } from "../tenant-data/backup-set.ts";
import { type Command, DONE, isSys, type Sender } from "./command.ts";
import { readDescription, readName } from "./names.ts";
import { decryptionOf } from "./setting-statements.ts";

/** RESTORE t FROM … [UNTIL …] WITH …, RESTORE FROM … UNTIL … PREVIEW. */
export function readRestore(reader: TokenReader): Command {
  if (reader.sees("FROM")) return sysOnly(readPreview(reader));
  const name = readName(reader);
  const from = reader.accepts("FROM") ? reader.expectString() : undefined;
  const until = readUntil(reader) ?? { kind: "latest" };
  reader.expect("WITH");
  const options = reader.expectString();
  const withKey = readKey(reader);
  const description = readDescription(reader) ?? null;
  reader.expectEnd();
  return sysOnly((sender) => {
    if (withKey) throw refusal("OB_NOT_SUPPORTED");
    orderRestore(sender.model, { name, from, until, options, description, ...wordsOf(sender) });
    return DONE;
  });
}

/** What the session has set for its next restore. */
function wordsOf(sender: Sender) {
  return { passwords: decryptionOf(sender), sources: sourcesOf(sender) };
}

function sysOnly(command: Command): Command {
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    return command(sender);
  };
}

/** `UNTIL TIME = 'ts'` or `UNTIL SCN = n`: the equal sign is required, and the SCN is a number. */
export function readUntil(reader: TokenReader): Until | undefined {
  if (!reader.accepts("UNTIL")) return undefined;
  if (reader.accepts("SCN", "=")) return { kind: "scn", scn: reader.expectInteger() };
  reader.expect("TIME", "=");
  return { kind: "time", text: reader.expectString() };
}

/** `WITH KEY FROM '…' ENCRYPTED BY '…'` (Enterprise). */
export function readKey(reader: TokenReader): boolean {
  if (!reader.accepts("WITH", "KEY", "FROM")) return false;
  reader.expectString();
  reader.expect("ENCRYPTED", "BY");
  reader.expectString();
  return true;
}

const PREVIEW = "restore preview";

/** What a preview leaves in the session for the SHOW behind it: it is looked at only then (4.2.1.9). */
class Preview {
  readonly from: string;
  readonly until: Until;

  constructor(from: string, until: Until) {
    this.from = from;
    this.until = until;
  }
}

function readPreview(reader: TokenReader): Command {
  reader.expect("FROM");
  const from = reader.expectString();
  const until = readUntil(reader);
  reader.expect("PREVIEW");
  reader.expectEnd();
  return (sender) => {
    if (until === undefined) throw notAllowed("restore preview must have a scn or timestamp, otherwise");
    refuseScn(until);
    sender.session.words.set(PREVIEW, new Preview(from, until));
    return DONE;
  };
}

/** SHOW RESTORE PREVIEW: as often as asked, and with whatever the files then say. */
export function showRestorePreview(sender: Sender): Reply {
  const preview = sender.session.words.get(PREVIEW);
  if (!(preview instanceof Preview)) {
    throw notSupported("show restore preview before ALTER SYSTEM RESTORE PREVIEW is");
  }
  const words = { from: preview.from, sources: [], passwords: decryptionOf(sender) };
  const found = previewRestore(sender.model, words, preview.until);
  return { kind: "rows", columns: PREVIEW_COLUMNS, rows: previewRows(sender, found) };
}

const PREVIEW_COLUMNS: readonly Column[] = [
  { name: "backup_type", type: "varchar", length: 20 },
  { name: "backup_id", type: "bigint" },
  { name: "backup_dest", type: "varchar", length: 2048, nullable: true },
  { name: "description", type: "varchar", length: 2048, nullable: true },
];

/** All sets first, then all pieces. */
function previewRows(sender: Sender, { plan, setPaths, piecePaths }: RestorePreview): Value[][] {
  const sets = plan.sets.map(({ set }, index) => [
    "BACKUP_SET",
    set.setId,
    setPaths[index] ?? "",
    setWords(sender, set),
  ]);
  const pieces = plan.pieces.map(({ piece }, index) => {
    const from = timeTag(piece.startScn, 0);
    const to = timeTag(piece.checkpointScn, 0);
    const words = `start_scn_display: ${from}, checkpoint_scn_display: ${to}.`;
    return ["BACKUP_PIECE", piece.pieceId, piecePaths[index] ?? "", words];
  });
  return [...sets, ...pieces];
}

/** Empty on 4.2.x; 4.3.5 says what kind of set it is, and so, it is assumed, does 4.3.3. */
function setWords({ model }: Sender, set: BackupSet): string {
  if (!isSince(model.version, "4.3")) return "";
  const at = timestampText(microsOf(set.minRestoreScn), 0);
  return `type: ${set.type.toLowerCase()}, min_restore_scn_display: ${at}, size: ${set.outputBytes}.`;
}

/** CANCEL RESTORE t. */
export function readCancelRestore(reader: TokenReader): Command {
  const name = readName(reader);
  reader.expectEnd();
  return sysOnly(({ model }) => {
    cancelRestore(model, name);
    return DONE;
  });
}

const SOURCES = "restore sources";

/** ADD RESTORE SOURCE 'set or piece[, …]', as often as needed, then RESTORE without FROM; CLEAR forgets them. */
export function readRestoreSource(reader: TokenReader, verb: "ADD" | "CLEAR"): Command {
  reader.expect("RESTORE", "SOURCE");
  const paths = verb === "ADD" ? reader.expectString() : "";
  reader.expectEnd();
  return (sender) => {
    // 4.2.1.9 was seen to say so of ADD; of CLEAR it is not known.
    if (!isSys(sender) && verb === "ADD") throw notSupported("non-sys tenant set add restore source is");
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    const { words } = sender.session;
    const added = paths.split(",").flatMap((part) => part.trim() || []);
    if (verb === "CLEAR") words.delete(SOURCES);
    else words.set(SOURCES, [...sourcesOf(sender), ...added]);
    return DONE;
  };
}

function sourcesOf({ session }: Sender): readonly string[] {
  const sources = session.words.get(SOURCES);
  return Array.isArray(sources) ? sources.map(String) : [];
}
