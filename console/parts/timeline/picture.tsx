import { useId } from "react";
import { Axis } from "./axis.tsx";
import type { Drawn } from "./drawn.ts";
import { Edges, Unloaded } from "./edges.tsx";
import { GapCaptions } from "./gap-captions.tsx";
import type { Gesture } from "./gesture.ts";
import { Hairline, Handle } from "./hairline.tsx";
import { LaneNames } from "./lane-names.tsx";
import type { Line } from "./lines.ts";
import { LogLane } from "./log-lane.tsx";
import { Patterns } from "./patterns.tsx";
import { RestorableLane } from "./restorable-lane.tsx";
import { SetsLane } from "./sets-lane.tsx";
import { Strip } from "./strip.tsx";
import type { ShownCard } from "./use-card.ts";
import type { Words } from "./words.ts";

interface PictureProps {
  readonly drawn: Drawn;
  readonly words: Words;
  readonly zone: string;
  /** The cluster's clock by now. */
  readonly now: bigint;
  readonly isStale: boolean;
  readonly hairline: Line | null;
  readonly handle: (Line & { readonly isRestorable: boolean }) | null;
  readonly card: ShownCard | null;
  readonly gesture: Gesture | null;
}

/** The whole drawing, hidden from readers: the slider above it gives them the answer. */
export function Picture({ drawn, words, zone, now, isStale, hairline, handle, card, gesture }: PictureProps) {
  const patterns = useId();
  const { view, layout, scale, band, clusters, running, runningX, ticks } = drawn;
  const chosen = card?.target.kind === "sets" ? card.target.cluster : null;
  return (
    <svg className="tl-svg" width={layout.width} height={layout.height} aria-hidden="true">
      <Patterns id={patterns} />
      <LaneNames layout={layout} view={view} words={words} />
      <g transform={`translate(${layout.left} 0)`}>
        <Axis
          {...{ ticks, scale, zone }}
          y={layout.axis}
          reserve={layout.reserve}
          top={layout.band.top - 4}
        />
        <Unloaded scale={scale} layout={layout} loaded={{ from: view.loaded.from, to: view.now }} />
        <RestorableLane {...{ band, scale, patterns, words, isStale }} row={layout.band} now={view.now} />
        <LogLane {...{ scale, words, isStale }} rounds={view.rounds} row={layout.log} />
        {layout.isNarrow ? null : (
          <GapCaptions
            gaps={band.gaps}
            width={layout.plot}
            top={layout.band.top + layout.band.height}
            words={words}
          />
        )}
        <SetsLane {...{ clusters, running, runningX, chosen }} row={layout.sets} showIds={!layout.isNarrow} />
        <Edges {...{ scale, layout, now, isStale, patterns, words }} observed={view.now} />
        <Strip {...{ view, layout, patterns, words }} range={scale} />
        {hairline ? <Hairline {...hairline} layout={layout} /> : null}
        {handle ? <Handle {...handle} layout={layout} /> : null}
        {gesture?.kind === "mark" ? (
          <rect
            className="tl-marked"
            x={Math.min(gesture.startX, gesture.x)}
            y={layout.band.top}
            width={Math.abs(gesture.x - gesture.startX)}
            height={layout.axis - layout.band.top}
          />
        ) : null}
      </g>
    </svg>
  );
}
