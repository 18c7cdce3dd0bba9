import { expect, test } from "vitest";
import { historyOf } from "./history.fixture.ts";
import { restorable } from "./restorable.ts";
import { scn } from "./scn.ts";
import { whereIs } from "./where-is.ts";

const now = scn(2000);
const found = restorable(
  historyOf({
    sets: [
      { id: 1, at: 300 },
      { id: 2, at: 900 },
    ],
    rounds: [
      { id: 1, start: 200, checkpoint: 500, status: "stopped" },
      { id: 2, start: 800, checkpoint: 1500 },
    ],
  }),
  { now },
);
const where = (instant: number) => whereIs(found, { instant: scn(instant), now });

test("both ends of an interval belong to it", () => {
  expect(where(300)).toEqual({ kind: "restorable", interval: found.intervals[0] });
  expect(where(500)).toEqual({ kind: "restorable", interval: found.intervals[0] });
  expect(where(900)).toEqual({ kind: "restorable", interval: found.intervals[1] });
});

test("an instant in a gap is told the nearest ones on both sides", () => {
  expect(where(501)).toEqual({ kind: "in-gap", gap: found.gaps[1], before: 500n, after: 900n });
  expect(where(899)).toEqual({ kind: "in-gap", gap: found.gaps[1], before: 500n, after: 900n });
});

test("an instant before the first set is told the first one, however early it is", () => {
  expect(where(299)).toEqual({ kind: "before-first", after: 300n });
  expect(where(1)).toEqual({ kind: "before-first", after: 300n });
});

test("an instant that the logs have not reached is no gap", () => {
  expect(where(1501)).toEqual({ kind: "not-archived-yet", before: 1500n, roundId: 2 });
  expect(where(2000)).toEqual({ kind: "not-archived-yet", before: 1500n, roundId: 2 });
});

test("an instant after the cluster's clock has not come yet", () => {
  expect(where(2001)).toEqual({ kind: "in-future", before: 1500n });
});

test("an open gap has nothing after it", () => {
  const stopped = restorable(
    historyOf({
      sets: [{ id: 1, at: 300 }],
      rounds: [{ id: 1, start: 200, checkpoint: 500, status: "stopped" }],
    }),
    { now },
  );
  expect(whereIs(stopped, { instant: scn(1000), now })).toEqual({
    kind: "in-gap",
    gap: stopped.gaps.at(-1),
    before: 500n,
    after: null,
  });
});

test("without any interval there is no backup yet, with the reason where one is known", () => {
  const nothing = restorable(historyOf({}), { now });
  expect(whereIs(nothing, { instant: scn(5), now })).toEqual({ kind: "no-backup-yet", gap: null });
  const logsOnly = restorable(historyOf({ rounds: [{ id: 1, start: 200, checkpoint: 500 }] }), { now });
  expect(whereIs(logsOnly, { instant: scn(300), now })).toEqual({
    kind: "no-backup-yet",
    gap: logsOnly.gaps[0],
  });
});
