import fs from "node:fs";
import path from "node:path";
import { nanosecondText } from "../model/time.ts";
import { type ArchivePiece, readPiece, readPiecesUpTo } from "./archive-piece.ts";
import { readSetInfo } from "./backup-set.ts";
import { checkPassword, type SetPlace } from "./choose-sets.ts";
import {
  complementPieces,
  type PiecePlace,
  planOf,
  type RestorePlan,
  type RestoreTarget,
} from "./plan-restore.ts";
import { notAllowed, notEnoughSources, reading, StorageFault } from "./storage-fault.ts";

export interface SourcesRequest {
  /** Directories of single sets and pieces, in any order: ADD RESTORE SOURCE. */
  readonly folders: readonly string[];
  readonly target: RestoreTarget;
  readonly passwords: readonly string[];
}

/**
 * The kernel's choice among single sets and pieces (ob_restore_util.cpp). Directories that are neither are passed over.
 * Throws 9119 in words for what is missing, 4179 for a mixture of tenants, 9047, 4201 for a piece that was not named.
 */
export function planFromSources(request: SourcesRequest): RestorePlan {
  const pieces = request.folders.filter(isPiece).flatMap(pieceAt);
  const sets = request.folders.filter((folder) => !isPiece(folder)).flatMap(setAt);
  sets.sort((a, b) => a.set.setId - b.set.setId);
  const alone = !request.folders.some(isPiece);
  const targetScn = "scn" in request.target ? request.target.scn : newest(alone ? sets : pieces);
  const { passwords } = request;
  const chain = chosenSets(sets, { targetScn, passwords });
  const logs = alone ? complementPieces(chain, targetScn) : chosenPieces(chain, pieces, targetScn);
  return planOf({ sets: chain, pieces: logs, targetScn, passwords });
}

function isPiece(folder: string): boolean {
  return fs.existsSync(path.join(folder, "tenant_archive_piece_infos.obarc"));
}

function pieceAt(directory: string): readonly PiecePlace[] {
  const piece = reading(() => readPiece(directory));
  return piece?.fileStatus === "AVAILABLE" ? [{ piece, directory }] : [];
}

function setAt(directory: string): SetPlace[] {
  const set = readSetInfo(directory);
  return set === undefined ? [] : [{ set, directory }];
}

/** Without UNTIL: the newest checkpoint among the pieces, or the newest set's own end. */
function newest(places: readonly (SetPlace | PiecePlace)[]): bigint {
  const scns = places.map((place) => ("set" in place ? place.set.minRestoreScn : place.piece.checkpointScn));
  return scns.reduce((highest, scn) => (scn > highest ? scn : highest), 0n);
}

interface Wanted {
  readonly targetScn: bigint;
  readonly passwords: readonly string[];
}

function chosenSets(sets: readonly SetPlace[], { targetScn, passwords }: Wanted): readonly SetPlace[] {
  const usable = sets.filter(({ set }) => set.status === "SUCCESS" && set.fileStatus === "AVAILABLE");
  refuseMixture(
    usable.map(({ set }) => set.source.tenantId),
    "restoring backupsets of different tenants",
  );
  let chain: readonly SetPlace[] = [];
  for (const place of usable) {
    const { set } = place;
    checkPassword(set, passwords);
    if (set.minRestoreScn > targetScn) continue;
    const ids = chain.map((member) => member.set.setId);
    if (set.type === "FULL") chain = [place];
    else if (ids.includes(set.prevFullId) && ids.includes(set.prevIncId)) chain = [...chain, place];
  }
  if (chain.length === 0) throw notEnoughSources(whyNoSet(usable));
  return chain;
}

function refuseMixture(tenantIds: readonly number[], what: string): void {
  if (new Set(tenantIds).size > 1) throw notAllowed(what);
}

function whyNoSet(usable: readonly SetPlace[]): string {
  const [first] = usable.filter(({ set }) => set.type === "FULL");
  if (first === undefined) {
    return usable.length > 0 ? "no full backup set exists" : "no backup set is available";
  }
  const at = nanosecondText(first.set.minRestoreScn, first.set.source.zoneMinutes);
  return `no full backup set can be used to restore to given time, minimum restorable time is ${at}`;
}

function chosenPieces(
  sets: readonly SetPlace[],
  pieces: readonly PiecePlace[],
  targetScn: bigint,
): readonly PiecePlace[] {
  refuseMixture(
    pieces.map(({ piece }) => piece.source.tenantId),
    "restoring backup pieces of different tenants",
  );
  const last = pieces.toSorted((a, b) => a.piece.pieceId - b.piece.pieceId).at(-1);
  if (last === undefined) throw notEnoughSources("no usable log pieces");
  const startScn = sets.at(-1)?.set.startReplayScn ?? 0n;
  const needed = neededRun(readPiecesUpTo(last.directory), { startScn, targetScn });
  return needed.map((piece) => placeOf(piece, pieces));
}

/** The list of the newest piece names those before it, also ones that were not given. */
function placeOf(piece: ArchivePiece, places: readonly PiecePlace[]): PiecePlace {
  const found = places.find(
    (place) => place.piece.pieceId === piece.pieceId && place.piece.destId === piece.destId,
  );
  if (found === undefined) {
    throw new StorageFault("OB_HASH_NOT_EXIST", `piece ${piece.pieceId} was not named as a source`);
  }
  return found;
}

interface Range {
  readonly startScn: bigint;
  readonly targetScn: bigint;
}

function neededRun(all: readonly ArchivePiece[], { startScn, targetScn }: Range): readonly ArchivePiece[] {
  const destId = all[0]?.destId;
  let run: readonly ArchivePiece[] = [];
  for (const piece of all) {
    if (piece.destId !== destId || piece.fileStatus !== "AVAILABLE" || piece.endScn <= startScn) continue;
    const previous = run.at(-1);
    const isNext = previous?.endScn === piece.startScn;
    if (piece.startScn >= targetScn) {
      if (isNext && previous !== undefined && previous.checkpointScn < targetScn) run = [...run, piece];
      break;
    }
    if (isNext) run = [...run, piece];
    // The kernel spells it so.
    else if (piece.startScn > startScn) throw notEnoughSources("no enough log for retore");
    else run = [piece];
  }
  const last = run.at(-1);
  if (last === undefined) throw notEnoughSources("no enough log for restore");
  if (last.checkpointScn >= targetScn) return run;
  const at = nanosecondText(last.checkpointScn, last.source.zoneMinutes);
  throw notEnoughSources(`no enough log, maximum restorable time is ${at}`);
}
