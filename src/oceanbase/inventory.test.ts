import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Answers, askAll, inventoryOf } from "./inventory.ts";
import type { Question } from "./v4-views.ts";

const CLUSTER = {
  version: { numbers: [4, 2, 1, 9] as const, build: undefined },
  versionComment: "OceanBase_CE 4.2.1.9",
  clusterName: "kernel",
};

/** What a real OceanBase 4.2.1.9 answered to one pass: a tenant with four sets, one canceled, and a stopped round. */
const RECORDED: Answers = JSON.parse(readFileSync(new URL("recorded-4.2.1.9.json", import.meta.url), "utf8"));

const observation = { cluster: CLUSTER, interruptions: [], observedAt: 1795603000000000 };

test("a pass asks each of the six questions once, jobs before sets and tenants last", async () => {
  const asked: Question[] = [];
  await askAll(async (question) => {
    asked.push(question);
    return [];
  });
  expect(asked).toEqual(["backupJobs", "sets", "archive", "restores", "settings", "tenants"]);
});

test("the answers of a real cluster become its inventory", () => {
  const inventory = inventoryOf(RECORDED, observation);
  expect(inventory.tenants.map(({ tenant }) => [tenant.name, tenant.kind])).toEqual([
    ["sys", "sys"],
    ["shop", "user"],
  ]);
  const shop = inventory.tenants[1];
  expect(shop?.destinations).toEqual({
    data: "file:///backup/shop/data",
    archive: "file:///backup/shop/log",
    pieceSwitchInterval: "1d",
  });
  expect(shop?.sets.map((set) => [set.id, set.type, set.status, set.fileStatus])).toEqual([
    [1, "full", "succeeded", "available"],
    [2, "full", "failed", "incomplete"],
    [3, "incremental", "succeeded", "available"],
    [4, "full", "succeeded", "available"],
  ]);
  expect(shop?.sets[2]).toMatchObject({ previousFullId: 1, minRestoreScn: 1795602477404351340n });
  expect(shop?.rounds).toMatchObject([{ id: 1, status: "stopped", checkpointScn: 1795602955923127700n }]);
  expect(shop?.pieces).toMatchObject([
    { roundId: 1, id: 1, statusWords: "FROZEN / AVAILABLE", endScn: 1795688019676361354n },
  ]);
});

test("a round that was interrupted before it was stopped is told as interrupted, the others are not", () => {
  const [round = {}] = RECORDED.archive.filter((row) => row.SOURCE === "round");
  const at = (id: number, startedAt: bigint) => ({
    ...round,
    ROUND_ID: String(id),
    START_SCN: String(startedAt * 1000n),
  });
  const archive = [at(1, 100n), at(2, 200n), at(3, 300n)];
  const interruptions = [
    { TENANT_ID: round.TENANT_ID ?? "", INTERRUPTED_AT: "250" },
    { TENANT_ID: "9999", INTERRUPTED_AT: "350" },
  ];
  const shop = inventoryOf({ ...RECORDED, archive }, { ...observation, interruptions }).tenants[1];
  expect(shop?.rounds.map(({ id, interruption }) => [id, interruption])).toEqual([
    [1, null],
    [2, ""],
    [3, null],
  ]);
});

test("a round in PREPARE, whose row repeats the one before it, has archived nothing", () => {
  const [round = {}] = RECORDED.archive.filter((row) => row.SOURCE === "round");
  const archive = [round, { ...round, ROUND_ID: "2", STATUS: "PREPARE" }];
  const shop = inventoryOf({ ...RECORDED, archive }, observation).tenants[1];
  expect(shop?.rounds[1]).toMatchObject({ id: 2, status: "preparing", startedAt: null });
  expect([shop?.rounds[1]?.startScn, shop?.rounds[1]?.checkpointScn]).toEqual([0n, 0n]);
  expect(shop?.rounds[0]?.startScn).toBeGreaterThan(0n);
});

test("a set made with its own logs counts as such, though its row says OFF", () => {
  const sets = RECORDED.sets.filter((row) => row.BACKUP_SET_ID === "3");
  expect(sets[0]?.PLUS_ARCHIVELOG).toBe("OFF");
  const shop = inventoryOf(RECORDED, observation).tenants[1];
  expect(shop?.sets.map((set) => set.plusArchivelog)).toEqual([false, false, true, false]);
});

test("meta tenants are left out", () => {
  expect(RECORDED.tenants.map((row) => row.TENANT_TYPE)).toContain("META");
  const kinds = inventoryOf(RECORDED, observation).tenants.map(({ tenant }) => tenant.kind);
  expect(kinds).not.toContain("meta");
});

test("the cluster's own clock comes with the pass, apart from ours", () => {
  const inventory = inventoryOf(RECORDED, observation);
  expect(inventory.observedAt).toBe(1795603000000000);
  expect(String(inventory.clusterNow)).toBe(`${RECORDED.tenants[0]?.CLUSTER_NOW}000`);
});

test("free room, units and pools are told by name", () => {
  const { servers, unitConfigs, pools } = inventoryOf(RECORDED, observation).resources;
  expect(servers).toMatchObject([
    { address: "127.0.0.1:4882", zone: "zone1", isActive: true, cpu: { total: 8 } },
  ]);
  expect(unitConfigs.map((unit) => unit.name)).toContain("sys_unit_config");
  expect(pools[0]).toMatchObject({ name: "sys_pool", tenantId: 1, unitConfigName: "sys_unit_config" });
});

test("a server that is down keeps its place in the list, without room", () => {
  const settings = [
    ...RECORDED.settings.filter((row) => row.SOURCE !== "server-status"),
    { SOURCE: "server-status", SVR_IP: "10.0.0.2", SVR_PORT: "2882", ZONE: "zone2", STATUS: "INACTIVE" },
  ];
  const { servers } = inventoryOf({ ...RECORDED, settings }, observation).resources;
  expect(servers.find((server) => server.zone === "zone2")).toMatchObject({
    address: "10.0.0.2:2882",
    statusWord: "INACTIVE",
    isActive: false,
    memoryBytes: { total: 0, assigned: 0 },
  });
});

test("three hundred tenants are told apart in one pass", () => {
  const tenants = Array.from({ length: 300 }, (_, i) => ({
    ...RECORDED.tenants.at(-1),
    TENANT_ID: String(2000 + i),
    TENANT_NAME: `t${i}`,
    TENANT_TYPE: "USER",
  }));
  const sets = tenants.map(({ TENANT_ID }, i) => ({
    ...RECORDED.sets[0],
    TENANT_ID,
    BACKUP_SET_ID: String(i + 1),
  }));
  const inventory = inventoryOf({ ...RECORDED, tenants, sets }, observation);
  expect(inventory.tenants).toHaveLength(300);
  expect(inventory.tenants.every(({ sets: own }, i) => own.length === 1 && own[0]?.id === i + 1)).toBe(true);
});
