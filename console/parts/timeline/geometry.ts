import type { InstantRange } from "./restorable-view.ts";

/** A range of instants, `to` excluded, over `width` whole pixels. */
export interface Scale extends InstantRange {
  readonly width: number;
}

/** Pixels from `start` up to and without `end`. */
export interface Pixels {
  readonly start: number;
  readonly end: number;
}

/** Smallest width at which a gap is drawn: thinner ones would vanish between two greens. */
export const SMALLEST_GAP_PX = 3;

/** For marks, lines and pointers. Precise to a millionth of a pixel, whatever the window. */
export function xOf(scale: Scale, at: bigint): number {
  const span = scale.to - scale.from;
  return Number(((at - scale.from) * BigInt(scale.width) * 1_000_000n) / span) / 1_000_000;
}

/** The instant under a pixel, inside the range. */
export function instantAt(scale: Scale, x: number): bigint {
  const inside = Math.min(Math.max(x, 0), scale.width);
  const micro = BigInt(Math.round(inside * 1_000_000));
  return scale.from + ((scale.to - scale.from) * micro) / (BigInt(scale.width) * 1_000_000n);
}

/** The pixel column that holds the instant. */
export function floorPixel(scale: Scale, at: bigint): number {
  return Number(floorDiv((at - scale.from) * BigInt(scale.width), scale.to - scale.from));
}

/** The first pixel column whose every instant is at or after `at`. */
export function ceilPixel(scale: Scale, at: bigint): number {
  return Number(-floorDiv((scale.from - at) * BigInt(scale.width), scale.to - scale.from));
}

function floorDiv(a: bigint, b: bigint): bigint {
  const cut = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? cut - 1n : cut;
}

export function overlaps(a: InstantRange, b: InstantRange): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** Both ends of what is covered belong to it, so the first pixel after it starts one nanosecond later. */
export function coveringPixels(scale: Scale, range: InstantRange): Pixels {
  return clampPixels(scale, { start: floorPixel(scale, range.from), end: ceilPixel(scale, range.to + 1n) });
}

/** Only pixels whose every instant lies inside. Empty (`start >= end`) when no pixel qualifies. */
export function provenPixels(scale: Scale, range: InstantRange): Pixels {
  return clampPixels(scale, { start: ceilPixel(scale, range.from), end: floorPixel(scale, range.to + 1n) });
}

function clampPixels(scale: Scale, { start, end }: Pixels): Pixels {
  const clamp = (x: number) => Math.min(Math.max(x, 0), scale.width);
  return { start: clamp(start), end: clamp(end) };
}

/** At least `SMALLEST_GAP_PX` wide, centred on the truth, and never smaller than the truth. */
export function gapPixels(scale: Scale, gap: InstantRange): Pixels {
  const covered = coveringPixels(scale, gap);
  const missing = SMALLEST_GAP_PX - (covered.end - covered.start);
  if (missing <= 0 || !overlaps(scale, gap)) return covered;
  const middle = (xOf(scale, gap.from) + xOf(scale, gap.to)) / 2;
  const wanted = Math.round(middle - SMALLEST_GAP_PX / 2);
  const lowest = covered.end - SMALLEST_GAP_PX;
  const start = Math.min(
    Math.max(wanted, lowest, 0),
    covered.start,
    Math.max(scale.width - SMALLEST_GAP_PX, 0),
  );
  return { start, end: Math.min(start + SMALLEST_GAP_PX, scale.width) };
}

export interface Painted<Item> extends Pixels {
  readonly item: Item;
}

export interface Band<I, G> {
  readonly greens: readonly Painted<I>[];
  readonly gaps: readonly Painted<G>[];
}

/**
 * The restorable band, rounded honestly: green only where every instant of the pixel is restorable, and a gap wins each
 * pixel that both claim.
 */
export function paintBand<I extends InstantRange, G extends InstantRange>(
  scale: Scale,
  lanes: { readonly intervals: readonly I[]; readonly gaps: readonly G[] },
): Band<I, G> {
  const gaps = lanes.gaps
    .filter((gap) => overlaps(scale, gap))
    .map((gap) => ({ ...gapPixels(scale, gap), item: gap }));
  const greens = lanes.intervals
    .filter((interval) => overlaps(scale, interval))
    .flatMap((item) => without(provenPixels(scale, item), gaps).map((pixels) => ({ ...pixels, item })));
  return { greens, gaps };
}

function without(pixels: Pixels, taken: readonly Pixels[]): Pixels[] {
  let rest = pixels.start < pixels.end ? [pixels] : [];
  for (const { start, end } of taken) {
    rest = rest.flatMap((piece) =>
      [
        { start: piece.start, end: Math.min(piece.end, start) },
        { start: Math.max(piece.start, end), end: piece.end },
      ].filter((part) => part.start < part.end),
    );
  }
  return rest;
}

/** Whether something goes on beyond an edge of the window: it gets ‹ or › there instead of an end. */
export function beyond(
  scale: InstantRange,
  item: InstantRange,
): { readonly left: boolean; readonly right: boolean } {
  return { left: item.from < scale.from, right: item.to >= scale.to };
}
