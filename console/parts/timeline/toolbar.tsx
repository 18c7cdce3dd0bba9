import { Button, Segmented } from "@oceanbase/design";
import { useText } from "../../messages/text.ts";
import { ReasonedButton } from "../reasoned-button.tsx";
import { isLive, liveRange, paged, SPAN_NAMES, SPANS, spanNameOf, withSpan } from "./range.ts";
import type { InstantRange } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface ToolbarProps {
  readonly range: InstantRange;
  readonly now: bigint;
  readonly words: Words;
  readonly onRange: (range: InstantRange) => void;
}

export function Toolbar({ range, now, words, onRange }: ToolbarProps) {
  const { text } = words;
  const atEdge = isLive(range, now);
  return (
    <div className="tl-toolbar">
      <Button
        className="tl-page"
        aria-label={text("timeline.back")}
        onClick={() => onRange(paged(range, { by: -1, now }))}
      >
        {"<"}
      </Button>
      <Button
        className="tl-range"
        title={text("timeline.live")}
        onClick={() => onRange(liveRange(now, range.to - range.from))}
      >
        {rangeText(range, words)}
      </Button>
      <ReasonedButton
        reason={atEdge ? text("timeline.atLiveEdge") : null}
        aria-label={text("timeline.forth")}
        onClick={() => onRange(paged(range, { by: 1, now }))}
      >
        {">"}
      </ReasonedButton>
      <Spans {...{ range, now, onRange }} />
    </div>
  );
}

export type Mode = "drawing" | "table";

interface ViewSwitchProps {
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
}

export function ViewSwitch({ mode, onMode }: ViewSwitchProps) {
  const text = useText();
  return (
    <Segmented
      className="tl-view"
      aria-label={text("timeline.view")}
      value={mode}
      onChange={(chosen) => onMode(chosen === "table" ? "table" : "drawing")}
      options={[
        { value: "drawing", label: text("timeline.view.drawing") },
        { value: "table", label: text("timeline.view.table") },
      ]}
    />
  );
}

function Spans({ range, now, onRange }: Pick<ToolbarProps, "range" | "now" | "onRange">) {
  const text = useText();
  return (
    <Segmented
      aria-label={text("timeline.spans")}
      value={spanNameOf(range) ?? ""}
      onChange={(chosen) => {
        const name = SPAN_NAMES.find((known) => known === chosen);
        if (name) onRange(withSpan(range, { span: SPANS[name], now }));
      }}
      options={SPAN_NAMES.map((name) => ({ value: name, label: text(`timeline.span.${name}`) }))}
    />
  );
}

const DAY_NS = 86_400_000_000_000n;

/** `11-16 03:12 – 11-23 03:12`; seconds where the window is shorter than ten minutes. */
function rangeText(range: InstantRange, words: Words): string {
  const span = range.to - range.from;
  const style = span < DAY_NS / 144n ? "short" : "minute";
  const [from, to] = [words.instant(range.from, style), words.instant(range.to, style)];
  const isSameDay = from.slice(0, 5) === to.slice(0, 5);
  return `${from} – ${isSameDay ? to.slice(6) : to}`;
}
