import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ArchivePiece } from "./archive-piece.ts";
import { readPieces } from "./archive-piece.ts";
import { choosePieces } from "./choose-pieces.ts";
import { planRestore } from "./plan-restore.ts";
import { refusedWith, SOURCE, TestTenant } from "./tenant-in-test.ts";

function piece(
  pieceId: number,
  range: readonly [start: number, end: number, checkpoint: number],
): ArchivePiece {
  const [start, end, checkpoint] = range.map(BigInt);
  return {
    destId: 1001,
    roundId: 1,
    pieceId,
    startScn: start ?? 0n,
    endScn: end ?? 0n,
    checkpointScn: checkpoint ?? 0n,
    maxScn: 0n,
    status: "FROZEN",
    fileStatus: "AVAILABLE",
    inputBytes: 0,
    outputBytes: 0,
    source: SOURCE,
    path: "file:///archive",
    startLsn: 0,
    endLsn: 0,
    fileBytes: [],
  };
}

function chosen(
  pieces: readonly ArchivePiece[],
  startScn: number,
  targetScn: number,
): readonly number[] | number {
  const range = { startScn: BigInt(startScn), targetScn: BigInt(targetScn) };
  try {
    return choosePieces(pieces, range).map(({ pieceId }) => pieceId);
  } catch {
    return refusedWith(() => choosePieces(pieces, range));
  }
}

// The manual's worked case: rounds [.., 500] and [600, 1500], a stopped round's last piece keeps its planned end.
const TWO_ROUNDS = [
  piece(1, [0, 200, 200]),
  piece(2, [200, 400, 400]),
  piece(3, [400, 600, 500]),
  piece(4, [650, 1000, 1000]),
  piece(5, [1000, 1400, 1400]),
  piece(6, [1400, 1800, 1500]),
];

test("the pieces taken are the unbroken run from the redo's start to the target", () => {
  expect(chosen(TWO_ROUNDS, 50, 150)).toEqual([1]);
  expect(chosen(TWO_ROUNDS, 50, 500)).toEqual([1, 2, 3]);
  expect(chosen(TWO_ROUNDS, 200, 300)).toEqual([2]);
  expect(chosen(TWO_ROUNDS, 700, 1500)).toEqual([4, 5, 6]);
});

test("a target behind the checkpoint, in the hole between rounds, or from a set of the earlier round gets 4018", () => {
  expect(chosen(TWO_ROUNDS, 50, 501)).toBe(4018);
  expect(chosen(TWO_ROUNDS, 50, 620)).toBe(4018);
  expect(chosen(TWO_ROUNDS, 50, 900)).toBe(4018);
  expect(chosen(TWO_ROUNDS, 620, 900)).toBe(4018);
  expect(chosen(TWO_ROUNDS, 700, 1501)).toBe(4018);
  expect(chosen(TWO_ROUNDS, 300, 300)).toBe(4018);
});

test("a piece that begins at the target is taken too when the one before it has not reached the target", () => {
  const late = [piece(1, [0, 200, 190]), piece(2, [200, 400, 300])];
  expect(chosen(late, 50, 200)).toEqual([1, 2]);
});

let tenant: TestTenant;

beforeEach(() => {
  tenant = new TestTenant();
  tenant.commit("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
  tenant.startArchive();
});

afterEach(() => tenant.remove());

function ids(plan: ReturnType<typeof planRestore>): readonly number[] {
  return plan.sets.map(({ set }) => set.setId);
}

test("a chain is the newest full set not above the target and its increments; an older chain is forgotten", () => {
  const sets = [
    tenant.backUp(),
    tenant.backUp({ type: "INC" }),
    tenant.backUp(),
    tenant.backUp({ type: "INC" }),
    tenant.backUp({ type: "INC" }),
  ];
  tenant.advance();
  const chains = sets.map(({ minRestoreScn: scn }) => ids(tenant.plan({ scn })));
  expect(chains).toEqual([[1], [1, 2], [3], [3, 4], [3, 4, 5]]);
  expect(sets.map((set) => [set.prevFullId, set.prevIncId])).toEqual([
    [0, 0],
    [1, 1],
    [0, 0],
    [3, 3],
    [3, 4],
  ]);
});

test("a failed set is no base, and no restore takes it", () => {
  tenant.startBackup().fail({ at: 1, result: -4072, comment: "" });
  const full = tenant.backUp({ type: "INC" });
  expect(full.type).toBe("FULL");
  tenant.startBackup({ type: "INC" }).fail({ at: 1, result: -4072, comment: "" });
  const increment = tenant.backUp({ type: "INC" });
  expect(increment.prevIncId).toBe(2);
  tenant.advance();
  expect(ids(tenant.plan({ latest: true }))).toEqual([2, 4]);
  const marks = fs.readdirSync(path.join(tenant.place.data.directory, "backup_sets"));
  expect(marks.filter((name) => name.includes("_end_failed_"))).toHaveLength(2);
});

test("a set whose process died between publishing it and forgetting it is published again, once", () => {
  tenant.backUp();
  const run = tenant.startBackup({ type: "INC" });
  while (!run.copy(1_000_000)) continue;
  const memory = path.join(tenant.place.tenant, "backups", "2.json");
  const remembered = fs.readFileSync(memory);
  tenant.finish(run);
  fs.writeFileSync(memory, remembered);
  tenant.commit("INSERT INTO t(v) VALUES ('between')");
  tenant.clock.scn += 60_000_000_000n;
  const again = tenant.resumeBackup(2);
  if (again !== undefined) tenant.finish(again);
  tenant.advance();
  expect(tenant.resumeBackup(2)).toBeUndefined();
  const plan = tenant.plan({ latest: true });
  expect(ids(plan)).toEqual([1, 2]);
  expect(tenant.restored(plan)).toBe(tenant.digest());
});

test("the earliest target is MIN_RESTORE_SCN and it needs a checkpoint that has passed it", () => {
  const { minRestoreScn } = tenant.backUp();
  expect(refusedWith(() => tenant.plan({ scn: minRestoreScn }))).toBe(4018);
  tenant.advance();
  expect(tenant.plan({ scn: minRestoreScn }).targetScn).toBe(minRestoreScn);
  expect(refusedWith(() => tenant.plan({ scn: minRestoreScn - 1n }))).toBe(4018);
});

test("without UNTIL the target is the newest piece's checkpoint", () => {
  tenant.backUp();
  const checkpoint = tenant.advance();
  tenant.commit("INSERT INTO t(v) VALUES ('not archived')");
  const plan = tenant.plan({ latest: true });
  expect(plan.targetScn).toBe(checkpoint);
  expect(tenant.restored(plan)).not.toBe(tenant.digest());
});

test("PLUS ARCHIVELOG sets restore without an archive path, exactly to their MIN_RESTORE_SCN", () => {
  tenant.commit("INSERT INTO t(v) VALUES ('before')");
  const run = tenant.startBackup({ plusArchivelog: true });
  tenant.commit("INSERT INTO t(v) VALUES ('while it runs')");
  const { minRestoreScn } = tenant.finish(run);
  const digest = tenant.digest();
  tenant.commit("INSERT INTO t(v) VALUES ('after')");
  const request = { dataPath: tenant.place.data.directory, passwords: [] };
  const latest = planRestore({ ...request, target: { latest: true } });
  expect(latest.targetScn).toBe(minRestoreScn);
  expect(tenant.restored(latest)).toBe(digest);
  expect(tenant.restored(planRestore({ ...request, target: { scn: minRestoreScn } }))).toBe(digest);
  expect(refusedWith(() => planRestore({ ...request, target: { scn: minRestoreScn + 1n } }))).toBe(4018);
});

test("a set without its logs does not restore without an archive path", () => {
  tenant.backUp();
  const request = { dataPath: tenant.place.data.directory, passwords: [], target: { latest: true } } as const;
  expect(refusedWith(() => planRestore(request))).toBe(4018);
});

test("every set that is met is asked for its password, also one that the target does not use", () => {
  tenant.backUp({ password: "old" });
  const { minRestoreScn: scn } = tenant.backUp();
  tenant.advance();
  expect(refusedWith(() => tenant.plan({ scn }))).toBe(9047);
  expect(refusedWith(() => tenant.plan({ scn }, ["new", "OLD"]))).toBe(9047);
  expect(tenant.restored(tenant.plan({ scn }, ["new", "old"]))).toBe(tenant.digest());
});

test("the pages of an encrypted set cannot be read without its password, only those of an open one can", () => {
  const canary = "canary".repeat(40);
  tenant.commit(`INSERT INTO t(v) VALUES ('${canary}')`);
  const open = tenant.backUp();
  const locked = tenant.backUp({ password: "secret" });
  tenant.advance();
  const scn = locked.minRestoreScn;
  const plan = tenant.plan({ scn }, ["secret"]);
  expect(tenant.restored(plan)).toBe(tenant.digest());
  expect(refusedWith(() => tenant.restored({ ...plan, passwords: ["wrong"] }))).toBe(9047);
  const unlocked = plan.sets.map((place) => ({ ...place, set: { ...open, setId: locked.setId } }));
  expect(refusedWith(() => tenant.restored({ ...plan, sets: unlocked }))).toBe(4009);
});

test("a path that is missing gets 9011, one without a format file 9080", () => {
  const archivePath = tenant.place.archive.directory;
  const request = { archivePath, target: { latest: true }, passwords: [] } as const;
  expect(refusedWith(() => planRestore({ ...request, dataPath: path.join(tenant.place.root, "none") }))).toBe(
    9011,
  );
  expect(refusedWith(() => planRestore({ ...request, dataPath: tenant.place.root }))).toBe(9080);
});

test("pieces are found from the newest piece directory, over several rounds and a restart", () => {
  tenant.commit("INSERT INTO t(v) VALUES ('one')");
  tenant.clock.scn += 3n * 86_400_000_000_000n;
  tenant.advance();
  tenant.reopen();
  tenant.stopArchive();
  tenant.startArchive();
  tenant.commit("INSERT INTO t(v) VALUES ('two')");
  tenant.advance();
  const pieces = readPieces(tenant.place.archive.directory);
  expect(pieces.map(({ roundId, pieceId, status }) => [roundId, pieceId, status])).toEqual([
    [1, 1, "FROZEN"],
    [1, 2, "FROZEN"],
    [1, 3, "FROZEN"],
    [1, 4, "FROZEN"],
    [2, 5, "ACTIVE"],
  ]);
  for (const [index, earlier] of pieces.slice(0, 3).entries()) {
    expect(pieces[index + 1]?.startScn).toBe(earlier.endScn);
    expect(earlier.checkpointScn).toBe(earlier.endScn);
  }
});
