import fs from "node:fs";
import path from "node:path";
import type { Model } from "../model/model.ts";
import { pieceName } from "../tenant-data/archive-piece.ts";
import { setName } from "../tenant-data/backup-set.ts";
import type { ClusterFault, DestinationTrouble } from "./fault.ts";
import type { Trouble } from "./faulty-media.ts";
import { type Ground, type Strike, tenantsMeant } from "./ground.ts";

type Of<Kind extends string> = Extract<ClusterFault, { readonly kind: Kind }>;

const TROUBLES: Readonly<Record<DestinationTrouble, Trouble>> = {
  "destination-full": "full",
  "destination-read-only": "read-only",
  "destination-gone": "gone",
};

/** The destination that the tenant has at that moment, for all who use it. */
export function breakDestination({ model, troubles }: Ground, what: Of<DestinationTrouble>): Strike {
  const { dataDests, archiveDests } = model.state;
  const dests = what.of === "data" ? dataDests : archiveDests;
  const uris = tenantsMeant(model, what.tenant).map((tenant) => dests.get(tenant.id)?.uri);
  const uri = uris.find((set) => set !== undefined && troubles.at(set) === undefined);
  if (uri === undefined) return "waits";
  troubles.begin(uri, TROUBLES[what.kind]);
  return { whom: uri, end: () => troubles.end(uri) };
}

/** The files of a finished set: its directory is gone, or a byte of its data is wrong. Its row says AVAILABLE still. */
export function spoilSet(ground: Ground, what: Of<"set-lost" | "set-damaged">): Strike {
  const { model } = ground;
  const ids = tenantsMeant(model, what.tenant).map((tenant) => tenant.id);
  const sets = model.state.sets.where(
    (set) =>
      ids.includes(set.tenantId) &&
      set.fileStatus === "AVAILABLE" &&
      (what.setId === undefined || set.setId === what.setId),
  );
  const folders = sets.map((set) => folderOf(ground, set.uri, setName(set)));
  return spoil(folders, what.kind === "set-lost" ? "lost" : /macro_block_data/);
}

/** The same of a piece. Without an id, the newest of those that are FROZEN, or the one that is being written. */
export function spoilPiece(ground: Ground, what: Of<"piece-lost" | "piece-damaged">): Strike {
  const { model } = ground;
  const ids = tenantsMeant(model, what.tenant).map((tenant) => tenant.id);
  const pieces = model.state.pieces.where(
    (piece) =>
      ids.includes(piece.tenantId) &&
      piece.fileStatus === "AVAILABLE" &&
      (what.pieceId === undefined || piece.pieceId === what.pieceId),
  );
  const frozen = pieces.filter((piece) => piece.status === "FROZEN");
  const meant = frozen.length > 0 ? frozen : pieces;
  const folders = meant.map((piece) => folderOf(ground, piece.uri, pieceName(piece)));
  return spoil(folders, what.kind === "piece-lost" ? "lost" : /[\\/]log[\\/]\d+\.obarc$/);
}

/** Undefined where nobody can reach it just now. */
function folderOf({ model, troubles }: Ground, uri: string, name: string): string | undefined {
  if (troubles.at(uri) === "gone") return undefined;
  return path.join(directoryOf(model, uri), name);
}

function directoryOf(model: Model, uri: string): string {
  return model.media.directoryOf(uri);
}

/** Spoils the newest folder that is there: takes it away, or turns a byte of each file whose name fits. */
function spoil(folders: readonly (string | undefined)[], how: "lost" | RegExp): Strike {
  for (const folder of folders.toReversed()) {
    if (folder === undefined || !fs.existsSync(folder)) continue;
    if (how === "lost") {
      fs.rmSync(folder, { recursive: true, force: true });
      return { whom: path.basename(folder) };
    }
    const files = filesBelow(folder).filter((file) => how.test(file));
    if (files.length === 0) continue;
    for (const file of files) turnByte(file);
    return { whom: path.basename(folder) };
  }
  return "waits";
}

function filesBelow(folder: string): readonly string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** The last byte: it belongs to the newest block, whose checksum then fails. */
function turnByte(file: string): void {
  const content = fs.readFileSync(file);
  const at = content.length - 1;
  if (at < 0) return;
  content[at] = (content[at] ?? 0) ^ 0xff;
  fs.writeFileSync(file, content);
}
