import { overlaps } from "./geometry.ts";
import {
  type Gap,
  type InstantRange,
  type Interval,
  isPending,
  type Mark,
  type RestorableView,
  type Round,
} from "./restorable-view.ts";

export type TableRow = InstantRange & { readonly id: string } & (
    | { readonly kind: "interval"; readonly interval: Interval }
    | { readonly kind: "gap"; readonly gap: Gap }
    | { readonly kind: "pending"; readonly gap: Gap }
    | { readonly kind: "round"; readonly round: Round }
    | { readonly kind: "set"; readonly mark: Mark }
  );

/** Everything that the drawing shows of the window, in the order in which it begins. */
export function tableRows(view: RestorableView, range: InstantRange): readonly TableRow[] {
  const inside = (item: InstantRange) => overlaps(range, item);
  const rows: TableRow[] = [
    ...view.intervals
      .filter(inside)
      .map((interval) => rowOf(interval, { kind: "interval" as const, interval })),
    ...view.gaps
      .filter(inside)
      .map((gap) =>
        isPending(gap)
          ? rowOf(gap, { kind: "pending" as const, gap })
          : rowOf(gap, { kind: "gap" as const, gap }),
      ),
    ...view.rounds.filter(inside).map((round) => ({
      ...rowOf(round, { kind: "round" as const, round }),
      id: `${round.destId}/${round.roundId}`,
    })),
    ...view.marks
      .map((mark) => ({ from: mark.at, to: mark.at, id: String(mark.setId), kind: "set" as const, mark }))
      .filter(inside),
  ];
  return rows.toSorted((a, b) => (a.from === b.from ? 0 : a.from < b.from ? -1 : 1));
}

function rowOf<Rest extends object>(range: InstantRange, rest: Rest) {
  return { from: range.from, to: range.to, id: String(range.from), ...rest };
}
