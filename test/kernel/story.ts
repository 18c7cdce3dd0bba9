import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { scn, scnToIso } from "../../src/domain/scn.ts";
import { afterTheFirstRestore } from "./second-act.ts";
import {
  endOf,
  fieldOf,
  listOf,
  NEW_UNIT,
  path,
  plain,
  run,
  type Stage,
  type Step,
  seen,
  succeed,
  type Told,
} from "./telling.ts";

/** A sentence about a tenant of a real OceanBase, told through the command line; each step goes on from the last. */
export function storyOf({ kernel, holdfast, dir }: Stage): readonly Step[] {
  const source = `hf${Date.now() % 1_000_000}`;
  const told: Told = {
    kernel,
    holdfast,
    dir,
    source,
    target: `${source}_back`,
    instant: "0",
    rows: [],
    gap: "0",
  };
  return [
    { title: "a tenant is made on the real cluster", act: () => makeTenant(told) },
    { title: "a login that the cluster refuses is refused", act: () => refuseStranger(told) },
    { title: "the cluster is added and its tenant listed", act: () => addCluster(told) },
    { title: "an unknown tenant and a port where nobody is are refused", act: () => refuseNobody(told) },
    { title: "a backup without a running log archive is refused", act: () => refuseWithoutArchive(told) },
    { title: "destinations are set", act: () => setDestinations(told) },
    { title: "log archiving starts", act: () => succeed(told, "archive", "start", path(told), "--wait") },
    {
      title: "a full backup runs to its end, and a second one meanwhile is refused",
      act: () => backUp(told),
    },
    {
      title: "rows are written, an instant is noted, then rows are changed and a table dropped",
      act: () => write(told),
    },
    { title: "the restorable interval grows beyond the instant", act: () => waitUntilRestorable(told) },
    {
      title: "instants in the future and a taken name are refused, with the restorable instants named",
      act: () => refuseRestores(told),
    },
    {
      title: "the plan names the set, the logs and the statements, and sends nothing",
      act: () => planRestore(told),
    },
    {
      title: "the tenant is restored to the instant into a new tenant and activated",
      act: () => restore(told),
    },
    {
      title: "the new tenant holds exactly the rows of the instant, and takes new ones",
      act: () => compareRows(told),
    },
    { title: "the source tenant is as it was", act: () => lookAtSource(told) },
    ...afterTheFirstRestore(told),
    { title: "log archiving stops", act: () => succeed(told, "archive", "stop", path(told), "--wait") },
    {
      title: "what was made is dropped, and the cluster is watched no longer",
      act: () => leaveNothing(told),
    },
  ];
}

async function makeTenant({ kernel, source }: Told): Promise<void> {
  await run(kernel, "sys", [
    `CREATE RESOURCE UNIT ${source} MAX_CPU 2, MIN_CPU 2, MEMORY_SIZE '2G', LOG_DISK_SIZE '6G'`,
    `CREATE RESOURCE POOL ${source} UNIT = '${source}', UNIT_NUM = 1, ZONE_LIST = ('zone1')`,
    `CREATE TENANT ${source} RESOURCE_POOL_LIST = ('${source}') SET ob_tcp_invited_nodes = '%'`,
  ]);
  await run(kernel, source, [
    "CREATE DATABASE app",
    "CREATE TABLE app.kept (id INT PRIMARY KEY, item VARCHAR(40))",
  ]);
}

async function addCluster(told: Told): Promise<void> {
  const { kernel } = told;
  const added = await succeed(told, "cluster", "add", "kernel", "--address", `${kernel.host}:${kernel.port}`);
  assert.match(String(fieldOf(added, "version")), /^4\./);
  await seen("the tenant in the list", async () => {
    const { stdout } = await told.holdfast.run("--json", "tenant", "list", "--cluster", "kernel");
    return stdout.includes(`"${told.source}"`) ? true : undefined;
  });
}

async function refuseStranger({ kernel, holdfast }: Told): Promise<void> {
  const words = ["cluster", "add", "other", "--address", `${kernel.host}:${kernel.port}`];
  const login = await holdfast.run("--json", ...words, "--user", "nobody@sys");
  assert.equal(fieldOf(login.json, "code"), "cluster-login-refused");
  assert.equal(login.code, 4);
}

async function refuseNobody({ holdfast }: Told): Promise<void> {
  const tenant = await holdfast.run("--json", "backup", "kernel/no_such_tenant");
  assert.equal(fieldOf(tenant.json, "code"), "tenant-unknown");
  assert.equal(tenant.code, 4);
  const nobody = await holdfast.run("--json", "cluster", "add", "other", "--address", "127.0.0.1:1");
  assert.equal(fieldOf(nobody.json, "code"), "cluster-unreachable");
  assert.equal(nobody.code, 3);
}

async function refuseWithoutArchive(told: Told): Promise<void> {
  const said = await told.holdfast.run("--json", "backup", path(told));
  assert.equal(said.code, 4, said.stdout + said.stderr);
  const code = String(fieldOf(said.json, "code"));
  assert.ok(["archive-not-running", "destination-not-set"].includes(code), code);
}

async function setDestinations(told: Told): Promise<void> {
  const [data, log] = ["data", "log"].map((name) => join(told.dir, "storage", name));
  for (const each of [data, log]) mkdirSync(String(each), { recursive: true });
  const places = ["--data", `file://${data}`, "--archive", `file://${log}`];
  await succeed(told, "destination", "set", path(told), ...places, "--wait");
}

async function backUp(told: Told): Promise<void> {
  const started = await succeed(told, "backup", path(told));
  await seen("the refusal of a second backup", async () => {
    const second = await told.holdfast.run("--json", "backup", path(told));
    assert.equal(second.code, 4, second.stdout + second.stderr);
    assert.equal(fieldOf(second.json, "code"), "backup-already-running");
    return true;
  });
  const ended = await endOf(told, String(fieldOf(started, "id")));
  assert.equal(fieldOf(ended, "outcome"), "succeeded", JSON.stringify(ended, null, 1));
  assert.equal(fieldOf(fieldOf(ended, "result"), "setId"), 1);
}

async function write(told: Told): Promise<void> {
  const { kernel, source } = told;
  const values = Array.from({ length: 500 }, (_, i) => `(${i}, 'item ${i}')`).join(", ");
  await run(kernel, source, [
    `INSERT INTO app.kept VALUES ${values}`,
    "CREATE TABLE app.dropped_later (id INT PRIMARY KEY)",
    "INSERT INTO app.dropped_later VALUES (7)",
    "DELETE FROM app.kept WHERE id % 10 = 3",
  ]);
  told.rows = await run(kernel, source, ["SELECT id, item FROM app.kept ORDER BY id"]);
  assert.equal(told.rows.length, 450);
  // The tenant's own timestamp service: later than every commit above, earlier than every one below.
  const [clock] = await run(kernel, source, ["SELECT TS_VALUE FROM oceanbase.V$OB_TIMESTAMP_SERVICE"]);
  told.instant = clock?.TS_VALUE ?? "0";
  await run(kernel, source, [
    "UPDATE app.kept SET item = 'changed later' WHERE id < 100",
    "INSERT INTO app.kept VALUES (1000, 'written later')",
    "DROP TABLE app.dropped_later",
  ]);
}

async function waitUntilRestorable(told: Told): Promise<void> {
  await seen("the instant inside a restorable interval", async () => {
    const { json } = await told.holdfast.run("--json", "restorable", path(told));
    const intervals = listOf(fieldOf(json, "intervals"));
    const holds = intervals.some(
      (each) =>
        BigInt(String(fieldOf(each, "from"))) <= BigInt(told.instant) &&
        BigInt(String(fieldOf(each, "to"))) >= BigInt(told.instant),
    );
    return holds ? true : undefined;
  });
}

async function refuseRestores(told: Told): Promise<void> {
  const order = (to: string, ...when: readonly string[]) =>
    told.holdfast.run("--json", "restore", path(told), "--to", `kernel/${to}`, ...when, ...NEW_UNIT);
  const future = await order(told.target, "--at", "2099-01-01T00:00:00+08:00");
  assert.equal(future.code, 4);
  assert.equal(fieldOf(future.json, "code"), "instant-in-future");
  const taken = await order(told.source, "--scn", told.instant);
  assert.equal(taken.code, 4);
  assert.equal(fieldOf(taken.json, "code"), "target-name-taken");
  const early = await order(told.target, "--at", "2020-01-01T00:00:00Z");
  assert.equal(early.code, 4);
  assert.match(String(fieldOf(early.json, "code")), /^instant-/);
}

async function planRestore(told: Told): Promise<void> {
  const at = scnToIso(scn(told.instant));
  const plan = await succeed(
    told,
    "restore",
    path(told),
    "--to",
    `kernel/${told.target}`,
    "--at",
    at,
    ...NEW_UNIT,
    "--plan",
  );
  assert.equal(fieldOf(plan, "until"), told.instant);
  assert.equal(listOf(fieldOf(plan, "sets")).length, 1);
  assert.ok(listOf(fieldOf(plan, "pieces")).length >= 1);
  const statements = listOf(fieldOf(plan, "statements")).join("\n");
  assert.match(statements, new RegExp(`RESTORE \`${told.target}\` FROM .* UNTIL SCN = ${told.instant} `));
  const [row] = await run(told.kernel, "sys", [
    `SELECT COUNT(*) AS N FROM oceanbase.DBA_OB_TENANTS WHERE TENANT_NAME = '${told.target}'`,
  ]);
  assert.equal(row?.N, "0");
}

async function restore(told: Told): Promise<void> {
  const at = scnToIso(scn(told.instant));
  const order = [
    "restore",
    path(told),
    "--to",
    `kernel/${told.target}`,
    "--at",
    at,
    ...NEW_UNIT,
    "--activate",
    "--wait",
  ];
  const ended = await succeed(told, ...order);
  assert.equal(fieldOf(ended, "outcome"), "succeeded");
  const [row] = await run(told.kernel, "sys", [
    `SELECT STATUS, TENANT_ROLE FROM oceanbase.DBA_OB_TENANTS WHERE TENANT_NAME = '${told.target}'`,
  ]);
  assert.deepEqual({ ...row }, { STATUS: "NORMAL", TENANT_ROLE: "PRIMARY" });
}

async function compareRows(told: Told): Promise<void> {
  const { kernel, target } = told;
  const rows = await run(kernel, target, ["SELECT id, item FROM app.kept ORDER BY id"]);
  assert.deepEqual(plain(rows), plain(told.rows));
  const later = await run(kernel, target, ["SELECT id FROM app.dropped_later"]);
  assert.deepEqual(plain(later), [{ id: "7" }]);
  await run(kernel, target, ["INSERT INTO app.kept VALUES (2000, 'written in the new tenant')"]);
}

async function lookAtSource({ kernel, source }: Told): Promise<void> {
  const [row] = await run(kernel, source, [
    "SELECT COUNT(*) AS N, SUM(item = 'changed later') AS C FROM app.kept",
  ]);
  assert.deepEqual({ ...row }, { N: "451", C: "90" });
}

async function leaveNothing(told: Told): Promise<void> {
  const { kernel, source, target } = told;
  await run(
    kernel,
    "sys",
    [target, source].map((name) => `DROP TENANT ${name} FORCE`),
  );
  const pools = await run(kernel, "sys", [
    `SELECT p.NAME AS POOL, u.NAME AS UNIT FROM oceanbase.DBA_OB_RESOURCE_POOLS p JOIN oceanbase.DBA_OB_UNIT_CONFIGS u ON u.UNIT_CONFIG_ID = p.UNIT_CONFIG_ID WHERE p.NAME LIKE '${source}%'`,
  ]);
  assert.equal(pools.length, 3, "of the source and of two restores; that of the canceled one was cleaned up");
  for (const { POOL, UNIT } of pools) {
    await run(kernel, "sys", [`DROP RESOURCE POOL \`${POOL}\``, `DROP RESOURCE UNIT \`${UNIT}\``]);
  }
  await succeed(told, "cluster", "remove", "kernel");
}
