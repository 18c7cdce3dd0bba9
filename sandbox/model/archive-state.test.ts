import { afterEach, beforeEach, expect, test } from "vitest";
import {
  addPool,
  addTenant,
  commitRows,
  keptRows,
  type TestCluster,
  testCluster,
} from "../cluster/cluster-in-test.ts";

/* LOG_ARCHIVE_DEST_STATE, and a new LOG_ARCHIVE_DEST. */

let cluster: TestCluster;

beforeEach(() => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "shop");
});
afterEach(() => cluster.close());

const round = () => cluster.row("CDB_OB_ARCHIVELOG", {});
const set = (item: string) => cluster.answer(`ALTER SYSTEM SET ${item} TENANT = shop`);
const defer = () => set("LOG_ARCHIVE_DEST_STATE = 'DEFER'");
const enable = () => set("LOG_ARCHIVE_DEST_STATE = 'ENABLE'");

function walk(seconds: number): readonly unknown[] {
  const seen: unknown[] = [round()?.["STATUS"]];
  for (let tenths = 0; tenths < seconds * 5; tenths++) {
    cluster.wait(0.2);
    if (round()?.["STATUS"] !== seen.at(-1)) seen.push(round()?.["STATUS"]);
  }
  return seen;
}

test("what is committed while the archive is suspended is archived afterwards, without a hole", () => {
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(20);
  expect(defer()).toBe("ok");
  expect(walk(4)).toEqual(["DOING", "SUSPENDING", "SUSPEND"]);
  const stood = round()?.["CHECKPOINT_SCN"];
  const scn = commitRows(cluster, "shop", [1, 2]);
  cluster.wait(60);
  expect(round()?.["CHECKPOINT_SCN"]).toBe(stood);
  expect(enable()).toBe("ok");
  expect(walk(4)).toEqual(["SUSPEND", "BEGINNING", "DOING"]);
  cluster.wait(10);
  expect(cluster.rows("CDB_OB_ARCHIVELOG_SUMMARY").length).toBe(1);
  expect(cluster.rows("CDB_OB_ARCHIVELOG_PIECE_FILES").length).toBe(1);
  addPool(cluster, "free");
  const from = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";
  cluster.run(`ALTER SYSTEM RESTORE copy ${from} UNTIL SCN = ${scn} WITH 'pool_list=free'`);
  cluster.wait(20);
  expect(keptRows(cluster, "copy")).toEqual([1, 2]);
});

test("log that was recycled while the archive was suspended interrupts the round when it goes on", () => {
  defer();
  cluster.wait(4);
  commitRows(cluster, "shop", [1]);
  cluster.model.media.data(1002).recycleRedo();
  enable();
  expect(walk(10).at(-1)).toBe("INTERRUPTED");
  defer();
  expect(walk(3)).toEqual(["INTERRUPTED"]);
});

test("a suspended round can be stopped; a destination that waits begins no round until it is enabled", () => {
  defer();
  cluster.wait(4);
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  expect(walk(4)).toEqual(["SUSPEND", "STOPPING", "STOP"]);
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  expect(walk(4)).toEqual(["STOP"]);
  enable();
  expect(walk(5)).toEqual(["STOP", "PREPARE", "BEGINNING", "DOING"]);
  expect(round()).toMatchObject({ ROUND_ID: 2, BASE_PIECE_ID: 2, DEST_ID: 1002 });
});

test("a backup is refused while the archive is suspended, and one that runs then fails", () => {
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(3);
  defer();
  cluster.wait(8);
  expect(cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { TENANT_ID: 1002 })).toMatchObject({
    STATUS: "FAILED",
    RESULT: -9029,
  });
  expect(cluster.answer("ALTER SYSTEM BACKUP TENANT = shop")).toBe(
    "9040 backup can not start, because log archive status is not doing.",
  );
});

test("the state stands in CDB_OB_ARCHIVE_DEST and outlives a new destination", () => {
  const state = () => cluster.row("CDB_OB_ARCHIVE_DEST", { NAME: "state" })?.["VALUE"];
  expect(state()).toBe("ENABLE");
  defer();
  expect(state()).toBe("DEFER");
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  cluster.wait(6);
  expect(
    set("LOG_ARCHIVE_DEST = 'LOCATION=file:///elsewhere BINDING=Mandatory PIECE_SWITCH_INTERVAL=2d'"),
  ).toBe("ok");
  const rows = cluster.rows("CDB_OB_ARCHIVE_DEST").map((row) => [row["NAME"], row["VALUE"]]);
  expect(Object.fromEntries(rows)).toEqual({
    binding: "MANDATORY",
    dest_id: "1003",
    path: "file:///elsewhere",
    piece_switch_interval: "2d",
    state: "DEFER",
  });
});

test("a new destination needs the archive off, gets a DEST_ID of its own, and rounds and pieces count on", () => {
  const other = "LOG_ARCHIVE_DEST = 'LOCATION=file:///elsewhere'";
  expect(set(other)).toBe("1235 change archive dest when archive is running is not supported");
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  expect(set(other)).toBe("1235 change archive dest when archive is running is not supported");
  cluster.wait(6);
  expect(set(other)).toBe("ok");
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  cluster.wait(6);
  const rounds = cluster.rows("CDB_OB_ARCHIVELOG_SUMMARY");
  expect(rounds.map((row) => [row["ROUND_ID"], row["DEST_ID"], row["STATUS"], row["PATH"]])).toEqual([
    [1, 1002, "STOP", "file:///backup/shop/clog"],
    [2, 1003, "DOING", "file:///elsewhere"],
  ]);
  const pieces = cluster.rows("CDB_OB_ARCHIVELOG_PIECE_FILES");
  expect(pieces.map((row) => [row["PIECE_ID"], row["ROUND_ID"], row["STATUS"]])).toEqual([
    [1, 1, "FROZEN"],
    [2, 2, "ACTIVE"],
  ]);
});

test("a path that the tenant marked before keeps its DEST_ID, and goes on after its own last round", () => {
  for (const location of ["file:///elsewhere", "file:///backup/shop/clog"]) {
    cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
    cluster.wait(6);
    expect(set(`LOG_ARCHIVE_DEST = 'LOCATION=${location}'`)).toBe("ok");
    cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
    cluster.wait(6);
  }
  expect(cluster.rows("CDB_OB_ARCHIVELOG_SUMMARY").map((row) => row["DEST_ID"])).toEqual([1002, 1003, 1002]);
  expect(round()).toMatchObject({ ROUND_ID: 3, BASE_PIECE_ID: 3, STATUS: "DOING" });
});
