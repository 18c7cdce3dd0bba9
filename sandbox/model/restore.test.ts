import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import {
  addPool,
  addTenant,
  commitRows,
  keptRows,
  type TestCluster,
  testCluster,
} from "../cluster/cluster-in-test.ts";
import { SteppedClock } from "./clock.ts";

let cluster: TestCluster;
afterEach(() => cluster.close());

const FROM = "FROM 'file:///backup/shop/data, file:///backup/shop/clog'";

interface Lived {
  readonly first: bigint;
  readonly second: bigint;
}

/** shop: a full set, rows 1 2 3, then 4 5 6, all archived; and a free pool. */
function lived(version = "4.2.5.1"): Lived {
  cluster = testCluster({ version });
  addTenant(cluster, "shop");
  commitRows(cluster, "shop", [0]);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(20);
  const first = commitRows(cluster, "shop", [1, 2, 3]);
  cluster.wait(2);
  const second = commitRows(cluster, "shop", [4, 5, 6]);
  cluster.wait(20);
  addPool(cluster, "free");
  return { first, second };
}

const tenant = (name: string) => cluster.row("DBA_OB_TENANTS", { TENANT_NAME: name });

test("a restore makes the tenant in OceanBase's order and holds exactly the rows of its SCN", () => {
  const { first } = lived();
  cluster.run(
    `ALTER SYSTEM RESTORE copy ${FROM} UNTIL SCN = ${first} WITH 'pool_list=free' DESCRIPTION = 'op-2'`,
  );
  expect(tenant("META$1004")?.["STATUS"]).toBe("NORMAL");
  expect(tenant("copy")).toMatchObject({ STATUS: "RESTORE", TENANT_ROLE: null });
  expect(
    cluster
      .rows("CDB_OB_RESTORE_PROGRESS")
      .map((row) => [row["TENANT_ID"], row["STATUS"], row["RESTORE_TENANT_ID"]]),
  ).toEqual([[1, "CREATE_TENANT", "0"]]);
  cluster.wait(1.5);
  const running = cluster.rows("CDB_OB_RESTORE_PROGRESS");
  expect(running.map((row) => [row["TENANT_ID"], row["JOB_ID"], row["STATUS"]])).toEqual([
    [1, 1, "WAIT_TENANT_RESTORE_FINISH"],
    [1004, 1, "RESTORING"],
  ]);
  expect(running[0]?.["RECOVER_PROGRESS"]).toBeNull();
  expect(running[1]).toMatchObject({ RECOVER_PROGRESS: "0.00", TABLET_COUNT: 0, RESTORE_SCN: String(first) });
  expect(tenant("copy")).toMatchObject({ STATUS: "RESTORE", TENANT_ROLE: "RESTORE" });
  cluster.wait(20);
  const history = cluster.rows("CDB_OB_RESTORE_HISTORY");
  expect(history.map((row) => [row["TENANT_ID"], row["STATUS"], row["DESCRIPTION"]])).toEqual([
    [1, "SUCCESS", "op-2"],
    [1004, "SUCCESS", "op-2"],
  ]);
  expect(history[0]?.["FINISH_TIMESTAMP"]).toBeGreaterThan(history[1]?.["FINISH_TIMESTAMP"] as bigint);
  expect(history[0]?.["BACKUP_SET_LIST"]).toBe("file:///backup/shop/data/backup_set_1_full");
  expect(history[0]?.["BACKUP_PIECE_LIST"]).toBe("file:///backup/shop/clog/piece_d1002r1p1");
  expect(tenant("copy")).toMatchObject({
    STATUS: "NORMAL",
    TENANT_ROLE: "STANDBY",
    SYNC_SCN: first,
    RECOVERY_UNTIL_SCN: first,
  });
  expect(keptRows(cluster, "copy")).toEqual([0, 1, 2, 3]);
});

test("ACTIVATE STANDBY makes a restored tenant PRIMARY, and it can be archived and backed up on its own", () => {
  lived();
  cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`);
  cluster.wait(20);
  expect(cluster.answer("ALTER SYSTEM ARCHIVELOG TENANT = copy")).toMatch(/^1235 .* in this sandbox/);
  cluster.run("ALTER SYSTEM ACTIVATE STANDBY TENANT = copy");
  expect(tenant("copy")).toMatchObject({
    TENANT_ROLE: "PRIMARY",
    LOG_MODE: "NOARCHIVELOG",
    RECOVERY_UNTIL_SCN: 4611686018427387903n,
  });
  commitRows(cluster, "copy", [7]);
  expect(keptRows(cluster, "copy")).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(keptRows(cluster, "shop")).toEqual([0, 1, 2, 3, 4, 5, 6]);
  cluster.run("ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/copy/data' TENANT = copy");
  cluster.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///backup/copy/clog' TENANT = copy");
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = copy");
  cluster.wait(5);
  cluster.run("ALTER SYSTEM BACKUP TENANT = copy");
  cluster.wait(20);
  expect(cluster.row("CDB_OB_BACKUP_SET_FILES", { TENANT_ID: 1004 })).toMatchObject({
    STATUS: "SUCCESS",
    BACKUP_SET_ID: 1,
    DEST_ID: 1001,
  });
});

test("a backup of a cluster whose clock runs ahead can be restored and archived in one that is behind", () => {
  const { second } = lived();
  const storageRoot = path.join(cluster.dir, "storage");
  const behind = testCluster({
    storageRoot,
    name: "behind",
    clock: new SteppedClock(Date.UTC(2020, 0, 1) * 1000),
  });
  addPool(behind, "free");
  behind.run(`ALTER SYSTEM RESTORE copy ${FROM} UNTIL SCN = ${second} WITH 'pool_list=free'`);
  behind.wait(20);
  behind.run("ALTER SYSTEM ACTIVATE STANDBY TENANT = copy");
  behind.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///behind/clog' TENANT = copy");
  behind.run("ALTER SYSTEM ARCHIVELOG TENANT = copy");
  behind.wait(5);
  expect(behind.row("CDB_OB_ARCHIVELOG", {})?.["STATUS"]).toBe("DOING");
  expect(behind.row("CDB_OB_ARCHIVELOG", {})?.["START_SCN"]).toBeGreaterThan(second);
  behind.close();
});

test("a standby follows its archive as far as RECOVER STANDBY lets it", () => {
  const { first, second } = lived();
  cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} UNTIL SCN = ${first} WITH 'pool_list=free'`);
  cluster.wait(20);
  expect(cluster.answer(`ALTER SYSTEM RECOVER STANDBY TENANT = copy UNTIL SCN = ${first - 1n}`)).toMatch(
    /^4179 recover before tenant sync_scn/,
  );
  cluster.run(`ALTER SYSTEM RECOVER STANDBY TENANT = copy UNTIL SCN = ${second}`);
  cluster.wait(8);
  expect(tenant("copy")).toMatchObject({ SYNC_SCN: second, RECOVERY_UNTIL_SCN: second });
  expect(keptRows(cluster, "copy")).toEqual([0, 1, 2, 3, 4, 5, 6]);
  cluster.run("ALTER SYSTEM RECOVER STANDBY TENANT = copy UNTIL UNLIMITED");
  commitRows(cluster, "shop", [8]);
  cluster.wait(30);
  expect(keptRows(cluster, "copy")).toEqual([0, 1, 2, 3, 4, 5, 6, 8]);
  cluster.run("ALTER SYSTEM RECOVER STANDBY TENANT = copy CANCEL");
  expect(tenant("copy")?.["RECOVERY_UNTIL_SCN"]).toBe(tenant("copy")?.["SYNC_SCN"]);
});

test("CANCEL RESTORE drops the half-made tenant at once, keeps its pool, and sys's row ends FAIL a while later", () => {
  lived();
  cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`);
  cluster.wait(5);
  expect(cluster.answer("DROP TENANT copy")).toBe(
    "1235 should drop tenant force, delay drop tenant not supported",
  );
  cluster.run("ALTER SYSTEM CANCEL RESTORE copy");
  expect(tenant("copy")).toBeUndefined();
  expect(cluster.rows("CDB_OB_RESTORE_PROGRESS").map((row) => row["TENANT_ID"])).toEqual([1]);
  expect(cluster.row("DBA_OB_RESOURCE_POOLS", { NAME: "free" })?.["TENANT_ID"]).toBeNull();
  cluster.wait(5);
  const history = cluster.rows("CDB_OB_RESTORE_HISTORY");
  expect(history.map((row) => [row["TENANT_ID"], row["STATUS"]])).toEqual([[1, "FAIL"]]);
  expect(history[0]?.["COMMENT"]).toMatch(/^ROOTSERVICE : OB_TENANT_NOT_EXIST\(-5157\)/);
});

test("a file that is lost under a restore fails it, and the tenant and its pool stay behind", () => {
  lived();
  cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`);
  cluster.wait(2);
  fs.rmSync(path.join(cluster.dir, "storage/backup/shop/data/backup_set_1_full"), { recursive: true });
  cluster.wait(20);
  const history = cluster.rows("CDB_OB_RESTORE_HISTORY");
  expect(history.map((row) => [row["TENANT_ID"], row["STATUS"]])).toEqual([
    [1, "FAIL"],
    [1004, "FAIL"],
  ]);
  expect(tenant("copy")).toMatchObject({ STATUS: "RESTORE" });
  expect(cluster.row("DBA_OB_RESOURCE_POOLS", { NAME: "free" })?.["TENANT_ID"]).toBe(1004);
  cluster.run("DROP TENANT copy FORCE");
  expect(cluster.row("DBA_OB_RESOURCE_POOLS", { NAME: "free" })?.["TENANT_ID"]).toBeNull();
});

test("files that were deleted answer as the kernel does: 4201 for an increment without its full set, 4018 without logs", () => {
  lived();
  cluster.run("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop");
  cluster.wait(30);
  const storage = path.join(cluster.dir, "storage/backup/shop");
  const restore = `ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`;
  fs.renameSync(`${storage}/data/backup_set_1_full`, `${storage}/away`);
  expect(cluster.answer(restore)).toBe("4201 hash map/set entry not exist");
  fs.renameSync(`${storage}/away`, `${storage}/data/backup_set_1_full`);
  const { START_SCN: start } = cluster.row("CDB_OB_ARCHIVELOG", {}) ?? {};
  expect(start).toBeDefined();
  fs.renameSync(`${storage}/clog/piece_d1002r1p1`, `${storage}/away`);
  const until = `UNTIL SCN = ${BigInt(cluster.clock.now()) * 1000n - 10_000_000_000n}`;
  expect(cluster.answer(`ALTER SYSTEM RESTORE copy ${FROM} ${until} WITH 'pool_list=free'`)).toBe(
    "4018 No enough log for restore",
  );
  fs.renameSync(`${storage}/away`, `${storage}/clog/piece_d1002r1p1`);
  expect(cluster.answer(restore)).toBe("ok");
});

test("UNTIL TIME is read in the source tenant's zone, includes the named instant, and works across a later hole", () => {
  lived();
  cluster.wait(1);
  commitRows(cluster, "shop", [9]);
  const at = new Date(cluster.clock.now() / 1000 + 8 * 3_600_000).toISOString();
  const text = at.slice(0, 23).replace("T", " ");
  cluster.wait(1);
  commitRows(cluster, "shop", [10]);
  cluster.wait(20);
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  cluster.wait(5);
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  cluster.wait(10);
  expect(cluster.answer(`ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`)).toBe(
    "4018 No enough log for restore",
  );
  cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} UNTIL TIME = '${text}' WITH 'pool_list=free'`);
  cluster.wait(20);
  expect(keptRows(cluster, "copy")).toEqual([0, 1, 2, 3, 4, 5, 6, 9]);
});

test("an encrypted set needs its password, and restores with it", () => {
  lived();
  cluster.run("SET ENCRYPTION ON IDENTIFIED BY 'secret' ONLY");
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(30);
  const sets = cluster.rows("CDB_OB_BACKUP_SET_FILES");
  expect(sets.map((row) => row["ENCRYPTION_MODE"])).toEqual(["NONE", "PASSWORD"]);
  const restore = `ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`;
  expect(cluster.answer(restore)).toBe("9047 invalid password for backup");
  cluster.run("SET DECRYPTION IDENTIFIED BY 'wrong', 'secret'");
  expect(cluster.answer(restore)).toBe("ok");
  cluster.wait(30);
  expect(keptRows(cluster, "copy")).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("a set made PLUS ARCHIVELOG restores from its own path alone", () => {
  lived();
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop PLUS ARCHIVELOG");
  cluster.wait(30);
  cluster.run("ALTER SYSTEM RESTORE copy FROM 'file:///backup/shop/data' WITH 'pool_list=free'");
  expect(cluster.row("CDB_OB_RESTORE_PROGRESS", {})?.["BACKUP_PIECE_LIST"]).toBe(
    "file:///backup/shop/data/backup_set_2_full/complement_log/piece_d1001r1p1",
  );
  cluster.wait(30);
  expect(keptRows(cluster, "copy")).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("SHOW RESTORE PREVIEW says what a restore would read, as often as asked, and only then what is wrong", () => {
  const { second } = lived();
  cluster.run(`ALTER SYSTEM RESTORE ${FROM} UNTIL SCN = ${second} PREVIEW`);
  const reply = cluster.run("SHOW RESTORE PREVIEW");
  const rows = reply.kind === "rows" ? reply.rows.map((row) => row.slice(0, 3)) : [];
  expect(rows).toEqual([
    ["BACKUP_SET", 1, "file:///backup/shop/data/backup_set_1_full"],
    ["BACKUP_PIECE", 1, "file:///backup/shop/clog/piece_d1002r1p1"],
  ]);
  expect(cluster.run("SHOW RESTORE PREVIEW")).toEqual(reply);
  const previewed = (from: string, until: string) => [
    cluster.answer(`ALTER SYSTEM RESTORE FROM '${from}' UNTIL ${until} PREVIEW`),
    cluster.answer("SHOW RESTORE PREVIEW"),
  ];
  expect(previewed("file:///a,file:///b", "SCN = 5")).toEqual(["ok", "9011 cannot find backup file"]);
  expect(previewed("nonsense", "TIME = 'x'")).toEqual(["ok", "9026 nonsense is not a valid uri"]);
  expect(cluster.answer("ALTER SYSTEM RESTORE FROM 'file:///a' UNTIL SCN = 0 PREVIEW")).toBe(
    "1210 Incorrect arguments to until scn, it should be positive integer",
  );
});

test("a backup of a newer cluster is refused, one of an older is taken and can be upgraded", () => {
  lived("4.3.5.0");
  const root = path.join(cluster.dir, "storage");
  const older = testCluster({ version: "4.2.5.1", storageRoot: root, name: "older" });
  addPool(older, "free");
  expect(older.answer(`ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`)).toBe(
    "4179 restore from higher cluster version is not allowed",
  );
  older.close();
  const newer = testCluster({ version: "4.3.5.1", storageRoot: root, name: "newer" });
  addPool(newer, "free");
  newer.run(`ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`);
  newer.wait(20);
  const copy = () => newer.row("DBA_OB_TENANTS", { TENANT_NAME: "copy" })?.["COMPATIBLE"];
  expect(copy()).toBe("4.3.5.0");
  newer.run("ALTER SYSTEM ACTIVATE STANDBY TENANT = copy");
  newer.run("ALTER SYSTEM RUN UPGRADE JOB 'UPGRADE_ALL' TENANT = copy");
  expect(copy()).toBe("4.3.5.1");
  newer.close();
});
