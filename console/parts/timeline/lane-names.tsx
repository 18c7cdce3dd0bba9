import type { Layout, Row } from "./layout.ts";
import type { RestorableView } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface LaneNamesProps {
  readonly layout: Layout;
  readonly view: RestorableView;
  readonly words: Words;
}

const DAY_NS = 86_400_000_000_000n;

export function LaneNames({ layout, view, words }: LaneNamesProps) {
  const { text } = words;
  const span = view.span ? { from: view.span.from, to: view.now } : null;
  // From a day on hours say nothing here.
  const kept =
    span && span.to - span.from >= DAY_NS
      ? { from: 0n, to: ((span.to - span.from) / DAY_NS) * DAY_NS }
      : span;
  const y = (row: Row) => (layout.isNarrow ? row.top - 11 : row.top + row.height / 2);
  return (
    <g className="tl-lane-names">
      <text x={0} y={y(layout.band)}>
        {text("timeline.lane.restorable")}
      </text>
      <text x={0} y={y(layout.log)}>
        {text("timeline.lane.log")}
      </text>
      <text x={0} y={y(layout.sets)}>
        {text("timeline.lane.sets")}
      </text>
      {layout.isNarrow || !kept ? null : (
        <text className="tl-lane-quiet" x={0} y={y(layout.strip)}>
          {text("timeline.lane.everything", { span: words.length(kept) })}
        </text>
      )}
    </g>
  );
}
