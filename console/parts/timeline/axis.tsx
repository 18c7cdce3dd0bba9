import { offsetAt } from "../time.tsx";
import { textWidth } from "./dense.ts";
import type { Scale } from "./geometry.ts";
import { type LabelledTick, placeLabels, type Ticks } from "./ticks.ts";

interface AxisProps {
  readonly ticks: Ticks;
  readonly scale: Scale;
  readonly y: number;
  /** How far labels may reach beyond the plot, and where lines begin. */
  readonly reserve: number;
  readonly top: number;
  readonly zone: string;
}

const LABEL_PX = 12;

export function Axis({ ticks, scale, y, reserve, top, zone }: AxisProps) {
  const labels = placeLabels(ticks, {
    limit: scale.width + reserve,
    widthOf: (text) => textWidth(text, LABEL_PX),
  });
  return (
    <g className="tl-axis">
      {ticks.labelled.map((tick) => (
        <line key={String(tick.at)} className="tl-grid" x1={tick.x} x2={tick.x} y1={top} y2={y} />
      ))}
      <line className="tl-axis-line" x1={0} x2={scale.width + reserve} y1={y} y2={y} />
      {ticks.small.map((tick) => (
        <line key={String(tick.at)} className="tl-tick" x1={tick.x} x2={tick.x} y1={y - 3} y2={y} />
      ))}
      {ticks.lead && textWidth(ticks.lead, LABEL_PX) + 12 < (labels[0]?.left ?? scale.width) ? (
        <text className="tl-axis-text" x={4} y={y + 17}>
          {ticks.lead}
        </text>
      ) : null}
      {labels.map((tick) => (
        <text key={String(tick.at)} className="tl-axis-text" x={tick.left} y={y + 17}>
          {tick.text}
          {tick.offsetChange ? <tspan className="tl-offset"> {offsetsAround(tick, zone)}</tspan> : null}
        </text>
      ))}
    </g>
  );
}

/** Summer time begins or ends: both offsets, so that an hour that is missing or there twice is understood. */
function offsetsAround(tick: LabelledTick, zone: string): string {
  const day = 86_400_000_000_000n;
  return `${offsetAt(tick.at - day, zone)} → ${offsetAt(tick.at, zone)}`;
}
