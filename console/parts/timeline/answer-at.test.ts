import { expect, test } from "vitest";
import { answerAt, landmarksOf, nearestRestorable, nextLandmark, wholeMicrosecond } from "./answer-at.ts";
import type { Interval, RestorableView } from "./restorable-view.ts";
import { sampleMark } from "./sample-view.ts";

const interval = (from: bigint, to: bigint): Interval => ({
  from,
  to,
  openedBySetId: 1,
  roundId: 1,
  isLive: false,
});
/** The manual's worked case: [300,500] and [900,1500], with the rounds that carry them. */
const intervals = [interval(300n, 500n), interval(900n, 1500n)];
const view: RestorableView = {
  loaded: { from: 0n, to: 2000n },
  now: 1600n,
  observedAt: 0,
  span: { from: 200n, to: 1600n },
  verdict: { earliest: 300n, latest: 1500n, innerGaps: 1, openGap: null },
  intervals,
  gaps: [
    { from: 200n, to: 299n, cause: { kind: "no-backup-yet" }, isOpen: false, closedBySetId: 1 },
    {
      from: 501n,
      to: 899n,
      cause: { kind: "archive-interrupted", roundId: 1, comment: "" },
      isOpen: false,
      closedBySetId: 2,
    },
    {
      from: 1501n,
      to: 1600n,
      cause: { kind: "not-archived-yet", roundId: 2 },
      isOpen: true,
      closedBySetId: null,
    },
  ],
  rounds: [],
  marks: [sampleMark(1, 300n), sampleMark(2, 900n), sampleMark(3, 1200n)],
  strip: { intervals, gaps: [], marks: [] },
};

test("both ends of an interval are restorable and the nanosecond beside them is not", () => {
  expect([299n, 300n, 500n, 501n, 899n, 900n, 1500n].map((at) => answerAt(view, at).kind)).toEqual([
    "gap",
    "restorable",
    "restorable",
    "gap",
    "gap",
    "restorable",
    "restorable",
  ]);
});

function setAt(at: bigint): number | undefined {
  const answer = answerAt(view, at);
  return answer.kind === "restorable" ? answer.set?.setId : undefined;
}

test("an instant names the newest set before it, never one of another interval", () => {
  expect([setAt(500n), setAt(1199n), setAt(1200n)]).toEqual([1, 2, 3]);
});

test("logs on their way, the time after the observation and the time before everything have their own answers", () => {
  expect(answerAt(view, 1550n).kind).toBe("pending");
  expect(answerAt(view, 1601n)).toEqual({ kind: "unknown", since: 1600n });
  expect(answerAt(view, 100n)).toEqual({ kind: "before", earliest: 300n });
});

test("the nearest restorable instants around a gap are its neighbours to the nanosecond", () => {
  expect(nearestRestorable(intervals, 700n)).toEqual({ before: 500n, after: 900n });
  expect(nearestRestorable(intervals, 100n)).toEqual({ before: null, after: 300n });
  expect(nearestRestorable(intervals, 1700n)).toEqual({ before: 1500n, after: null });
});

test("a microsecond is rounded into its interval and refused where none fits", () => {
  const edges = { from: 1_795_048_200_000_000_001n, to: 1_795_048_200_000_002_999n };
  expect(wholeMicrosecond(edges, "first")).toBe(1_795_048_200_000_001_000n);
  expect(wholeMicrosecond(edges, "last")).toBe(1_795_048_200_000_002_000n);
  expect(wholeMicrosecond({ from: 1n, to: 998n }, "first")).toBeNull();
});

test("landmarks go from sets to the edges of gaps, but not to logs that are still on their way", () => {
  const landmarks = landmarksOf(view);
  expect(landmarks).toEqual([200n, 299n, 300n, 501n, 899n, 900n, 1200n]);
  expect(nextLandmark(landmarks, { at: 300n, by: 1 })).toBe(501n);
  expect(nextLandmark(landmarks, { at: 300n, by: -1 })).toBe(299n);
  expect(nextLandmark(landmarks, { at: 1200n, by: 1 })).toBeNull();
});
