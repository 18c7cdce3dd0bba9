import { useMemo } from "react";
import { type MarkCluster, markClustersOf } from "./dense.ts";
import { type Band, paintBand, type Scale, xOf } from "./geometry.ts";
import type { Layout } from "./layout.ts";
import { isLive } from "./range.ts";
import type { Gap, InstantRange, Interval, Mark, RestorableView } from "./restorable-view.ts";
import { type Ticks, ticksOf } from "./ticks.ts";

/** The window brought to pixels: what is drawn and what the pointer meets are the same. */
export interface Drawn {
  readonly view: RestorableView;
  readonly layout: Layout;
  readonly scale: Scale;
  readonly band: Band<Interval, Gap>;
  readonly clusters: readonly MarkCluster[];
  readonly running: readonly Mark[];
  readonly runningX: number | null;
  readonly ticks: Ticks;
}

interface DrawRules {
  readonly view: RestorableView;
  readonly range: InstantRange;
  readonly layout: Layout;
  readonly zone: string;
  readonly weekdays: readonly string[];
}

export function useDrawn({ view, range, layout, zone, weekdays }: DrawRules): Drawn {
  const { from, to } = range;
  return useMemo(
    () => draw({ view, range: { from, to }, layout, zone, weekdays }),
    [view, from, to, layout, zone, weekdays],
  );
}

function draw({ view, range, layout, zone, weekdays }: DrawRules): Drawn {
  const scale = { ...range, width: layout.plot };
  const spots = view.marks
    .filter((mark) => mark.status !== "running" && mark.at >= range.from && mark.at <= range.to)
    .map((mark) => ({ mark, x: xOf(scale, mark.at) }));
  const running = view.marks.filter((mark) => mark.status === "running");
  return {
    view,
    layout,
    scale,
    band: paintBand(scale, view),
    clusters: markClustersOf(spots),
    running,
    runningX: isLive(range, view.now) && layout.reserve > 40 ? layout.plot + 18 : null,
    ticks: ticksOf(scale, { zone, weekdays }),
  };
}
