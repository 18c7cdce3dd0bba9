import { expect, test } from "vitest";
import {
  decided,
  freeName,
  newDraft,
  orderOf,
  primaryZonesOf,
  propose,
  type Resources,
  readDraft,
} from "./draft.ts";

const room = { total: 8, assigned: 2 };
const server = (zone: string, isActive = true) => ({
  address: `${zone}:2882`,
  zone,
  statusWord: "ACTIVE",
  isActive,
  cpu: room,
  memoryBytes: room,
  logDiskBytes: room,
  dataDiskBytes: room,
});
const resources: Resources = {
  servers: [server("zone2"), server("zone1"), server("zone1"), server("zone3", false)],
  unitConfigs: [{ name: "shop_unit", maxCpu: 2, minCpu: 2, memoryBytes: 1, logDiskBytes: 1 }],
  pools: [{ name: "shop_pool", tenantId: 1002, unitConfigName: "shop_unit", unitCount: 1, zones: ["zone1"] }],
};
const around = {
  source: { cluster: "prod", tenant: "shop" },
  sourceId: 1002,
  day: "1121",
  resources,
  takenNames: ["shop"],
};

test("an undecided draft proposes the source's cluster, unit, active zones and a name with the instant's day", () => {
  expect(propose(newDraft("r1"), around)).toEqual({
    cluster: "prod",
    tenant: "shop_r1121",
    zones: ["zone1", "zone2"],
    unit: { name: "shop_unit" },
  });
});

test("a taken name gets the first free number", () => {
  expect(freeName("shop_r1121", ["shop_r1121", "shop_r1121_2"])).toBe("shop_r1121_3");
  expect(freeName("shop_r1121", ["shop"])).toBe("shop_r1121");
});

test("into another cluster the source's unit is not proposed, even where a pool has the same number", () => {
  const draft = decided(newDraft("r1"), { decisions: { cluster: "lab" }, requestId: "r2" });
  expect(propose(draft, around).unit).toEqual({ cpu: 2, memoryGib: 4, logDiskGib: 12 });
});

test("another cluster takes back what was decided about the old one, and only that", () => {
  const filled = decided(newDraft("r1"), {
    decisions: { cluster: "prod", tenant: "mine", zones: ["zone1"], unit: { name: "u" }, activate: true },
    requestId: "r2",
  });
  const moved = decided(filled, { decisions: { cluster: "lab" }, requestId: "r3" });
  expect(moved).toMatchObject({ tenant: null, zones: null, unit: null, primaryZone: null, activate: true });
  const same = decided(filled, { decisions: { cluster: "prod" }, requestId: "r4" });
  expect(same.tenant).toBe("mine");
});

test("every decision brings a new request id, so that a changed order is not taken for the one before", () => {
  const draft = decided(newDraft("r1"), { decisions: { activate: true }, requestId: "r2" });
  expect(draft.requestId).toBe("r2");
});

test("a draft survives storage with its SCN to the nanosecond, and an unreadable one is none", () => {
  const draft = decided(newDraft("r1"), {
    decisions: { until: { scn: "1795250527999999123" } },
    requestId: "r2",
  });
  expect(readDraft(JSON.stringify(draft))).toEqual(draft);
  expect([readDraft(null), readDraft("{"), readDraft('{"until":7}')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("the order names what the form shows and sends sizes in bytes", () => {
  const proposal = propose(newDraft("r1"), { ...around, resources: null });
  const order = orderOf(newDraft("r1"), { source: around.source, proposal, passwords: ["one"] });
  expect(order).toMatchObject({
    until: { latest: true },
    target: {
      tenant: "shop_r1121",
      unit: { cpu: 2, memoryBytes: 4 * 1024 ** 3, logDiskBytes: 12 * 1024 ** 3 },
    },
    decryptionPasswords: ["one"],
  });
});

test("each zone can come first, before the others", () => {
  expect(primaryZonesOf(["z1", "z2", "z3"])).toEqual(["z1;z2,z3", "z2;z1,z3", "z3;z1,z2"]);
  expect(primaryZonesOf(["z1"])).toEqual(["z1"]);
});
