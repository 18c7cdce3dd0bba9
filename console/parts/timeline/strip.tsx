import { type PointerEvent, useRef } from "react";
import { shapeOf, textWidth } from "./dense.ts";
import { instantAt, paintBand, type Scale, xOf } from "./geometry.ts";
import type { Layout } from "./layout.ts";
import { MarkShape } from "./mark-shape.tsx";
import { moved, SPANS } from "./range.ts";
import { type InstantRange, isPending, type RestorableView } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface StripProps {
  readonly view: RestorableView;
  readonly range: InstantRange;
  readonly layout: Layout;
  readonly patterns: string;
  readonly words: Words;
}

/** Everything that is kept, in one line, with the window on it as a map has it. */
export function Strip({ view, range, layout, patterns, words }: StripProps) {
  const scale = stripScale(view, layout);
  if (!scale) return null;
  const { top, height } = layout.strip;
  const band = paintBand(scale, view.strip);
  return (
    <g className="tl-strip">
      {band.greens.map(({ start, end }) => (
        <rect key={start} className="tl-green" x={start} y={top} width={end - start} height={height} />
      ))}
      {band.gaps
        .filter((gap) => !isPending(gap.item))
        .map(({ start, end }) => (
          <rect
            key={start}
            x={start}
            y={top}
            width={end - start}
            height={height}
            fill={`url(#${patterns}-gap)`}
          />
        ))}
      {view.strip.marks
        .filter((mark) => shapeOf(mark) === "full")
        .map((mark) => (
          <MarkShape key={mark.setId} shape="full" x={xOf(scale, mark.at)} y={top + height / 2} size={7} />
        ))}
      <StripWindow {...{ scale, range, layout }} />
      <StripLabels {...{ scale, range, layout, words }} />
    </g>
  );
}

export function stripScale(view: RestorableView, layout: Layout): Scale | null {
  if (!view.span || view.span.from >= view.now) return null;
  return { from: view.span.from, to: view.now, width: layout.plot };
}

interface StripPartProps {
  readonly scale: Scale;
  readonly range: InstantRange;
  readonly layout: Layout;
}

const SMALLEST_WINDOW_PX = 8;

function StripWindow({ scale, range, layout }: StripPartProps) {
  const { start, end } = windowPixels(scale, range);
  const { top, height } = layout.strip;
  return (
    <g className="tl-window">
      <rect x={start} y={top - 3} width={end - start} height={height + 6} rx={3} />
      <rect className="tl-grip" x={start - 2} y={top + 1} width={4} height={height - 2} rx={2} />
      <rect className="tl-grip" x={end - 2} y={top + 1} width={4} height={height - 2} rx={2} />
    </g>
  );
}

function windowPixels(scale: Scale, range: InstantRange): { start: number; end: number } {
  const clamp = (x: number) => Math.max(0, Math.min(scale.width, x));
  const [start, end] = [clamp(xOf(scale, range.from)), clamp(xOf(scale, range.to))];
  if (end - start >= SMALLEST_WINDOW_PX) return { start, end };
  const left = Math.max(
    0,
    Math.min(scale.width - SMALLEST_WINDOW_PX, (start + end - SMALLEST_WINDOW_PX) / 2),
  );
  return { start: left, end: left + SMALLEST_WINDOW_PX };
}

/** Where all begins, then where the window does and ends, as far as anything is kept; what would touch its neighbour is left out. */
function StripLabels({ scale, range, layout, words }: StripPartProps & { readonly words: Words }) {
  const { start, end } = windowPixels(scale, range);
  const y = layout.strip.top + layout.strip.height + 16;
  const inside = (at: bigint) => (at < scale.from ? scale.from : at > scale.to ? scale.to : at);
  const wanted = [
    { x: start, at: inside(range.from) },
    { x: end, at: inside(range.to) },
    { x: 0, at: scale.from },
  ];
  // Within a day it is the clock that tells.
  const style = scale.to - scale.from < SPANS["1d"] ? "clock" : "day";
  const width = textWidth(words.instant(scale.from, style), 12) + 8;
  const kept = wanted.filter(
    ({ x }, index) => !wanted.slice(0, index).some((other) => Math.abs(other.x - x) < width),
  );
  return (
    <>
      {kept.map(({ x, at }) => (
        <text key={x} className="tl-axis-text" x={Math.max(width / 2 - 4, x)} y={y} textAnchor="middle">
          {words.instant(at, style)}
        </text>
      ))}
    </>
  );
}

interface StripPointerProps {
  readonly scale: Scale;
  readonly range: InstantRange;
  readonly layout: Layout;
  readonly now: bigint;
  readonly preview: (range: InstantRange) => void;
}

/** Press or drag anywhere on the strip: the window's middle goes there. A shortcut for the pointer; keys have `<` `>`. */
export function StripPointer({ scale, range, layout, now, preview }: StripPointerProps) {
  const isDown = useRef(false);
  const go = (event: PointerEvent<HTMLDivElement>) => {
    const at = instantAt(scale, event.clientX - event.currentTarget.getBoundingClientRect().left);
    preview(moved(range, { by: at - (range.from + range.to) / 2n, now }));
  };
  return (
    <div
      className="tl-strip-pointer"
      aria-hidden="true"
      style={{
        left: layout.left,
        top: layout.strip.top - 4,
        width: layout.plot,
        height: layout.strip.height + 8,
      }}
      onPointerDown={(event) => {
        isDown.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => (isDown.current ? go(event) : undefined)}
      onPointerUp={() => {
        isDown.current = false;
      }}
    />
  );
}
