import { afterEach, beforeEach, expect, test } from "vitest";
import { addPool, addTenant, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { connectTo, jobsOf, plan, type TestClient } from "./client-in-test.ts";
import type { What } from "./fault.ts";

const JOBS = "CDB_OB_BACKUP_JOBS";
const HISTORY = "CDB_OB_BACKUP_JOB_HISTORY";

let cluster: TestCluster;
let client: TestClient;

beforeEach(() => {
  cluster = testCluster();
  addTenant(cluster, "shop");
  client = connectTo(cluster);
});
afterEach(() => cluster.close());

function strike(what: What, seconds?: number): void {
  const span = seconds === undefined ? {} : { for: { seconds } };
  plan(cluster, { when: { afterSeconds: 0 }, ...span, what });
}

function both(): readonly (readonly string[])[] {
  return [jobsOf(client), jobsOf(client, HISTORY)];
}

test("a row that comes late shows once it has been looked for long enough; older rows show at once", () => {
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(30);
  strike({ kind: "rows-late", view: HISTORY, bySeconds: 5 });
  expect(jobsOf(client, HISTORY)).toEqual(["1 COMPLETED"]);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(30);
  expect(jobsOf(client, HISTORY)).toEqual(["1 COMPLETED"]);
  cluster.wait(5);
  expect(jobsOf(client, HISTORY)).toEqual(["1 COMPLETED", "2 COMPLETED"]);
});

test("what comes into being before anyone looked is late from the first look on", () => {
  strike({ kind: "rows-late", view: JOBS, bySeconds: 5 });
  cluster.wait(0.2);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(1);
  expect(jobsOf(client)).toEqual([]);
  cluster.wait(5);
  expect(jobsOf(client)).toEqual(["1 DOING"]);
});

test("a restore stands in both views with both of its rows, and a backup's task in neither", () => {
  strike({ kind: "row-in-neither", of: "backup-tasks", bySeconds: 60 });
  client.answer("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(30);
  expect(client.ask("SELECT 1 FROM CDB_OB_BACKUP_TASKS")).toEqual([]);
  expect(client.ask("SELECT 1 FROM CDB_OB_BACKUP_TASK_HISTORY")).toEqual([]);
  cluster.wait(60);
  expect(client.ask("SELECT 1 FROM CDB_OB_BACKUP_TASK_HISTORY")).toHaveLength(1);
  strike({ kind: "row-in-both", of: "restores", bySeconds: 100 });
  addPool(cluster, "free");
  cluster.run(
    "ALTER SYSTEM RESTORE copy FROM 'file:///backup/shop/data,file:///backup/shop/clog' WITH 'pool_list=free'",
  );
  const restores = (view: string) =>
    client.ask(`SELECT TENANT_ID, STATUS FROM ${view} ORDER BY TENANT_ID`).map((row) => row["STATUS"]);
  cluster.wait(3);
  expect(restores("CDB_OB_RESTORE_PROGRESS")).toEqual(["WAIT_TENANT_RESTORE_FINISH", "RESTORING"]);
  cluster.wait(30);
  expect(restores("CDB_OB_RESTORE_HISTORY")).toEqual(["SUCCESS", "SUCCESS"]);
  expect(restores("CDB_OB_RESTORE_PROGRESS")).toEqual(["WAIT_TENANT_RESTORE_FINISH", "RESTORING"]);
  cluster.wait(100);
  expect(restores("CDB_OB_RESTORE_PROGRESS")).toEqual([]);
});

test("rows are missing for a while, those of one tenant or all, and then they are back", () => {
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(2);
  strike({ kind: "rows-missing", view: JOBS, where: { TENANT_ID: 1002 } }, 5);
  expect(client.ask(`SELECT TENANT_ID FROM ${JOBS}`)).toEqual([{ TENANT_ID: 1n }]);
  cluster.wait(5);
  expect(client.ask(`SELECT TENANT_ID FROM ${JOBS}`)).toHaveLength(2);
});

test("a row that stands twice is counted twice", () => {
  strike({ kind: "rows-twice", view: "CDB_OB_ARCHIVELOG_SUMMARY" });
  expect(client.ask("SELECT COUNT(*) AS n FROM CDB_OB_ARCHIVELOG_SUMMARY")).toEqual([{ n: 2n }]);
});

test("a word that nobody knows stands where the status stood, for the tenant's own twin of the view too", () => {
  strike({ kind: "unknown-word", view: "CDB_OB_ARCHIVELOG", word: "REARRANGING" });
  expect(client.ask("SELECT STATUS, ROUND_ID FROM CDB_OB_ARCHIVELOG")).toEqual([
    { STATUS: "REARRANGING", ROUND_ID: 1n },
  ]);
  const own = connectTo(cluster, "root@shop");
  expect(own.ask("SELECT STATUS FROM DBA_OB_ARCHIVELOG")).toEqual([{ STATUS: "REARRANGING" }]);
});

test("an ended job stands in both views, running as it last did, and then only in the history", () => {
  strike({ kind: "row-in-both", of: "backup-jobs", bySeconds: 5 });
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(3);
  expect(both()).toEqual([["1 DOING"], []]);
  for (let turns = 0; turns < 100 && jobsOf(client, HISTORY).length === 0; turns++) cluster.wait(0.2);
  expect(both()).toEqual([["1 DOING"], ["1 COMPLETED"]]);
  cluster.wait(5.2);
  expect(both()).toEqual([[], ["1 COMPLETED"]]);
});

test("an ended job stands in neither view, and then in the history", () => {
  strike({ kind: "row-in-neither", of: "backup-jobs", bySeconds: 5 });
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(3);
  expect(both()).toEqual([["1 DOING"], []]);
  cluster.wait(27);
  expect(both()).toEqual([[], []]);
  cluster.wait(5);
  expect(both()).toEqual([[], ["1 COMPLETED"]]);
});

test("a fault that a statement brings about is in force for the same statement", () => {
  plan(cluster, {
    when: { statement: "/ARCHIVELOG_SUMMARY/", nth: 2 },
    for: { seconds: 1 },
    what: { kind: "rows-missing", view: "CDB_OB_ARCHIVELOG_SUMMARY" },
  });
  const rounds = () => client.ask("SELECT 1 FROM CDB_OB_ARCHIVELOG_SUMMARY").length;
  expect([rounds(), rounds()]).toEqual([1, 0]);
  cluster.wait(1);
  expect(rounds()).toBe(1);
});
