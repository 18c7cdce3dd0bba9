import {
  array,
  assert,
  bigInt,
  boolean,
  constantFrom,
  double,
  integer,
  oneof,
  property,
  record,
} from "fast-check";
import { expect, test } from "vitest";
import {
  ceilPixel,
  floorPixel,
  gapPixels,
  instantAt,
  paintBand,
  type Scale,
  SMALLEST_GAP_PX,
  xOf,
} from "./geometry.ts";

const BASE = 1_795_048_200_000_000_000n;

/** A history whose intervals and gaps cover every nanosecond once, seen through a window somewhere over it. */
const history = record({
  lengths: array(bigInt(1n, 90_000_000_000_000n), { minLength: 1, maxLength: 12 }),
  startsGreen: boolean(),
  from: bigInt(-50_000_000_000n, 400_000_000_000_000n),
  span: oneof(bigInt(10_000_000_000n, 8_000_000_000_000n), bigInt(2_000n, 700_000_000_000_000n)),
  width: integer({ min: 3, max: 400 }),
}).map(({ lengths, startsGreen, from, span, width }) => {
  let at = BASE;
  const ranges = lengths.map((length, index) => {
    const range = { from: at, to: at + length - 1n, isGreen: index % 2 === (startsGreen ? 0 : 1) };
    at += length;
    return range;
  });
  const scale: Scale = { from: BASE + from, to: BASE + from + span, width };
  return {
    scale,
    intervals: ranges.filter((range) => range.isGreen),
    gaps: ranges.filter((range) => !range.isGreen),
  };
});

const first = (scale: Scale, pixel: number) => {
  const span = scale.to - scale.from;
  const width = BigInt(scale.width);
  return scale.from + (BigInt(pixel) * span + width - 1n) / width;
};

test("no green pixel holds an instant that is not restorable", () => {
  assert(
    property(history, ({ scale, intervals, gaps }) => {
      for (const green of paintBand(scale, { intervals, gaps }).greens) {
        expect(first(scale, green.start)).toBeGreaterThanOrEqual(green.item.from);
        expect(first(scale, green.end) - 1n).toBeLessThanOrEqual(green.item.to);
      }
    }),
    { numRuns: 500 },
  );
});

test("no instant of a gap lies on a green pixel, and each visible gap has its own pixels", () => {
  assert(
    property(history, double({ min: 0, max: 1, noNaN: true }), (drawn, share) => {
      const { scale, intervals, gaps } = drawn;
      const band = paintBand(scale, { intervals, gaps });
      for (const gap of band.gaps) {
        const length = gap.item.to - gap.item.from;
        const at = gap.item.from + (length * BigInt(Math.round(share * 1000))) / 1000n;
        const pixel = floorPixel(scale, at);
        expect(band.greens.some(({ start, end }) => start <= pixel && pixel < end)).toBe(false);
        const reachesIn = gap.item.to >= scale.from && gap.item.from < scale.to;
        if (reachesIn) expect(gap.end - gap.start).toBeGreaterThanOrEqual(SMALLEST_GAP_PX);
      }
    }),
    { numRuns: 500 },
  );
});

test("greens and gaps never share a pixel and stay inside the drawing", () => {
  assert(
    property(history, ({ scale, intervals, gaps }) => {
      const band = paintBand(scale, { intervals, gaps });
      for (const green of band.greens) {
        expect(green.start).toBeLessThan(green.end);
        expect(band.gaps.some((gap) => gap.start < green.end && green.start < gap.end)).toBe(false);
      }
      for (const { start, end } of [...band.greens, ...band.gaps]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(scale.width);
      }
    }),
  );
});

test("a gap of one second in seven days is three pixels around its place", () => {
  const week = { from: BASE, to: BASE + 604_800_000_000_000n, width: 1000 };
  const at = BASE + 302_400_000_000_000n;
  expect(gapPixels(week, { from: at, to: at + 1_000_000_000n })).toEqual({ start: 499, end: 502 });
});

test("a wide gap keeps exactly the pixels it touches", () => {
  const scale = { from: 0n, to: 1000n, width: 100 };
  expect(gapPixels(scale, { from: 105n, to: 399n })).toEqual({ start: 10, end: 40 });
  expect(gapPixels(scale, { from: 105n, to: 400n })).toEqual({ start: 10, end: 41 });
});

test("pixels of instants before the window round down, not towards zero", () => {
  const scale = { from: 100n, to: 200n, width: 10 };
  expect([floorPixel(scale, 99n), ceilPixel(scale, 99n)]).toEqual([-1, 0]);
  expect([floorPixel(scale, 101n), ceilPixel(scale, 101n)]).toEqual([0, 1]);
});

test("the instant under a pixel comes back to that pixel in windows of ten seconds and of a year", () => {
  assert(
    property(
      constantFrom(10_000_000_000n, 31_536_000_000_000_000n),
      integer({ min: 0, max: 1000 }),
      (span, x) => {
        const scale = { from: BASE, to: BASE + span, width: 1000 };
        expect(xOf(scale, instantAt(scale, x))).toBeCloseTo(x, 4);
      },
    ),
  );
});
