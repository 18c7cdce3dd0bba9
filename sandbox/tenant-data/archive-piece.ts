import path from "node:path";
import type { Source } from "./destination.ts";
import { having, listOf, namesIn, readDocument, writeDocument } from "./sandbox-file.ts";

/** What stays the same over an archive round: `rounds/round_d<dest>r<round>_start.obarc`. */
export interface RoundStart {
  readonly destId: number;
  readonly roundId: number;
  readonly basePieceId: number;
  /** Microseconds. */
  readonly pieceSwitchInterval: number;
  readonly startScn: bigint;
  /** The last redo record that is not part of it. */
  readonly startLsn: number;
  readonly source: Source;
  readonly path: string;
}

/** One row of CDB_OB_ARCHIVELOG, as far as files can know it. */
export interface ArchiveRound extends RoundStart {
  readonly usedPieceId: number;
  readonly checkpointScn: bigint;
  readonly maxScn: bigint;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly stopped: boolean;
}

/** One row of CDB_OB_ARCHIVELOG_PIECE_FILES. */
export interface ArchivePiece {
  readonly destId: number;
  readonly roundId: number;
  readonly pieceId: number;
  readonly startScn: bigint;
  readonly endScn: bigint;
  readonly checkpointScn: bigint;
  /** SCN of the newest record in it; its start where there is none. */
  readonly maxScn: bigint;
  readonly status: "ACTIVE" | "FROZEN";
  readonly fileStatus: "INCOMPLETE" | "AVAILABLE";
  /** Redo as it was on the log disk. */
  readonly inputBytes: number;
  /** Redo as it is in the piece, compressed. */
  readonly outputBytes: number;
  readonly source: Source;
  readonly path: string;
  /** The redo records in it are those above startLsn up to endLsn. */
  readonly startLsn: number;
  readonly endLsn: number;
  /** Bytes of each file in `logstream_1001/log`. */
  readonly fileBytes: readonly number[];
}

const isPiece = having<ArchivePiece>("pieceId");

type Named = Pick<ArchivePiece, "destId" | "roundId" | "pieceId">;

export function pieceName({ destId, roundId, pieceId }: Named): string {
  return `piece_d${destId}r${roundId}p${pieceId}`;
}

export function roundName({ destId, roundId }: Pick<ArchivePiece, "destId" | "roundId">): string {
  return `round_d${destId}r${roundId}`;
}

export function pieceDirectory(directory: string, piece: Named): string {
  return path.join(directory, pieceName(piece));
}

export function logFolder(pieceFolder: string): string {
  return path.join(pieceFolder, "logstream_1001", "log");
}

/**
 * All pieces below an archive destination, in order, as the kernel finds them: the list of frozen pieces that the newest
 * non-empty piece directory holds, and that piece itself (ob_archive_store.cpp).
 */
export function readPieces(directory: string): readonly ArchivePiece[] {
  for (const name of pieceFolders(directory)) {
    const folder = path.join(directory, name);
    const pieces = readPiecesUpTo(folder);
    if (pieces.length > 0) return pieces;
  }
  return [];
}

/** One piece and all before it, oldest first; nothing when the folder holds no piece. */
export function readPiecesUpTo(folder: string): readonly ArchivePiece[] {
  const piece = readPiece(folder);
  return piece === undefined ? [] : [...readEarlierPieces(folder), piece];
}

/** Newest first. */
function pieceFolders(directory: string): readonly string[] {
  const found = namesIn(directory).flatMap((name) => {
    const match = /^piece_d\d+r(\d+)p(\d+)$/.exec(name);
    return match === null ? [] : [{ name, roundId: Number(match[1]), pieceId: Number(match[2]) }];
  });
  const newestFirst = found.toSorted((a, b) => b.roundId - a.roundId || b.pieceId - a.pieceId);
  return newestFirst.map(({ name }) => name);
}

/** Frozen: single_piece_info; active: the newest checkpoint_info. Undefined when the folder holds neither. */
export function readPiece(pieceFolder: string): ArchivePiece | undefined {
  if (namesIn(pieceFolder).includes("single_piece_info.obarc")) {
    return readDocument(path.join(pieceFolder, "single_piece_info.obarc"), {
      kind: "piece_info",
      is: isPiece,
    });
  }
  const newest = checkpointFiles(pieceFolder).at(-1);
  return newest === undefined ? undefined : readDocument(newest, { kind: "checkpoint_info", is: isPiece });
}

/** `checkpoint/checkpoint_info.<scn>.obarc`, oldest first (4.2.1.9). */
export function checkpointFiles(pieceFolder: string): readonly string[] {
  const folder = path.join(pieceFolder, "checkpoint");
  const names = namesIn(folder).filter((name) => /^checkpoint_info\.[1-9]\d*\.obarc$/.test(name));
  return names.toSorted((a, b) => (scnIn(a) < scnIn(b) ? -1 : 1)).map((name) => path.join(folder, name));
}

function scnIn(checkpointName: string): bigint {
  return BigInt(checkpointName.split(".")[1] ?? 0);
}

export function checkpointFile(pieceFolder: string, piece: ArchivePiece): string {
  return path.join(pieceFolder, "checkpoint", `checkpoint_info.${piece.checkpointScn}.obarc`);
}

/** Stands beside the newest checkpoint_info.<scn> from the beginning (4.2.1.9). */
export function checkpointMark(pieceFolder: string): string {
  return path.join(pieceFolder, "checkpoint", "checkpoint_info.0.obarc");
}

function earlierPiecesFile(pieceFolder: string): string {
  return path.join(pieceFolder, "tenant_archive_piece_infos.obarc");
}

function readEarlierPieces(pieceFolder: string): readonly ArchivePiece[] {
  return readDocument(earlierPiecesFile(pieceFolder), { kind: "piece_infos", is: listOf(isPiece) });
}

export function writeEarlierPieces(pieceFolder: string, pieces: readonly ArchivePiece[]): void {
  writeDocument(earlierPiecesFile(pieceFolder), { kind: "piece_infos", content: pieces });
}
