import type { Gap, Restorable, RestorableInterval } from "./restorable.ts";
import type { Scn } from "./scn.ts";

/** Where an instant lies, with the nearest restorable instants around it where there are any. */
export type WhereIs =
  | { readonly kind: "restorable"; readonly interval: RestorableInterval }
  /** There is no restorable instant at all. The gap is null where nothing ever happened. */
  | { readonly kind: "no-backup-yet"; readonly gap: Gap | null }
  | { readonly kind: "before-first"; readonly after: Scn }
  | { readonly kind: "in-gap"; readonly gap: Gap; readonly before: Scn; readonly after: Scn | null }
  /** Past the checkpoint of a round that goes on: restorable as soon as the logs have come so far. */
  | { readonly kind: "not-archived-yet"; readonly before: Scn; readonly roundId: number | null }
  | { readonly kind: "in-future"; readonly before: Scn };

/** `now` is the cluster's clock: nothing after it has happened yet. */
export function whereIs(
  { intervals, gaps }: Restorable,
  { instant, now }: { readonly instant: Scn; readonly now: Scn },
): WhereIs {
  const [first, last] = [intervals[0], intervals.at(-1)];
  if (!first || !last) return { kind: "no-backup-yet", gap: gaps.at(-1) ?? null };
  if (instant > last.to && instant > now) return { kind: "in-future", before: last.to };
  if (instant < first.from) return { kind: "before-first", after: first.from };
  const interval = holding(intervals, instant);
  if (interval) return { kind: "restorable", interval };
  const gap = holding(gaps, instant);
  const before = intervals.findLast((each) => each.to < instant) ?? first;
  if (!gap || gap.cause.kind === "not-archived-yet") {
    return { kind: "not-archived-yet", before: before.to, roundId: before.roundId };
  }
  return { kind: "in-gap", gap, before: before.to, after: firstAfter(intervals, instant) };
}

function holding<Range extends { readonly from: Scn; readonly to: Scn }>(
  ranges: readonly Range[],
  instant: Scn,
): Range | undefined {
  return ranges.find(({ from, to }) => from <= instant && instant <= to);
}

function firstAfter(intervals: readonly RestorableInterval[], instant: Scn): Scn | null {
  return intervals.find(({ from }) => from > instant)?.from ?? null;
}
