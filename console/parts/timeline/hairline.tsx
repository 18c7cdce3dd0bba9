import { textWidth } from "./dense.ts";
import type { Layout } from "./layout.ts";

interface HairlineProps {
  readonly x: number;
  readonly label: string;
  readonly layout: Layout;
}

/** The instant under the pointer or the keyboard's cursor, named in the axis. */
export function Hairline({ x, label, layout }: HairlineProps) {
  const width = textWidth(label, 12) + 16;
  const left = Math.max(-layout.left, Math.min(x - width / 2, layout.plot + layout.reserve - width));
  return (
    <g className="tl-hairline">
      <line x1={x} x2={x} y1={layout.band.top} y2={layout.axis} />
      <rect x={left} y={layout.axis + 4} width={width} height={20} rx={3} />
      <text x={left + width / 2} y={layout.axis + 14} textAnchor="middle" dominantBaseline="central">
        {label}
      </text>
    </g>
  );
}

interface HandleProps extends HairlineProps {
  readonly isRestorable: boolean;
}

/** The chosen instant: dragged, typed and moved by keys alike. Red where no restore is possible. */
export function Handle({ x, label, layout, isRestorable }: HandleProps) {
  const width = textWidth(label, 12) + 16;
  const left = Math.max(-layout.left, Math.min(x - width / 2, layout.plot + layout.reserve - width));
  return (
    <g className={isRestorable ? "tl-handle" : "tl-handle tl-handle-bad"}>
      <line x1={x} x2={x} y1={22} y2={layout.axis + 2} />
      <circle cx={x} cy={layout.band.top + layout.band.height / 2 - 1} r={6} />
      <rect x={left} y={0} width={width} height={22} rx={3} />
      <text x={left + width / 2} y={11} textAnchor="middle" dominantBaseline="central">
        {label}
      </text>
    </g>
  );
}
