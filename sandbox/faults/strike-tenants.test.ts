import { afterEach, beforeEach, expect, test } from "vitest";
import { addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { connectTo, jobsOf, plan, seen, type TestClient } from "./client-in-test.ts";
import type { What } from "./fault.ts";

const BACKUP = "ALTER SYSTEM BACKUP TENANT = shop";
const HISTORY = "CDB_OB_BACKUP_JOB_HISTORY";

let cluster: TestCluster;
let client: TestClient;

beforeEach(() => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "shop");
  client = connectTo(cluster);
});
afterEach(() => cluster.close());

function strike(what: What, seconds?: number): void {
  plan(cluster, {
    when: { afterSeconds: 0 },
    ...(seconds === undefined ? {} : { for: { seconds } }),
    what,
  });
  cluster.wait(0.2);
}

test("a tenant dropped under its backup is gone with its rows; the parent's job ends COMPLETED all the same", () => {
  client.answer(BACKUP);
  cluster.wait(3);
  strike({ kind: "tenant-dropped", tenant: "shop" });
  expect(client.ask("SELECT TENANT_NAME FROM DBA_OB_TENANTS")).toEqual([{ TENANT_NAME: "sys" }]);
  cluster.wait(3);
  expect(client.ask(`SELECT TENANT_ID, STATUS, RESULT FROM ${HISTORY}`)).toEqual([
    { TENANT_ID: 1n, STATUS: "COMPLETED", RESULT: 0n },
  ]);
  expect(client.answer(BACKUP)).toMatch(/^5160 /);
});

test("a fault that a statement brings about comes when the statement is answered, not before", () => {
  plan(cluster, { when: { statement: "backup" }, what: { kind: "tenant-dropped", tenant: "shop" } });
  expect(client.answer(BACKUP)).toBe("ok");
  expect(client.ask("SELECT 1 FROM DBA_OB_TENANTS WHERE TENANT_NAME = 'shop'")).toEqual([]);
  plan(cluster, { when: { statement: "login" }, what: { kind: "clock-off", bySeconds: 60 } });
  connectTo(cluster);
  expect(offBy()).toBeCloseTo(60, 3);
});

test("a renamed tenant keeps its id and its rows, is unknown by its old name, and its next backup fails by 9081", () => {
  strike({ kind: "tenant-renamed", tenant: "shop", to: "store" });
  const tenants = "SELECT TENANT_ID, TENANT_NAME FROM DBA_OB_TENANTS WHERE TENANT_TYPE = 'USER'";
  expect(client.ask(tenants)).toEqual([{ TENANT_ID: 1002n, TENANT_NAME: "store" }]);
  expect(client.answer(BACKUP)).toMatch(/^5160 /);
  expect(client.answer("ALTER SYSTEM BACKUP TENANT = store")).toBe("ok");
  cluster.wait(20);
  expect(client.ask(`SELECT STATUS, RESULT FROM ${HISTORY} WHERE TENANT_ID > 1`)).toEqual([
    { STATUS: "FAILED", RESULT: -9081n },
  ]);
});

test("a tenant that is switched over is a STANDBY that takes no writes, and is PRIMARY again later", () => {
  const own = connectTo(cluster, "root@shop");
  own.answer("CREATE DATABASE d");
  strike({ kind: "tenant-switched-over" }, 60);
  const role = () => client.ask("SELECT TENANT_ROLE FROM DBA_OB_TENANTS WHERE TENANT_NAME = 'shop'");
  expect(role()).toEqual([{ TENANT_ROLE: "STANDBY" }]);
  expect(own.answer("CREATE DATABASE e")).toMatch(/^4688 /);
  cluster.wait(60);
  expect(role()).toEqual([{ TENANT_ROLE: "PRIMARY" }]);
  expect(own.answer("CREATE DATABASE e")).toBe("ok");
  expect(client.ask("SELECT STATUS FROM CDB_OB_ARCHIVELOG")).toEqual([{ STATUS: "DOING" }]);
});

test("an upgraded cluster drops its lines and is another version, with other columns, to who comes again", () => {
  const columns = () =>
    client.ask(
      "SELECT COUNT(*) AS n FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'oceanbase' AND TABLE_NAME = 'CDB_OB_BACKUP_TASKS'",
    )[0]?.["n"];
  const before = columns();
  strike({ kind: "upgraded", to: "4.3.5.1" });
  expect(client.answer("SELECT 1")).toBe("dropped");
  client = connectTo(cluster);
  expect(client.ask("SELECT version() AS v")).toEqual([{ v: "5.7.25-OceanBase_CE-v4.3.5.1" }]);
  expect(columns()).not.toBe(before);
  client.answer(BACKUP);
  cluster.wait(30);
  expect(jobsOf(client, HISTORY)).toEqual(["1 COMPLETED"]);
});

test("an increment over a set from before the upgrade becomes a full set, or is refused since 4.2.5", () => {
  client.answer(BACKUP);
  cluster.wait(30);
  strike({ kind: "upgraded", to: "4.2.1.10" });
  client = connectTo(cluster);
  expect(client.answer("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop")).toBe("ok");
  cluster.wait(30);
  const types = client.ask("SELECT BACKUP_TYPE AS t FROM CDB_OB_BACKUP_SET_FILES");
  expect(types.map((row) => row["t"])).toEqual(["FULL", "FULL"]);
  strike({ kind: "upgraded", to: "4.2.5.1" });
  client = connectTo(cluster);
  expect(client.answer("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop")).toMatch(/^9040 .*cross compatible/);
});

test("an upgrade under a running backup lets the job end one way or the other", () => {
  client.answer(BACKUP);
  cluster.wait(5);
  strike({ kind: "upgraded", to: "4.3.5.1" });
  client = connectTo(cluster);
  cluster.wait(30);
  expect(jobsOf(client, HISTORY)).toEqual(["1 COMPLETED"]);
  cluster = cluster.reopen();
  expect(connectTo(cluster).ask("SELECT ob_version() AS v")).toEqual([{ v: "4.3.5.1" }]);
});

/** The cluster's time by its own word, less the true one, in seconds. */
function offBy(): number {
  const [row] = client.ask("SELECT TIME_TO_USEC(NOW(6)) AS t");
  return (Number(row?.["t"]) - cluster.clock.now()) / 1e6;
}

test("a clock that is put ahead shows in every answer, and in every SCN", () => {
  strike({ kind: "clock-off", bySeconds: 90 });
  expect(offBy()).toBeCloseTo(90, 3);
  const scn = commitRows(cluster, "shop", [1]);
  expect(Number(scn / 1000n) - cluster.clock.now()).toBeGreaterThan(89e6);
  cluster.wait(10);
  expect(offBy()).toBeCloseTo(90, 3);
});

test("a clock that is put behind stands still until it is so far behind, and no SCN goes back", () => {
  const before = commitRows(cluster, "shop", [1]);
  strike({ kind: "clock-off", bySeconds: -30 });
  expect(offBy()).toBeGreaterThan(-1);
  const after = commitRows(cluster, "shop", [2]);
  expect(after).toBeGreaterThan(before);
  cluster.wait(15);
  expect(offBy()).toBeCloseTo(-15, 0);
  cluster.wait(60);
  expect(offBy()).toBeCloseTo(-30, 3);
});

test("a fault without a tenant takes the first that it fits, and a fault by hand says when it fits none", () => {
  addTenant(cluster, "books");
  strike({ kind: "tenant-dropped" });
  const names = client.ask("SELECT TENANT_NAME FROM DBA_OB_TENANTS WHERE TENANT_TYPE = 'USER'");
  expect(names).toEqual([{ TENANT_NAME: "books" }]);
  const byHand = () => cluster.cluster.faults.strike({ kind: "archive-interrupted", tenant: "shop" });
  expect(byHand).toThrow("there is nothing for archive-interrupted to strike");
  expect(seen(() => cluster.cluster.faults.strike({ kind: "archive-interrupted" }))).toBe("ok");
});
