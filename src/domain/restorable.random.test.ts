import * as fc from "fast-check";
import { expect, test } from "vitest";
import { historyOf, type PieceSketch } from "./history.fixture.ts";
import type { BackupHistory } from "./inventory.ts";
import { fileStatus, INSTANTS, now, randomHistory } from "./random-history.fixture.ts";
import { isRestorableByKernel } from "./restorable.brute-force.ts";
import { type Gap, type Restorable, restorable } from "./restorable.ts";

test("an instant lies in an interval exactly when OceanBase would restore to it", () => {
  fc.assert(
    fc.property(randomHistory, (history) => {
      const { intervals } = restorable(history, { now });
      const isClaimed = (t: bigint) => intervals.some(({ from, to }) => from <= t && t <= to);
      expect(INSTANTS.filter((t) => isClaimed(t) !== isRestorableByKernel(history, t))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test("intervals and gaps cover every instant of the span once, in order", () => {
  fc.assert(
    fc.property(randomHistory, (history) => {
      const { intervals, gaps, span } = restorable(history, { now });
      const all = [...intervals, ...gaps].toSorted((a, b) => Number(a.from - b.from));
      if (!span) {
        expect(all).toEqual([]);
        return;
      }
      expect(all[0]?.from).toBe(span.from);
      expect(all.at(-1)?.to).toBe(span.to);
      for (const [i, { from, to }] of all.entries()) {
        expect(from <= to).toBe(true);
        if (i > 0) expect(from).toBe((all[i - 1]?.to ?? 0n) + 1n);
      }
      expect(intervals.map(({ from }) => from)).toEqual(
        intervals.map(({ from }) => from).toSorted(ascending),
      );
      expect(gaps.map(({ from }) => from)).toEqual(gaps.map(({ from }) => from).toSorted(ascending));
    }),
    { numRuns: 2000 },
  );
});

test("two intervals that meet belong to two rounds", () => {
  fc.assert(
    fc.property(randomHistory, (history) => {
      const { intervals } = restorable(history, { now });
      for (const [i, interval] of intervals.entries()) {
        const before = intervals[i - 1];
        if (before?.to === interval.from - 1n) expect(before.roundId).not.toBe(interval.roundId);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a cause names sets, rounds and pieces that exist, and an open gap is the last thing there is", () => {
  fc.assert(
    fc.property(randomHistory, (history) => {
      const result = restorable(history, { now });
      for (const gap of result.gaps) {
        expectNamesToExist(history, gap);
        expectEnds(result, gap);
      }
    }),
    { numRuns: 2000 },
  );
});

function expectNamesToExist(history: BackupHistory, { cause }: Gap): void {
  const [sets, rounds] = [history.sets.map((set) => set.id), history.rounds.map((round) => round.id)];
  if ("setId" in cause) expect(sets).toContain(cause.setId);
  if ("roundId" in cause) expect(rounds).toContain(cause.roundId);
  if ("pieceId" in cause) {
    const piece = history.pieces.find(({ id }) => id === cause.pieceId);
    if (cause.kind === "piece-missing") expect(piece?.roundId).not.toBe(cause.roundId);
    else expect(piece?.roundId).toBe(cause.roundId);
  }
}

function expectEnds({ intervals, span }: Restorable, gap: Gap): void {
  const next = intervals.find((interval) => interval.from > gap.to);
  expect(gap.closedBySetId).toBe(next?.openedBySetId ?? null);
  if (next) expect(gap.isOpen).toBe(false);
  else expect(gap.to).toBe(span?.to);
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : 1;
}

const anyScn = fc.integer({ min: 0, max: 40 });
const wildHistory = fc
  .record({
    sets: fc.array(
      fc.record({
        id: fc.nat({ max: 9 }),
        at: anyScn,
        replay: anyScn,
        onto: fc.option(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { nil: undefined }),
        files: fileStatus,
        plusArchivelog: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    pieces: fc.array(
      fc.record({
        id: fc.nat({ max: 9 }),
        round: fc.integer({ min: 1, max: 3 }),
        start: anyScn,
        end: anyScn,
        checkpoint: anyScn,
        files: fileStatus,
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ sets, pieces }) =>
    historyOf({
      sets: sets.map(({ onto, ...set }) => (onto ? { ...set, onto } : set)),
      pieces: inStartOrder(pieces),
    }),
  );

/** Starts ascend with round and id on every cluster; nothing else about a piece is taken for granted here. */
function inStartOrder(pieces: readonly PieceSketch[]): readonly PieceSketch[] {
  const rounds = pieces.map((piece) => piece.round).toSorted((a, b) => a - b);
  const byStart = pieces.toSorted((a, b) => Number(a.start) - Number(b.start));
  return byStart.map((piece, i) => ({ ...piece, id: i + 1, round: rounds[i] ?? 1 }));
}

test("nothing is claimed that OceanBase would refuse, however odd the views are", () => {
  fc.assert(
    fc.property(wildHistory, (history) => {
      for (const { from, to } of restorable(history, { now }).intervals) {
        for (let t: bigint = from; t <= to; t++)
          expect([t, isRestorableByKernel(history, t)]).toEqual([t, true]);
      }
    }),
    { numRuns: 2000 },
  );
});
