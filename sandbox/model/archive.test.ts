import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";

let cluster: TestCluster;
beforeEach(() => {
  cluster = testCluster();
});
afterEach(() => cluster.close());

const status = () => cluster.row("CDB_OB_ARCHIVELOG", { DEST_NO: 0 })?.["STATUS"];

/** The statuses that a round passes through while the clock moves. */
function walk(seconds: number): unknown[] {
  const seen: unknown[] = [];
  for (let tenths = 0; tenths < seconds * 10; tenths++) {
    cluster.wait(0.1);
    if (status() !== seen.at(-1)) seen.push(status());
  }
  return seen;
}

test("a round goes PREPARE, BEGINNING, DOING, and its first piece is INCOMPLETE until the checkpoint moves", () => {
  addTenant(cluster, "shop");
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  cluster.wait(5);
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  expect(walk(4)).toEqual(["STOP", "PREPARE", "BEGINNING", "DOING"]);
  expect(cluster.row("CDB_OB_ARCHIVELOG", {})).toMatchObject({
    ROUND_ID: 2,
    BASE_PIECE_ID: 2,
    USED_PIECE_ID: 2,
  });
  expect(cluster.rows("CDB_OB_ARCHIVELOG_SUMMARY").map((row) => row["STATUS"])).toEqual(["STOP", "DOING"]);
  expect(cluster.rows("CDB_OB_ARCHIVELOG_PIECE_FILES").map((row) => row["STATUS"])).toEqual([
    "FROZEN",
    "ACTIVE",
  ]);
});

test("ARCHIVELOG without a destination flips LOG_MODE and nothing else", () => {
  cluster.run("CREATE RESOURCE UNIT u MAX_CPU 1, MEMORY_SIZE '2G'");
  cluster.run("CREATE RESOURCE POOL p UNIT = 'u', UNIT_NUM = 1");
  cluster.run("CREATE TENANT bare RESOURCE_POOL_LIST = ('p')");
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = bare");
  cluster.wait(20);
  expect(cluster.row("DBA_OB_TENANTS", { TENANT_NAME: "bare" })?.["LOG_MODE"]).toBe("ARCHIVELOG");
  expect(cluster.rows("CDB_OB_ARCHIVELOG")).toEqual([]);
});

test("NOARCHIVELOG and at once ARCHIVELOG leave the round DOING", () => {
  addTenant(cluster, "shop");
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  expect(walk(5)).toEqual(["DOING"]);
  expect(cluster.row("CDB_OB_ARCHIVELOG", {})?.["ROUND_ID"]).toBe(1);
});

test("DEFER suspends the round and ENABLE goes on with the same one", () => {
  addTenant(cluster, "shop");
  cluster.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = shop");
  expect(walk(4)).toEqual(["DOING", "SUSPENDING", "SUSPEND"]);
  const scn = commitRows(cluster, "shop", [1, 2, 3]);
  cluster.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'ENABLE' TENANT = shop");
  expect(walk(4)).toEqual(["SUSPEND", "BEGINNING", "DOING"]);
  cluster.wait(10);
  const round = cluster.row("CDB_OB_ARCHIVELOG", {});
  expect(round?.["ROUND_ID"]).toBe(1);
  expect(round?.["CHECKPOINT_SCN"]).toBeGreaterThan(scn);
});

test("the checkpoint moves every half of archive_lag_target and trails by as much", () => {
  addTenant(cluster, "shop");
  cluster.run("ALTER SYSTEM SET archive_lag_target = '20s' TENANT = shop");
  cluster.wait(30);
  const seen = new Set<unknown>();
  for (let second = 0; second < 30; second++) {
    cluster.wait(1);
    const checkpoint = cluster.row("CDB_OB_ARCHIVELOG", {})?.["CHECKPOINT_SCN"];
    seen.add(checkpoint);
    const behind = (BigInt(cluster.clock.now()) * 1000n - (checkpoint as bigint)) / 1_000_000_000n;
    expect(behind).toBeGreaterThanOrEqual(9n);
    expect(behind).toBeLessThanOrEqual(21n);
  }
  const movesInHalfMinute = 3;
  expect(seen.size).toBe(movesInHalfMinute + 1);
});

test("a piece is frozen at its planned end and the next one starts exactly there", () => {
  addTenant(cluster, "shop");
  commitRows(cluster, "shop", [1]);
  cluster.clock.moveBy(2.5 * 86_400_000_000);
  cluster.cluster.advance();
  const pieces = cluster.rows("CDB_OB_ARCHIVELOG_PIECE_FILES");
  expect(pieces.map((row) => [row["PIECE_ID"], row["STATUS"]])).toEqual([
    [1, "FROZEN"],
    [2, "FROZEN"],
    [3, "ACTIVE"],
  ]);
  expect(pieces[1]?.["START_SCN"]).toBe(pieces[0]?.["END_SCN"]);
  expect(pieces[0]?.["CHECKPOINT_SCN"]).toBe(pieces[0]?.["END_SCN"]);
  expect(cluster.row("CDB_OB_ARCHIVELOG", {})?.["USED_PIECE_ID"]).toBe(3);
});

test("log that was recycled before it was archived interrupts the round for good", () => {
  addTenant(cluster, "shop");
  cluster.cluster.faults.strike({ kind: "archive-interrupted", tenant: "shop" });
  cluster.cluster.advance();
  expect(walk(20)).toEqual(["INTERRUPTED"]);
  expect(cluster.row("CDB_OB_ARCHIVELOG", {})?.["COMMENT"]).toBe("log stream 1001 interrupted.");
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  expect(walk(4)).toEqual(["INTERRUPTED", "STOPPING", "STOP"]);
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  expect(walk(4)).toEqual(["STOP", "PREPARE", "BEGINNING", "DOING"]);
});

test("an archive whose directory is deleted under it is interrupted, and can be stopped and begun anew elsewhere", () => {
  addTenant(cluster, "shop");
  fs.rmSync(path.join(cluster.dir, "storage/backup/shop/clog"), { recursive: true });
  commitRows(cluster, "shop", [1]);
  expect(walk(10)).toEqual(["DOING", "INTERRUPTED"]);
  expect(cluster.row("CDB_OB_ARCHIVELOG_PIECE_FILES", {})).toMatchObject({
    STATUS: "ACTIVE",
    FILE_STATUS: "AVAILABLE",
  });
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  expect(walk(10)).toEqual(["INTERRUPTED", "STOPPING", "STOP"]);
  expect(cluster.row("CDB_OB_ARCHIVELOG", {})?.["COMMENT"]).toBe("");
  cluster.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///new/clog' TENANT = shop");
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  expect(walk(5)).toEqual(["STOP", "PREPARE", "BEGINNING", "DOING"]);
});

test("a medium that takes no writes is waited for, and goes on without a hole when it is back", () => {
  addTenant(cluster, "shop");
  const clog = path.join(cluster.dir, "storage/backup/shop/clog");
  fs.renameSync(clog, `${clog}-away`);
  fs.writeFileSync(clog, "not a directory");
  const scn = commitRows(cluster, "shop", [1]);
  expect(walk(20)).toEqual(["DOING"]);
  expect(cluster.row("CDB_OB_ARCHIVELOG", {})?.["CHECKPOINT_SCN"]).toBeLessThan(scn);
  fs.rmSync(clog);
  fs.renameSync(`${clog}-away`, clog);
  cluster.wait(10);
  expect(cluster.row("CDB_OB_ARCHIVELOG", {})?.["CHECKPOINT_SCN"]).toBeGreaterThan(scn);
  expect(cluster.rows("CDB_OB_ARCHIVELOG_PIECE_FILES").length).toBe(1);
});

test("a stopped round's last piece keeps its planned end", () => {
  addTenant(cluster, "shop");
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  cluster.wait(5);
  const piece = cluster.row("CDB_OB_ARCHIVELOG_PIECE_FILES", { PIECE_ID: 1 });
  expect(Number(piece?.["END_SCN"]) - Number(piece?.["START_SCN"])).toBe(86_400_000_000_000);
  expect(piece?.["CHECKPOINT_SCN"]).toBeLessThan(piece?.["END_SCN"] as bigint);
});
