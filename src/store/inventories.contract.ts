import { expect } from "vitest";
import type { TenantInventory } from "../domain/inventory.ts";
import { scn } from "../domain/scn.ts";
import {
  anInventory,
  aPiece,
  aRestoreJob,
  aRound,
  aSet,
  aTenant,
  aTenantInventory,
  dropped,
  newCluster,
  RESOURCES,
} from "./sample-inventory.ts";
import type { Given, StoreCase } from "./store.contract.ts";

const shop = aTenantInventory(1002, "shop");
const crm = aTenantInventory(1004, "crm", { sets: [], rounds: [], pieces: [], backupJobs: [] });

/** Records the passes one after the other in cluster prod and tells what the last one announced. */
async function afterPasses(
  { store, heard }: Given,
  ...passes: readonly (readonly TenantInventory[])[]
): Promise<readonly string[]> {
  await store.addCluster(newCluster("prod"));
  let before = heard.length;
  for (const tenants of passes) {
    before = heard.length;
    await store.recordInventory("prod", anInventory(tenants));
  }
  return heard.slice(before).map((change) => change.tenant ?? change.topic);
}

export const INVENTORY_CASES: Readonly<Record<string, StoreCase>> = {
  "what was recorded is told, also after it was read back": async (given) => {
    await afterPasses(given, [shop, crm]);
    for (const store of [given.store, await given.reopen()]) {
      expect(await store.tenantInventory("prod", "shop")).toEqual(shop);
      expect(await store.tenantInventory("prod", "crm")).toEqual(crm);
      expect(await store.tenantInventory("prod", "none")).toBeUndefined();
      expect(await store.resources("prod")).toEqual(RESOURCES);
      expect(await store.restoreJobs("prod")).toEqual([aRestoreJob(2), aRestoreJob(1)]);
    }
  },

  "a pass tells the cluster its name, version and time": async ({ store, reopen }) => {
    await store.addCluster(newCluster("prod"));
    const version = { numbers: [4, 3, 5, 0], build: "20250101120000" } as const;
    const cluster = { clusterName: "renamed", version, versionComment: "upgraded" };
    await store.recordInventory("prod", anInventory([], { cluster }));
    const { observedAt, clusterNow } = anInventory([]);
    expect(await (await reopen()).cluster("prod")).toMatchObject({ ...cluster, observedAt, clusterNow });
  },

  "tenants are listed by cluster and name, without their history": async ({ store }) => {
    await store.addCluster(newCluster("prod"));
    await store.addCluster(newCluster("lab"));
    await store.recordInventory("prod", anInventory([shop, crm]));
    await store.recordInventory("lab", anInventory([shop]));
    const names = async (cluster?: string) =>
      (await store.tenants(cluster)).map((tenant) => `${tenant.cluster}/${tenant.tenant.name}`);
    expect(await names()).toEqual(["lab/shop", "prod/crm", "prod/shop"]);
    expect(await names("prod")).toEqual(["prod/crm", "prod/shop"]);
    expect(await names("none")).toEqual([]);
    expect((await store.tenants("lab"))[0]).toEqual({
      cluster: "lab",
      tenant: shop.tenant,
      destinations: shop.destinations,
      observedAt: anInventory([]).observedAt,
    });
  },

  "a pass in which nothing differs announces the cluster alone and hands out the same objects": async (
    given,
  ) => {
    await afterPasses(given, [shop, crm]);
    const told = await given.store.tenantInventory("prod", "shop");
    const before = given.heard.length;
    await given.store.recordInventory("prod", structuredClone(anInventory([shop, crm])));
    expect(given.heard.slice(before).map((change) => change.topic)).toEqual(["cluster"]);
    expect(await given.store.tenantInventory("prod", "shop")).toBe(told);
  },

  "after the store was opened again a pass in which nothing differs announces no tenant": async (given) => {
    await afterPasses(given, [shop, crm]);
    const again = await given.reopen();
    const last = await again.lastChange();
    await again.recordInventory("prod", anInventory([shop, crm]));
    expect(await again.changesAfter(last)).toMatchObject([{ topic: "cluster", tenant: null }]);
  },

  "a checkpoint that moved is announced for its tenant, and only there": async (given) => {
    const moved = { ...shop, rounds: [{ ...aRound(1), checkpointScn: scn(17n) }] };
    expect(await afterPasses(given, [shop, crm], [moved, crm])).toEqual(["shop", "cluster"]);
    expect(await given.store.tenantInventory("prod", "shop")).toEqual(moved);
    expect(await (await given.reopen()).tenantInventory("prod", "shop")).toEqual(moved);
  },

  "a list in which nothing differs stays the same object when another list changes": async (given) => {
    await afterPasses(given, [shop]);
    const before = await given.store.tenantInventory("prod", "shop");
    await given.store.recordInventory("prod", structuredClone(anInventory([{ ...shop, rounds: [] }])));
    const after = await given.store.tenantInventory("prod", "shop");
    expect(after?.rounds).toEqual([]);
    expect(after?.pieces).toBe(before?.pieces);
    expect(after?.sets).toBe(before?.sets);
  },

  "how far a tenant has written is kept in each pass and announced with the cluster": async (given) => {
    const written = { ...shop, tenant: { ...shop.tenant, syncScn: scn(2n ** 62n) } };
    expect(await afterPasses(given, [shop], [written])).toEqual(["cluster"]);
    expect(await given.store.tenantInventory("prod", "shop")).toEqual(written);
    expect(await (await given.reopen()).tenantInventory("prod", "shop")).toEqual(written);
  },

  "what vanished from the cluster is forgotten": async (given) => {
    const less = { ...shop, sets: [aSet(2)], pieces: [], backupJobs: [] };
    expect(await afterPasses(given, [shop], [less])).toEqual(["shop", "cluster"]);
    expect(await (await given.reopen()).tenantInventory("prod", "shop")).toEqual(less);
  },

  "a set whose file was deleted stays with that status": async (given) => {
    const deleted = { ...shop, sets: [{ ...aSet(1), fileStatus: "deleted" } as const, aSet(2)] };
    await afterPasses(given, [shop], [deleted]);
    expect((await (await given.reopen()).tenantInventory("prod", "shop"))?.sets).toEqual(deleted.sets);
  },

  "a dropped tenant leaves the list and its history stays readable": async (given) => {
    expect(await afterPasses(given, [shop, crm], [crm])).toEqual(["shop", "cluster"]);
    for (const store of [given.store, await given.reopen()]) {
      expect((await store.tenants()).map(({ tenant }) => tenant.name)).toEqual(["crm"]);
      expect(await store.tenantInventory("prod", "shop")).toEqual({
        ...dropped(shop),
        goneAt: expect.any(Number),
      });
    }
  },

  "a dropped tenant is announced once, and a dropped one without back-ups is forgotten": async (given) => {
    expect(await afterPasses(given, [shop, crm], [], [])).toEqual(["cluster"]);
    expect(await given.store.tenantInventory("prod", "crm")).toBeUndefined();
    expect(await (await given.reopen()).tenantInventory("prod", "crm")).toBeUndefined();
  },

  "a new tenant takes the name of a dropped one": async (given) => {
    const reborn = aTenantInventory(1010, "shop", { sets: [aSet(9)] });
    expect(await afterPasses(given, [shop], [], [reborn])).toEqual(["shop", "cluster"]);
    for (const store of [given.store, await given.reopen()]) {
      expect(await store.tenantInventory("prod", "shop")).toEqual(reborn);
    }
  },

  "of two dropped tenants of one name the one that was there last is told": async (given) => {
    const reborn = aTenantInventory(1010, "shop", { sets: [aSet(9)] });
    await given.store.addCluster(newCluster("prod"));
    for (const [at, tenants] of [[shop], [], [reborn], []].entries()) {
      await given.store.recordInventory("prod", anInventory(tenants, { observedAt: at + 1 }));
    }
    expect(await (await given.reopen()).tenantInventory("prod", "shop")).toEqual({
      ...dropped(reborn),
      goneAt: expect.any(Number),
    });
  },

  "a tenant that comes back goes on with its history": async (given) => {
    const more = { ...shop, sets: [aSet(1), aSet(2), aSet(3)] };
    expect(await afterPasses(given, [shop], [], [more])).toEqual(["shop", "cluster"]);
    const again = await given.reopen();
    expect(await again.tenants()).toHaveLength(1);
    expect(await again.tenantInventory("prod", "shop")).toEqual(more);
  },

  "a renamed tenant is announced under both names": async (given) => {
    const renamed = { ...shop, tenant: aTenant(1002, "store") };
    expect(await afterPasses(given, [shop], [renamed])).toEqual(["store", "shop", "cluster"]);
    expect(await given.store.tenantInventory("prod", "shop")).toBeUndefined();
    expect(await given.store.tenantInventory("prod", "store")).toEqual(renamed);
  },

  "a restore that moved on is announced for its target, and for its source in the same cluster": async ({
    store,
    heard,
  }) => {
    await store.addCluster(newCluster("prod"));
    const here = { ...aRestoreJob(1), sourceCluster: "ob_prod", sourceTenant: "shop", targetTenant: "new1" };
    const elsewhere = {
      ...here,
      id: 2,
      sourceCluster: "ob_other",
      sourceTenant: "crm",
      targetTenant: "new2",
    };
    await store.recordInventory("prod", anInventory([shop], { restoreJobs: [here, elsewhere] }));
    const before = heard.length;
    const moved = [here, elsewhere].map((job) => ({ ...job, fraction: 0.5 }));
    await store.recordInventory("prod", anInventory([shop], { restoreJobs: moved }));
    expect(heard.slice(before).map((change) => change.tenant)).toEqual(["new1", "shop", "new2", null]);
    expect(await store.restoreJobs("prod")).toEqual(moved);
  },

  "of two rows with one key the later one counts": async (given) => {
    const twice = { ...shop, pieces: [aPiece(1), { ...aPiece(1), path: "second" }] };
    await afterPasses(given, [twice]);
    const pieces = [{ ...aPiece(1), path: "second" }];
    expect((await given.store.tenantInventory("prod", "shop"))?.pieces).toEqual(pieces);
    expect((await (await given.reopen()).tenantInventory("prod", "shop"))?.pieces).toEqual(pieces);
  },

  "an interruption is remembered when the cluster's row has forgotten it": async (given) => {
    const interrupted = { ...aRound(1), status: "interrupted" as const, interruption: "log stream lost" };
    const stopped = { ...aRound(1), status: "stopped" as const };
    await afterPasses(given, [{ ...shop, rounds: [interrupted] }], [{ ...shop, rounds: [stopped] }]);
    const remembered = [{ ...stopped, interruption: "log stream lost" }];
    expect((await given.store.tenantInventory("prod", "shop"))?.rounds).toEqual(remembered);
    expect((await (await given.reopen()).tenantInventory("prod", "shop"))?.rounds).toEqual(remembered);
  },

  "a pass that cannot be stored leaves everything as it was": async (given) => {
    await afterPasses(given, [shop]);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a defect of the caller is what is tried here
    const unstorable = { ...aSet(3), path: undefined as unknown as string };
    const broken = anInventory([{ ...shop, rounds: [], sets: [unstorable] }]);
    const before = given.heard.length;
    await expect(given.store.recordInventory("prod", broken)).rejects.toThrow("not a value for SQL");
    expect(given.heard.length).toBe(before);
    for (const store of [given.store, await given.reopen()]) {
      expect(await store.tenantInventory("prod", "shop")).toEqual(shop);
    }
  },
};
