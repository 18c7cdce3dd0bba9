import { useId, useMemo, useState } from "react";
import { useSettings } from "../../settings.tsx";
import { GapBlocks } from "./gap-blocks.tsx";
import { IntervalTable } from "./interval-table.tsx";
import { layoutOf } from "./layout.ts";
import { Legend } from "./legend.tsx";
import { NewGap } from "./new-gap.tsx";
import { Plot } from "./plot.tsx";
import { type Answer, type InstantRange, readRestorable } from "./restorable-view.ts";
import { type Mode, Toolbar, ViewSwitch } from "./toolbar.tsx";
import { useWidth } from "./use-width.ts";
import { useWindow } from "./use-window.ts";
import { Verdict } from "./verdict.tsx";
import { useWords } from "./words.ts";
import "./timeline.css";

export interface TimelineProps {
  /** May still be the answer for another window: what it does not cover is drawn as loading. */
  readonly data: Answer;
  readonly range: InstantRange;
  /** A range whose end is `data.now` follows the live edge: see `rangeToSearch`. */
  readonly onRangeChange: (range: InstantRange) => void;
  /** Undefined: nothing can be restored from here. */
  readonly onPick?: ((at: bigint) => void) | undefined;
  /** The instant that a form holds: it gets a handle, and every instant can be chosen. */
  readonly picked?: bigint;
  /** The observation is older than 30 s or lost. */
  readonly isStale: boolean;
  readonly title?: string;
  /** Without verdict, table and legend: part of a form. */
  readonly compact?: boolean;
}

/** To which instants a tenant can be restored, and why not to the others. */
export function Timeline({
  data,
  range,
  onRangeChange,
  onPick,
  picked,
  isStale,
  title,
  compact,
}: TimelineProps) {
  const view = useMemo(() => readRestorable(data), [data]);
  const words = useWords();
  const { language } = useSettings();
  const verdictId = useId();
  const { ref, width } = useWidth<HTMLDivElement>();
  const [mode, setMode] = useState<Mode>("drawing");
  const shown = useWindow(range, onRangeChange);
  const layout = useMemo(
    () => layoutOf({ width, language, size: compact ? "compact" : "full" }),
    [width, language, compact],
  );
  const { text } = words;
  const weekdays = useMemo(() => text("timeline.weekdays").split(" "), [text]);
  return (
    <div className={`timeline${compact ? " timeline-compact" : ""}`}>
      <header className="tl-head">
        <h2>{title ?? text("timeline.title")}</h2>
        <Toolbar words={words} range={shown.range} now={view.now} onRange={shown.commit} />
        {compact ? null : <ViewSwitch mode={mode} onMode={setMode} />}
        <Verdict
          {...{ view, words }}
          id={verdictId}
          className={compact ? "for-readers" : "tl-verdict"}
          style={layout.isNarrow ? "short" : "second"}
          onGaps={() => setMode("table")}
        />
      </header>
      <NewGap view={view} words={words} />
      <div ref={ref} className="tl-body" style={{ minHeight: mode === "drawing" ? layout.height : 0 }}>
        {mode === "table" ? (
          <IntervalTable {...{ view, words, onPick }} range={shown.range} />
        ) : width > 0 ? (
          <Plot
            {...{ view, layout, words, weekdays, isStale, picked, onPick }}
            {...shown}
            describedBy={verdictId}
            onTable={() => setMode(compact ? "drawing" : "table")}
          />
        ) : null}
      </div>
      {layout.isNarrow && mode === "drawing" ? <GapBlocks {...{ view, words }} range={shown.range} /> : null}
      {compact ? null : <Legend hint={onPick && !layout.isNarrow ? "restore" : null} />}
    </div>
  );
}
