import { assert, bigInt, double, property } from "fast-check";
import { expect, test } from "vitest";
import {
  isLive,
  liveRange,
  paged,
  rangeFromSearch,
  rangeToSearch,
  SPANS,
  scaled,
  withSpan,
} from "./range.ts";

const NOW = 1_795_374_758_123_456_789n;
const week = liveRange(NOW, SPANS["7d"]);

test("one page back is the seven days before, and one page forward is the live edge again", () => {
  const before = paged(week, { by: -1, now: NOW });
  expect(before).toEqual({ from: week.from - SPANS["7d"], to: week.from });
  expect(paged(before, { by: 1, now: NOW })).toEqual(week);
});

test("a page forward never passes the live edge", () => {
  const nearly = { from: week.from - 5n, to: week.to - 5n };
  expect(paged(nearly, { by: 1, now: NOW })).toEqual(week);
});

test("zooming keeps the instant under the pointer where it was, unless the live edge is in the way", () => {
  assert(
    property(double({ min: 0.05, max: 20, noNaN: true }), bigInt(1n, 99n), (factor, share) => {
      const range = { from: NOW - 100n * SPANS["1d"], to: NOW - 93n * SPANS["1d"] };
      const at = range.from + ((range.to - range.from) * share) / 100n;
      const next = scaled(range, { factor, at, now: NOW });
      if (isLive(next, NOW)) return;
      const was = Number(at - range.from) / Number(range.to - range.from);
      const is = Number(at - next.from) / Number(next.to - next.from);
      expect(is).toBeCloseTo(was, 6);
    }),
  );
});

test("windows go from ten seconds to a year and no further", () => {
  const close = scaled(week, { factor: 0.000001, at: week.from, now: NOW });
  expect(close.to - close.from).toBe(10_000_000_000n);
  const far = scaled(week, { factor: 1000, at: week.from, now: NOW });
  expect(far.to - far.from).toBe(366n * SPANS["1d"]);
});

test("a shorter window at the live edge stays at the live edge", () => {
  expect(withSpan(week, { span: SPANS["1h"], now: NOW })).toEqual(liveRange(NOW, SPANS["1h"]));
});

test("a window survives the way through the address to the nanosecond", () => {
  assert(
    property(bigInt(10_000_000_000n, 366n * SPANS["1d"]), bigInt(1n, SPANS["7d"]), (span, back) => {
      const range = { from: NOW - back - span, to: NOW - back };
      expect(rangeFromSearch(rangeToSearch(range, NOW), NOW)).toEqual(range);
    }),
  );
});

test("the default window leaves the address empty, and an unreadable address is the default window", () => {
  expect(rangeToSearch(week, NOW)).toEqual({ span: undefined, to: undefined });
  expect(rangeFromSearch({ span: "nonsense", to: "-1" }, NOW)).toEqual(week);
});
