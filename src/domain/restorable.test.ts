import { expect, test } from "vitest";
import { type HistorySketch, historyOf, pieceOf, roundOf, setOf } from "./history.fixture.ts";
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

test("the manual's case: sets at 300 and 900, logs to 500 and to 1500, give [300, 500] and [900, 1500]", () => {
  const manual: HistorySketch = {
    sets: [
      { id: 1, at: 300 },
      { id: 2, at: 900 },
    ],
    rounds: [
      { id: 1, start: 200, checkpoint: 500, status: "stopped" },
      { id: 2, start: 800, checkpoint: 1500 },
    ],
  };
  expect(intervalsOf(manual)).toEqual([
    [300, 500],
    [900, 1500],
  ]);
  expect(gapsOf(manual)).toEqual([
    { from: 200n, to: 299n, cause: { kind: "no-backup-yet" }, isOpen: false, closedBySetId: 1 },
    {
      from: 501n,
      to: 899n,
      cause: { kind: "archive-stopped", roundId: 1, comment: "" },
      isOpen: false,
      closedBySetId: 2,
    },
    {
      from: 1501n,
      to: 2000n,
      cause: { kind: "not-archived-yet", roundId: 2 },
      isOpen: false,
      closedBySetId: null,
    },
  ]);
});

test("a tenant of which nothing was ever seen has no span, no interval and no gap", () => {
  expect(restorable({ sets: [], rounds: [], pieces: [] }, { now: scn(NOW) })).toEqual({
    intervals: [],
    gaps: [],
    span: null,
  });
});

test("the interval is live while its round goes on and ends for good when it is stopped", () => {
  const sets = [{ id: 1, at: 150 }];
  const live = restorable(historyOf({ sets, rounds: [round], pieces }), { now: scn(NOW) });
  expect(live.intervals).toEqual([{ from: 150n, to: 380n, openedBySetId: 1, roundId: 1, isLive: true }]);
  const stopped = { ...round, status: "stopped" as const };
  const ended = restorable(historyOf({ sets, rounds: [stopped], pieces }), { now: scn(NOW) });
  expect(ended.intervals[0]?.isLive).toBe(false);
});

test("the last piece of a stopped round keeps its planned end, and only its checkpoint counts", () => {
  expect(
    intervalsOf({
      sets: [
        { id: 1, at: 150 },
        { id: 2, at: 420, replay: 410 },
      ],
      rounds: [
        { ...round, status: "stopped" },
        { id: 2, start: 390, checkpoint: 500 },
      ],
      pieces: [
        ...pieces,
        { id: 4, round: 2, start: 390, end: 490 },
        { id: 5, round: 2, start: 490, end: 590, checkpoint: 500 },
      ],
    }),
  ).toEqual([
    [150, 380],
    [420, 500],
  ]);
});

test("a frozen piece may end without logs: the next one proves that nothing is missing", () => {
  const quiet = pieces.map((piece) => (piece.id === 1 ? { ...piece, checkpoint: 180 } : piece));
  expect(intervalsOf({ sets: [{ id: 1, at: 150 }], rounds: [round], pieces: quiet })).toEqual([[150, 380]]);
});

test("pieces in any order give the same", () => {
  const sets = [{ id: 1, at: 150 }];
  expect(intervalsOf({ sets, rounds: [round], pieces: pieces.toReversed() })).toEqual([[150, 380]]);
});

test("an increment carries on where its full set began", () => {
  const sets = [
    { id: 1, at: 150 },
    { id: 2, at: 250, onto: [1, 1] as const },
    { id: 3, at: 350, onto: [1, 2] as const },
  ];
  const found = restorable(historyOf({ sets, rounds: [round], pieces }), { now: scn(NOW) });
  expect(found.intervals).toEqual([{ from: 150n, to: 380n, openedBySetId: 1, roundId: 1, isLive: true }]);
});

test("a new full set whose logs are gone takes instants away: OceanBase does not fall back to the set before", () => {
  const sketch: HistorySketch = {
    sets: [
      { id: 1, at: 150 },
      { id: 2, at: 250, replay: 50 },
    ],
    rounds: [round],
    pieces,
  };
  expect(intervalsOf(sketch)).toEqual([[150, 249]]);
  expect(lastGap(sketch)?.cause).toEqual({ kind: "no-archive" });
});

test("of two sets with the same restorable instant the later one counts", () => {
  const sets = [
    { id: 1, at: 150 },
    { id: 2, at: 150, replay: 50 },
  ];
  expect(intervalsOf({ sets, rounds: [round], pieces })).toEqual([]);
});

test("sets in an older data path are of use with the older path", () => {
  const sets = [
    { id: 1, at: 150, path: "file:///older" },
    { id: 2, at: 250 },
  ];
  expect(intervalsOf({ sets, rounds: [round], pieces })).toEqual([[150, 380]]);
});

test("logs of two archive destinations do not add up", () => {
  const sketch: HistorySketch = {
    sets: [
      { id: 1, at: 150 },
      { id: 2, at: 350, replay: 310 },
    ],
    rounds: [
      { id: 1, start: 100, checkpoint: 200, status: "stopped" },
      { id: 2, start: 300, checkpoint: 380, destination: 1002 },
    ],
    pieces: [
      { id: 1, round: 1, start: 100, end: 200 },
      { id: 2, round: 2, start: 300, end: 400, checkpoint: 380, destination: 1002 },
    ],
  };
  expect(intervalsOf(sketch)).toEqual([
    [150, 200],
    [350, 380],
  ]);
});

test("a set that brings its own logs restores to exactly one instant without any archive", () => {
  const sketch: HistorySketch = { sets: [{ id: 1, at: 150, plusArchivelog: true }] };
  const found = restorable(historyOf(sketch), { now: scn(NOW) });
  expect(found.intervals).toEqual([{ from: 150n, to: 150n, openedBySetId: 1, roundId: null, isLive: false }]);
  expect(found.gaps.at(-1)).toMatchObject({ from: 151n, cause: { kind: "no-archive" }, isOpen: true });
});

test("such a set inside a round leaves no seam", () => {
  const sets = [{ id: 1, at: 150, plusArchivelog: true }];
  expect(intervalsOf({ sets, rounds: [round], pieces })).toEqual([[150, 380]]);
});

test("logs are needed from before the restorable instant on, so a target at START_REPLAY_SCN itself is refused", () => {
  expect(intervalsOf({ sets: [{ id: 1, at: 150, replay: 150 }], rounds: [round], pieces })).toEqual([
    [151, 380],
  ]);
});

// Each cause once, and what it is told apart from.

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
  const stopped = { ...round, status: "stopped" as const, comment: "log stream 1001 interrupted" };
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

test("four hundred sets and ten thousand pieces are judged in a moment", () => {
  const history = {
    sets: Array.from({ length: 400 }, (_, i) =>
      setOf({
        id: i + 1,
        at: 1000 + i * 2500,
        ...(i % 7 === 0 ? {} : { onto: [i - (i % 7) + 1, i] as const }),
      }),
    ),
    rounds: [roundOf({ id: 1, start: 1, checkpoint: 1_000_050 })],
    pieces: Array.from({ length: 10_000 }, (_, i) =>
      pieceOf({ id: i + 1, round: 1, start: 1 + i * 100, end: 101 + i * 100 }),
    ),
  };
  const judge = () => restorable(history, { now: scn(1_100_000) });
  for (let i = 0; i < 5; i++) judge();
  const times = Array.from({ length: 9 }, () => {
    const before = performance.now();
    judge();
    return performance.now() - before;
  });
  // The promise is 5 ms; the bench measures it. A busy machine gets ten times as long here, quadratic work gets none.
  expect(Math.min(...times)).toBeLessThan(50);
  expect(judge().intervals).toHaveLength(1);
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
