import type { ArchiveRound } from "./archive.ts";
import { setsByPath, type Walk, walksOf } from "./chain.ts";
import { attemptedAt, causeAt, causeNow, type Evidence, type GapCause, hasNotBegun } from "./gap-cause.ts";
import type { BackupHistory } from "./inventory.ts";
import { byRound, inOrder, type LogRun, type Logs, logsOf, runHolding } from "./log-run.ts";
import { earlier, later, NO_SCN, type Scn, type ScnRange, scnAfter, scnBefore } from "./scn.ts";

export type { GapCause } from "./gap-cause.ts";

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
 * nanosecond of the span, once each.
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

export interface Restorable {
  /** Ascending, disjoint, never adjacent to one of the same round. */
  readonly intervals: readonly RestorableInterval[];
  /** Ascending. */
  readonly gaps: readonly Gap[];
  /** From the first thing that happened to now. Null where nothing ever happened. */
  readonly span: ScnRange | null;
}

/**
 * To which instants a tenant can be restored, and why not to the others. An instant belongs to an interval when the
 * kernel, asked for exactly it, would take a chain of sets and a run of pieces that reach it (`chain.ts`, `log-run.ts`),
 * with one data path and one archive destination, whichever pair serves; or when it is the MIN_RESTORE_SCN of a set that
 * brings its own logs (PLUS ARCHIVELOG) and the data path alone serves. Nothing is claimed that the kernel would refuse.
 *
 * A gap has one cause. Closed: what ended the interval before it. Open: what keeps it open now. Before the first
 * interval: what the instant just before it lacked. The stretch from the newest checkpoint of a round that goes on until
 * now is "not-archived-yet" and never open: the next checkpoint closes it, and nobody needs to be told.
 */
export function restorable(history: BackupHistory, at: { readonly now: Scn }): Restorable {
  const pieces = inOrder(history.pieces);
  const walks = [...setsByPath(history.sets)].map(([path, sets]) => walksOf(path, sets));
  const piecesOf = byRound(pieces);
  const claims = claimsOf(walks, { logs: logsOf(pieces), isLive: livenessOf(history.rounds, piecesOf) });
  const intervals = merged(claims);
  const span = spanOf(history, at.now);
  if (!span) return { intervals, gaps: [], span };
  const evidence: Evidence = {
    sets: history.sets.toSorted((a, b) => a.id - b.id),
    rounds: history.rounds.toSorted(byStart),
    piecesOf,
    walks,
  };
  return { intervals, gaps: gapsOf(intervals, span, evidence), span };
}

type IsLive = (run: LogRun) => boolean;

/** One walk with one run of logs: everything from `from` to `to` can be had with them. */
interface Claim extends RestorableInterval {
  readonly destId: number | null;
}

function claimsOf(
  paths: readonly (readonly Walk[])[],
  archive: { readonly logs: readonly Logs[]; readonly isLive: IsLive },
): readonly Claim[] {
  const claims: Claim[] = [];
  for (const walk of paths.flat()) {
    if (!walk.chosen) continue;
    const own = claimWithoutArchive(walk);
    if (own) claims.push(own);
    for (const logs of archive.logs) {
      const claim = claimWith(walk, { logs, isLive: archive.isLive });
      if (claim) claims.push(claim);
    }
  }
  return claims;
}

/** With a data path alone the kernel replays the set's complement log, which ends exactly at MIN_RESTORE_SCN. */
function claimWithoutArchive(walk: Walk): Claim | undefined {
  const set = walk.chosen;
  if (!set?.plusArchivelog || set.minRestoreScn !== walk.from) return undefined;
  const at = set.minRestoreScn;
  return { from: at, to: at, openedBySetId: set.id, roundId: null, destId: null, isLive: false };
}

function claimWith(
  walk: Walk,
  { logs, isLive }: { readonly logs: Logs; readonly isLive: IsLive },
): Claim | undefined {
  const set = walk.chosen;
  const run = set ? runHolding(logs, set.startReplayScn) : undefined;
  if (!set || !run) return undefined;
  // The kernel wants START_REPLAY_SCN < target.
  const from = later(walk.from, scnAfter(set.startReplayScn));
  const to = earlier(walk.to, run.reach);
  if (from > to) return undefined;
  const { roundId, destId } = run;
  return { from, to, openedBySetId: set.id, roundId, destId, isLive: to === run.reach && isLive(run) };
}

/** A run is live while its round is DOING and no piece of the round comes after it. */
function livenessOf(rounds: readonly ArchiveRound[], piecesOf: Evidence["piecesOf"]): IsLive {
  const doing = rounds.filter((round) => round.status === "doing");
  const newest = doing.map((round) => piecesOf(round).findLast((piece) => !hasNotBegun(piece)));
  return (run) => newest.includes(run.pieces.at(-1));
}

function merged(claims: readonly Claim[]): readonly RestorableInterval[] {
  const intervals: Claim[] = [];
  for (const claim of claims.toSorted(byFrom)) {
    const last = intervals.at(-1);
    if (!last || claim.from > last.to + 1n) intervals.push(claim);
    else if (isSameRound(last, claim)) intervals[intervals.length - 1] = joined(last, claim);
    else if (claim.to > last.to) intervals.push({ ...claim, from: scnAfter(last.to) });
  }
  return intervals.map(({ from, to, openedBySetId, roundId, isLive }) => ({
    from,
    to,
    openedBySetId,
    roundId,
    isLive,
  }));
}

function byFrom(a: Claim, b: Claim): number {
  if (a.from !== b.from) return a.from < b.from ? -1 : 1;
  return a.to > b.to ? -1 : 1;
}

function isSameRound(a: Claim, b: Claim): boolean {
  return a.roundId === null || b.roundId === null || (a.destId === b.destId && a.roundId === b.roundId);
}

function joined(a: Claim, b: Claim): Claim {
  return {
    ...a,
    to: later(a.to, b.to),
    roundId: a.roundId ?? b.roundId,
    destId: a.destId ?? b.destId,
    isLive: (a.isLive && a.to >= b.to) || (b.isLive && b.to >= a.to),
  };
}

function spanOf(history: BackupHistory, now: Scn): ScnRange | null {
  const known = [
    ...history.sets.flatMap((set) => [attemptedAt(set), set.minRestoreScn]),
    ...history.rounds.flatMap((round) => [round.startScn, round.checkpointScn]),
    ...history.pieces.map((piece) => piece.checkpointScn),
  ].filter((scn) => scn > NO_SCN);
  const first = known[0];
  if (first === undefined) return null;
  const from = known.reduce(earlier, first);
  return { from, to: known.reduce(later, later(now, first)) };
}

function byStart(a: ArchiveRound, b: ArchiveRound): number {
  if (a.startScn === b.startScn) return a.id - b.id;
  if (a.startScn === NO_SCN || b.startScn === NO_SCN) return a.startScn === NO_SCN ? 1 : -1;
  return a.startScn < b.startScn ? -1 : 1;
}

function gapsOf(
  intervals: readonly RestorableInterval[],
  span: ScnRange,
  evidence: Evidence,
): readonly Gap[] {
  const gaps: Gap[] = [];
  let from = span.from;
  for (const { from: end, to, openedBySetId } of intervals) {
    if (from < end) {
      const gap = { from, to: scnBefore(end) };
      const cause = causeAt(evidence, gaps.length === 0 && from === span.from ? gap.to : gap.from);
      gaps.push({ ...gap, cause, isOpen: false, closedBySetId: openedBySetId });
    }
    from = scnAfter(to);
  }
  if (from <= span.to) {
    const cause = causeOfLast(evidence, { live: intervals.findLast((each) => each.isLive), now: span.to });
    const isOpen = cause.kind !== "not-archived-yet";
    gaps.push({ from, to: span.to, cause, isOpen, closedBySetId: null });
  }
  return gaps;
}

/** Behind a live interval even a set that the logs have not reached yet lacks nothing but the next checkpoint. */
function causeOfLast(
  evidence: Evidence,
  { live, now }: { readonly live: RestorableInterval | undefined; readonly now: Scn },
): GapCause {
  const cause = causeNow(evidence, now);
  if (cause.kind !== "set-not-covered" || live === undefined || live.roundId === null) return cause;
  return { kind: "not-archived-yet", roundId: live.roundId };
}
