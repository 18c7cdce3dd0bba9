import * as fc from "fast-check";
import { expect, test } from "vitest";
import { historyOf } from "./history.fixture.ts";
import type { BackupHistory } from "./inventory.ts";
import { INSTANTS, now, randomHistory } from "./random-history.fixture.ts";
import { chainByKernel, piecesByKernel } from "./restorable.brute-force.ts";
import { restorable } from "./restorable.ts";
import { type RestoreSource, sourceFor } from "./restore-source.ts";
import { scn } from "./scn.ts";

const NOWHERE = { data: null, archive: null, pieceSwitchInterval: null };

function find(history: BackupHistory, instant: bigint): RestoreSource | undefined {
  return sourceFor({ ...history, destinations: NOWHERE }, scn(instant));
}

test("exactly for the restorable instants there is something to read", () => {
  fc.assert(
    fc.property(randomHistory, (history) => {
      const { intervals } = restorable(history, { now });
      const isClaimed = (t: bigint) => intervals.some(({ from, to }) => from <= t && t <= to);
      expect(INSTANTS.filter((t) => isClaimed(t) !== (find(history, t) !== undefined))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("the sets and pieces are those that OceanBase takes from the two paths", () => {
  let compared = 0;
  fc.assert(
    fc.property(randomHistory, (history) => {
      for (const t of INSTANTS) {
        const found = find(history, t);
        if (!found) continue;
        compared += 1;
        expect(found.sets).toEqual(
          chainByKernel(
            history.sets.filter((set) => set.path === found.dataUri),
            t,
          ),
        );
        const pieces = history.pieces.filter((piece) => piece.path === found.archiveUri);
        expect(found.pieces).toEqual(piecesByKernel(pieces, { start: found.replayFrom, end: t }));
      }
    }),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(1000);
});

const sketch = {
  sets: [
    { id: 1, at: 150, path: "file:///older" },
    { id: 2, at: 250, path: "file:///data" },
  ],
  rounds: [{ id: 1, start: 100, checkpoint: 380 }],
};

test("of two data paths the one whose newest set leaves less to replay is named", () => {
  expect(find(historyOf(sketch), 200n)).toMatchObject({ dataUri: "file:///older", replayFrom: 130n });
  expect(find(historyOf(sketch), 300n)).toMatchObject({ dataUri: "file:///data", replayFrom: 230n });
});

test("a present destination is named with its endpoint, another path as it is", () => {
  const destinations = {
    data: "file:///data?host=oss&access_id=******",
    archive: "file:///elsewhere",
    pieceSwitchInterval: "1d",
  };
  expect(sourceFor({ ...historyOf(sketch), destinations }, scn(300))).toMatchObject({
    dataUri: "file:///data?host=oss&access_id=******",
    archiveUri: "file:///archive1001",
  });
});

test("a set that brings its own logs is read with the archive where there is one, alone where there is none", () => {
  const own = { sets: [{ id: 1, at: 150, plusArchivelog: true }] };
  expect(find(historyOf(own), 150n)).toMatchObject({ archiveUri: null, pieces: [] });
  expect(find(historyOf({ ...own, rounds: sketch.rounds }), 150n)).toMatchObject({
    archiveUri: "file:///archive1001",
  });
});

test("all sets on the way are named for their passwords, also the one where the walk ends", () => {
  const sets = [1, 2, 3, 4].map((id) => ({ id, at: 100 * id, path: "file:///data" }));
  const found = find(historyOf({ sets, rounds: [{ id: 1, start: 50, checkpoint: 900 }] }), 250n);
  expect(found?.sets.map((set) => set.id)).toEqual([2]);
  expect(found?.walked.map((set) => set.id)).toEqual([1, 2, 3]);
});
