import { expect, test } from "vitest";
import type { TenantSketch } from "./inventory.fixture.ts";
import { inventoryOf, resourcesOf, restoreJobOf, serverOf } from "./inventory.fixture.ts";
import type { RestoreTarget } from "./operation.ts";
import { Problem, type ProblemBody } from "./problem.ts";
import { type PlanInput, planRestore, type RestoreOrder } from "./restore-plan.ts";
import type { TargetCluster } from "./restore-target.ts";
import { scn } from "./scn.ts";
import { readVersion, type Version } from "./version.ts";

const GIB = 2 ** 30;

function version(text: string): Version {
  const found = readVersion(text);
  if (!found) throw new Error(`no version: ${text}`);
  return found;
}

const zones = ["zone1", "zone2", "zone3"];

const shop: TenantSketch = {
  sets: [
    { id: 1, at: 150, bytes: 1000 },
    { id: 2, at: 250, onto: [1, 1], bytes: 10 },
    { id: 3, at: 900, bytes: 2000 },
  ],
  rounds: [
    { id: 1, start: 100, checkpoint: 380, status: "interrupted", comment: "log stream 1001 interrupted" },
    { id: 2, start: 800, checkpoint: 1500 },
  ],
  pieces: [
    { id: 1, round: 1, start: 100, end: 200, bytes: 7 },
    { id: 2, round: 1, start: 200, end: 300, bytes: 8 },
    { id: 3, round: 1, start: 300, end: 400, checkpoint: 380, bytes: 9 },
    { id: 4, round: 2, start: 800, end: 1800, checkpoint: 1500 },
  ],
};

interface Sketch {
  readonly source?: TenantSketch;
  readonly until?: number | "latest";
  readonly to?: Partial<RestoreTarget>;
  readonly order?: Partial<RestoreOrder>;
  readonly cluster?: Partial<TargetCluster>;
  readonly versions?: { readonly source?: string; readonly target?: string };
}

function input(sketch: Sketch = {}): PlanInput {
  const until = sketch.until ?? 350;
  return {
    order: {
      source: { cluster: "prod", tenant: "shop" },
      until: until === "latest" ? until : scn(until),
      target: {
        cluster: "lab",
        tenant: "shop_copy",
        zones: [],
        unit: { cpu: 2, memoryBytes: 2 * GIB, logDiskBytes: 6 * GIB },
        unitCount: 1,
        primaryZone: null,
        concurrency: null,
        ...sketch.to,
      },
      activate: false,
      decryptionPasswords: [],
      ...sketch.order,
    },
    signature: "op-0123456789",
    source: {
      version: version(sketch.versions?.source ?? "4.2.5.1"),
      tenant: inventoryOf(sketch.source ?? shop),
      now: scn(2000),
    },
    target: {
      name: "lab",
      version: version(sketch.versions?.target ?? "4.3.5.0"),
      resources: resourcesOf(zones.map((zone) => serverOf(zone))),
      tenantNames: ["sys", "Taken"],
      restoreJobs: [],
      ...sketch.cluster,
    },
  };
}

const plan = (sketch?: Sketch) => planRestore(input(sketch));

function refusalOf(sketch: Sketch): ProblemBody {
  try {
    plan(sketch);
  } catch (error) {
    if (error instanceof Problem) return error.body;
    throw error;
  }
  throw new Error("the plan was not refused");
}

test("a plan names the chain, the pieces, the bytes and what OceanBase will be asked", () => {
  const made = plan();
  expect(made.sets.map((set) => set.id)).toEqual([1, 2]);
  expect(made.pieces.map((piece) => piece.id)).toEqual([2, 3]);
  expect(made).toMatchObject({
    until: 350n,
    interval: { from: 150n, to: 380n },
    replayFrom: 230n,
    dataBytes: 1010,
    logBytes: 17,
  });
  expect(made.actions).toEqual({
    unit: { name: "shop_copy_unit", cpu: 2, memoryBytes: 2 * GIB, logDiskBytes: 6 * GIB },
    pool: { name: "shop_copy_pool", unit: "shop_copy_unit", unitCount: 1, zones },
    restore: {
      targetTenant: "shop_copy",
      dataUri: "file:///data",
      archiveUri: "file:///archive1001",
      until: 350n,
      pool: "shop_copy_pool",
      locality: "F@zone1,F@zone2,F@zone3",
      primaryZone: null,
      concurrency: null,
      signature: "op-0123456789",
      decryptionPasswords: [],
    },
    activate: false,
  });
  expect(made.guards.map(({ name, isTight }) => [name, isTight])).toEqual([
    ["instant", false],
    ["version", false],
    ["name", false],
    ["resources", false],
  ]);
});

test("latest is the end of the newest interval", () => {
  expect(plan({ until: "latest" }).until).toBe(1500n);
  const stopped = { ...shop, sets: shop.sets?.slice(0, 1) ?? [] };
  expect(plan({ source: stopped, until: "latest" }).until).toBe(380n);
});

test("a set that brings its own logs is restored from the data path alone", () => {
  const own: TenantSketch = { sets: [{ id: 1, at: 150, plusArchivelog: true }] };
  const made = plan({ source: own, until: 150 });
  expect(made.actions.restore).toMatchObject({ dataUri: "file:///data", archiveUri: null, until: 150n });
  expect(made.pieces).toEqual([]);
});

test("named zones, primary zone, concurrency and activation go on as ordered", () => {
  const made = plan({
    to: {
      zones: ["zone2", "zone1", "zone2"],
      primaryZone: "zone1;zone2",
      concurrency: 4,
      unit: { name: "small" },
    },
    order: { activate: true },
  });
  expect(made.actions).toMatchObject({
    unit: null,
    pool: { unit: "small", zones: ["zone2", "zone1"] },
    restore: { locality: "F@zone2,F@zone1", primaryZone: "zone1;zone2", concurrency: 4 },
    activate: true,
  });
});

test("names of units and pools that are taken get a number, and the same one every time", () => {
  const resources = resourcesOf(zones.map((zone) => serverOf(zone)));
  const taken = {
    ...resources,
    unitConfigs: [...resources.unitConfigs, { ...resources.unitConfigs[0], name: "SHOP_COPY_unit" }].filter(
      isConfig,
    ),
    pools: ["shop_copy_pool", "shop_copy_pool_2"].map((name) => ({
      name,
      tenantId: null,
      unitConfigName: "small",
      unitCount: 1,
      zones,
    })),
  };
  const { actions } = plan({ cluster: { resources: taken } });
  expect(actions.unit?.name).toBe("shop_copy_unit_2");
  expect(actions.pool).toMatchObject({ name: "shop_copy_pool_3", unit: "shop_copy_unit_2" });
  expect(actions.restore.pool).toBe("shop_copy_pool_3");
});

// The instant.

test("an instant in a gap is refused with its cause and the nearest instants on both sides", () => {
  const { code, found, remedy, values } = refusalOf({ until: 600 });
  expect(code).toBe("instant-in-gap");
  expect(found).toContain("log archiving was interrupted (round 1: log stream 1001 interrupted)");
  expect(remedy).toContain("1970-01-01T00:00:00.000000380Z (SCN 380)");
  expect(remedy).toContain("1970-01-01T00:00:00.000000900Z (SCN 900)");
  expect(values).toMatchObject({
    tenant: "shop",
    instantScn: "600",
    gapFromScn: "381",
    gapToTime: "1970-01-01T00:00:00.000000899Z",
    cause: "archive-interrupted",
    beforeScn: "380",
    afterScn: "900",
  });
});

test("an instant in an open gap is told the one before it and what closes the gap", () => {
  const source = { ...shop, sets: shop.sets?.slice(0, 2) ?? [] };
  expect(refusalOf({ source, until: 1700 })).toMatchObject({
    code: "instant-in-gap",
    remedy: expect.stringContaining("Take a full data backup."),
    values: { cause: "no-set-in-round", beforeScn: "380", afterScn: null, afterTime: null },
  });
});

test.each([
  [149, "instant-before-first-set", { afterScn: "150" }],
  [1600, "instant-after-logs", { beforeScn: "1500", seconds: 1 }],
  [2001, "instant-in-future", { beforeScn: "1500", nowScn: "2000" }],
])("SCN %i is refused as %s with the nearest instant", (until, code, values) => {
  expect(refusalOf({ until })).toMatchObject({ code, values: { instantScn: String(until), ...values } });
});

test("a tenant without any usable set is refused, for latest too", () => {
  const source: TenantSketch = { rounds: [{ id: 1, start: 100, checkpoint: 380 }] };
  expect(refusalOf({ source }).code).toBe("no-backup-yet");
  expect(refusalOf({ source, until: "latest" })).toMatchObject({
    code: "no-backup-yet",
    found: "shop cannot be restored to any instant: there was no data backup yet.",
    remedy: "Take a full data backup.",
  });
});

// The version.

const madeBy = (text: string): PlanInput["source"]["tenant"] => {
  const made = inventoryOf(shop);
  return {
    ...made,
    sets: made.sets.map((set) => ({
      ...set,
      clusterVersion: version(text),
      tenantCompatible: version(text),
    })),
  };
};

function versionRefusal(made: string, target: string): ProblemBody | null {
  const base = input({ versions: { source: "4.2.5.1", target } });
  try {
    planRestore({ ...base, source: { ...base.source, tenant: madeBy(made) } });
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.body;
    throw error;
  }
}

test("a set goes into the same version or a later one, never into an earlier one", () => {
  expect(versionRefusal("4.2.1.9", "4.2.1.9")).toBeNull();
  expect(versionRefusal("4.2.1.9", "4.3.5.0")).toBeNull();
  expect(versionRefusal("4.2.5.1", "4.2.5.0")).toMatchObject({
    code: "target-version-too-low",
    values: { needed: "4.2.5.1", found: "4.2.5.0" },
  });
});

test("the build number counts where both sides tell it", () => {
  const [older, newer] = ["3.2.2-20220304134610", "3.2.2-20220304134611"];
  expect(versionRefusal(older, newer)).toBeNull();
  expect(versionRefusal(newer, older)?.code).toBe("target-version-too-low");
});

test("backups of 4.0 go only into 4.0, earlier ones never into 4.x", () => {
  expect(versionRefusal("4.0.0.0", "4.0.0.0")).toBeNull();
  expect(versionRefusal("4.0.0.0", "4.1.0.0")?.code).toBe("version-not-supported");
  expect(versionRefusal("3.2.4.0", "4.2.5.1")?.code).toBe("version-not-supported");
});

test("a set that does not tell its version is judged by its cluster's", () => {
  expect(refusalOf({ versions: { source: "4.3.5.1", target: "4.3.5.0" } }).code).toBe(
    "target-version-too-low",
  );
});

// The name.

test.each([
  "",
  "1st",
  "a b",
  "shop-copy",
  "shop;drop",
  "käse",
  "META$1004",
  "a".repeat(64),
  "sys",
  "ALL_USER",
])("%j is no name for a tenant", (tenant) => {
  expect(refusalOf({ to: { tenant } }).code).toBe("target-name-invalid");
});

test("63 characters are still a name", () => {
  expect(plan({ to: { tenant: "a".repeat(63) } }).actions.restore.targetTenant).toHaveLength(63);
});

test("a name that a tenant has is taken, in whatever case", () => {
  expect(refusalOf({ to: { tenant: "tAKEN" } })).toMatchObject({
    code: "target-name-taken",
    values: { tenant: "tAKEN", cluster: "lab" },
  });
});

test("a name that is being restored is taken, one that was restored once is not", () => {
  const job = restoreJobOf({ id: 7, targetTenant: "SHOP_copy" });
  expect(refusalOf({ cluster: { restoreJobs: [job] } })).toMatchObject({
    code: "target-name-taken",
    found: expect.stringContaining("restore job 7"),
  });
  expect(plan({ cluster: { restoreJobs: [{ ...job, isHistory: true }] } }).guards).toHaveLength(4);
});

test("another restore into the cluster is no refusal, but it is said", () => {
  const { guards } = plan({ cluster: { restoreJobs: [restoreJobOf({ targetTenant: "crm_copy" })] } });
  expect(guards.at(-1)).toEqual({
    name: "parallel",
    isTight: true,
    found: "Also being restored into lab: crm_copy.",
  });
});

// Zones and units.

test("zones and primary zones that are not there are refused by name", () => {
  expect(refusalOf({ to: { zones: ["zone1", "zone9"] } })).toMatchObject({
    code: "target-zone-unknown",
    values: { unknown: ["zone9"], zones },
  });
  expect(refusalOf({ to: { zones: ["zone1"], primaryZone: "zone2" } }).code).toBe("target-zone-unknown");
  expect(plan({ to: { primaryZone: "RANDOM" } }).actions.restore.primaryZone).toBe("RANDOM");
});

test("a cluster without a server that was seen has no zone to restore into", () => {
  const resources = resourcesOf([]);
  expect(refusalOf({ cluster: { resources } })).toMatchObject({
    code: "target-zone-unknown",
    values: { zones: [] },
  });
});

test("a unit that is named must exist", () => {
  expect(refusalOf({ to: { unit: { name: "huge" } } })).toMatchObject({
    code: "unit-unknown",
    values: { unit: "huge", units: ["small", "sys_unit_config"] },
  });
});

test.each([
  [{ cpu: 0.5 }, "CPU", "0.5", "1"],
  [{ memoryBytes: GIB - 1 }, "memory", "1024 MiB", "1 GiB"],
  [{ logDiskBytes: GIB }, "log disk", "1 GiB", "2 GiB"],
])("a unit smaller than OceanBase takes is refused: %o", (less, part, found, least) => {
  const unit = { cpu: 1, memoryBytes: GIB, logDiskBytes: 2 * GIB, ...less };
  expect(refusalOf({ to: { unit } })).toMatchObject({
    code: "unit-too-small",
    values: { part, found, least },
  });
});

test("the smallest unit that OceanBase takes is planned", () => {
  const unit = { cpu: 1, memoryBytes: GIB, logDiskBytes: 2 * GIB };
  expect(plan({ to: { unit } }).actions.unit).toEqual({ name: "shop_copy_unit", ...unit });
});

// Room.

test("each zone is told what it needs and has, and the first that lacks something is named in figures", () => {
  const servers = [
    serverOf("zone1"),
    serverOf("zone2", { memoryBytes: { total: 3 * GIB, assigned: 2 * GIB } }),
    serverOf("zone3", { cpu: { total: 2, assigned: 1 } }),
  ];
  expect(refusalOf({ cluster: { resources: resourcesOf(servers) } })).toMatchObject({
    code: "resources-not-enough",
    found: "zone2 lacks memory: needs 2 GiB, 1 GiB free; zone3 lacks CPU: needs 2, 1 free.",
    remedy: "Choose another zone or a smaller unit, or add 1 GiB of memory in zone2.",
    values: { zone: "zone2", part: "memory", need: 2 * GIB, free: GIB, missing: GIB },
  });
});

test.each(["logDiskBytes", "dataDiskBytes"] as const)("too little %s is refused too", (part) => {
  const servers = zones.map((zone) => serverOf(zone, { [part]: { total: 100, assigned: 100 } }));
  expect(refusalOf({ cluster: { resources: resourcesOf(servers) } }).code).toBe("resources-not-enough");
});

test("a server that is not active gives no room", () => {
  const servers = zones.map((zone) => serverOf(zone, { isActive: zone !== "zone3" }));
  expect(refusalOf({ cluster: { resources: resourcesOf(servers) } }).values).toMatchObject({
    zone: "zone3",
    free: 0,
  });
});

test("each unit of a zone needs a server of its own", () => {
  const two = { address: "zone1:2883" };
  const resources = resourcesOf([serverOf("zone1"), serverOf("zone1", two)]);
  expect(plan({ to: { unitCount: 2 }, cluster: { resources } }).room).toMatchObject([
    { zone: "zone1", dataDiskBytes: { need: 505 } },
  ]);
  expect(refusalOf({ to: { unitCount: 3 }, cluster: { resources } }).code).toBe("resources-not-enough");
});

test("room that is nearly used up is said", () => {
  const servers = zones.map((zone) => serverOf(zone, { cpu: { total: 8, assigned: 6 } }));
  const { guards, room } = plan({ cluster: { resources: resourcesOf(servers) } });
  expect(guards.find(({ name }) => name === "resources")?.isTight).toBe(true);
  expect(room[0]?.cpu).toEqual({ need: 2, free: 2 });
});

// Passwords.

test("an encrypted set on the way needs a password, even one that will not be read", () => {
  const sets = shop.sets?.map((set) => (set.id === 3 ? { ...set, encrypted: true } : set)) ?? [];
  const source = { ...shop, sets };
  expect(refusalOf({ source, until: 350 })).toMatchObject({
    code: "decryption-needed",
    values: { sets: ["3"] },
  });
  const made = plan({ source, until: 350, order: { decryptionPasswords: ["secret"] } });
  expect(made.guards.at(-1)).toMatchObject({ name: "decryption", found: "Encrypted sets on the way: 3." });
  expect(made.actions.restore.decryptionPasswords).toEqual(["secret"]);
});

function isConfig<Config extends { readonly maxCpu?: number }>(config: Config): config is Required<Config> {
  return config.maxCpu !== undefined;
}
