import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, expect, test } from "vitest";

/* The sandbox as a person starts it: a process of its own, spoken to over the MySQL protocol. Its clock runs 20 times as fast. */

let dir = "";
let running: Running;

interface Running {
  readonly process: ChildProcess;
  readonly port: number;
  readonly banner: string;
}

const ARGUMENTS = [
  "--port",
  "0",
  "--version",
  "4.2.5.1",
  "--name",
  "prod",
  "--clock",
  "20",
  "--tenants",
  "shop",
];

async function start(...more: readonly string[]): Promise<Running> {
  const main = path.join(import.meta.dirname, "main.ts");
  const log = path.join(dir, "statements.jsonl");
  const args = [main, ...ARGUMENTS, "--dir", path.join(dir, "prod"), "--log-statements", log, ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let banner = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    banner += chunk.toString();
  });
  await until(() => out.includes("ready ") || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(`the sandbox did not start: ${banner}`);
  return { process: child, port: Number(/ready (\d+)/.exec(out)?.[1]), banner };
}

async function until(isSo: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  for (let turn = 0; turn < seconds * 20; turn++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("waited too long");
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once("exit", resolve));
  }
  return child.exitCode;
}

function connect(user: string, password = ""): Promise<Connection> {
  return mysql.createConnection({
    host: "127.0.0.1",
    port: running.port,
    user,
    password,
    supportBigNumbers: true,
    bigNumberStrings: true,
  });
}

async function rows(connection: Connection, sql: string): Promise<RowDataPacket[]> {
  const [found] = await connection.query<RowDataPacket[]>(sql);
  return found;
}

beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-main-"));
  running = await start();
});

afterAll(async () => {
  running.process.kill("SIGTERM");
  await ended(running.process);
  fs.rmSync(dir, { recursive: true, force: true });
});

test("it says what it is, on the terminal and in version_comment", async () => {
  expect(running.banner).toMatch(/stand-in that keeps real rows, not OceanBase/);
  const sys = await connect("root@sys");
  const [row] = await rows(sys, "SELECT version() AS v, ob_version() AS o, @@version_comment AS c");
  expect(row).toMatchObject({ v: "5.7.25-OceanBase_CE-v4.2.5.1", o: "4.2.5.1" });
  expect(row?.["c"]).toMatch(/^OceanBase_CE 4\.2\.5\.1 .* sandbox: a stand-in, not OceanBase$/);
  await sys.end();
});

const DEST = "file:///obbackup/prod/shop";

test("a tenant is backed up, loses a table, and comes back to the exact commit before", {
  timeout: 60_000,
}, async () => {
  const sys = await connect("root@sys");
  await sys.query(`ALTER SYSTEM SET DATA_BACKUP_DEST = '${DEST}/data' TENANT = shop`);
  await sys.query(`ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=${DEST}/clog' TENANT = shop`);
  await sys.query("ALTER SYSTEM SET archive_lag_target = '4s' TENANT = shop");
  await sys.query("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  await until(
    async () =>
      (await rows(sys, "SELECT STATUS FROM oceanbase.CDB_OB_ARCHIVELOG"))[0]?.["STATUS"] === "DOING",
  );

  const shop = await connect("root@shop");
  await shop.query("CREATE DATABASE app");
  await shop.query("CREATE TABLE app.orders (id INT PRIMARY KEY, item VARCHAR(40))");
  await shop.query("INSERT INTO app.orders VALUES (1, 'tea'), (2, 'rice')");
  await sys.query("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'op-1'");
  await until(async () => {
    const [job] = await rows(
      sys,
      "SELECT STATUS FROM oceanbase.CDB_OB_BACKUP_JOB_HISTORY WHERE TENANT_ID <> 1 AND DESCRIPTION = 'op-1'",
    );
    return job?.["STATUS"] === "COMPLETED";
  });
  await shop.query("INSERT INTO app.orders VALUES (3, 'ink')");
  const [now] = await rows(shop, "SELECT TS_VALUE FROM oceanbase.V$OB_TIMESTAMP_SERVICE");
  const scn = String(now?.["TS_VALUE"]);
  await shop.query("INSERT INTO app.orders VALUES (4, 'too late')");
  await shop.query("DROP TABLE app.orders");
  await until(async () => {
    const [round] = await rows(
      sys,
      `SELECT CHECKPOINT_SCN > ${scn} AS past FROM oceanbase.CDB_OB_ARCHIVELOG`,
    );
    return Number(round?.["past"]) === 1;
  });

  await sys.query(
    "CREATE RESOURCE POOL copy_pool UNIT = 'sandbox_unit', UNIT_NUM = 1, ZONE_LIST = ('zone1','zone2','zone3')",
  );
  await sys.query(
    `ALTER SYSTEM RESTORE copy FROM '${DEST}/data,${DEST}/clog' UNTIL SCN = ${scn} WITH 'pool_list=copy_pool'`,
  );
  await until(
    async () =>
      (await rows(sys, "SELECT STATUS FROM oceanbase.CDB_OB_RESTORE_HISTORY WHERE TENANT_ID = 1")).length ===
      1,
  );
  const copy = await connect("root@copy");
  await expect(copy.query("INSERT INTO app.orders VALUES (5, 'no')")).rejects.toMatchObject({ errno: 4688 });
  await sys.query("ALTER SYSTEM ACTIVATE STANDBY TENANT = copy");
  expect(await rows(copy, "SELECT id, item FROM app.orders ORDER BY id")).toEqual([
    { id: 1, item: "tea" },
    { id: 2, item: "rice" },
    { id: 3, item: "ink" },
  ]);
  await copy.query("INSERT INTO app.orders VALUES (5, 'yes')");
  for (const connection of [sys, shop, copy]) await connection.end();
});

test("logins that are wrong are refused as OceanBase refuses them", async () => {
  for (const user of ["root@nope", "nobody@shop", "root@META$1002", "root@shop#other"]) {
    await expect(connect(user)).rejects.toMatchObject({ errno: 1045 });
  }
  const byCluster = await connect("root@shop#prod");
  expect(await rows(byCluster, "SELECT effective_tenant() AS t")).toEqual([{ t: "shop" }]);
  await byCluster.query("SET PASSWORD = 'secret'");
  await expect(connect("root@shop")).rejects.toMatchObject({ errno: 1045 });
  const again = await connect("root@shop", "secret");
  await again.query("ALTER USER root IDENTIFIED BY ''");
  await again.end();
  await byCluster.end();
});

test("a monitoring user may look and may not command", async () => {
  const sys = await connect("root@sys");
  await sys.query("CREATE USER monitor IDENTIFIED BY 'look'");
  await sys.query("GRANT SELECT ON oceanbase.* TO monitor");
  const monitor = await connect("monitor@sys", "look");
  expect((await rows(monitor, "SELECT TENANT_NAME FROM oceanbase.DBA_OB_TENANTS")).length).toBeGreaterThan(1);
  await expect(monitor.query("ALTER SYSTEM BACKUP TENANT = shop")).rejects.toMatchObject({
    errno: 1227,
    sqlState: "42501",
  });
  await monitor.end();
  await sys.end();
});

test("every statement received stands in the log, with its tenant and its error", async () => {
  const sys = await connect("root@sys");
  await expect(sys.query("ALTER SYSTEM BACKUP TENANT = nope")).rejects.toMatchObject({ errno: 5160 });
  await sys.end();
  const lines = fs.readFileSync(path.join(dir, "statements.jsonl"), "utf8").trim().split("\n");
  const last: unknown = JSON.parse(lines.findLast((line) => line.includes("nope")) ?? "null");
  expect(last).toMatchObject({
    user: "root",
    tenant: "sys",
    version: "4.2.5.1",
    sql: "ALTER SYSTEM BACKUP TENANT = nope",
    errno: 5160,
  });
});

test("killed in the middle of a backup, it goes on with it and keeps its rows", {
  timeout: 60_000,
}, async () => {
  const sys = await connect("root@sys");
  const shop = await connect("root@shop");
  await shop.query("CREATE TABLE app.kept (id INT PRIMARY KEY)");
  await shop.query("INSERT INTO app.kept VALUES (1)");
  await sys.query("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'op-2'");
  await until(async () => (await rows(sys, "SELECT STATUS FROM oceanbase.CDB_OB_BACKUP_TASKS")).length === 1);
  shop.on("error", () => undefined);
  sys.on("error", () => undefined);
  running.process.kill("SIGKILL");
  await ended(running.process);
  running = await start();
  const again = await connect("root@sys");
  await until(async () => {
    const found = await rows(
      again,
      "SELECT STATUS FROM oceanbase.CDB_OB_BACKUP_JOB_HISTORY WHERE DESCRIPTION = 'op-2'",
    );
    return found.length === 2 && found.every((row) => row["STATUS"] === "COMPLETED");
  });
  const kept = await connect("root@shop");
  expect(await rows(kept, "SELECT id FROM app.kept")).toEqual([{ id: 1 }]);
  await kept.end();
  await again.end();
});

test("wrong words on the command line end with exit code 2 and the usage, and SIGTERM with 0", async () => {
  const main = path.join(import.meta.dirname, "main.ts");
  const wrong = spawn(process.execPath, [main, "--version", "9.9.9.9"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  wrong.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  expect(await ended(wrong)).toBe(2);
  expect(said).toMatch(/4\.2\.5\.x, 4\.3\.3\.x and 4\.3\.5\.x; "9\.9\.9\.9" is none of them/);
  running.process.kill("SIGTERM");
  expect(await ended(running.process)).toBe(0);
  running = await start();
});
