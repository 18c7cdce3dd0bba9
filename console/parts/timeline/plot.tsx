import { useRef } from "react";
import { useNowMs, useZone } from "../time.tsx";
import { answerAt } from "./answer-at.ts";
import { useDrawn } from "./drawn.ts";
import { xOf } from "./geometry.ts";
import { HoverCard } from "./hover-card.tsx";
import type { Layout } from "./layout.ts";
import { type Line, Picture } from "./picture.tsx";
import { around } from "./range.ts";
import type { InstantRange, RestorableView } from "./restorable-view.ts";
import { Slider } from "./slider.tsx";
import { StripPointer, stripScale } from "./strip.tsx";
import { roundInstantAt } from "./target.ts";
import { usePlot } from "./use-plot.ts";
import type { Words } from "./words.ts";

export interface PlotProps {
  readonly view: RestorableView;
  readonly range: InstantRange;
  readonly layout: Layout;
  readonly words: Words;
  readonly weekdays: readonly string[];
  readonly isStale: boolean;
  /** The instant that a form holds: the plot becomes its slider. Undefined: the plot has its own cursor. */
  readonly picked: bigint | undefined;
  readonly onPick: ((at: bigint) => void) | undefined;
  readonly describedBy: string;
  readonly preview: (range: InstantRange) => void;
  readonly commit: (range: InstantRange) => void;
  readonly onTable: () => void;
}

const NO_WEEKDAYS: readonly string[] = [];

/** Drawing, slider, strip and card over one another. */
export function Plot(props: PlotProps) {
  const { view, range, layout, words, isStale, picked, preview, commit } = props;
  const zone = useZone();
  const now = clockNow(view, useNowMs());
  const drawn = useDrawn({
    view,
    range,
    layout,
    zone,
    weekdays: layout.isNarrow ? NO_WEEKDAYS : props.weekdays,
  });
  const plot = useRef<HTMLDivElement>(null);
  const { pointer, card, cursor, isKeyboard, onKey, setKeyboard } = usePlot({ ...props, drawn, plot });
  const lineAt = (at: bigint, x = xOf(drawn.scale, at)): Line => ({
    x,
    label: labelOf(at, { range, words }),
  });
  const isInside = (at: bigint) => at >= range.from && at <= range.to;
  const { hover } = pointer;
  const strip = stripScale(view, layout);
  return (
    <div className="tl-plot" style={{ height: layout.height }}>
      <Picture
        {...{ drawn, words, zone, now, isStale }}
        card={card.card}
        gesture={pointer.gesture}
        handle={
          picked !== undefined && isInside(picked)
            ? {
                ...lineAt(picked),
                label: words.instant(picked, "micros").slice(5),
                isRestorable: answerAt(view, picked).kind === "restorable",
              }
            : null
        }
        hairline={
          hover && hover.x >= 0 && hover.x <= layout.plot
            ? lineAt(roundInstantAt(drawn.scale, hover.x), hover.x)
            : isKeyboard && picked === undefined && isInside(cursor)
              ? lineAt(cursor)
              : null
        }
      />
      <Slider
        {...{ plot, view, cursor, words, layout, onKey, setKeyboard }}
        describedBy={props.describedBy}
        handlers={pointer.handlers}
      />
      {strip ? <StripPointer scale={strip} {...{ range, layout, preview }} now={view.now} /> : null}
      {card.card ? (
        <HoverCard
          shown={card.card}
          {...{ layout, words }}
          onPick={props.onPick}
          onHold={card.hold}
          onLeave={() => card.point(null)}
          onZoom={(instants) => commit(around(hull(instants), view.now))}
        />
      ) : null}
    </div>
  );
}

/** The observed clock plus the time that has gone by since; never earlier than what was observed. */
function clockNow(view: RestorableView, nowMs: number): bigint {
  const gone = BigInt(Math.floor(nowMs * 1000)) - BigInt(view.observedAt);
  return gone > 0n ? view.now + gone * 1000n : view.now;
}

function labelOf(at: bigint, { range, words }: { range: InstantRange; words: Words }): string {
  const isClose = range.to - range.from <= 120_000_000_000n;
  return isClose ? words.instant(at, "micros").slice(11, 23) : words.instant(at, "short");
}

function hull(instants: readonly bigint[]): InstantRange {
  const sorted = [...instants].toSorted((a, b) => (a < b ? -1 : 1));
  return { from: sorted[0] ?? 0n, to: sorted.at(-1) ?? 0n };
}
