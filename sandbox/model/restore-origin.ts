import { SqlError } from "../engine.ts";
import { pieceName } from "../tenant-data/archive-piece.ts";
import { readBackupSets, readSetInfo, setName } from "../tenant-data/backup-set.ts";
import { readFormat } from "../tenant-data/destination.ts";
import { planRestore, type RestorePlan, type RestoreTarget } from "../tenant-data/plan-restore.ts";
import { planFromSources } from "../tenant-data/plan-sources.ts";
import type { RestoreJob, RestoreOrigin } from "./backup-rows.ts";
import { destinationUri, inVersionsWords } from "./destination-uri.ts";
import type { Model } from "./model.ts";
import { notSupported, refusal } from "./refusal.ts";
import { badTime } from "./restore-words.ts";
import { DEFAULT_OFFSET_MINUTES, scnFromText } from "./time.ts";

export type Until =
  | { readonly kind: "scn"; readonly scn: bigint }
  | { readonly kind: "time"; readonly text: string }
  | { readonly kind: "latest" };

export function refuseScn(until: Until): void {
  if (until.kind !== "scn" || until.scn > 0n) return;
  throw refusal("OB_INVALID_ARGUMENT", "until scn, it should be positive integer");
}

/** Where a restore reads: the paths behind FROM, or the sets and pieces that were added one by one. */
export interface RestoreWords {
  /** As typed: comma separated. Absent: from the sources. */
  readonly from: string | undefined;
  /** ADD RESTORE SOURCE of the session. */
  readonly sources: readonly string[];
  /** SET DECRYPTION of the session. */
  readonly passwords: readonly string[];
}

export function restoreOrigin(model: Model, { from, sources, passwords }: RestoreWords): RestoreOrigin {
  if (from !== undefined && sources.length > 0) {
    throw notSupported("have backup_dest and restore_source at the same time");
  }
  if (from !== undefined) return originOfPaths(model, from, passwords);
  const uris = sources.map(uriOf);
  const [first] = uris;
  if (first === undefined) throw refusal("OB_INVALID_ARGUMENT");
  return { dataUri: first, archiveUri: null, passwords, sources: uris };
}

/** Which of the paths is data and which is logs stands in their format files. */
function originOfPaths(model: Model, from: string, passwords: readonly string[]): RestoreOrigin {
  if (from.trim() === "") throw refusal("OB_ERR_PARSER_SYNTAX");
  const found = { backup_data: [] as string[], archive_log: [] as string[] };
  for (const part of from.split(",")) {
    const uri = uriOf(part);
    const format = readFormat(model.media.directoryOf(uri));
    if (format === undefined) throw refusal("OB_BACKUP_FILE_NOT_EXIST");
    found[format.type].push(uri);
  }
  const [dataUri] = found.backup_data;
  if (found.backup_data.length > 1 || found.archive_log.length > 1) {
    throw notSupported("It is not support to restore from multiple tenant backup paths.");
  }
  if (dataUri === undefined) throw refusal("OB_ENTRY_NOT_EXIST", "No enough log for restore");
  return { dataUri, archiveUri: found.archive_log[0] ?? null, passwords };
}

function uriOf(part: string): string {
  const text = part.trim();
  if (/^(file|oss|cos|s3):\/\//.test(text)) return destinationUri(text);
  throw refusal("OB_INVALID_BACKUP_DEST", text);
}

/** Throws 4018, 4016, 9119 and what reading the files throws, in the words of RESTORE. */
export function planFrom(model: Model, origin: RestoreOrigin, until: Until): RestorePlan {
  try {
    return planAgain(model, origin, targetOf(model, origin, until));
  } catch (error) {
    const isAlone = origin.archiveUri === null && origin.sources === undefined;
    throw isAlone ? withoutArchive(error) : inVersionsWords(model, error);
  }
}

function targetOf(model: Model, origin: RestoreOrigin, until: Until): RestoreTarget {
  if (until.kind === "latest") return { latest: true };
  if (until.kind === "scn") return { scn: until.scn };
  const scn = scnFromText(until.text, zoneOf(model, origin));
  if (scn === undefined) throw badTime(until.text);
  return { scn };
}

/** UNTIL TIME is read in the time zone that stands in the backup, not in the session's. The named instant is included. */
function zoneOf(model: Model, { dataUri, sources }: RestoreOrigin): number {
  const sets = sources
    ? sources.flatMap((uri) => readSetInfo(model.media.directoryOf(uri)) ?? [])
    : readBackupSets(model.media.directoryOf(dataUri));
  return sets.at(-1)?.source.zoneMinutes ?? DEFAULT_OFFSET_MINUTES;
}

/** 4.2.1.9: from a data path alone whatever its complement_log does not hold is 4016, and so is a missing one. */
function withoutArchive(error: unknown): unknown {
  const isMissing = error instanceof SqlError && [4018, 9011, 9080].includes(error.errno);
  return isMissing ? refusal("OB_ERR_UNEXPECTED") : error;
}

/** The same files give the same plan. */
export function planAgain(model: Model, origin: RestoreOrigin, target: RestoreTarget): RestorePlan {
  const { dataUri, archiveUri, passwords, sources } = origin;
  const directoryOf = (uri: string) => model.media.directoryOf(uri);
  if (sources) return planFromSources({ folders: sources.map(directoryOf), passwords, target });
  const archive = archiveUri === null ? {} : { archivePath: directoryOf(archiveUri) };
  return planRestore({ dataPath: directoryOf(dataUri), ...archive, passwords, target });
}

type Paths = Pick<RestoreJob, "setPaths" | "piecePaths">;

/** What a plan reads, as BACKUP_SET_LIST and BACKUP_PIECE_LIST print it; without an archive the logs lie in the last set. */
export function pathsOf(model: Model, origin: RestoreOrigin, { sets, pieces }: RestorePlan): Paths {
  const named = new Map(origin.sources?.map((uri) => [model.media.directoryOf(uri), uri]));
  const setPaths = sets.map(
    ({ set, directory }) => named.get(directory) ?? `${origin.dataUri}/${setName(set)}`,
  );
  const logs = origin.archiveUri ?? `${setPaths.at(-1) ?? origin.dataUri}/complement_log`;
  const piecePaths = pieces.map(
    ({ piece, directory }) => named.get(directory) ?? `${logs}/${pieceName(piece)}`,
  );
  return { setPaths, piecePaths };
}
