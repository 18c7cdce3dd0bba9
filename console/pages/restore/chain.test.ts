import { expect, test } from "vitest";
import { type BackupSet, chainFor } from "./chain.ts";

const set = (id: number, at: bigint, changes: Partial<BackupSet> = {}): BackupSet => ({
  id,
  type: "full",
  previousFullId: 0,
  previousIncrementalId: 0,
  status: "succeeded",
  fileStatus: "available",
  statusWords: "SUCCESS / AVAILABLE",
  startReplayScn: String(at - 1n),
  minRestoreScn: String(at),
  startedAt: null,
  endedAt: null,
  inputBytes: 0,
  outputBytes: 0,
  path: "",
  plusArchivelog: false,
  encrypted: false,
  tenantCompatible: null,
  clusterVersion: null,
  ...changes,
});
const increment = (
  id: number,
  at: bigint,
  previous: number,
  full: number,
  changes: Partial<BackupSet> = {},
) => set(id, at, { type: "incremental", previousFullId: full, previousIncrementalId: previous, ...changes });

/** 43 full ← 44 (its base is the full itself) ← 45. */
const sets = [set(43, 100n), increment(44, 200n, 0, 43), increment(45, 300n, 44, 43)];
const interval = { from: 100n, to: 1000n };
const ids = (at: bigint, list = sets) => chainFor(list, { at, interval })?.sets.map(({ id }) => id);

test("a restore starts from the newest set before the instant with everything it builds upon", () => {
  expect([ids(100n), ids(299n), ids(300n), ids(900n)]).toEqual([[43], [43, 44], [43, 44, 45], [43, 44, 45]]);
});

test("logs are replayed from the newest set to the instant", () => {
  expect(chainFor(sets, { at: 450n, interval })?.replay).toEqual({ from: 300n, to: 450n });
});

test("a set of another interval, a failed or a deleted one is not started from", () => {
  const list = [
    ...sets,
    set(46, 400n, { status: "failed" }),
    set(47, 500n, { fileStatus: "deleted" }),
    set(9, 50n),
  ];
  expect(ids(900n, list)).toEqual([43, 44, 45]);
});

test("a chain with a missing or deleted link is none", () => {
  expect(ids(900n, sets.slice(1))).toBeUndefined();
  const broken = [set(43, 100n, { fileStatus: "deleted" }), ...sets.slice(1)];
  expect(ids(900n, broken)).toBeUndefined();
});

test("sets that name each other end the search", () => {
  expect(ids(900n, [increment(1, 200n, 2, 0), increment(2, 300n, 1, 0)])).toBeUndefined();
});
