import type { ArchivePiece, ArchiveRound, RoundStatus } from "./archive.ts";
import { type BackupSet, type BackupType, isUsable, type SetStatus } from "./backup-set.ts";
import { attemptedAt } from "./gap-cause.ts";
import type { BackupHistory, TenantInventory } from "./inventory.ts";
import type { BackupJob } from "./job.ts";
import type { Gap, Restorable, RestorableInterval } from "./restorable.ts";
import { later, NO_SCN, type Scn, type ScnRange } from "./scn.ts";
import { versionText } from "./version.ts";

/** No lane of a window holds more than this, whatever happened in it. */
export const MOST_IN_LANE = 400;

/** The sentence above the timeline, as figures. */
export interface Verdict {
  readonly earliest: Scn | null;
  readonly latest: Scn | null;
  /** Gaps between `earliest` and `latest`. */
  readonly innerGaps: number;
  /** The gap that grows now, if one does. */
  readonly openGap: Gap | null;
}

export interface RoundBand {
  readonly roundId: number;
  readonly destId: number;
  readonly status: RoundStatus;
  readonly statusWord: string;
  readonly from: Scn;
  readonly to: Scn;
  readonly comment: string;
  readonly interruption: string | null;
  /** Where pieces begin inside the window. */
  readonly notches: readonly Scn[];
}

/** A set as a mark. `at` is its restorable instant, or when it started if it never got one. */
export interface SetMark {
  readonly setId: number;
  readonly type: BackupType;
  readonly status: SetStatus;
  /** A restore to exactly `at` is possible. */
  readonly isRestorable: boolean;
  readonly at: Scn;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly outputBytes: number;
  readonly inputBytes: number;
  readonly encrypted: boolean;
  readonly plusArchivelog: boolean;
  readonly compatible: string | null;
  /** Of the running job; null for all others. */
  readonly fraction: number | null;
  readonly startedBySys: boolean;
  readonly comment: string;
}

/** Intervals and gaps together cover what they cover once; see `boundRanges` for too many of them. */
export interface Lanes {
  readonly intervals: readonly RestorableInterval[];
  readonly gaps: readonly Gap[];
  readonly rounds: readonly RoundBand[];
  readonly marks: readonly SetMark[];
}

export function verdictOf({ intervals, gaps }: Restorable): Verdict {
  const [first, last] = [intervals[0], intervals.at(-1)];
  return {
    earliest: first?.from ?? null,
    latest: last?.to ?? null,
    innerGaps: first && last ? gaps.filter((gap) => first.from < gap.from && gap.to < last.to).length : 0,
    openGap: gaps.find((gap) => gap.isOpen) ?? null,
  };
}

/**
 * Everything that touches the window, each item with its own ends: what begins before the window or goes on after it says
 * so by them. At most `MOST_IN_LANE` items per lane.
 */
export function lanesIn(
  window: ScnRange,
  { restorable, tenant }: { readonly restorable: Restorable; readonly tenant: TenantInventory },
): Lanes {
  const { intervals } = restorable;
  const marks = marksOf(tenant.sets, { jobs: tenant.backupJobs, intervals });
  return {
    ...boundRanges({
      intervals: intervals.filter((each) => touches(each, window)),
      gaps: restorable.gaps.filter((each) => touches(each, window)),
    }),
    rounds: bandsIn(window, tenant),
    marks: boundMarks(marks.filter(({ at }) => window.from <= at && at <= window.to)),
  };
}

function touches(range: ScnRange, window: ScnRange): boolean {
  return range.from <= window.to && window.from <= range.to;
}

interface Ranges {
  readonly intervals: readonly RestorableInterval[];
  readonly gaps: readonly Gap[];
}

/**
 * Too many intervals for one lane: the shortest ones give way to the gaps around them, which become one gap with the cause
 * of the longest. So a gap may be drawn too wide, but nothing is ever drawn restorable that is not.
 */
export function boundRanges({ intervals, gaps }: Ranges, most = MOST_IN_LANE): Ranges {
  if (intervals.length < most && gaps.length <= most) return { intervals, gaps };
  const kept = new Set(intervals.toSorted((a, b) => lengthOrder(b, a)).slice(0, most - 1));
  const bounded: { intervals: RestorableInterval[]; gaps: Gap[] } = { intervals: [], gaps: [] };
  let open: Gap[] = [];
  const close = () => {
    const gap = joinedGap(open);
    if (gap) bounded.gaps.push(gap);
    open = [];
  };
  for (const range of [...intervals, ...gaps].toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    if ("cause" in range) open.push(range);
    else if (kept.has(range)) {
      close();
      bounded.intervals.push(range);
    } else widen(open, range);
  }
  close();
  return bounded;
}

function lengthOrder(a: ScnRange, b: ScnRange): number {
  const [left, right] = [a.to - a.from, b.to - b.from];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** The interval that gives way is added to the gap before it; without one it is left out, and the next gap stands alone. */
function widen(open: Gap[], interval: RestorableInterval): void {
  const last = open.pop();
  if (last) open.push({ ...last, to: later(last.to, interval.to) });
}

function joinedGap(gaps: readonly Gap[]): Gap | undefined {
  const [first, last] = [gaps[0], gaps.at(-1)];
  if (!first || !last) return undefined;
  const longest = gaps.reduce((a, b) => (lengthOrder(a, b) < 0 ? b : a));
  return { ...last, from: first.from, to: last.to, cause: longest.cause };
}

function bandsIn(window: ScnRange, { rounds, pieces }: BackupHistory): readonly RoundBand[] {
  const bands = rounds
    .filter((round) => round.startScn > NO_SCN)
    .map((round) => ({ round, from: round.startScn, to: later(round.startScn, round.checkpointScn) }))
    .filter((band) => touches(band, window))
    .toSorted((a, b) => lengthOrder(b, a))
    .slice(0, MOST_IN_LANE)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const inside = pieces.filter(({ startScn }) => window.from <= startScn && startScn <= window.to);
  const every = Math.ceil(inside.length / MOST_IN_LANE);
  const notches = inside.filter((_, i) => i % every === 0);
  return bands.map(({ round, from, to }) => bandOf(round, { from, to, notches }));
}

function bandOf(
  round: ArchiveRound,
  { from, to, notches }: ScnRange & { readonly notches: readonly ArchivePiece[] },
): RoundBand {
  const { id: roundId, destId, status, statusWord, comment, interruption } = round;
  const own = notches.filter((piece) => piece.roundId === roundId && piece.destId === destId);
  return {
    roundId,
    destId,
    status,
    statusWord,
    from,
    to,
    comment,
    interruption,
    notches: own.map((piece) => piece.startScn).filter((scn) => from < scn && scn < to),
  };
}

interface MarkParts {
  readonly jobs: readonly BackupJob[];
  readonly intervals: readonly RestorableInterval[];
}

function marksOf(sets: readonly BackupSet[], { jobs, intervals }: MarkParts): readonly SetMark[] {
  const jobsBySet = new Map(jobs.map((job) => [job.setId, job]));
  return sets.map((set) => markOf(set, { job: jobsBySet.get(set.id), intervals }));
}

function markOf(
  set: BackupSet,
  { job, intervals }: { readonly job: BackupJob | undefined } & Pick<MarkParts, "intervals">,
): SetMark {
  const at = set.minRestoreScn > NO_SCN ? set.minRestoreScn : attemptedAt(set);
  return {
    setId: set.id,
    type: set.type,
    status: set.status,
    isRestorable: isUsable(set) && intervals.some(({ from, to }) => from <= at && at <= to),
    at,
    startedAt: set.startedAt,
    endedAt: set.endedAt,
    outputBytes: set.outputBytes,
    inputBytes: set.inputBytes,
    encrypted: set.encrypted,
    plusArchivelog: set.plusArchivelog,
    compatible: set.tenantCompatible && versionText(set.tenantCompatible),
    fraction: job && !job.isHistory ? (job.progress?.fraction ?? null) : null,
    startedBySys: job?.startedBySys ?? false,
    comment: job?.comment ?? "",
  };
}

/** Of too many marks the increments go first, then the older ones: failures and full sets are what is looked for. */
function boundMarks(marks: readonly SetMark[]): readonly SetMark[] {
  const kept = marks.toSorted((a, b) => weight(b) - weight(a) || b.setId - a.setId).slice(0, MOST_IN_LANE);
  return kept.toSorted((a, b) => (a.at === b.at ? a.setId - b.setId : a.at < b.at ? -1 : 1));
}

function weight({ status, type }: SetMark): number {
  if (status !== "succeeded") return 2;
  return type === "full" ? 1 : 0;
}
