import type { FileStatus } from "./backup-set.ts";
import type { Micros, Scn } from "./scn.ts";

/** The kernel's round states in our words; "unknown" keeps OceanBase's own in `statusWord`. */
export type RoundStatus =
  | "preparing"
  | "beginning"
  | "doing"
  | "interrupted"
  | "suspending"
  | "suspended"
  | "stopping"
  | "stopped"
  | "unknown";

/** One archive round of one tenant: CDB_OB_ARCHIVELOG_SUMMARY (4.x), the running one and those that ended. */
export interface ArchiveRound {
  readonly destId: number;
  readonly id: number;
  readonly status: RoundStatus;
  readonly statusWord: string;
  /** [startScn, checkpointScn] is archived. 0 until the round has begun. */
  readonly startScn: Scn;
  readonly checkpointScn: Scn;
  readonly startedAt: Micros | null;
  readonly path: string;
  readonly inputBytes: number;
  readonly outputBytes: number;
  /** The cause of an interruption, as OceanBase tells it; secrets masked. */
  readonly comment: string;
}

/** One archive piece: CDB_OB_ARCHIVELOG_PIECE_FILES (4.x). */
export interface ArchivePiece {
  readonly destId: number;
  readonly roundId: number;
  readonly id: number;
  /** [startScn, endScn) is the planned range, kept also by the last piece of a stopped round. */
  readonly startScn: Scn;
  readonly endScn: Scn;
  /** What is really archived. */
  readonly checkpointScn: Scn;
  readonly fileStatus: FileStatus;
  readonly statusWords: string;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly path: string;
}

export type RoundEnd = "archive-stopped" | "archive-interrupted" | "archive-suspended";

/**
 * How a round came to its end; null while it goes on (an unknown word counts as going on: nothing is claimed of it).
 * An interrupted round can only be stopped before the next one starts, and then reads STOP; its comment still tells
 * (`log stream 1001 interrupted`, facts 2.1; that the comment outlives the stop is not proven on every version).
 */
export function roundEnd(round: ArchiveRound): RoundEnd | null {
  if (round.status === "interrupted") return "archive-interrupted";
  if (round.status === "suspending" || round.status === "suspended") return "archive-suspended";
  if (round.status !== "stopping" && round.status !== "stopped") return null;
  return /\binterrupted\b/i.test(round.comment) ? "archive-interrupted" : "archive-stopped";
}
