import { expect, test } from "vitest";
import type { TenantSketch } from "./inventory.fixture.ts";
import { resourcesOf, serverOf } from "./inventory.fixture.ts";
import { GIB, plan, refusalOf, shop, zones } from "./restore-plan.fixture.ts";

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
  expect(made.guards[0]?.found).toBe(
    "Full set 1 with 1 increment and 2 log pieces reach 1970-01-01T00:00:00.000000350Z.",
  );
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
