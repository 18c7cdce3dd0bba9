import type { Scn, ScnRange } from "./scn.ts";

/** An unbroken run of instants to which the tenant can be restored. Both ends are included. */
export interface RestorableInterval {
  readonly from: Scn;
  readonly to: Scn;
  /** The set whose MIN_RESTORE_SCN opens the interval. */
  readonly openedBySetId: number;
  /** The round whose logs carry it; null for the single instant of a PLUS ARCHIVELOG set outside every round. */
  readonly roundId: number | null;
  /** Its end moves on with the archive's checkpoint. */
  readonly isLive: boolean;
}

/**
 * Instants to which the tenant cannot be restored. Both ends are included, so intervals and gaps together cover every
 * nanosecond from the beginning of the history to its newest checkpoint or attempt, once each.
 */
export interface Gap {
  readonly from: Scn;
  readonly to: Scn;
  readonly cause: GapCause;
  /** Nothing restorable comes after it yet: it grows until somebody acts. */
  readonly isOpen: boolean;
  /** The set that ended it; null while it is open. */
  readonly closedBySetId: number | null;
}

/** Why not. The most immediate cause: the one that, mended, would have closed the gap. */
export type GapCause =
  | { readonly kind: "no-backup-yet" }
  | { readonly kind: "set-failed"; readonly setId: number }
  | { readonly kind: "set-running"; readonly setId: number }
  /** CHECKPOINT_SCN < MIN_RESTORE_SCN: the logs have not reached the set yet. */
  | {
      readonly kind: "set-not-covered";
      readonly setId: number;
      readonly checkpointScn: Scn;
      readonly minRestoreScn: Scn;
    }
  | {
      readonly kind: "archive-stopped" | "archive-interrupted" | "archive-suspended";
      readonly roundId: number;
      readonly comment: string;
    }
  /** Logs go on in a new round, but no set since then has opened an interval there. */
  | { readonly kind: "no-set-in-round"; readonly roundId: number }
  | {
      readonly kind: "piece-deleted" | "piece-unavailable" | "piece-missing";
      readonly roundId: number;
      readonly pieceId: number;
    }
  | { readonly kind: "set-deleted" | "set-unavailable"; readonly setId: number }
  | { readonly kind: "chain-broken"; readonly setId: number; readonly missingSetId: number }
  /** After the newest checkpoint: not archived yet. */
  | { readonly kind: "not-archived-yet"; readonly roundId: number }
  /** Logs are not archived at all. */
  | { readonly kind: "no-archive" };

export interface Restorable {
  /** Ascending, disjoint, never adjacent to one of the same round. */
  readonly intervals: readonly RestorableInterval[];
  /** Ascending. */
  readonly gaps: readonly Gap[];
  /** From the first thing that happened to the newest instant we know of; null where nothing ever happened. */
  readonly span: ScnRange | null;
}
