import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings, type Settings } from "../../src/config.ts";
import { type SandboxProcess, startSandbox, until } from "../support/sandbox-process.ts";
import type { Doom } from "./doomed-server.ts";

/** A server killed with SIGKILL at every await: the next start ends each operation, once. */
const DOOMED = join(import.meta.dirname, "doomed-server.ts");
const LANES = ["t1", "t2", "t3"] as const;
/** More awaits than any story has. Reached only when nothing is killed any more, which ends the search. */
const MOST_POINTS = 400;

const root = mkdtempSync(join(tmpdir(), "holdfast-crash-"));
let sandbox: SandboxProcess;

beforeAll(async () => {
  sandbox = await startSandbox({
    dir: join(root, "prod"),
    logFile: join(root, "statements.log"),
    flags: ["--name", "prod", "--clock", "30", "--workload", "off", "--tenants", LANES.join(",")],
  });
  for (const tenant of LANES) await prepare(tenant);
});

afterAll(async () => {
  await sandbox?.kill("SIGTERM");
  rmSync(root, { recursive: true, force: true });
});

test("a back-up whose server is killed at any await ends once, by the next start", async () => {
  const deaths = await Promise.all(
    LANES.map((tenant, lane) => killEverywhere({ tenant, lane, wish: backUpWish })),
  );
  expect(deaths.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(20);
});

test("a restore whose server is killed at any await ends once, by the next start", async () => {
  for (const tenant of LANES) await firstSet(tenant);
  const deaths = await Promise.all(
    LANES.map((tenant, lane) => killEverywhere({ tenant, lane, wish: restoreWish })),
  );
  expect(deaths.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(40);
});

interface Lane {
  readonly tenant: string;
  readonly lane: number;
  readonly wish: (tenant: string, point: number) => Promise<Doom["wish"]>;
}

/** Kills at points lane, lane + lanes, … until the story ends before its death. Answers how often it died. */
async function killEverywhere({ tenant, lane, wish }: Lane): Promise<number> {
  let deaths = 0;
  for (let killAt = lane + 1; killAt < MOST_POINTS; killAt += LANES.length) {
    const dir = join(root, `${tenant}-${(await wish(tenant, killAt)).kind}-${killAt}`);
    const doomed = {
      settings: settingsIn(dir),
      clusterAddress: `127.0.0.1:${sandbox.port}`,
      killAt,
      wish: await wish(tenant, killAt),
    };
    const first = await run(doomed);
    const isDead = first === "killed";
    const last = isDead ? await run({ ...doomed, killAt: -1 }) : first;
    expect(last, `killed at point ${killAt}`).toMatchObject({ outcome: "succeeded", problem: null });
    await expectSentOnce((last as Ended).id, killAt);
    if (doomed.wish.kind === "restore") await clear(doomed.wish.with.target.tenant);
    rmSync(dir, { recursive: true, force: true });
    if (!isDead) return deaths;
    deaths += 1;
  }
  throw new Error(`the story had more than ${MOST_POINTS} points`);
}

/** Each statement with an effect took effect once for the operation: counted in what the cluster itself received. */
async function expectSentOnce(id: string, killAt: number): Promise<void> {
  const accepted = sandbox.statements().filter((each) => each.errno === null && each.sql.includes(id));
  expect(
    accepted.map((each) => each.sql),
    `killed at point ${killAt}`,
  ).toHaveLength(1);
}

async function backUpWish(tenant: string, point: number): Promise<Doom["wish"]> {
  const requestId = `request-${tenant}-${point}`;
  return {
    kind: "back-up",
    with: {
      requestId,
      cluster: "prod",
      tenant,
      type: "full",
      plusArchivelog: false,
      encryptionPassword: null,
    },
  };
}

async function restoreWish(tenant: string, point: number): Promise<Doom["wish"]> {
  const target = `${tenant}_r${point}`;
  const rows = await sandbox.query("root@sys", restorableScnOf(tenant));
  return {
    kind: "restore",
    with: {
      requestId: `request-${target}`,
      source: { cluster: "prod", tenant },
      until: String(rows[0]?.scn),
      target: {
        cluster: "prod",
        tenant: target,
        zones: [],
        unit: { cpu: 1, memoryBytes: 2 * 1024 ** 3, logDiskBytes: 6 * 1024 ** 3 },
        unitCount: 1,
        primaryZone: null,
        concurrency: null,
      },
      activate: true,
      decryptionPasswords: [],
    },
  };
}

function restorableScnOf(tenant: string): string {
  return `SELECT CAST(MIN_RESTORE_SCN AS CHAR) AS scn FROM oceanbase.CDB_OB_BACKUP_SET_FILES s JOIN oceanbase.DBA_OB_TENANTS t
    ON t.TENANT_ID = s.TENANT_ID WHERE t.TENANT_NAME = '${tenant}' AND s.STATUS = 'SUCCESS' ORDER BY BACKUP_SET_ID LIMIT 1`;
}

async function prepare(tenant: string): Promise<void> {
  const sys = (sql: string) => sandbox.query("root@sys", sql);
  await sys(`ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///crash/${tenant}/data' TENANT = ${tenant}`);
  await sys(`ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///crash/${tenant}/log' TENANT = ${tenant}`);
  await sys(`ALTER SYSTEM ARCHIVELOG TENANT = ${tenant}`);
  await until(`${tenant} archives`, async () => {
    const rows = await sys(
      `SELECT a.STATUS FROM oceanbase.CDB_OB_ARCHIVELOG a JOIN oceanbase.DBA_OB_TENANTS t ON t.TENANT_ID = a.TENANT_ID WHERE t.TENANT_NAME = '${tenant}'`,
    );
    return rows[0]?.STATUS === "DOING";
  });
}

/** Waits until the logs have reached the first set that succeeded. */
async function firstSet(tenant: string): Promise<void> {
  await until(`${tenant} restorable`, async () => {
    const rows = await sandbox.query(
      "root@sys",
      `SELECT 1 FROM oceanbase.CDB_OB_BACKUP_SET_FILES s JOIN oceanbase.CDB_OB_ARCHIVELOG a ON a.TENANT_ID = s.TENANT_ID
       JOIN oceanbase.DBA_OB_TENANTS t ON t.TENANT_ID = s.TENANT_ID
       WHERE t.TENANT_NAME = '${tenant}' AND s.STATUS = 'SUCCESS' AND a.CHECKPOINT_SCN > s.MIN_RESTORE_SCN`,
    );
    return rows.length > 0;
  });
}

async function clear(tenant: string): Promise<void> {
  await sandbox.query("root@sys", `DROP TENANT IF EXISTS ${tenant} FORCE`);
  await until(`${tenant} gone`, async () => {
    await sandbox.query("root@sys", `DROP RESOURCE POOL IF EXISTS ${tenant}_pool`);
    return true;
  });
  await sandbox.query("root@sys", `DROP RESOURCE UNIT IF EXISTS ${tenant}_unit`);
}

interface Ended {
  readonly id: string;
  readonly outcome: string;
}

function run(doom: Doom): Promise<Ended | "killed"> {
  const child = spawn(process.execPath, [DOOMED], {
    env: { ...process.env, DOOM: JSON.stringify(doom) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let wrong = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (wrong += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("exit", (code, signal) => {
      if (signal === "SIGKILL") return resolve("killed");
      if (code !== 0) return reject(new Error(`the server ended with ${code}: ${wrong}`));
      resolve(JSON.parse(said) as Ended);
    });
  });
}

function settingsIn(dir: string): Settings {
  return {
    ...readSettings({ dir }, {}),
    port: 0,
    observeIdleSeconds: 0.1,
    observeBusySeconds: 0.1,
    adoptSeconds: 1,
  };
}
