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
