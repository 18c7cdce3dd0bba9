import type { DOMAttributes, KeyboardEvent, RefObject } from "react";
import { answerAt } from "./answer-at.ts";
import type { Layout } from "./layout.ts";
import type { RestorableView } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface SliderProps {
  readonly plot: RefObject<HTMLDivElement | null>;
  readonly view: RestorableView;
  readonly cursor: bigint;
  readonly words: Words;
  readonly layout: Layout;
  /** The verdict's id. */
  readonly describedBy: string;
  readonly handlers: DOMAttributes<HTMLDivElement>;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly setKeyboard: (isKeyboard: boolean) => void;
}

/** One tab stop over the whole plot: a slider over time whose text is the answer. */
export function Slider({
  plot,
  view,
  cursor,
  words,
  layout,
  describedBy,
  handlers,
  onKey,
  setKeyboard,
}: SliderProps) {
  return (
    <div
      ref={plot}
      className="tl-slider"
      role="slider"
      tabIndex={0}
      aria-label={words.text("timeline.slider")}
      aria-describedby={describedBy}
      aria-valuemin={seconds(view.span?.from ?? view.now)}
      aria-valuemax={seconds(view.now)}
      aria-valuenow={seconds(cursor)}
      aria-valuetext={words.say(cursor, answerAt(view, cursor))}
      style={{ left: layout.left, width: layout.plot + layout.reserve, height: layout.axis + 22 }}
      onKeyDown={onKey}
      onFocus={(event) => setKeyboard(event.currentTarget.matches(":focus-visible"))}
      onBlur={() => setKeyboard(false)}
      {...handlers}
    />
  );
}

function seconds(at: bigint): number {
  return Number(at / 1_000_000_000n);
}
