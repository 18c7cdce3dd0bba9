import type { Gap, Interval, Mark, RestorableView } from "./restorable-view.ts";
import { isPending } from "./restorable-view.ts";

/** What the timeline says about one instant. Exact: the nanosecond decides, never the pixel. */
export type AnswerAt =
  | { readonly kind: "restorable"; readonly interval: Interval; readonly set: Mark | null }
  | { readonly kind: "gap"; readonly gap: Gap }
  /** Logs are on their way: not restorable yet. */
  | { readonly kind: "pending"; readonly gap: Gap }
  /** After the last observation, or outside what the server answered. */
  | { readonly kind: "unknown"; readonly since: bigint | null }
  /** Before the first thing that is kept. */
  | { readonly kind: "before"; readonly earliest: bigint | null };

export function answerAt(view: RestorableView, at: bigint): AnswerAt {
  if (at > view.now) return { kind: "unknown", since: view.now };
  const interval = covering(view.intervals, at) ?? covering(view.strip.intervals, at);
  if (interval) return { kind: "restorable", interval, set: setBehind(view, interval, at) };
  const gap = covering(view.gaps, at) ?? covering(view.strip.gaps, at);
  if (gap) return { kind: isPending(gap) ? "pending" : "gap", gap };
  if (view.span === null || at < view.span.from) {
    return { kind: "before", earliest: view.verdict.earliest };
  }
  return { kind: "unknown", since: null };
}

function covering<Item extends { readonly from: bigint; readonly to: bigint }>(
  items: readonly Item[],
  at: bigint,
): Item | undefined {
  return items.find((item) => item.from <= at && at <= item.to);
}

/** The newest set inside the interval whose instant is not after `at`: a restore starts from it. */
function setBehind(view: RestorableView, interval: Interval, at: bigint): Mark | null {
  const candidates = [...view.marks, ...view.strip.marks]
    .filter((mark) => mark.status === "succeeded" && mark.isRestorable)
    .filter((mark) => interval.from <= mark.at && mark.at <= at);
  return candidates.reduce<Mark | null>((best, mark) => (best && best.at >= mark.at ? best : mark), null);
}

export interface NearestInstants {
  readonly before: bigint | null;
  readonly after: bigint | null;
}

/** The last restorable instant before `at` and the first one after it, to the nanosecond. */
export function nearestRestorable(intervals: readonly Interval[], at: bigint): NearestInstants {
  const ends = intervals.map(({ to }) => to).filter((to) => to < at);
  const starts = intervals.map(({ from }) => from).filter((from) => from > at);
  return {
    before: ends.reduce<bigint | null>((best, to) => (best === null || to > best ? to : best), null),
    after: starts.reduce<bigint | null>((best, from) => (best === null || from < best ? from : best), null),
  };
}

/**
 * A restorable instant cut to the microseconds that a person can type, and still restorable: upwards after a gap,
 * downwards before one. Null where no whole microsecond lies inside.
 */
export function wholeMicrosecond(
  interval: Pick<Interval, "from" | "to">,
  end: "first" | "last",
): bigint | null {
  const at = end === "first" ? ((interval.from + 999n) / 1000n) * 1000n : (interval.to / 1000n) * 1000n;
  return interval.from <= at && at <= interval.to ? at : null;
}

/** Instants worth stopping at: sets, edges of gaps, edges of rounds. Ascending, each once. */
export function landmarksOf(view: RestorableView): readonly bigint[] {
  const all = [
    ...view.marks.map((mark) => mark.at),
    ...view.gaps.filter((gap) => !isPending(gap)).flatMap((gap) => [gap.from, gap.to]),
    ...view.rounds.flatMap((round) => [round.from, round.to]),
  ].filter((at) => at <= view.now);
  return [...new Set(all)].toSorted((a, b) => (a < b ? -1 : 1));
}

export function nextLandmark(
  landmarks: readonly bigint[],
  { at, by }: { at: bigint; by: -1 | 1 },
): bigint | null {
  if (by > 0) return landmarks.find((landmark) => landmark > at) ?? null;
  return landmarks.findLast((landmark) => landmark < at) ?? null;
}
