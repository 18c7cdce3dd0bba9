import { expect, test } from "vitest";
import { historyOf } from "./history.fixture.ts";
import { restorable } from "./restorable.ts";
import { sourceFor } from "./restore-source.ts";
import { scn } from "./scn.ts";
import { whereIs } from "./where-is.ts";

/**
 * Views and answers of a real OceanBase 4.2.1.9: a full set, a canceled one, an increment taken with PLUS ARCHIVELOG, log
 * archiving stopped and started again. What RESTORE answered to each SCN stands beside it.
 */
const PATH = "file:///backup/data";
const ROUND_1 = { id: 1, start: 1795601619676361354n, checkpoint: 1795602955923127700n };
const ROUND_2 = { id: 2, start: 1795603130589596819n, checkpoint: 1795603134613058978n };
const SET_3 = scn("1795602477404351340");
const now = scn("1795603200000000000");

const seen = historyOf({
  sets: [
    // Both sets replay from the very start of round 1.
    { id: 1, at: 1795601800745771489n, replay: ROUND_1.start, path: PATH },
    { id: 2, at: 0, path: PATH, status: "failed", startedAt: 1795601888440483 },
    { id: 3, at: SET_3, replay: ROUND_1.start, onto: [1, 1], plusArchivelog: true, path: PATH },
  ],
  rounds: [{ ...ROUND_1, status: "stopped" }, ROUND_2],
  pieces: [
    { ...ROUND_1, round: 1, end: 1795688019676361354n },
    { ...ROUND_2, round: 2, end: 1795689530589596819n },
  ],
});

test.each([
  ["1795601800745771488", "before-first", "4018: one nanosecond before set 1"],
  ["1795601800745771489", "restorable", "the instant of set 1"],
  ["1795601876210938204", "restorable", "restored: read back row by row"],
  ["1795602477404351340", "restorable", "restored, also from the data path alone"],
  ["1795602955923127700", "restorable", "the last checkpoint of round 1"],
  ["1795602955923127701", "in-gap", "4018: one nanosecond after it"],
  ["1795602970000000000", "in-gap", "4018: between the rounds"],
  ["1795603134000000000", "in-gap", "no set since round 2 began"],
  ["1795699999999999999", "in-future", "4018: far ahead"],
])("SCN %s is %s (%s)", (instant, kind) => {
  expect(whereIs(restorable(seen, { now }), { instant: scn(instant), now }).kind).toBe(kind);
});

test("the gap after the stop is open until a set is taken in round 2", () => {
  expect(restorable(seen, { now }).gaps.at(-1)).toEqual({
    from: ROUND_1.checkpoint + 1n,
    to: now,
    cause: { kind: "no-set-in-round", roundId: 2 },
    isOpen: true,
    closedBySetId: null,
  });
});

test("an increment whose full set was removed spoils every later target, as 4201 did, even past a new full set", () => {
  const withoutFull = historyOf({
    sets: [
      { id: 1, at: 1795601800745771489n, replay: ROUND_1.start, files: "deleted" },
      { id: 3, at: SET_3, replay: ROUND_1.start, onto: [1, 1] },
      { id: 4, at: 1795602913000000000n, replay: ROUND_1.start },
    ],
    rounds: [ROUND_1],
    pieces: [{ ...ROUND_1, round: 1, end: 1795688019676361354n }],
  });
  const { intervals, gaps } = restorable(withoutFull, { now });
  expect(intervals).toEqual([]);
  expect(gaps.at(-1)?.cause).toEqual({ kind: "chain-broken", setId: 3, missingSetId: 1 });
});

test("the sets and pieces named are those of its own SHOW RESTORE PREVIEW and of its restore job", () => {
  const history = { ...seen, destinations: { data: PATH, archive: null, pieceSwitchInterval: "1d" } };
  const preview = sourceFor(history, scn("1795601876210938204"));
  expect(preview?.sets.map((set) => set.id)).toEqual([1]);
  expect(preview?.pieces.map((piece) => [piece.roundId, piece.id])).toEqual([[1, 1]]);
});

test("without its archive the increment that brings its own logs restores to its own instant, as it really did", () => {
  const alone = { ...seen, rounds: [], pieces: [] };
  expect(restorable(alone, { now }).intervals).toEqual([
    { from: SET_3, to: SET_3, openedBySetId: 3, roundId: null, isLive: false },
  ]);
  const destinations = { data: PATH, archive: null, pieceSwitchInterval: null };
  expect(sourceFor({ ...alone, destinations }, SET_3)).toMatchObject({ dataUri: PATH, archiveUri: null });
});
