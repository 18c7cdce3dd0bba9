import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import type { RestoreWish } from "../../src/control/request-restore.ts";
import type { Operation } from "../../src/domain/operation.ts";
import { Problem } from "../../src/domain/problem.ts";
import { type RunningServer, serve } from "../../src/serve.ts";
import { type SandboxProcess, startSandbox, until } from "../support/sandbox-process.ts";

/** A restore that fails leaves a half-made tenant and its pool, as OceanBase does; Holdfast takes away what it made. */
const root = mkdtempSync(join(tmpdir(), "holdfast-failed-"));
const shop = { cluster: "prod", tenant: "shop" };
const GiB = 2 ** 30;
let sandbox: SandboxProcess;
let holdfast: RunningServer;

beforeAll(async () => {
  const flags = ["--tenants", "shop", "--workload", "off", "--clock", "20"];
  sandbox = await startSandbox({ dir: join(root, "prod"), flags });
  const settings = readSettings({ dir: join(root, "holdfast") }, {});
  holdfast = await serve({ ...settings, port: 0, observeIdleSeconds: 0.2, observeBusySeconds: 0.2 });
  const address = `127.0.0.1:${sandbox.port}`;
  await holdfast.requests.addCluster({ name: "prod", address, user: "root@sys", password: "" });
  await until("a first look", async () => (await holdfast.store.cluster("prod"))?.observedAt !== null);
  const { requests } = holdfast;
  const destinations = { data: "file:///data", archive: "file:///log" };
  await ended(await requests.setDestinations({ ...shop, ...destinations, requestId: "destinations" }));
  await ended(await requests.archive({ ...shop, verb: "start", requestId: "start-archive" }));
  const backup = { ...shop, type: "full", plusArchivelog: false, encryptionPassword: null } as const;
  await ended(await requests.backUp({ ...backup, requestId: "the-backup" }));
  await until("something to restore", async () => (await plan("first").catch(() => null)) !== null);
}, 120_000);

afterAll(async () => {
  await holdfast?.stop();
  await sandbox?.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

function wish(tenant: string): RestoreWish {
  return {
    requestId: `restore-${tenant}`,
    source: shop,
    until: "latest",
    target: {
      cluster: "prod",
      tenant,
      zones: [],
      unit: { cpu: 1, memoryBytes: GiB, logDiskBytes: 3 * GiB },
      unitCount: 1,
      primaryZone: null,
      concurrency: null,
    },
    activate: true,
    decryptionPasswords: [],
  };
}

const plan = (tenant: string) => holdfast.requests.planRestore(wish(tenant));

async function ended(operation: Operation): Promise<Operation> {
  const seen = await until(`the end of ${operation.kind}`, async () => {
    const now = await holdfast.store.operation(operation.id);
    return now?.phase === "ended" ? now : undefined;
  });
  return seen;
}

const cleanUp = (of: Operation, requestId = `clean-up-${of.id}`) =>
  holdfast.requests.cleanUp({ operation: of.id, requestId });

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  const refused = await asked.catch((error: unknown) => error);
  return refused instanceof Problem ? refused.code : `no Problem: ${String(refused)}`;
}

async function left(tenant: string): Promise<readonly string[]> {
  const ofTenant = await sandbox.query(
    "root@sys",
    `SELECT TENANT_NAME AS N FROM oceanbase.DBA_OB_TENANTS WHERE TENANT_NAME = '${tenant}'
     UNION ALL SELECT NAME FROM oceanbase.DBA_OB_RESOURCE_POOLS WHERE NAME LIKE '%${tenant}%'
     UNION ALL SELECT NAME FROM oceanbase.DBA_OB_UNIT_CONFIGS WHERE NAME LIKE '%${tenant}%'`,
  );
  return ofTenant.map((row) => String(Object.values(row)[0]));
}

test("a tenant that was restored well is never cleaned up", async () => {
  const restored = await ended(await holdfast.requests.restore(wish("first")));
  expect(restored.outcome).toBe("succeeded");
  expect(await refusalOf(cleanUp(restored))).toBe("nothing-to-clean-up");
  expect(await left("first")).toContain("first");
}, 60_000);

test("a restore that failed leaves what OceanBase leaves, and a clean-up takes it away once", async () => {
  const data = join(root, "prod", "storage", "data");
  for (const name of readdirSync(data)) {
    if (name.startsWith("backup_set_")) rmSync(join(data, name), { recursive: true });
  }
  const failed = await ended(await holdfast.requests.restore(wish("second")));
  expect(failed).toMatchObject({ outcome: "failed" });
  const before = await left("second");
  expect(before).not.toEqual([]);
  const done = await ended(await cleanUp(failed));
  expect(done).toMatchObject({ kind: "clean-up", outcome: "succeeded" });
  expect(await left("second")).toEqual([]);
  expect((await cleanUp(failed)).id).toBe(done.id);
  expect(await refusalOf(cleanUp(failed, "another-wish"))).toBe("nothing-to-clean-up");
}, 60_000);

test("nothing is cleaned up after what is not there or was no restore", async () => {
  const [backup] = (await holdfast.store.operations({ kinds: ["back-up"], limit: 1 })).operations;
  if (!backup) throw new Error("no backup");
  expect(await refusalOf(cleanUp(backup))).toBe("nothing-to-clean-up");
  const unknown = { operation: "op-0000000000", requestId: "unknown-one" };
  expect(await refusalOf(holdfast.requests.cleanUp(unknown))).toBe("operation-unknown");
});
