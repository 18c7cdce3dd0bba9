import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../../src/config.ts";
import type { RestoreWish } from "../../src/control/request-restore.ts";
import { Problem } from "../../src/domain/problem.ts";
import { type RunningServer, serve } from "../../src/serve.ts";
import { holdfastCommand, type Said } from "../support/command-line.ts";
import { type SandboxProcess, startSandbox, until } from "../support/sandbox-process.ts";

/** What somebody who is new to Holdfast meets at the command line: secrets, refusals, a silent cluster, the log. */
const root = mkdtempSync(join(tmpdir(), "holdfast-first-day-"));
const GiB = 2 ** 30;
const PASSWORD = "canary-geheim";
const shop = { cluster: "prod", tenant: "shop" };
let sandbox: SandboxProcess;
let holdfast: RunningServer;
let say: (...args: readonly string[]) => Promise<Said>;

const fileOf = (name: string, text: string) => {
  writeFileSync(join(root, name), `${text}\n`);
  return join(root, name);
};
const sandboxAt = (port: number) =>
  startSandbox({
    dir: join(root, "prod"),
    port,
    flags: ["--tenants", "shop,idle", "--workload", "off", "--clock", "20"],
  });
const log = () => readFileSync(join(root, "holdfast", "holdfast.log"), "utf8");

beforeAll(async () => {
  sandbox = await sandboxAt(0);
  const settings = readSettings({ dir: join(root, "holdfast") }, {});
  holdfast = await serve({ ...settings, port: 0, observeIdleSeconds: 0.2, observeBusySeconds: 0.2 });
  say = holdfastCommand(holdfast.url);
  expect(await say("cluster", "add", "prod", "--address", `127.0.0.1:${sandbox.port}`)).toMatchObject({
    code: 0,
  });
  await until("a first look", async () => (await holdfast.store.cluster("prod"))?.observedAt !== null);
}, 120_000);

afterAll(async () => {
  await holdfast?.stop();
  await sandbox?.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

async function refusalOf(asked: Promise<unknown>): Promise<string> {
  const refused = await asked.catch((error: unknown) => error);
  return refused instanceof Problem ? refused.code : `no Problem: ${String(refused)}`;
}

test("one directory for data and logs is refused before either is set", async () => {
  const same = await say(
    "destination",
    "set",
    "prod/shop",
    "--data",
    "file:///b",
    "--archive",
    "file:////b/",
  );
  expect(same).toMatchObject({ code: 4, err: expect.stringContaining("same directory") });
  expect(await holdfast.store.operations({})).toMatchObject({ total: 0 });
});

test("a destination whose URI holds a key is read from a file", async () => {
  const files = [
    "--data-file",
    fileOf("data", "file:///data"),
    "--archive-file",
    fileOf("log", "file:///log"),
  ];
  expect(await say("destination", "set", "prod/shop", ...files, "--wait")).toMatchObject({ code: 0 });
  expect(await say("archive", "start", "prod/shop", "--wait")).toMatchObject({ code: 0 });
}, 60_000);

test("a tenant that was never backed up says so and what to do; a name that is unknown is refused", async () => {
  const empty = await say("restorable", "prod/idle");
  expect(empty).toMatchObject({
    code: 0,
    out: expect.stringContaining("idle cannot be restored to any instant"),
  });
  expect(await say("operation", "list", "prod/nope")).toMatchObject({ code: 4 });
  expect(await say("tenant", "list", "--cluster", "nope")).toMatchObject({ code: 4 });
  expect((await say("restore", "prod/sys", "--to", "prod/x", "--latest", "--unit", "u")).err).toContain(
    "tenant-is-sys",
  );
});

test("an encrypted set is made and restored with passwords from files, which no record shows", async () => {
  const password = fileOf("password", PASSWORD);
  const made = await say("backup", "prod/shop", "--encryption-password-file", password, "--wait");
  expect(made).toMatchObject({
    code: 0,
    out: expect.stringContaining("SET ENCRYPTION ON IDENTIFIED BY '******' ONLY"),
  });
  const restore = ["restore", "prod/shop", "--latest", "--cpu", "1", "--memory", "1G", "--wait"];
  const without = await until("a set that logs reach", async () => {
    const refused = await say(...restore, "--to", "prod/without");
    return refused.err.includes("decryption-needed") && refused;
  });
  expect(without.code).toBe(4);
  const wrong = fileOf("wrong", "canary-wrong");
  const failed = await say(...restore, "--to", "prod/wrong", "--decryption-password-file", wrong);
  expect(failed.code).toBe(1);
  const restored = await say(...restore, "--to", "prod/right", "--decryption-password-file", password);
  expect(restored).toMatchObject({
    code: 0,
    out: expect.stringContaining("SET DECRYPTION IDENTIFIED BY '******'"),
  });
  expect([made, failed, restored].map(({ out, err }) => out + err).join("")).not.toContain("canary");
  expect((await say("tenant", "sets", "prod/shop")).out).toMatch(/1 +full +succeeded +available .*encrypted/);
  const line = await until("the log's line", async () => log().includes("ended without success") && log());
  expect(line).toContain('"kind":"restore"');
  expect(line).not.toContain("canary");
}, 120_000);

test("what a form shows of an encrypted backup is what the command line would send", async () => {
  const preview = holdfast.requests.previewBackup({
    ...shop,
    type: "full",
    plusArchivelog: false,
    encrypted: true,
  });
  expect(preview[0]).toBe("SET ENCRYPTION ON IDENTIFIED BY '******' ONLY");
});

test("a request sent again gets its operation; the same id with another wish is refused", async () => {
  const { requests } = holdfast;
  const backup = {
    ...shop,
    requestId: "a-backup",
    type: "full",
    plusArchivelog: false,
    encryptionPassword: null,
  } as const;
  const first = await requests.backUp(backup);
  expect((await requests.backUp(backup)).id).toBe(first.id);
  expect(await refusalOf(requests.backUp({ ...backup, type: "incremental" }))).toBe("request-id-reused");
  expect(await refusalOf(requests.backUp({ ...backup, encryptionPassword: "x" }))).toBe("request-id-reused");
  const wish: RestoreWish = {
    requestId: "a-restore",
    source: shop,
    until: "latest",
    target: {
      cluster: "prod",
      tenant: "again",
      zones: [],
      unit: { cpu: 1, memoryBytes: GiB, logDiskBytes: 3 * GiB },
      unitCount: 1,
      primaryZone: null,
      concurrency: null,
    },
    activate: false,
    decryptionPasswords: [PASSWORD],
  };
  const restore = await requests.restore(wish);
  if (restore.request.kind !== "restore") throw new Error(`${restore.id} is no restore`);
  const { until: planned } = restore.request;
  await until("logs beyond it", async () => {
    const { plan } = await requests.planRestore({ ...wish, target: { ...wish.target, tenant: "later" } });
    return plan.until > planned;
  });
  expect((await requests.restore(wish)).id).toBe(restore.id);
  expect(await refusalOf(requests.restore({ ...wish, activate: true }))).toBe("request-id-reused");
  expect(await refusalOf(requests.restore({ ...wish, until: planned }))).toBe("request-id-reused");
}, 60_000);

test("a cluster is watched once, under whatever name and address it is added again", async () => {
  const again = (...args: readonly string[]) => say("cluster", "add", ...args);
  expect((await again("other", "--address", `127.0.0.1:${sandbox.port}`)).err).toContain(
    "cluster-already-watched",
  );
  expect((await again("other", "--address", `localhost:${sandbox.port}`)).err).toContain(
    "cluster-already-watched",
  );
  const dead = await again("other", "--address", "127.0.0.1:1");
  expect(dead).toMatchObject({ code: 3, err: expect.stringContaining("other was not added") });
});

test("figures of a silent cluster are told to be old, and the log says when it was lost and when it answers again", async () => {
  await sandbox.kill("SIGKILL");
  await until("the loss", async () => (await holdfast.store.cluster("prod"))?.unobserved !== null);
  const { observedAt, unobserved } = (await holdfast.store.cluster("prod")) ?? {};
  expect(unobserved?.since).toBe(observedAt);
  const commands = [
    ["cluster", "list"],
    ["tenant", "show", "prod/shop"],
    ["restorable", "prod/shop"],
  ];
  for (const command of commands) expect((await say(...command)).out).toContain("not observed since");
  expect((await say("tenant", "list")).out).toContain("not the present");
  expect(log()).toContain("the cluster is not observed");
  sandbox = await sandboxAt(sandbox.port);
  await until("its return", async () => log().includes("the cluster answers again"));
  expect((await say("restorable", "prod/shop")).out).not.toContain("not observed since");
}, 60_000);

test("a cluster that is removed says what is forgotten and what is kept", async () => {
  await until("the end of everything", async () => (await holdfast.store.activeOperations()).length === 0);
  const removed = await say("cluster", "remove", "prod");
  expect(removed).toMatchObject({
    code: 0,
    out: expect.stringContaining("Kept here: the record of its operations"),
  });
  expect((await say("operation", "list", "prod/shop")).out).toContain("back-up");
}, 60_000);
