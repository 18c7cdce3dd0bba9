import { type Scale, xOf } from "./geometry.ts";
import type { Layout } from "./layout.ts";
import type { Words } from "./words.ts";

interface EdgesProps {
  readonly scale: Scale;
  readonly layout: Layout;
  /** The cluster's clock when it was observed, and what it shows by now. */
  readonly observed: bigint;
  readonly now: bigint;
  readonly isStale: boolean;
  readonly patterns: string;
  readonly words: Words;
}

/** The live edge: the line "now", and from the last observation to it what nobody knows. */
export function Edges({ scale, layout, observed, now, isStale, patterns, words }: EdgesProps) {
  if (now < scale.from || observed > scale.to) return null;
  const limit = scale.width + layout.reserve - 10;
  const x = Math.min(Math.round(xOf(scale, now)), limit);
  const from = Math.max(0, Math.floor(xOf(scale, observed)));
  return (
    <g className="tl-edges">
      {x - from >= 1 ? (
        <rect
          x={from}
          y={layout.band.top}
          width={x - from}
          height={layout.band.height}
          fill={`url(#${patterns}-unknown)`}
        />
      ) : null}
      <line className="tl-now" x1={x} x2={x} y1={layout.band.top - 6} y2={layout.axis + 4} />
      <circle className="tl-now-dot" cx={x} cy={layout.band.top - 7} r={3} />
      <text className="tl-now-text" x={scale.width + layout.reserve} y={12} textAnchor="end">
        {isStale
          ? words.text("timeline.unknownSince", { time: words.instant(observed, "clock") })
          : words.text("timeline.now", { time: words.instant(now, "clock") })}
      </text>
    </g>
  );
}

interface UnloadedProps {
  readonly scale: Scale;
  readonly layout: Layout;
  readonly loaded: { readonly from: bigint; readonly to: bigint };
}

/** What the server has not answered yet has no colour of its own. */
export function Unloaded({ scale, layout, loaded }: UnloadedProps) {
  const from = Math.max(0, Math.min(scale.width, Math.floor(xOf(scale, loaded.from))));
  const to = Math.max(0, Math.min(scale.width, Math.ceil(xOf(scale, loaded.to))));
  const blocks = [
    { start: 0, end: from },
    { start: to, end: scale.width },
  ].filter(({ start, end }) => end - start >= 2);
  return (
    <g>
      {blocks.map(({ start, end }) => (
        <g key={start} className="tl-unloaded">
          <rect x={start} y={layout.band.top} width={end - start} height={layout.band.height} />
          <rect x={start} y={layout.log.top} width={end - start} height={layout.log.height} />
        </g>
      ))}
    </g>
  );
}
