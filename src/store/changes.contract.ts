import { expect } from "vitest";
import { UNREACHABLE } from "./clusters.contract.ts";
import { anInventory, anOperation, aTenantInventory, newCluster, START } from "./sample-inventory.ts";
import type { StoreCase } from "./store.contract.ts";
import type { Change } from "./store.ts";
import { KEPT_CHANGES } from "./writer.ts";

const BARE = { sets: [], rounds: [], pieces: [], backupJobs: [] };

export const CHANGE_CASES: Readonly<Record<string, StoreCase>> = {
  "changes are numbered without holes, also after the store was opened again": async ({
    store,
    heard,
    reopen,
  }) => {
    expect(await store.lastChange()).toBe(0);
    expect(await store.changesAfter(0)).toEqual([]);
    await store.addCluster(newCluster("prod"));
    await store.recordInventory("prod", anInventory([aTenantInventory(1002, "shop")], { restoreJobs: [] }));
    expect(heard.map((change) => change.number)).toEqual([1, 2, 3]);
    const again = await reopen();
    expect(await again.lastChange()).toBe(3);
    expect(await again.changesAfter(1)).toEqual(heard.slice(1));
    await again.requestOperation(anOperation("a"), null);
    expect(await again.changesAfter(3)).toEqual([
      { number: 4, at: START, topic: "operation", cluster: "prod", tenant: "shop", operation: "op-a" },
    ]);
  },

  "a refused request leaves no number behind": async ({ store, heard }) => {
    await store.addCluster(newCluster("prod"));
    await store.addCluster(newCluster("prod")).catch(() => undefined);
    await store.requestOperation(anOperation("a", { cluster: "none" }), null).catch(() => undefined);
    await store.addCluster(newCluster("lab"));
    expect(heard.map((change) => [change.number, change.cluster])).toEqual([
      [1, "prod"],
      [2, "lab"],
    ]);
  },

  "listeners hear of writes that came at once in the order of their numbers": async ({ store, heard }) => {
    await store.addCluster(newCluster("prod"));
    await Promise.all([
      store.requestOperation(anOperation("a"), null),
      store.recordInventory("prod", anInventory([aTenantInventory(1002, "shop")])),
      store.recordUnobserved("prod", { at: START, problem: UNREACHABLE }),
      store.requestOperation(anOperation("b", { tenant: "crm" }), null),
    ]);
    expect(heard.map((change) => change.number)).toEqual(heard.map((_, at) => at + 1));
    expect(heard.map((change) => change.operation ?? change.topic).at(-1)).toBe("op-b");
    expect(await store.changesAfter(0)).toEqual(heard);
  },

  "a listener finds what it is told of": async ({ store }) => {
    await store.addCluster(newCluster("prod"));
    const found: Promise<unknown>[] = [];
    store.onChange((change) => {
      if (change.topic === "operation") found.push(store.operation(String(change.operation)));
      if (change.topic === "tenant") found.push(store.tenantInventory("prod", String(change.tenant)));
      found.push(store.changesAfter(change.number - 1).then((changes) => changes[0]));
    });
    await store.requestOperation(anOperation("a"), null);
    await store.recordInventory("prod", anInventory([aTenantInventory(1002, "shop")], { restoreJobs: [] }));
    expect(await Promise.all(found)).toMatchObject([
      { id: "op-a" },
      { number: 2 },
      { tenant: { name: "shop" } },
      { number: 3 },
      { number: 4 },
    ]);
  },

  "a listener that fails keeps nobody from hearing, and one that left hears nothing": async ({ store }) => {
    const warnings: unknown[] = [];
    const warned = (warning: Error) => warnings.push(warning.message);
    process.on("warning", warned);
    const heard: Change[] = [];
    store.onChange(() => {
      throw new Error("a listener's defect");
    });
    const leave = store.onChange((change) => heard.push(change));
    await store.addCluster(newCluster("prod"));
    leave();
    await store.addCluster(newCluster("lab"));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", warned);
    expect(heard.map((change) => change.cluster)).toEqual(["prod"]);
    expect(warnings).toEqual(["a listener's defect", "a listener's defect"]);
    expect(await store.clusters()).toHaveLength(2);
  },

  "who was away too long, or comes from another database, is told to reload": async ({ store, reopen }) => {
    await store.addCluster(newCluster("prod"));
    const tenants = Array.from({ length: KEPT_CHANGES + 5 }, (_, at) => aTenantInventory(at, `t${at}`, BARE));
    await store.recordInventory("prod", anInventory(tenants, { restoreJobs: [] }));
    const last = await store.lastChange();
    expect(last).toBe(KEPT_CHANGES + 7);
    const again = await reopen();
    expect(await again.changesAfter(last - KEPT_CHANGES - 1)).toBe("forgotten");
    expect(await again.changesAfter(last + 1)).toBe("forgotten");
    expect(await again.changesAfter(last)).toEqual([]);
    const kept = await again.changesAfter(last - KEPT_CHANGES);
    expect(kept).toHaveLength(KEPT_CHANGES);
    expect(kept.at(0)).toMatchObject({ number: last - KEPT_CHANGES + 1 });
  },
};
