import { expect } from "vitest";
import { Problem } from "../domain/problem.ts";
import {
  anInventory,
  anOperation,
  aRestore,
  aTenantInventory,
  newCluster,
  START,
} from "./sample-inventory.ts";
import type { StoreCase } from "./store.contract.ts";

export const UNREACHABLE = new Problem("cluster-unreachable", {
  found: "127.0.0.1:2881 refused the connection.",
  remedy: "Start the cluster.",
}).body;

export const CLUSTER_CASES: Readonly<Record<string, StoreCase>> = {
  "a cluster is listed by name, and its password is told only when asked for": async ({ store, reopen }) => {
    await store.addCluster(newCluster("prod"));
    await store.addCluster({ ...newCluster("lab"), password: "" });
    const again = await reopen();
    const clusters = await again.clusters();
    expect(clusters.map((cluster) => cluster.name)).toEqual(["lab", "prod"]);
    expect(JSON.stringify(clusters)).not.toContain("secret");
    expect(await again.clusterPassword("prod")).toBe("secret of prod");
    expect(await again.clusterPassword("lab")).toBe("");
    expect(await again.clusterPassword("none")).toBeUndefined();
    expect(await again.cluster("none")).toBeUndefined();
  },

  "what adding a cluster answers is what is listed afterwards": async ({ store, heard }) => {
    const added = await store.addCluster(newCluster("prod"));
    const { password: _unsaid, ...said } = newCluster("prod");
    expect(added).toEqual({ ...said, observedAt: null, clusterNow: null, unobserved: null });
    expect(await store.cluster("prod")).toEqual(added);
    expect(heard).toMatchObject([{ topic: "cluster", cluster: "prod" }]);
  },

  "a second cluster of the same name is refused": async ({ store }) => {
    await store.addCluster(newCluster("prod"));
    const second = store.addCluster({ ...newCluster("prod"), host: "elsewhere" });
    await expect(second).rejects.toMatchObject({ code: "cluster-name-taken" });
    expect((await store.cluster("prod"))?.host).toBe("127.0.0.1");
  },

  "a removed cluster takes its inventory along and leaves its ended operations": async ({
    store,
    reopen,
  }) => {
    await store.addCluster(newCluster("prod"));
    await store.recordInventory("prod", anInventory([aTenantInventory(1002, "shop")]));
    const requested = await store.requestOperation(anOperation("a"), null);
    await store.saveOperation({ ...requested, phase: "ended", outcome: "succeeded" });
    await store.removeCluster("prod");
    const again = await reopen();
    expect(await again.clusters()).toEqual([]);
    expect(await again.tenants()).toEqual([]);
    expect((await again.operation("op-a"))?.outcome).toBe("succeeded");
    await again.addCluster(newCluster("prod"));
    await again.recordInventory("prod", anInventory([aTenantInventory(1002, "shop", { sets: [] })]));
    expect((await again.tenantInventory("prod", "shop"))?.sets).toEqual([]);
  },

  "a cluster with an operation that has not ended is not removed": async ({ store }) => {
    await store.addCluster(newCluster("prod"));
    await store.addCluster(newCluster("lab"));
    const restore = await store.requestOperation(aRestore("r", { cluster: "prod", tenant: "shop" }), null);
    const refused = { code: "cluster-has-operations", body: { values: { operations: ["op-r"] } } };
    await expect(store.removeCluster("lab")).rejects.toMatchObject(refused);
    await expect(store.removeCluster("prod")).rejects.toMatchObject(refused);
    await store.saveOperation({ ...restore, phase: "ended", outcome: "canceled" });
    await store.removeCluster("prod");
    expect((await store.clusters()).map((cluster) => cluster.name)).toEqual(["lab"]);
  },

  "whatever is asked for a cluster that is not watched is refused": async ({ store, heard }) => {
    const unknown = { code: "cluster-unknown" };
    await expect(store.removeCluster("none")).rejects.toMatchObject(unknown);
    await expect(store.recordInventory("none", anInventory([]))).rejects.toMatchObject(unknown);
    const unobserved = store.recordUnobserved("none", { at: START, problem: UNREACHABLE });
    await expect(unobserved).rejects.toMatchObject(unknown);
    await expect(store.requestOperation(anOperation("a"), null)).rejects.toMatchObject(unknown);
    expect(await store.tenantInventory("none", "shop")).toBeUndefined();
    expect(await store.resources("none")).toBeUndefined();
    expect(await store.restoreJobs("none")).toEqual([]);
    expect(heard).toEqual([]);
  },

  "a cluster that cannot be observed says since when, and is announced once per reason": async ({
    store,
    heard,
  }) => {
    await store.addCluster(newCluster("prod"));
    const refused = { ...UNREACHABLE, code: "cluster-login-refused" } as const;
    await store.recordUnobserved("prod", { at: START + 1, problem: UNREACHABLE });
    await store.recordUnobserved("prod", { at: START + 2, problem: UNREACHABLE });
    expect((await store.cluster("prod"))?.unobserved).toEqual({ since: START + 1, problem: UNREACHABLE });
    await store.recordUnobserved("prod", { at: START + 3, problem: refused });
    expect((await store.cluster("prod"))?.unobserved).toEqual({ since: START + 1, problem: refused });
    expect(heard.map((change) => change.number)).toEqual([1, 2, 3]);
    await store.recordInventory("prod", anInventory([]));
    expect((await store.cluster("prod"))?.unobserved).toBeNull();
    await store.recordUnobserved("prod", { at: START + 9, problem: UNREACHABLE });
    expect((await store.cluster("prod"))?.unobserved).toEqual({ since: START + 9, problem: UNREACHABLE });
  },

  "while a cluster cannot be observed its last inventory stays": async ({ store, reopen }) => {
    await store.addCluster(newCluster("prod"));
    const shop = aTenantInventory(1002, "shop");
    await store.recordInventory("prod", anInventory([shop]));
    await store.recordUnobserved("prod", { at: START + 9, problem: UNREACHABLE });
    const again = await reopen();
    expect(await again.tenantInventory("prod", "shop")).toEqual(shop);
    expect((await again.cluster("prod"))?.observedAt).toBe(anInventory([]).observedAt);
  },
};
