import { expect, test } from "vitest";
import { type HistorySketch, historyOf } from "./history.fixture.ts";
import { type Gap, restorable } from "./restorable.ts";
import { scn } from "./scn.ts";

const NOW = 2000;

/** `[from, to]` of each interval, as in the manual. */
function intervalsOf(sketch: HistorySketch): readonly (readonly [number, number])[] {
  const { intervals } = restorable(historyOf(sketch), { now: scn(NOW) });
  return intervals.map(({ from, to }) => [Number(from), Number(to)]);
}

function gapsOf(sketch: HistorySketch): readonly Gap[] {
  return restorable(historyOf(sketch), { now: scn(NOW) }).gaps;
}

function lastGap(sketch: HistorySketch): Gap | undefined {
  return gapsOf(sketch).at(-1);
}

/** A round of three pieces, 100 each from 100 on, of which the last is being written. */
const round = { id: 1, start: 100, checkpoint: 380 };
const pieces = [
  { id: 1, round: 1, start: 100, end: 200 },
  { id: 2, round: 1, start: 200, end: 300 },
  { id: 3, round: 1, start: 300, end: 400, checkpoint: 380 },
];

test("cause: no backup yet", () => {
  expect(lastGap({ rounds: [round], pieces })).toEqual({
    from: 100n,
    to: 2000n,
    cause: { kind: "no-backup-yet" },
    isOpen: true,
    closedBySetId: null,
  });
});

test("cause: a set is being taken now, the first one or the first since the logs were interrupted", () => {
  const first = { id: 1, at: 0, status: "running" as const, startedAt: 1 };
  expect(lastGap({ sets: [first], rounds: [round] })?.cause).toEqual({ kind: "set-running", setId: 1 });
  expect(lastGap(afterInterruption({ ...first, id: 2 }))?.cause).toEqual({ kind: "set-running", setId: 2 });
});

test("cause: the set that would have closed the gap failed", () => {
  const failed = { id: 2, at: 0, status: "failed" as const, startedAt: 1 };
  expect(lastGap(afterInterruption(failed))?.cause).toEqual({ kind: "set-failed", setId: 2 });
});

test("a failed set inside an interval opens no gap", () => {
  const sets = [
    { id: 1, at: 150 },
    { id: 2, at: 0, status: "failed" as const, startedAt: 1 },
  ];
  expect(intervalsOf({ sets, rounds: [round], pieces })).toEqual([[150, 380]]);
  expect(lastGap({ sets, rounds: [round], pieces })?.isOpen).toBe(false);
});

test("cause: the logs have not reached the set yet", () => {
  expect(lastGap({ sets: [{ id: 1, at: 390, replay: 350 }], rounds: [round], pieces })).toMatchObject({
    cause: { kind: "set-not-covered", setId: 1, checkpointScn: 380n, minRestoreScn: 390n },
    isOpen: true,
  });
});

test("a set that the logs have not reached yet opens no gap behind a live interval", () => {
  const sets = [
    { id: 1, at: 150 },
    { id: 2, at: 390, replay: 350 },
  ];
  expect(lastGap({ sets, rounds: [round], pieces })).toMatchObject({
    from: 381n,
    cause: { kind: "not-archived-yet", roundId: 1 },
    isOpen: false,
  });
});

test.each([
  ["stopped", "archive-stopped"],
  ["stopping", "archive-stopped"],
  ["interrupted", "archive-interrupted"],
  ["suspended", "archive-suspended"],
  ["suspending", "archive-suspended"],
] as const)("cause: log archiving is %s", (status, kind) => {
  const ended = { ...round, status, comment: "why" };
  expect(lastGap({ sets: [{ id: 1, at: 150 }], rounds: [ended], pieces })?.cause).toEqual({
    kind,
    roundId: 1,
    comment: "why",
  });
});

test("an interrupted round that had to be stopped is still told as interrupted", () => {
  const stopped = { ...round, status: "stopped" as const, interruption: "log stream 1001 interrupted" };
  expect(lastGap({ sets: [{ id: 1, at: 150 }], rounds: [stopped], pieces })?.cause).toEqual({
    kind: "archive-interrupted",
    roundId: 1,
    comment: "log stream 1001 interrupted",
  });
});

test("cause: logs go on in a new round, but nobody took a set since", () => {
  expect(lastGap(afterInterruption())?.cause).toEqual({ kind: "no-set-in-round", roundId: 2 });
});

test("a new round that ended too is what has to be mended first", () => {
  const { rounds = [], ...rest } = afterInterruption();
  const ended = rounds.map((each) => (each.id === 2 ? { ...each, status: "suspended" as const } : each));
  expect(lastGap({ ...rest, rounds: ended })?.cause).toMatchObject({ kind: "archive-suspended", roundId: 2 });
});

test("cause: a piece was deleted, in the middle or at the beginning", () => {
  const middle = pieces.map((piece) => (piece.id === 2 ? { ...piece, files: "deleted" as const } : piece));
  const sets = [
    { id: 1, at: 150 },
    { id: 2, at: 350, replay: 310 },
  ];
  expect(intervalsOf({ sets, rounds: [round], pieces: middle })).toEqual([
    [150, 200],
    [350, 380],
  ]);
  const deleted = { kind: "piece-deleted", roundId: 1, pieceId: 2 };
  expect(gapsOf({ sets, rounds: [round], pieces: middle })[1]).toMatchObject({
    cause: deleted,
    closedBySetId: 2,
  });
  const beginning = pieces.map((piece) =>
    piece.id === 1 ? { ...piece, files: "deleting" as const } : piece,
  );
  expect(gapsOf({ sets, rounds: [round], pieces: beginning })[0]?.cause).toEqual({ ...deleted, pieceId: 1 });
});

test("cause: the files of a piece or of a set are not available", () => {
  const broken = pieces.map((piece) => (piece.id === 2 ? { ...piece, files: "broken" as const } : piece));
  expect(lastGap({ sets: [{ id: 1, at: 150 }], rounds: [round], pieces: broken })?.cause).toEqual({
    kind: "piece-unavailable",
    roundId: 1,
    pieceId: 2,
  });
  expect(lastGap({ sets: [{ id: 1, at: 150, files: "broken" }], rounds: [round], pieces })?.cause).toEqual({
    kind: "set-unavailable",
    setId: 1,
  });
});

test("cause: a piece is not even listed", () => {
  const without = pieces.filter((piece) => piece.id !== 2);
  expect(lastGap({ sets: [{ id: 1, at: 150 }], rounds: [round], pieces: without })?.cause).toEqual({
    kind: "piece-missing",
    roundId: 1,
    pieceId: 2,
  });
});

test("cause: the set before was deleted", () => {
  const sets = [
    { id: 1, at: 150, files: "deleted" as const },
    { id: 2, at: 250 },
  ];
  expect(gapsOf({ sets, rounds: [round], pieces })[0]).toMatchObject({
    to: 249n,
    cause: { kind: "set-deleted", setId: 1 },
    closedBySetId: 2,
  });
});

test("cause: an increment without its base, and no later full set in the same path mends it", () => {
  const sets = [
    { id: 1, at: 120, files: "deleted" as const },
    { id: 2, at: 150, onto: [1, 1] as const },
    { id: 3, at: 250 },
  ];
  expect(intervalsOf({ sets, rounds: [round], pieces })).toEqual([]);
  expect(lastGap({ sets, rounds: [round], pieces })).toMatchObject({
    cause: { kind: "chain-broken", setId: 2, missingSetId: 1 },
    isOpen: true,
  });
  const elsewhere = sets.map((set) => (set.id === 3 ? { ...set, path: "file:///new" } : set));
  expect(intervalsOf({ sets: elsewhere, rounds: [round], pieces })).toEqual([[250, 380]]);
});

test("cause: logs were never archived", () => {
  expect(lastGap({ sets: [{ id: 1, at: 150 }] })?.cause).toEqual({ kind: "no-archive" });
});

test("a round that resumes after a pause has not archived the rest yet, and nobody has to act", () => {
  const resuming = { ...round, status: "beginning" as const };
  expect(lastGap({ sets: [{ id: 1, at: 150 }], rounds: [resuming], pieces })).toMatchObject({
    cause: { kind: "not-archived-yet", roundId: 1 },
    isOpen: false,
  });
});

test("a piece that was opened ahead of the logs is no fault", () => {
  const ahead = [
    ...pieces.slice(0, 2),
    { id: 3, round: 1, start: 300, end: 400, checkpoint: 0, files: "incomplete" as const },
  ];
  const found = restorable(
    historyOf({ sets: [{ id: 1, at: 150 }], rounds: [{ ...round, checkpoint: 300 }], pieces: ahead }),
    { now: scn(NOW) },
  );
  expect(found.intervals).toEqual([{ from: 150n, to: 300n, openedBySetId: 1, roundId: 1, isLive: true }]);
  expect(found.gaps.at(-1)?.isOpen).toBe(false);
});

/** Set 1 in round 1, which was interrupted; round 2 goes on. */
function afterInterruption(...sets: HistorySketch["sets"] & object): HistorySketch {
  return {
    sets: [{ id: 1, at: 150 }, ...sets],
    rounds: [
      { ...round, status: "interrupted" },
      { id: 2, start: 700, checkpoint: 1900 },
    ],
    pieces: [...pieces, { id: 4, round: 2, start: 700, end: 2700, checkpoint: 1900 }],
  };
}
