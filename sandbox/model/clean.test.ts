import fs from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import {
  addPool,
  addTenant,
  commitRows,
  keptRows,
  type Row,
  type TestCluster,
  testCluster,
} from "../cluster/cluster-in-test.ts";
import { DAY, HOUR, MINUTE, SECOND } from "./time.ts";

let cluster: TestCluster;
afterEach(() => cluster.close());

const SHOP = 1002;
const FROM = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";
const FOREVER = "ALTER SYSTEM ADD DELETE BACKUP POLICY = 'default' RECOVERY_WINDOW = '7d' TENANT = shop";

function shop(version = "4.2.1.9"): void {
  cluster = testCluster({ version });
  addTenant(cluster, "shop");
}

/** Lets time pass in one go: every step still happens at its own moment. */
function pass(micros: number): void {
  cluster.clock.moveBy(micros);
  cluster.cluster.advance();
}

function backUp(kind: "FULL" | "INC"): void {
  cluster.run(`ALTER SYSTEM BACKUP ${kind === "INC" ? "INCREMENTAL " : ""}TENANT = shop`);
  pass(30 * SECOND);
}

const files = (folder: string) => fs.readdirSync(path.join(cluster.dir, "storage/backup/shop", folder));
const history = () => cluster.rows("CDB_OB_BACKUP_DELETE_JOB_HISTORY");
const setStates = () =>
  cluster.rows("CDB_OB_BACKUP_SET_FILES").map((row) => [row["BACKUP_SET_ID"], row["FILE_STATUS"]]);
const pieceStates = () => cluster.rows("CDB_OB_ARCHIVELOG_PIECE_FILES").map((row) => row["FILE_STATUS"]);

test("a policy makes a job every hour since the tenant began, with nothing to do within 100 ms", () => {
  shop();
  pass(20 * MINUTE);
  cluster.run(FOREVER);
  expect(cluster.rows("CDB_OB_BACKUP_DELETE_POLICY")).toEqual([
    { TENANT_ID: SHOP, POLICY_NAME: "default", RECOVERY_WINDOW: "7d" },
  ]);
  expect(cluster.rows("DBA_OB_BACKUP_DELETE_POLICY", "shop")).toEqual([
    { POLICY_NAME: "default", RECOVERY_WINDOW: "7d" },
  ]);
  pass(39 * MINUTE);
  expect(history()).toEqual([]);
  pass(2 * HOUR);
  const [first, second] = history();
  expect(history().length).toBe(2);
  const nothing = { STATUS: "COMPLETED", TASK_COUNT: 0, SUCCESS_TASK_COUNT: 0, RESULT: 0, COMMENT: "" };
  const whose = { TENANT_ID: SHOP, INITIATOR_TENANT_ID: SHOP, EXECUTOR_TENANT_ID: "1002" };
  const kind = { TYPE: "DELETE OBSOLETE BACKUP", JOB_LEVEL: "USER_TENANT" };
  expect(first).toMatchObject({ ...nothing, ...whose, ...kind, INITIATOR_JOB_ID: first?.["JOB_ID"] });
  const micros = (row: Row | undefined, column: string) => Number((row?.[column] as bigint) / 1000n);
  expect(micros(second, "START_TIMESTAMP") - micros(first, "START_TIMESTAMP")).toBe(HOUR);
  expect(micros(first, "START_TIMESTAMP") - micros(first, "PARAMETER")).toBe(7 * DAY);
  expect(micros(first, "END_TIMESTAMP") - micros(first, "START_TIMESTAMP")).toBeLessThan(SECOND / 10);
});

test("jobs of backup and of deletion draw their ids from one counter", () => {
  shop();
  cluster.run(FOREVER);
  pass(2 * HOUR + MINUTE);
  backUp("FULL");
  expect(history().map((row) => row["JOB_ID"])).toEqual([1, 2]);
  expect(cluster.row("CDB_OB_BACKUP_JOB_HISTORY", { TENANT_ID: SHOP })?.["JOB_ID"]).toBe(3);
});

/** The example of OceanBase's manual: fulls on days 1, 7 and 14, increments on days 4 and 11. */
function liveTwoWeeks(): void {
  shop();
  for (const [day, kind] of [
    [1, "FULL"],
    [4, "INC"],
    [7, "FULL"],
    [11, "INC"],
    [14, "FULL"],
  ] as const) {
    pass(START_OF_DAYS + day * DAY - lived());
    commitRows(cluster, "shop", [day]);
    backUp(kind);
  }
}

const START_OF_DAYS = HOUR;
const lived = () => cluster.clock.now() - Date.UTC(2026, 0, 15, 8) * 1000;

test("the newest full set that is a window old survives with all that is newer; older sets and logs go", () => {
  liveTwoWeeks();
  cluster.run(FOREVER);
  pass(DAY + HOUR);
  expect(setStates()).toEqual([
    [1, "DELETED"],
    [2, "DELETED"],
    [3, "AVAILABLE"],
    [4, "AVAILABLE"],
    [5, "AVAILABLE"],
  ]);
  expect(files("data")).not.toContain("backup_set_1_full");
  expect(files("data/backup_sets").filter((name) => /_[12]_/.test(name))).toEqual([]);
  const cleanPoint = cluster.row("CDB_OB_BACKUP_SET_FILES", { BACKUP_SET_ID: 3 });
  for (const piece of cluster.rows("CDB_OB_ARCHIVELOG_PIECE_FILES")) {
    const isOld = (piece["CHECKPOINT_SCN"] as bigint) <= (cleanPoint?.["START_REPLAY_SCN"] as bigint);
    expect(piece["FILE_STATUS"]).toBe(isOld ? "DELETED" : "AVAILABLE");
    expect(files("clog").includes(`piece_d1002r1p${Number(piece["PIECE_ID"])}`)).toBe(!isOld);
  }
  expect(pieceStates().filter((status) => status === "DELETED").length).toBe(7);
});

test("after a deletion every instant of the window still restores, exactly", () => {
  liveTwoWeeks();
  const scn = commitRows(cluster, "shop", [99]);
  pass(10 * MINUTE);
  cluster.run(FOREVER);
  pass(DAY);
  expect(pieceStates()).toContain("DELETED");
  addPool(cluster, "free");
  cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} UNTIL SCN = ${scn} WITH 'pool_list=free'`);
  cluster.wait(30);
  expect(keptRows(cluster, "copy")).toEqual([1, 4, 7, 11, 14, 99]);
});

/** To the moment at which the trigger fires; the full set of day 7 is a window old by then. */
function passToTrigger(): void {
  const nextAt = cluster.model.state.deletePolicies.get(SHOP)?.nextAt ?? 0;
  pass(nextAt - cluster.clock.now());
  expect(cluster.rows("CDB_OB_BACKUP_DELETE_JOBS")).toMatchObject([{ STATUS: "INIT", TASK_COUNT: 0 }]);
  pass(SECOND / 20);
  expect(cluster.rows("CDB_OB_BACKUP_DELETE_TASKS").length).toBe(9);
}

test("the tasks say what goes: sets newest first, then pieces, all DELETING before the first is DELETED", () => {
  liveTwoWeeks();
  cluster.run(FOREVER);
  passToTrigger();
  const seen = new Set<string>();
  for (let tenths = 0; tenths < 100; tenths++) {
    pass(SECOND / 10);
    for (const row of cluster.rows("CDB_OB_BACKUP_DELETE_TASKS")) seen.add(String(row["STATUS"]));
    if (setStates()[0]?.[1] !== "DELETED") expect(pieceStates()).not.toContain("DELETED");
  }
  expect([...seen]).toEqual(["DOING", "COMPLETED"]);
  pass(MINUTE);
  const tasks = cluster.rows("CDB_OB_BACKUP_DELETE_TASK_HISTORY");
  expect(tasks.slice(0, 3).map((row) => [row["TASK_TYPE"], row["ID"], row["ROUND_ID"]])).toEqual([
    ["BACKUP SET", 2, 0],
    ["BACKUP SET", 1, 0],
    ["BACKUP PIECE", 1, 1],
  ]);
  expect(tasks.every((row) => row["STATUS"] === "COMPLETED" && row["FINISH_LS_COUNT"] === 2)).toBe(true);
  expect(history().at(-1)).toMatchObject({ TASK_COUNT: 9, SUCCESS_TASK_COUNT: 9 });
  expect(cluster.rows("CDB_OB_BACKUP_DELETE_TASKS")).toEqual([]);
});

test("CANCEL DELETE BACKUP ends a job CANCELED; what was marked stays DELETING until the next job", () => {
  liveTwoWeeks();
  cluster.run(FOREVER);
  const marked = () => setStates().some(([, status]) => status === "DELETING");
  passToTrigger();
  for (let steps = 0; steps < 2 && !marked(); steps++) pass(SECOND / 20);
  cluster.run("ALTER SYSTEM CANCEL DELETE BACKUP TENANT = shop");
  expect(cluster.rows("CDB_OB_BACKUP_DELETE_JOBS")[0]).toMatchObject({ STATUS: "CANCELING" });
  pass(SECOND);
  expect(history().at(-1)).toMatchObject({ STATUS: "CANCELED", RESULT: -4072 });
  expect(marked()).toBe(true);
  expect(pieceStates()).toContain("DELETING");
  pass(2 * HOUR);
  expect(marked()).toBe(false);
  expect(history().at(-1)).toMatchObject({ STATUS: "COMPLETED" });
});

test("a deletion goes on after the sandbox was stopped in the middle of it", () => {
  liveTwoWeeks();
  cluster.run(FOREVER);
  passToTrigger();
  pass(SECOND / 2);
  expect(setStates().slice(0, 2)).toEqual([
    [1, "DELETING"],
    [2, "DELETED"],
  ]);
  cluster = cluster.reopen();
  pass(MINUTE);
  expect(history().at(-1)).toMatchObject({ STATUS: "COMPLETED", SUCCESS_TASK_COUNT: 9 });
  expect(setStates()[0]).toEqual([1, "DELETED"]);
  expect(files("data")).not.toContain("backup_set_1_full");
});

test("without a policy, with a window of 0, or after DROP nothing is ever deleted", () => {
  liveTwoWeeks();
  pass(30 * DAY);
  cluster.run("ALTER SYSTEM ADD DELETE BACKUP POLICY 'default' RECOVERY_WINDOW '0' TENANT shop");
  pass(DAY);
  cluster.run("ALTER SYSTEM DROP DELETE BACKUP POLICY 'default' TENANT shop");
  pass(DAY);
  expect(history()).toEqual([]);
  expect(setStates().every(([, status]) => status === "AVAILABLE")).toBe(true);
});

test("a failed set goes only when it is older than the window, and an earlier path is never touched", () => {
  shop();
  backUp("FULL");
  cluster.cluster.faults.strike({ kind: "job-fails", job: "backup", tenant: "shop", code: -4016 });
  backUp("FULL");
  cluster.run("ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/shop/new' TENANT = shop");
  cluster.cluster.faults.strike({ kind: "job-fails", job: "backup", tenant: "shop", code: -4016 });
  backUp("FULL");
  cluster.run(FOREVER);
  pass(DAY);
  expect(setStates().map(([, status]) => status)).toEqual(["AVAILABLE", "INCOMPLETE", "INCOMPLETE"]);
  pass(7 * DAY);
  expect(setStates().map(([, status]) => status)).toEqual(["AVAILABLE", "INCOMPLETE", "DELETED"]);
  expect(files("new").filter((name) => name.startsWith("backup_set_3"))).toEqual([]);
});

test("a piece that would go but is not frozen fails the job with 9069", () => {
  shop();
  backUp("FULL");
  cluster.cluster.faults.strike({ kind: "archive-interrupted", tenant: "shop" });
  cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  pass(MINUTE);
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  pass(DAY);
  backUp("FULL");
  const piece = cluster.model.state.pieces.find((row) => row.roundId === 1);
  if (piece) cluster.model.state.pieces.put({ ...piece, status: "ACTIVE" });
  cluster.run(FOREVER);
  pass(8 * DAY);
  expect(history().at(-1)).toMatchObject({ STATUS: "FAILED", RESULT: -9069, TASK_COUNT: 0 });
});

test("a path that does not answer fails the job after three more tries; it works again with the path", () => {
  liveTwoWeeks();
  cluster.run(FOREVER);
  const data = path.join(cluster.dir, "storage/backup/shop/data");
  fs.renameSync(data, `${data}.away`);
  pass(HOUR + MINUTE);
  expect(history().at(-1)).toMatchObject({ STATUS: "FAILED", RESULT: -9070 });
  fs.renameSync(`${data}.away`, data);
  pass(DAY);
  expect(history().at(-1)).toMatchObject({ STATUS: "COMPLETED" });
  expect(setStates()[0]).toEqual([1, "DELETED"]);
});
