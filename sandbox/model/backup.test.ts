import { afterEach, expect, test } from "vitest";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";

let cluster: TestCluster;
afterEach(() => cluster.close());

function shop(version = "4.2.5.1"): TestCluster {
  cluster = testCluster({ version });
  addTenant(cluster, "shop");
  commitRows(cluster, "shop", [1, 2, 3]);
  return cluster;
}

const SHOP = 1002;
const task = () => cluster.row("CDB_OB_BACKUP_TASKS", { TENANT_ID: SHOP })?.["STATUS"];
const job = (view: string) => cluster.row(view, { TENANT_ID: SHOP });

const WALKS = {
  "4.0.0.0": ["BACKUP_DATA_SYS", "BACKUP_DATA_MINOR", "BACKUP_DATA_MAJOR", "BACKUP_LOG"],
  "4.2.1.9": ["BACKUP_META_FINISH", "BACKUP_DATA_MINOR", "BACKUP_DATA_MAJOR", "BACKUP_LOG"],
  "4.3.5.0": [
    "BACKUP_META_FINISH",
    "BACKUP_USER_DATA",
    "BACKUP_FUSE_TABLET_META",
    "BEFORE_BACKUP_LOG",
    "BACKUP_LOG",
  ],
} as const;

test.for(["4.0.0.0", "4.2.1.9", "4.3.5.0"] as const)(
  "a task of %s passes through the phases of its kernel",
  (version) => {
    shop(version).run("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'op-1'");
    const seen: unknown[] = [];
    for (let tenths = 0; tenths < 300; tenths++) {
      cluster.wait(0.1);
      if (task() !== undefined && task() !== seen.at(-1)) seen.push(task());
    }
    const meta = ["INIT", "BACKUP_SYS_META", "BACKUP_USER_META"];
    expect(seen).toEqual([...meta, ...WALKS[version]]);
    expect(cluster.row("CDB_OB_BACKUP_TASK_HISTORY", { TENANT_ID: SHOP })).toMatchObject({
      STATUS: "COMPLETED",
      RESULT: 0,
    });
  },
);

test("a job stands in exactly one of the two views, and the parent of sys ends after its child", () => {
  shop().run("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'op-1'");
  const ends: string[] = [];
  for (let tenths = 0; tenths < 200; tenths++) {
    cluster.wait(0.1);
    for (const tenantId of [1, SHOP]) {
      const running = cluster
        .rows("CDB_OB_BACKUP_JOBS")
        .filter((row) => row["TENANT_ID"] === tenantId).length;
      const ended = cluster
        .rows("CDB_OB_BACKUP_JOB_HISTORY")
        .filter((row) => row["TENANT_ID"] === tenantId).length;
      expect(running + ended).toBe(1);
      if (ended === 1 && !ends.includes(String(tenantId))) ends.push(String(tenantId));
    }
  }
  expect(ends).toEqual([String(SHOP), "1"]);
  const parent = cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { TENANT_ID: 1 });
  expect(parent).toMatchObject({
    JOB_LEVEL: "CLUSTER",
    BACKUP_SET_ID: 0,
    INITIATOR_JOB_ID: 1,
    EXECUTOR_TENANT_ID: "1002",
  });
  expect(job("CDB_OB_BACKUP_JOB_HISTORY")).toMatchObject({
    DESCRIPTION: "op-1",
    INITIATOR_TENANT_ID: 1,
    INITIATOR_JOB_ID: 1,
  });
});

test("while a set is copied its row is DOING / COPYING without SCNs, and CONSISTENT_SCN appears with the data phase", () => {
  shop().run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(1.2);
  const copying = { STATUS: "DOING", FILE_STATUS: "COPYING", START_REPLAY_SCN: 0n, MIN_RESTORE_SCN: 0n };
  expect(cluster.row("CDB_OB_BACKUP_SET_FILES", {})).toMatchObject({
    ...copying,
    CONSISTENT_SCN: 0n,
    END_TIMESTAMP: null,
  });
  cluster.wait(3);
  expect(task()).toBe("BACKUP_DATA_MINOR");
  const set = cluster.row("CDB_OB_BACKUP_SET_FILES", {});
  expect(set).toMatchObject(copying);
  expect(set?.["CONSISTENT_SCN"]).toBeGreaterThan(0n);
  cluster.wait(20);
  const made = cluster.row("CDB_OB_BACKUP_SET_FILES", {});
  expect(made).toMatchObject({ STATUS: "SUCCESS", FILE_STATUS: "AVAILABLE", BACKUP_TYPE: "FULL" });
  expect(made?.["START_REPLAY_SCN"]).toBeLessThanOrEqual(made?.["CONSISTENT_SCN"] as bigint);
  expect(made?.["CONSISTENT_SCN"]).toBeLessThanOrEqual(made?.["MIN_RESTORE_SCN"] as bigint);
});

test("an increment without a base becomes a full set, and later ones know their chain", () => {
  shop();
  for (let set = 0; set < 3; set++) {
    cluster.run("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop");
    cluster.wait(20);
    commitRows(cluster, "shop", [set]);
  }
  const chain = cluster
    .rows("CDB_OB_BACKUP_SET_FILES")
    .map((row) => [row["BACKUP_TYPE"], row["PREV_FULL_BACKUP_SET_ID"], row["PREV_INC_BACKUP_SET_ID"]]);
  expect(chain).toEqual([
    ["FULL", 0, 0],
    ["INC", 1, 1],
    ["INC", 1, 2],
  ]);
  expect(cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { TENANT_ID: 1, JOB_ID: 1 })?.["BACKUP_TYPE"]).toBe("INC");
  expect(cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { TENANT_ID: SHOP, JOB_ID: 1 })?.["BACKUP_TYPE"]).toBe(
    "FULL",
  );
});

test("a new path makes the next increment a full set", () => {
  shop().run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(20);
  cluster.run("ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///elsewhere/shop' TENANT = shop");
  cluster.run("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop");
  cluster.wait(20);
  const sets = cluster.rows("CDB_OB_BACKUP_SET_FILES");
  expect(sets.map((row) => [row["BACKUP_TYPE"], row["DEST_ID"], row["PATH"]])).toEqual([
    ["FULL", 1001, "file:///backup/shop/data"],
    ["FULL", 1003, "file:///elsewhere/shop"],
  ]);
});

test("a second BACKUP right behind the first is taken, and its parent ends COMPLETED without a child", () => {
  shop().run("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'first'");
  expect(cluster.answer("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'second'")).toBe("ok");
  cluster.wait(1);
  const history = cluster.rows("CDB_OB_BACKUP_JOB_HISTORY").filter((row) => row["DESCRIPTION"] === "second");
  expect(history.map((row) => [row["TENANT_ID"], row["STATUS"]])).toEqual([[1, "COMPLETED"]]);
  expect(cluster.answer("ALTER SYSTEM BACKUP TENANT = shop")).toBe("9036 Backup is in progress");
  expect(cluster.answer("ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///other' TENANT = shop")).toBe(
    "9036 Backup is in progress",
  );
  cluster.wait(20);
  expect(cluster.rows("CDB_OB_BACKUP_SET_FILES").length).toBe(1);
});

test("CANCEL BACKUP: the child is CANCELED, its parent FAILED, the set FAILED / INCOMPLETE, all with -4072", () => {
  shop().run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(3);
  cluster.run("ALTER SYSTEM CANCEL BACKUP TENANT = shop");
  expect(job("CDB_OB_BACKUP_JOBS")?.["STATUS"]).toBe("CANCELING");
  cluster.wait(5);
  expect(job("CDB_OB_BACKUP_JOB_HISTORY")).toMatchObject({ STATUS: "CANCELED", RESULT: -4072, COMMENT: "" });
  expect(cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { TENANT_ID: 1 })).toMatchObject({
    STATUS: "FAILED",
    RESULT: -4072,
  });
  expect(cluster.row("CDB_OB_BACKUP_SET_FILES", {})).toMatchObject({
    STATUS: "FAILED",
    FILE_STATUS: "INCOMPLETE",
    MIN_RESTORE_SCN: 0n,
  });
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(20);
  expect(cluster.row("CDB_OB_BACKUP_SET_FILES", { BACKUP_SET_ID: 2 })?.["STATUS"]).toBe("SUCCESS");
});

test("archiving that is interrupted under a backup fails it with -9027", () => {
  shop().run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(3);
  cluster.cluster.faults.strike({ kind: "archive-interrupted", tenant: "shop" });
  cluster.wait(5);
  const failed = job("CDB_OB_BACKUP_JOB_HISTORY");
  expect(failed).toMatchObject({ STATUS: "FAILED", RESULT: -9027 });
  expect(failed?.["COMMENT"]).toMatch(
    /^\(ROOTSERVICE\)addr: "127\.0\.0\.1:\d+", result: -9027\(ob log archive interrupted\), trace_id: Y/,
  );
});

test("a fault that was asked for fails the next backup and only that", () => {
  shop().cluster.faults.strike({ kind: "job-fails", job: "backup", tenant: "shop", code: -4016 });
  for (let turn = 0; turn < 2; turn++) {
    cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
    cluster.wait(30);
  }
  const ends = cluster.rows("CDB_OB_BACKUP_JOB_HISTORY").filter((row) => row["TENANT_ID"] === SHOP);
  expect(ends.map((row) => row["STATUS"])).toEqual(["FAILED", "COMPLETED"]);
  expect(ends[0]?.["COMMENT"]).toMatch(/^\(SERVER\)ls_id: 1001, .*result: -4016\(Internal error\)/);
});

test("an error that is not final is tried again three times before the job fails", () => {
  shop().cluster.faults.strike({ kind: "job-fails", job: "backup", tenant: "shop", code: -4023 });
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(12);
  expect(job("CDB_OB_BACKUP_JOBS")?.["STATUS"]).toBe("DOING");
  cluster.wait(15);
  expect(job("CDB_OB_BACKUP_JOB_HISTORY")).toMatchObject({ STATUS: "FAILED", RESULT: -4023 });
});

test("BACKUP DATABASE from sys leaves out who does not qualify, and a tenant can back itself up", () => {
  shop();
  addPool(cluster, "bare_pool");
  cluster.run("CREATE TENANT bare RESOURCE_POOL_LIST = ('bare_pool')");
  cluster.run("ALTER SYSTEM BACKUP DATABASE");
  cluster.wait(20);
  expect(cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { TENANT_ID: 1 })?.["EXECUTOR_TENANT_ID"]).toBe("1002");
  cluster.run("ALTER SYSTEM BACKUP INCREMENTAL DATABASE PLUS ARCHIVELOG", "shop");
  cluster.wait(20);
  const own = cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { JOB_ID: 2, TENANT_ID: SHOP });
  expect(own).toMatchObject({
    INITIATOR_TENANT_ID: SHOP,
    INITIATOR_JOB_ID: 0,
    PLUS_ARCHIVELOG: "ON",
    BACKUP_TYPE: "INC",
  });
  expect(cluster.rows("CDB_OB_BACKUP_JOB_HISTORY").filter((row) => row["TENANT_ID"] === 1).length).toBe(1);
});

test("a tenant dropped under its backup ends the parent COMPLETED, though nothing was backed up", () => {
  shop().run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(3);
  cluster.run("DROP TENANT shop FORCE");
  cluster.wait(5);
  expect(cluster.rows("CDB_OB_BACKUP_JOBS")).toEqual([]);
  expect(cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { TENANT_ID: 1 })).toMatchObject({
    STATUS: "COMPLETED",
    RESULT: 0,
  });
});

test("a quote in a description is met after all other checks, as by 4.2.1.9", () => {
  shop().run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(1);
  const quoted = (tenant: string) => cluster.answer(`ALTER SYSTEM BACKUP ${tenant} DESCRIPTION = 'a''b'`);
  expect(quoted("TENANT = shop")).toBe("9036 Backup is in progress");
  cluster.wait(30);
  expect(quoted("TENANT = shop")).toMatch(/^1064 /);
  expect(cluster.answer("ALTER SYSTEM BACKUP DATABASE DESCRIPTION = 'a''b'", "shop")).toMatch(/^1064 /);
});
