import { asyncProperty, assert as check, string } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Line } from "../../test/oceanbase/line.ts";
import { startWitness, type Witness } from "../../test/oceanbase/witness.ts";
import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import { Problem, type ProblemCode } from "../domain/problem.ts";
import type { StartRestore } from "../domain/restore-plan.ts";
import { type Scn, scn } from "../domain/scn.ts";
import { openOceanBase } from "./connect.ts";
import type { OceanBase } from "./oceanbase.ts";
import { quoteName, quoteText } from "./quote.ts";
import { PATIENCE, Session } from "./session.ts";

/**
 * What the door promises, held against a cluster: the sandbox, or a real OceanBase at OCEANBASE=HOST:PORT. One story,
 * told in order: each test goes on where the one before ended.
 */
let witness: Witness;
let door: OceanBase;

beforeAll(async () => {
  witness = await startWitness();
  door = openOceanBase(witness.address);
}, 300_000);

afterAll(async () => {
  await door.close();
  await witness.close();
}, 300_000);

const STEP_MS = 1_000_000;

function step(title: string, act: () => Promise<void>): void {
  test(title, act, STEP_MS);
}

async function codeOf(refused: Promise<unknown>): Promise<ProblemCode | "accepted"> {
  try {
    await refused;
    return "accepted";
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** Looks at the cluster until `seen` gives something. */
async function seenIn<T>(what: string, seen: (inventory: ClusterInventory) => T | undefined): Promise<T> {
  const limit = Date.now() + witness.limitMs;
  for (;;) {
    const found = seen(await door.takeInventory());
    if (found !== undefined) return found;
    if (Date.now() > limit) throw new Error(`not seen within ${witness.limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, witness.pollMs));
  }
}

function tenantIn(inventory: ClusterInventory): TenantInventory {
  const found = inventory.tenants.find(({ tenant }) => tenant.name === witness.tenant);
  if (!found) throw new Error(`no tenant ${witness.tenant}`);
  return found;
}

async function jobBySignature(signature: string) {
  return seenIn(`a job signed ${signature}`, (inventory) =>
    tenantIn(inventory).backupJobs.find((job) => job.description === signature),
  );
}

async function endedJob(signature: string) {
  return seenIn(`the end of ${signature}`, (inventory) =>
    tenantIn(inventory).backupJobs.find((job) => job.description === signature && job.isHistory),
  );
}

function backupOf(signature: string, type: "full" | "incremental" = "full") {
  return { tenant: witness.tenant, type, plusArchivelog: false, signature, encryptionPassword: null };
}

step("the cluster says which version it is, in its own words too", async () => {
  const cluster = await door.identify();
  expect(cluster.version.numbers[0]).toBe(4);
  expect(cluster.versionComment).toContain("OceanBase");
  expect(cluster.clusterName).not.toBe("");
});

step("any text is quoted so that the cluster reads the same text, any name the same name", async () => {
  const session = await Session.open(witness.address, { kind: "question", patience: PATIENCE });
  const text = string({ unit: "grapheme", maxLength: 40 });
  await check(
    asyncProperty(text, string({ minLength: 1, maxLength: 30 }), async (written, name) => {
      // mysql2 refuses a column of this one name.
      const plainName = name.replaceAll(/[\s\0]/g, "_").replace("__proto__", "_proto_");
      const [row] = await session.run(`SELECT ${quoteText(written)} AS ${quoteName(plainName)}`);
      expect(Object.entries(row ?? {})).toEqual([[plainName, written.toWellFormed()]]);
    }),
    { numRuns: 200, endOnFailure: true },
  );
  session.close();
});

step("a tenant that nobody has backed up has no destinations, sets, rounds or jobs", async () => {
  const found = tenantIn(await door.takeInventory());
  expect(found).toMatchObject({ sets: [], rounds: [], pieces: [], backupJobs: [] });
  expect(found.destinations).toEqual({ data: null, archive: null, pieceSwitchInterval: null });
  expect(found.tenant).toMatchObject({
    kind: "user",
    isNormal: true,
    role: "primary",
    logMode: "noarchivelog",
  });
});

step("requests that cannot be are refused with a problem of their own", async () => {
  expect(await codeOf(door.startArchive("nobody_here"))).toBe("tenant-unknown");
  expect(await codeOf(door.cancelBackup("nobody_here"))).toBe("tenant-unknown");
  expect(await codeOf(door.startBackup(backupOf("hf-refused")))).toBe("archive-not-running");
  expect(await codeOf(door.stopArchive(witness.tenant))).toBe("archive-not-running");
  expect(await codeOf(door.askTenant("nobody_here"))).toBe("tenant-unknown");
  const small = { ...witness.unit, name: "hf_small", memoryBytes: 2 ** 20 };
  expect(await codeOf(door.createUnit(small))).toBe("unit-too-small");
  const pool = { name: "hf_none", unit: "no_such_unit", unitCount: 1, zones: witness.zones };
  expect(await codeOf(door.createPool(pool))).toBe("unit-unknown");
});

step("a cancel with nothing to cancel is accepted and does nothing", async () => {
  await door.cancelBackup(witness.tenant);
  expect(tenantIn(await door.takeInventory()).backupJobs).toEqual([]);
});

step("data and logs cannot lie in one directory; apart, they are set and seen", async () => {
  const [data, archive] = [witness.destination("data"), witness.destination("log")];
  await door.setDestinations({ tenant: witness.tenant, data, archive: null });
  const same = { tenant: witness.tenant, data: null, archive: data };
  expect(await codeOf(door.setDestinations(same))).toBe("destination-refused");
  await door.setDestinations({ tenant: witness.tenant, data: null, archive });
  const { destinations } = tenantIn(await door.takeInventory());
  expect(destinations).toEqual({ data, archive, pieceSwitchInterval: "1d" });
});

step("archiving passes through its own states until it runs, with a first piece", async () => {
  await door.startArchive(witness.tenant);
  expect(tenantIn(await door.takeInventory()).tenant.logMode).toBe("archivelog");
  const seen = await seenIn("a running round", (inventory) =>
    tenantIn(inventory).rounds[0]?.status === "doing" ? tenantIn(inventory) : undefined,
  );
  expect(seen.rounds).toHaveLength(1);
  expect(seen.pieces).toMatchObject([{ roundId: 1, id: 1, fileStatus: "available" }]);
  expect(seen.pieces[0]?.startScn).toBe(seen.rounds[0]?.startScn);
});

step("a backup is found again by its signature, runs, and ends as a usable set", async () => {
  await door.startBackup(backupOf("hf-op-1"));
  expect(await jobBySignature("hf-op-1")).toMatchObject({ description: "hf-op-1", type: "full" });
  await seenIn("its set being copied", (inventory) => tenantIn(inventory).sets.find((set) => set.id === 1));
  expect(await codeOf(door.startBackup(backupOf("hf-op-2")))).toBe("backup-already-running");
  const job = await endedJob("hf-op-1");
  expect(job).toMatchObject({ status: "completed", setId: 1, resultCode: 0 });
  const [set] = tenantIn(await door.takeInventory()).sets;
  expect(set).toMatchObject({ id: 1, type: "full", status: "succeeded", fileStatus: "available" });
  expect(set?.outputBytes).toBeGreaterThan(0);
  expect(set && set.startReplayScn > 0n && set.startReplayScn <= set.minRestoreScn).toBe(true);
});

step("the logs pass the instant from which the set can be restored", async () => {
  await seenIn("a checkpoint beyond the set", (inventory) => {
    const { sets, rounds } = tenantIn(inventory);
    const [set, round] = [sets[0], rounds[0]];
    return set && round && round.checkpointScn >= set.minRestoreScn ? true : undefined;
  });
});

/** Where the machine is slow, the backup may be over before the cancel comes: then it is tried with another one. */
async function canceledIncrement() {
  for (let tries = 0; ; tries++) {
    const signature = `hf-cancel-${tries}`;
    await door.startBackup(backupOf(signature, "incremental"));
    const { id } = await jobBySignature(signature);
    await seenIn("its set being copied", (inventory) =>
      tenantIn(inventory).sets.some(({ status }) => status === "running") ||
      tenantIn(inventory).backupJobs.some((each) => each.id === id && each.isHistory)
        ? true
        : undefined,
    );
    await door.cancelBackup(witness.tenant);
    const job = await endedJob(signature);
    if (job.status === "canceled" || tries === 5) return job;
  }
}

step(
  "an increment takes the full set as its base; a canceled one leaves a set that is of no use",
  async () => {
    const job = await canceledIncrement();
    expect(job).toMatchObject({ status: "canceled", type: "incremental" });
    const set = tenantIn(await door.takeInventory()).sets.find((each) => each.id === job.setId);
    expect(set).toMatchObject({ type: "incremental", previousFullId: 1, status: "failed" });
    expect(set?.fileStatus).not.toBe("available");
  },
);

async function restoreRequest(until: Scn): Promise<StartRestore> {
  return {
    targetTenant: `${witness.tenant}_r`,
    dataUri: witness.destination("data"),
    archiveUri: witness.destination("log"),
    until,
    pool: "hf_pool",
    locality: null,
    primaryZone: null,
    concurrency: null,
    signature: `${witness.tenant}-restore`,
    decryptionPasswords: [],
  };
}

step("a unit and a pool can be asked for twice, and are there once", async () => {
  const pool = { name: "hf_pool", unit: "hf_unit", unitCount: 1, zones: witness.zones };
  for (let time = 0; time < 2; time++) {
    await door.createUnit({ ...witness.unit, name: "hf_unit" });
    await door.createPool(pool);
  }
  const { pools, unitConfigs } = (await door.takeInventory()).resources;
  expect(pools.filter(({ name }) => name === "hf_pool")).toEqual([
    { name: "hf_pool", unitConfigName: "hf_unit", unitCount: 1, zones: witness.zones, tenantId: null },
  ]);
  expect(unitConfigs.find(({ name }) => name === "hf_unit")).toMatchObject({
    maxCpu: 2,
    memoryBytes: 2 ** 31,
  });
});

step("a restore that cannot be is refused with a problem of its own", async () => {
  const [set] = tenantIn(await door.takeInventory()).sets;
  if (!set) throw new Error("no set");
  const good = await restoreRequest(set.minRestoreScn);
  const before = { ...good, until: scn(set.minRestoreScn - 1n) };
  expect(await codeOf(door.startRestore(before))).toBe("instant-in-gap");
  const beyond = { ...good, until: scn(set.minRestoreScn + 86_400_000_000_000n) };
  expect(await codeOf(door.startRestore(beyond))).toBe("instant-in-gap");
  expect(await codeOf(door.startRestore({ ...good, targetTenant: witness.tenant }))).toBe(
    "target-name-taken",
  );
  expect(await codeOf(door.startRestore({ ...good, pool: "no_such_pool" }))).toBe("oceanbase-refused");
  const nowhere = { ...good, dataUri: `${good.dataUri}/nowhere` };
  expect(await codeOf(door.startRestore(nowhere))).toBe("destination-refused");
  expect(await codeOf(door.cancelRestore("nobody_here"))).toBe("tenant-unknown");
});

function restored(inventory: ClusterInventory) {
  return inventory.tenants.find(({ tenant }) => tenant.name === `${witness.tenant}_r` && tenant.isNormal)
    ?.tenant;
}

step("a restore ends as a standby tenant, answers, and becomes a primary when it is activated", async () => {
  const [set] = tenantIn(await door.takeInventory()).sets;
  if (!set) throw new Error("no set");
  await door.startRestore(await restoreRequest(set.minRestoreScn));
  const job = await seenIn("the end of the restore", (inventory) =>
    inventory.restoreJobs.find((each) => each.description === `${witness.tenant}-restore` && each.isHistory),
  );
  expect(job).toMatchObject({
    status: "completed",
    targetTenant: `${witness.tenant}_r`,
    sourceTenant: witness.tenant,
    restoreScn: set.minRestoreScn,
    fraction: 1,
  });
  expect(await seenIn("the restored tenant", restored)).toMatchObject({ role: "standby" });
  await door.askTenant(`${witness.tenant}_r`);
  await door.activateStandby(`${witness.tenant}_r`);
  await seenIn("a primary", (inventory) => (restored(inventory)?.role === "primary" ? true : undefined));
});

step("archiving stops with its round, whose pieces stay", async () => {
  await door.stopArchive(witness.tenant);
  const seen = await seenIn("a stopped round", (inventory) =>
    tenantIn(inventory).rounds[0]?.status === "stopped" ? tenantIn(inventory) : undefined,
  );
  expect(seen.pieces).toMatchObject([{ roundId: 1, fileStatus: "available" }]);
  expect(seen.tenant.logMode).toBe("noarchivelog");
});

step(
  "a request whose answer is lost has an unknown outcome, and the next look shows its effect",
  async () => {
    const line = await Line.to(witness.address);
    const through = openOceanBase(line.address);
    line.fault = { on: "ARCHIVELOG", does: "cut-after" };
    expect(await codeOf(through.startArchive(witness.tenant))).toBe("outcome-unknown");
    line.fault = undefined;
    await seenIn("the effect of the lost request", (inventory) =>
      tenantIn(inventory).tenant.logMode === "archivelog" ? true : undefined,
    );
    await through.close();
    await line.close();
  },
);

step(
  "a question whose answer is lost makes the cluster unreachable, and the next one connects anew",
  async () => {
    const line = await Line.to(witness.address);
    const through = openOceanBase(line.address);
    await through.takeInventory();
    line.fault = { on: "CDB_OB_BACKUP_SET_FILES", does: "cut-after" };
    expect(await codeOf(through.takeInventory())).toBe("cluster-unreachable");
    line.fault = undefined;
    expect((await through.takeInventory()).tenants.length).toBeGreaterThan(1);
    line.cut();
    await through.takeInventory().catch(() => undefined);
    expect((await through.takeInventory()).tenants.length).toBeGreaterThan(1);
    await through.close();
    await line.close();
  },
);

step("a cluster that takes the call and says nothing is unreachable, within the time given", async () => {
  const line = await Line.to(witness.address);
  const patience = { connectMs: 500, questionMs: 500, requestMs: 500 };
  const through = openOceanBase(line.address, { patience });
  line.fault = { on: "version()", does: "withhold" };
  expect(await codeOf(through.identify())).toBe("cluster-unreachable");
  line.fault = { on: "root", does: "withhold" };
  expect(await codeOf(through.startArchive(witness.tenant))).toBe("cluster-unreachable");
  await through.close();
  await line.close();
});

step("nobody at the address, a wrong password and a closed door are told apart from a refusal", async () => {
  const nobody = openOceanBase({ ...witness.address, port: 1 });
  expect(await codeOf(nobody.identify())).toBe("cluster-unreachable");
  expect(await codeOf(nobody.startArchive(witness.tenant))).toBe("cluster-unreachable");
  const stranger = openOceanBase({ ...witness.address, password: "wrong" });
  expect(await codeOf(stranger.identify())).toBe("cluster-login-refused");
  const tenant = openOceanBase({ ...witness.address, user: `root@${witness.tenant}` });
  expect(await codeOf(tenant.takeInventory())).toBe("cluster-login-refused");
  await Promise.all([nobody, stranger, tenant].map((opened) => opened.close()));
  expect(await codeOf(nobody.identify())).toBe("cluster-unreachable");
});
