import * as fc from "fast-check";
import { expect, test } from "vitest";
import { backupJobOf, inventoryOf, type TenantSketch } from "./inventory.fixture.ts";
import { now, randomHistory } from "./random-history.fixture.ts";
import { type Restorable, restorable } from "./restorable.ts";
import { scn } from "./scn.ts";
import { boundRanges, lanesIn, MOST_IN_LANE, verdictOf } from "./window.ts";

const NOW = scn(2000);

const shop: TenantSketch = {
  sets: [
    { id: 1, at: 300, bytes: 5 },
    { id: 2, at: 0, status: "failed", startedAt: 1 },
    { id: 3, at: 900 },
  ],
  rounds: [
    { id: 1, start: 200, checkpoint: 500, status: "stopped" },
    { id: 2, start: 800, checkpoint: 1500 },
  ],
  pieces: [
    { id: 1, round: 1, start: 200, end: 400 },
    { id: 2, round: 1, start: 400, end: 600, checkpoint: 500 },
    { id: 3, round: 2, start: 800, end: 1800, checkpoint: 1500 },
  ],
};

function lanes(sketch: TenantSketch, [from, to]: readonly [number, number]) {
  const tenant = inventoryOf(sketch);
  const window = { from: scn(from), to: scn(to) };
  return lanesIn(window, { restorable: restorable(tenant, { now: NOW }), tenant });
}

test("a window holds what touches it, and each item keeps its own ends", () => {
  const { intervals, gaps, rounds } = lanes(shop, [450, 850]);
  expect(intervals.map(({ from, to }) => [from, to])).toEqual([[300n, 500n]]);
  expect(gaps.map(({ from, to }) => [from, to])).toEqual([[501n, 899n]]);
  expect(rounds.map(({ roundId, from, to }) => [roundId, from, to])).toEqual([
    [1, 200n, 500n],
    [2, 800n, 1500n],
  ]);
});

test("a notch stands where a piece begins inside its round and the window", () => {
  expect(lanes(shop, [100, 2000]).rounds.map((round) => round.notches)).toEqual([[400n], []]);
  expect(lanes(shop, [450, 2000]).rounds[0]?.notches).toEqual([]);
});

test("a mark stands at the set's restorable instant, and of a set that never got one where it began", () => {
  const { marks } = lanes(shop, [0, 2000]);
  expect(marks.map(({ setId, at, isRestorable }) => [setId, at, isRestorable])).toEqual([
    [1, 300n, true],
    [3, 900n, true],
    [2, 1000n, false],
  ]);
});

test("a running set shows its job's progress, an ended one its comment", () => {
  const jobs = [
    backupJobOf({ setId: 4, progress: { fraction: 0.68, inputBytes: 0, outputBytes: 0 } }),
    backupJobOf({ setId: 2, isHistory: true, status: "failed", comment: "no space", startedBySys: false }),
  ];
  const sets = [...(shop.sets ?? []), { id: 4, at: 0, status: "running" as const, startedAt: 1 }];
  const { marks } = lanes({ ...shop, sets, jobs }, [0, 2000]);
  expect(marks.find(({ setId }) => setId === 4)).toMatchObject({ fraction: 0.68, isRestorable: false });
  expect(marks.find(({ setId }) => setId === 2)).toMatchObject({
    fraction: null,
    comment: "no space",
    startedBySys: false,
  });
});

test("the verdict names both ends, counts the gaps between them and knows no open one behind a live end", () => {
  expect(verdictOf(restorable(inventoryOf(shop), { now: NOW }))).toEqual({
    earliest: 300n,
    latest: 1500n,
    innerGaps: 1,
    openGap: null,
  });
});

test("the verdict names the gap that grows now", () => {
  const rounds = [{ id: 1, start: 200, checkpoint: 500, status: "interrupted" as const }];
  const stopped = restorable(inventoryOf({ sets: [{ id: 1, at: 300 }], rounds }), { now: NOW });
  expect(verdictOf(stopped)).toMatchObject({
    latest: 500n,
    innerGaps: 0,
    openGap: { from: 501n, to: 2000n, cause: { kind: "archive-interrupted" } },
  });
});

test("a round that was interrupted says so also after it was stopped", () => {
  const rounds = [
    { id: 1, start: 200, checkpoint: 500, status: "stopped" as const, interruption: "no room" },
  ];
  expect(lanes({ rounds }, [0, 2000]).rounds).toMatchObject([{ status: "stopped", interruption: "no room" }]);
});

test("a tenant without anything has an empty verdict and empty lanes", () => {
  const nothing = { earliest: null, latest: null, innerGaps: 0, openGap: null };
  expect(verdictOf(restorable(inventoryOf(), { now: NOW }))).toEqual(nothing);
  expect(lanes({}, [0, 2000])).toEqual({ intervals: [], gaps: [], rounds: [], marks: [] });
});

/** A thousand rounds with one set each: interval n is n + 1 long. */
function manyRounds(): TenantSketch {
  const starts = Array.from({ length: 1000 }, (_, i) => 1 + i * 2000);
  return {
    sets: starts.map((start, i) => ({ id: i + 1, at: start + 50 })),
    rounds: starts.map((start, i) => ({
      id: i + 1,
      start,
      checkpoint: start + 50 + i,
      status: "stopped" as const,
    })),
    pieces: starts.map((start, i) => ({
      id: i + 1,
      round: i + 1,
      start,
      end: start + 2000,
      checkpoint: start + 50 + i,
    })),
  };
}

test("of too many intervals the shortest give way to gaps, and no lane is longer than promised", () => {
  const sketch = manyRounds();
  const whole = lanes(sketch, [0, 3_000_000]);
  expect(whole.intervals).toHaveLength(MOST_IN_LANE - 1);
  expect(whole.intervals[0]?.openedBySetId).toBe(602);
  expect(whole.gaps).toHaveLength(MOST_IN_LANE - 1);
  expect(whole.rounds).toHaveLength(MOST_IN_LANE);
  expect(whole.marks).toHaveLength(MOST_IN_LANE);
});

test("notches of ten thousand pieces are thinned, not dropped", () => {
  const pieces = Array.from({ length: 10_000 }, (_, i) => ({
    id: i + 1,
    round: 1,
    start: 1 + i,
    end: 2 + i,
  }));
  const rounds = [{ id: 1, start: 1, checkpoint: 10_000 }];
  const notches = lanes({ rounds, pieces }, [0, 20_000]).rounds[0]?.notches ?? [];
  expect(notches.length).toBeGreaterThan(300);
  expect(notches.length).toBeLessThanOrEqual(MOST_IN_LANE);
});

test("of too many marks increments give way before failures and full sets", () => {
  const sets = Array.from({ length: 600 }, (_, i) => ({
    id: i + 1,
    at: 100 + i,
    ...(i % 3 === 0 ? {} : { onto: [i - (i % 3) + 1, i] as const }),
  }));
  const { marks } = lanes({ sets }, [0, 2000]);
  expect(marks).toHaveLength(MOST_IN_LANE);
  expect(marks.filter((mark) => mark.type === "full")).toHaveLength(200);
});

test("however few are kept, nothing turns restorable and every gap stays covered", () => {
  fc.assert(
    fc.property(randomHistory, fc.integer({ min: 1, max: 4 }), (history, most) => {
      const found: Restorable = restorable(history, { now });
      const bounded = boundRanges(found, most);
      expect(bounded.intervals.length).toBeLessThanOrEqual(Math.max(most, 1));
      expect(bounded.gaps.length).toBeLessThanOrEqual(Math.max(most, 1));
      for (const interval of bounded.intervals) expect(found.intervals).toContain(interval);
      for (const gap of found.gaps) {
        expect(bounded.gaps.some(({ from, to }) => from <= gap.from && gap.to <= to)).toBe(true);
      }
      for (const { from, to } of bounded.intervals) {
        expect(bounded.gaps.some((gap) => gap.from <= to && from <= gap.to)).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});
