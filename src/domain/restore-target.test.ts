import { expect, test } from "vitest";
import { resourcesOf, restoreJobOf, serverOf } from "./inventory.fixture.ts";
import { GIB, plan, refusalOf, zones } from "./restore-plan.fixture.ts";

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
