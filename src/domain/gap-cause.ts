import { type ArchivePiece, type ArchiveRound, roundEnd } from "./archive.ts";
import { type BackupSet, isUsable } from "./backup-set.ts";
import type { Walk } from "./chain.ts";
import { NO_SCN, type Scn, scnFromMicros } from "./scn.ts";

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

/** What a gap's cause is read from. */
export interface Evidence {
  /** Sorted by id. */
  readonly sets: readonly BackupSet[];
  /** Sorted by start; those that have not begun come last. */
  readonly rounds: readonly ArchiveRound[];
  /** Of one round in order, whatever their file status. */
  readonly piecesOf: (round: ArchiveRound) => readonly ArchivePiece[];
  /** Of every data path, as `walksOf` gives them. */
  readonly walks: readonly (readonly Walk[])[];
}

/** Why the kernel refuses the target `at`, given that it does: the first thing in its own order that fails. */
export function causeAt(evidence: Evidence, at: Scn): GapCause {
  const walk = newestWalk(evidence.walks, at);
  if (walk?.broken) return { kind: "chain-broken", ...walk.broken };
  if (walk?.chosen) return causeInLogs(evidence, walk.chosen);
  return causeInAttempts(evidence.sets, { after: NO_SCN, until: at }) ?? { kind: "no-backup-yet" };
}

/** Why the open gap that lasts until `now` does not close: what has to be mended now. */
export function causeNow(evidence: Evidence, now: Scn): GapCause {
  const cause = causeAt(evidence, now);
  if (!endedWithRound(cause)) return cause;
  const newest = evidence.rounds.at(-1);
  if (!newest || newest.id === cause.roundId) return cause;
  const end = roundEnd(newest);
  if (end) return { kind: end, roundId: newest.id, comment: newest.interruption || newest.comment };
  const attempt = causeInAttempts(evidence.sets, { after: endOf(evidence, cause.roundId), until: now });
  return attempt ?? { kind: "no-set-in-round", roundId: newest.id };
}

type RoundEnded = Extract<GapCause, { readonly comment: string }>;

function endedWithRound(cause: GapCause): cause is RoundEnded {
  return (
    cause.kind === "archive-stopped" ||
    cause.kind === "archive-interrupted" ||
    cause.kind === "archive-suspended"
  );
}

function endOf(evidence: Evidence, roundId: number): Scn {
  return evidence.rounds.find((round) => round.id === roundId)?.checkpointScn ?? NO_SCN;
}

/** Of several data paths the one whose newest set was met last: where the latest attempt to protect the tenant went. */
function newestWalk(paths: Evidence["walks"], at: Scn): Walk | undefined {
  let newest: Walk | undefined;
  for (const walks of paths) {
    const walk = walks.find((each) => each.from <= at && at <= each.to);
    if (walk && walk.lastMetId >= (newest?.lastMetId ?? 0)) newest = walk;
  }
  return newest;
}

/** The newest set that was tried in the range and is no use; undefined where none was. */
function causeInAttempts(
  sets: readonly BackupSet[],
  range: { readonly after: Scn; readonly until: Scn },
): GapCause | undefined {
  const attempt = sets.findLast((set) => {
    const at = attemptedAt(set);
    return !isUsable(set) && range.after < at && at <= range.until;
  });
  if (!attempt) return undefined;
  const setId = attempt.id;
  if (attempt.status === "running") return { kind: "set-running", setId };
  if (attempt.status !== "succeeded") return { kind: "set-failed", setId };
  const isDeleted = attempt.fileStatus === "deleted" || attempt.fileStatus === "deleting";
  return { kind: isDeleted ? "set-deleted" : "set-unavailable", setId };
}

/** When a set was begun; its restorable instant where the view does not say. */
export function attemptedAt(set: BackupSet): Scn {
  return set.startedAt === null ? set.minRestoreScn : scnFromMicros(set.startedAt);
}

/** The chain is whole, so the logs from START_REPLAY_SCN on are not: where do they end, and why? */
function causeInLogs(evidence: Evidence, set: BackupSet): GapCause {
  const start = set.startReplayScn;
  const round = evidence.rounds.findLast((each) => each.startScn > NO_SCN && each.startScn <= start);
  if (!round) return { kind: "no-archive" };
  const pieces = evidence.piecesOf(round);
  const first = pieces.findIndex((piece) => piece.startScn <= start && start < piece.endScn);
  if (first < 0) return causeWithoutPiece({ round, pieces, set });
  for (const [i, piece] of pieces.entries()) {
    if (i < first) continue;
    const next = pieces[i + 1];
    if (piece.fileStatus !== "available") return causeInPiece(piece);
    if (!next || hasNotBegun(next)) return causeAtEnd({ round, set, checkpointScn: piece.checkpointScn });
    if (next.startScn !== piece.endScn) return missing(round, piece.id + 1);
  }
  return causeAtEnd({ round, set, checkpointScn: round.checkpointScn });
}

/** A piece that was opened ahead and that no log has reached yet: not a fault. */
export function hasNotBegun(piece: ArchivePiece): boolean {
  return piece.fileStatus === "incomplete" && piece.checkpointScn < piece.startScn;
}

function causeInPiece(piece: ArchivePiece): GapCause {
  const isDeleted = piece.fileStatus === "deleted" || piece.fileStatus === "deleting";
  const kind = isDeleted ? "piece-deleted" : "piece-unavailable";
  return { kind, roundId: piece.roundId, pieceId: piece.id };
}

function missing(round: ArchiveRound, pieceId: number): GapCause {
  return { kind: "piece-missing", roundId: round.id, pieceId };
}

interface Ended {
  readonly round: ArchiveRound;
  readonly set: BackupSet;
}

/** No row of the round's pieces holds START_REPLAY_SCN. */
function causeWithoutPiece(found: Ended & { readonly pieces: readonly ArchivePiece[] }): GapCause {
  const { round, set, pieces } = found;
  const after = pieces.find((piece) => piece.startScn > set.startReplayScn);
  if (after) return missing(round, after.id - 1);
  const last = pieces.at(-1);
  if (last && round.checkpointScn >= last.endScn) return missing(round, last.id + 1);
  return causeAtEnd({ round, set, checkpointScn: round.checkpointScn });
}

/** The logs go as far as the round has archived; did it end, or has it not come so far yet? */
function causeAtEnd({ round, set, checkpointScn }: Ended & { readonly checkpointScn: Scn }): GapCause {
  const end = roundEnd(round);
  if (end) return { kind: end, roundId: round.id, comment: round.interruption || round.comment };
  if (checkpointScn >= set.minRestoreScn) return { kind: "not-archived-yet", roundId: round.id };
  return { kind: "set-not-covered", setId: set.id, checkpointScn, minRestoreScn: set.minRestoreScn };
}
