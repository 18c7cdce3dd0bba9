import { useText } from "../../messages/text.ts";
import type { MarkCluster } from "./dense.ts";
import { MarkShape } from "./mark-shape.tsx";

const SWATCHES = ["restorable", "gap", "unknown", "log"] as const;
const SHAPES = ["full", "incremental", "failed"] as const satisfies readonly MarkCluster["shape"][];

interface LegendProps {
  readonly hint: "restore" | "pick" | null;
}

export function Legend({ hint }: LegendProps) {
  const text = useText();
  return (
    <div className="tl-legend">
      <ul>
        {SWATCHES.map((name) => (
          <li key={name}>
            <i className={`tl-swatch tl-swatch-${name}`} /> {text(`timeline.legend.${name}`)}
          </li>
        ))}
        {SHAPES.map((shape) => (
          <li key={shape}>
            <svg width="12" height="12" aria-hidden="true">
              <MarkShape shape={shape} x={6} y={6} size={10} />
            </svg>{" "}
            {text(shape === "failed" ? "timeline.legend.failed" : `timeline.type.${shape}`)}
          </li>
        ))}
      </ul>
      {hint ? (
        <p className="tl-hint">
          {text(`timeline.hint.${hint}`)} · <kbd>←</kbd>
          <kbd>→</kbd>
          <kbd>+</kbd>
          <kbd>−</kbd>
          {hint === "restore" ? <kbd>Enter</kbd> : null}
        </p>
      ) : null}
    </div>
  );
}
