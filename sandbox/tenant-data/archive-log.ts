import type { ArchivePiece, ArchiveRound } from "./archive-piece.ts";
import type { Destination, Source } from "./destination.ts";
import type { TenantData } from "./tenant-data.ts";

export interface ArchiveRequest {
  readonly data: TenantData;
  readonly destination: Destination;
  readonly source: Source;
  readonly roundId: number;
  readonly basePieceId: number;
  /** Microseconds. */
  readonly pieceSwitchInterval: number;
  /** A fresh SCN: every later commit is archived. */
  readonly startScn: bigint;
}

/** One archive round that is being written. Each advance is whole on disk before it returns: resumeArchive goes on. */
export interface ArchiveRun {
  readonly round: ArchiveRound;
  /** Pieces of this round, oldest first. */
  readonly pieces: readonly ArchivePiece[];
  /**
   * Writes the redo up to `upToScn` into the pieces it belongs to and moves the checkpoint there; freezes pieces that
   * the checkpoint has passed. Throws 9087 (redo is gone), 9070, 9071, 9082; the checkpoint then stays where it was.
   */
  advance(upToScn: bigint): void;
  /** Ends the round at its checkpoint: freezes all pieces, writes the end mark. */
  stop(): void;
  /** Lets go of the files (DEFER, a restart, a forced stop); the round can be resumed. */
  close(): void;
}

/** Throws 9070, 9071, 9080, 9081, 9082. */
export function startArchive(request: ArchiveRequest): ArchiveRun {
  throw new Error(`not written yet: ${request.roundId}`);
}

/** Reads the round back from its files. */
export function resumeArchive(request: {
  readonly data: TenantData;
  readonly destination: Destination;
  readonly roundId: number;
}): ArchiveRun {
  throw new Error(`not written yet: ${request.roundId}`);
}
