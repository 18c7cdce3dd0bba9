import { useRef } from "react";
import { useNowMs, useZone } from "../time.tsx";
import { useDrawn } from "./drawn.ts";
import { HoverCard } from "./hover-card.tsx";
import type { Layout } from "./layout.ts";
import { handleLine, instantLine, pointerLine } from "./lines.ts";
import { Picture } from "./picture.tsx";
import { around } from "./range.ts";
import type { InstantRange, RestorableView } from "./restorable-view.ts";
import { Slider } from "./slider.tsx";
import { StripPointer, stripScale } from "./strip.tsx";
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
  const strip = stripScale(view, layout);
  return (
    <div className="tl-plot" style={{ height: layout.height }}>
      <Picture
        {...{ drawn, words, zone, now, isStale }}
        card={card.card}
        gesture={pointer.gesture}
        handle={picked === undefined ? null : handleLine(picked, { drawn, words })}
        hairline={
          pointer.hover
            ? pointerLine(pointer.hover.x, { drawn, words })
            : isKeyboard && picked === undefined
              ? instantLine(cursor, { drawn, words })
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
          onZoom={(instants) => commit(around(instants, view.now))}
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
