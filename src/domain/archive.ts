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
  /** What OceanBase says of its present state; secrets masked. */
  readonly comment: string;
  /**
   * What OceanBase said when the round was interrupted, perhaps nothing; null where it was not, as far as anybody saw.
   * Its row forgets: once the round is stopped it reads STOP without a comment (seen on 4.2.1.9).
   */
  readonly interruption: string | null;
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
 * An interrupted round never goes on: it can only be stopped, and then another one starts.
 */
export function roundEnd(round: ArchiveRound): RoundEnd | null {
  if (round.status === "interrupted" || round.interruption !== null) return "archive-interrupted";
  if (round.status === "suspending" || round.status === "suspended") return "archive-suspended";
  return round.status === "stopping" || round.status === "stopped" ? "archive-stopped" : null;
}

export function newestRound(rounds: readonly ArchiveRound[]): ArchiveRound | undefined {
  return rounds.reduce<ArchiveRound | undefined>(
    (newest, each) => (!newest || each.id > newest.id ? each : newest),
    undefined,
  );
}
