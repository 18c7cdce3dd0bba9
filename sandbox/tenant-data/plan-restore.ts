import fs from "node:fs";
import path from "node:path";
import { type ArchivePiece, pieceDirectory, readPieces } from "./archive-piece.ts";
import { choosePieces } from "./choose-pieces.ts";
import { chooseSets, type SetPlace } from "./choose-sets.ts";
import { formatFile, readFormat, type Source } from "./destination.ts";
import { notEnoughLog, nothingArchived, reading, StorageFault } from "./storage-fault.ts";

export type RestoreTarget = { readonly scn: bigint } | { readonly latest: true };

export interface RestoreRequest {
  /** Directory of the data destination. */
  readonly dataPath: string;
  /** Directory of the archive destination; without it only PLUS ARCHIVELOG sets serve. */
  readonly archivePath?: string;
  readonly target: RestoreTarget;
  /** SET DECRYPTION IDENTIFIED BY, one or more. */
  readonly passwords: readonly string[];
}

export interface PiecePlace {
  readonly piece: ArchivePiece;
  readonly directory: string;
}

export interface RestorePlan {
  readonly targetScn: bigint;
  /** Redo above it is replayed: START_REPLAY_SCN of the newest set, or where the tenant stands. */
  readonly startScn: bigint;
  /** Full set first; empty when a tenant that exists is moved on. */
  readonly sets: readonly SetPlace[];
  readonly pieces: readonly PiecePlace[];
  /** Bytes stored in the sets and in the pieces. */
  readonly dataBytes: number;
  readonly logBytes: number;
  /** Of the newest set used: RESTORE checks its version and compatible against the cluster's. */
  readonly source: Source;
  readonly passwords: readonly string[];
}

/**
 * The kernel's own choice of sets and pieces, from files alone. Throws 9011 (no such directory), 9080 (no format file),
 * 9047 (password), 4018 (target before the first set, in a hole, past the end).
 */
export function planRestore(request: RestoreRequest): RestorePlan {
  const { dataPath, archivePath, passwords } = request;
  requireFormat(dataPath);
  if (archivePath !== undefined) requireFormat(archivePath);
  const wanted = wantedScn(request);
  const sets = chooseSets({ dataPath, passwords, targetScn: wanted });
  const newest = sets.at(-1)?.set;
  if (newest === undefined) throw notEnoughLog(`no backup set serves ${wanted ?? "any instant"}`);
  const targetScn = wanted ?? newest.minRestoreScn;
  const startScn = newest.startReplayScn;
  const pieces = piecesBelow(archivePath ?? complementOf(sets), { startScn, targetScn });
  return planOf({ sets, pieces, targetScn, passwords });
}

/** Sets and pieces that were chosen, as a plan. Throws 4018 without a set. */
export function planOf(
  chosen: Pick<RestorePlan, "sets" | "pieces" | "targetScn" | "passwords">,
): RestorePlan {
  const newest = chosen.sets.at(-1)?.set;
  if (newest === undefined) throw notEnoughLog("no backup set");
  const dataBytes = chosen.sets.reduce((sum, { set }) => sum + set.outputBytes, 0);
  const { startReplayScn: startScn, source } = newest;
  return { ...chosen, startScn, dataBytes, logBytes: logBytes(chosen.pieces), source };
}

/**
 * The pieces that carry a restored tenant from `fromScn` further on (RECOVER STANDBY UNTIL). `latest` is the newest
 * checkpoint in the archive path. Throws 4018, also when the target is not above `fromScn`.
 */
export function planRecovery(request: {
  readonly archivePath: string;
  readonly fromScn: bigint;
  readonly target: RestoreTarget;
}): RestorePlan {
  const { archivePath, fromScn: startScn, target } = request;
  requireFormat(archivePath);
  const targetScn = "scn" in target ? target.scn : newestCheckpoint(archivePath);
  const pieces = piecesBelow(archivePath, { startScn, targetScn });
  const source = pieces.at(-1)?.piece.source;
  if (source === undefined) throw notEnoughLog("no archive piece");
  return {
    targetScn,
    startScn,
    sets: [],
    pieces,
    dataBytes: 0,
    logBytes: logBytes(pieces),
    source,
    passwords: [],
  };
}

/** The logs in the last set's own complement_log (PLUS ARCHIVELOG). */
export function complementPieces(sets: readonly SetPlace[], targetScn: bigint): readonly PiecePlace[] {
  return piecesBelow(complementOf(sets), { startScn: sets.at(-1)?.set.startReplayScn ?? 0n, targetScn });
}

/** Undefined: only the sets can tell (no archive path and no UNTIL). */
function wantedScn({ target, archivePath }: RestoreRequest): bigint | undefined {
  if ("scn" in target) return target.scn;
  return archivePath === undefined ? undefined : newestCheckpoint(archivePath);
}

function newestCheckpoint(archivePath: string): bigint {
  const newest = readPieces(archivePath).at(-1);
  if (newest === undefined) throw nothingArchived(`${archivePath} holds no archive piece`);
  return newest.checkpointScn;
}

function complementOf(sets: readonly SetPlace[]): string {
  return path.join(sets.at(-1)?.directory ?? "", "complement_log");
}

function piecesBelow(
  archivePath: string,
  range: { readonly startScn: bigint; readonly targetScn: bigint },
): readonly PiecePlace[] {
  const pieces = choosePieces(readPieces(archivePath), range);
  return pieces.map((piece) => ({ piece, directory: pieceDirectory(archivePath, piece) }));
}

function logBytes(pieces: readonly PiecePlace[]): number {
  return pieces.reduce((sum, { piece }) => sum + piece.outputBytes, 0);
}

function requireFormat(directory: string): void {
  reading(() => fs.statSync(directory));
  if (readFormat(directory) !== undefined) return;
  throw new StorageFault("OB_BACKUP_FORMAT_FILE_NOT_EXIST", `${formatFile(directory)} does not exist`, "");
}
