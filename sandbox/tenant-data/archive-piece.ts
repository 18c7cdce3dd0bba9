import type { Source } from "./destination.ts";

/** One row of CDB_OB_ARCHIVELOG, as far as files can know it. */
export interface ArchiveRound {
  readonly destId: number;
  readonly roundId: number;
  readonly basePieceId: number;
  readonly usedPieceId: number;
  /** Microseconds. */
  readonly pieceSwitchInterval: number;
  readonly startScn: bigint;
  readonly checkpointScn: bigint;
  readonly maxScn: bigint;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly stopped: boolean;
  readonly path: string;
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
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly source: Source;
  readonly path: string;
}

/** All pieces below an archive destination that the list of the newest non-empty piece directory names, in order. */
export function readPieces(directory: string): readonly ArchivePiece[] {
  throw new Error(`not written yet: ${directory}`);
}
