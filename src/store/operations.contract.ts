import { expect } from "vitest";
import type { Operation, OperationKind, OperationRequest } from "../domain/operation.ts";
import type { ProblemCode } from "../domain/problem.ts";
import { scn } from "../domain/scn.ts";
import { anOperation, aRestore, newCluster, START } from "./sample-inventory.ts";
import type { StoreCase } from "./store.contract.ts";
import type { OperationFilter, Store } from "./store.ts";

const REQUESTS: Readonly<Record<Exclude<OperationKind, "restore">, OperationRequest>> = {
  "back-up": { kind: "back-up", type: "full", plusArchivelog: false },
  "start-archive": { kind: "start-archive" },
  "stop-archive": { kind: "stop-archive" },
  "clean-up": { kind: "clean-up", of: "op-0123456789", tenantId: 1004, pool: "shop_pool", unit: null },
  "set-destinations": { kind: "set-destinations", data: "file:///a", archive: null },
};

const SECOND: Readonly<Record<keyof typeof REQUESTS, ProblemCode>> = {
  "back-up": "backup-already-running",
  "start-archive": "archive-already-running",
  "stop-archive": "archive-not-running",
  "clean-up": "target-name-taken",
  "set-destinations": "destination-refused",
};

async function withClusters(store: Store): Promise<void> {
  await store.addCluster(newCluster("prod"));
  await store.addCluster(newCluster("lab"));
}

async function end(store: Store, operation: Operation): Promise<Operation> {
  const ended = await store.saveOperation({ ...operation, phase: "ended", outcome: "succeeded" });
  if (!ended) throw new Error(`${operation.id} could not be ended`);
  return ended;
}

export const OPERATION_CASES: Readonly<Record<string, StoreCase>> = {
  "an operation is told as it was stored, SCNs included": async ({ store, heard, reopen }) => {
    await withClusters(store);
    const result = { ...anOperation("r").result, minRestoreScn: scn(18446744073709551615n) };
    const restore = { ...aRestore("r", { cluster: "prod", tenant: "shop" }), result };
    expect(await store.requestOperation(restore, null)).toEqual(restore);
    expect(heard.at(-1)).toMatchObject({
      topic: "operation",
      cluster: "lab",
      tenant: "shop_copy",
      operation: "op-r",
    });
    expect(await (await reopen()).operation("op-r")).toEqual(restore);
  },

  "the same request sent again gives the operation that exists, however it is put together": async ({
    store,
    heard,
  }) => {
    await withClusters(store);
    const first = await store.requestOperation(anOperation("a"), { encryptionPassword: "once" });
    const before = heard.length;
    const request = { plusArchivelog: false, type: "full", kind: "back-up" } as const;
    const again = { ...anOperation("b", { request }), requestId: "request-a" };
    expect(await store.requestOperation(again, { encryptionPassword: "twice" })).toEqual(first);
    expect(heard.length).toBe(before);
    expect(await store.operation("op-b")).toBeUndefined();
    expect(await store.operationSecrets("op-a")).toEqual({ encryptionPassword: "once" });
    expect(await store.operationSecrets("op-b")).toBeNull();
  },

  "a restore sent again is the same request although its plan came out differently": async ({ store }) => {
    await withClusters(store);
    const source = { cluster: "prod", tenant: "shop" };
    const first = await store.requestOperation(aRestore("a", source), null);
    const again = { ...aRestore("b", source), requestId: "request-a" };
    expect(again.request).not.toEqual(first.request);
    expect((await store.requestOperation(again, null)).id).toBe("op-a");
  },

  "a request sent again after its operation has ended gives the ended one": async ({ store }) => {
    await withClusters(store);
    const ended = await end(store, await store.requestOperation(anOperation("a"), null));
    expect(await store.requestOperation(anOperation("a"), null)).toEqual(ended);
  },

  "a request id with another request is refused": async ({ store }) => {
    await withClusters(store);
    await store.requestOperation(anOperation("a"), null);
    const others: Partial<Operation>[] = [
      { tenant: "crm" },
      { cluster: "lab" },
      { request: { kind: "back-up", type: "incremental", plusArchivelog: false } },
      { kind: "start-archive", request: { kind: "start-archive" } },
    ];
    for (const other of others) {
      const reused = anOperation("b", { ...other, requestId: "request-a" });
      await expect(store.requestOperation(reused, null)).rejects.toMatchObject({ code: "request-id-reused" });
    }
  },

  "of requests with one id that come at once exactly one operation is made": async ({ store }) => {
    await withClusters(store);
    const sent = ["a", "b", "c", "d"].map((id) =>
      store.requestOperation({ ...anOperation(id), requestId: "request-0" }, null),
    );
    const ids = new Set((await Promise.all(sent)).map((operation) => operation.id));
    expect([...ids]).toEqual(["op-a"]);
    expect((await store.operations({})).total).toBe(1);
  },

  "a second active operation of a kind is refused by tenant, each kind with its Problem": async ({
    store,
  }) => {
    await withClusters(store);
    for (const kind of ["back-up", "start-archive", "stop-archive", "set-destinations"] as const) {
      const of = { kind, request: REQUESTS[kind] };
      await store.requestOperation(anOperation(`1-${kind}`, of), null);
      await store.requestOperation(anOperation(`1-${kind}-crm`, { ...of, tenant: "crm" }), null);
      const second = store.requestOperation(anOperation(`2-${kind}`, of), null);
      await expect(second).rejects.toMatchObject({ code: SECOND[kind] });
    }
    const source = { cluster: "prod", tenant: "shop" };
    await store.requestOperation(aRestore("r1", source), null);
    const second = store.requestOperation(aRestore("r2", { ...source, tenant: "crm" }), null);
    await expect(second).rejects.toMatchObject({ code: "target-name-taken" });
  },

  "once an operation has ended the next of its kind may come": async ({ store }) => {
    await withClusters(store);
    await end(store, await store.requestOperation(anOperation("a"), null));
    expect((await store.requestOperation(anOperation("b"), null)).id).toBe("op-b");
  },

  "a change computed from an older revision is not stored": async ({ store, heard, reopen }) => {
    await withClusters(store);
    const first = await store.requestOperation(anOperation("a"), null);
    const second = await store.saveOperation({ ...first, phase: "starting" });
    expect(second).toEqual({ ...first, phase: "starting", revision: 2 });
    const before = heard.length;
    expect(await store.saveOperation({ ...first, phase: "running" })).toBeUndefined();
    expect(heard.length).toBe(before);
    expect(await (await reopen()).operation("op-a")).toEqual(second);
  },

  "of changes to one revision that come at once exactly one is stored": async ({ store }) => {
    await withClusters(store);
    const first = await store.requestOperation(anOperation("a"), null);
    const saved = await Promise.all(
      [1, 2, 3].map((at) => store.saveOperation({ ...first, cancelRequestedAt: START + at })),
    );
    expect(saved.map((one) => one?.cancelRequestedAt)).toEqual([START + 1, undefined, undefined]);
  },

  "an ended operation never changes, whatever revision is claimed": async ({ store }) => {
    await withClusters(store);
    const ended = await end(store, await store.requestOperation(anOperation("a"), null));
    for (const revision of [1, 2, 3]) {
      const late = { ...ended, phase: "running", outcome: null, revision } as const;
      expect(await store.saveOperation(late)).toBeUndefined();
    }
    expect(await store.operation("op-a")).toEqual(ended);
  },

  "an operation that is not there is not saved": async ({ store }) => {
    await withClusters(store);
    expect(await store.saveOperation(anOperation("a"))).toBeUndefined();
    expect(await store.operation("op-a")).toBeUndefined();
  },

  "secrets are told while an operation is active and forgotten when it ends": async ({ store, reopen }) => {
    await withClusters(store);
    const secrets = { dataUri: "oss://b?access_key=k", decryptionPasswords: ["p1", "p'2"] };
    const requested = await store.requestOperation(anOperation("a"), secrets);
    await store.saveOperation({ ...requested, phase: "starting" });
    const again = await reopen();
    expect(await again.operationSecrets("op-a")).toEqual(secrets);
    await end(again, { ...requested, revision: 2 });
    expect(await again.operationSecrets("op-a")).toBeNull();
  },

  "active operations are told in the order in which they were requested": async ({ store, reopen }) => {
    await withClusters(store);
    const tenants = ["c", "a", "b"];
    for (const tenant of tenants) await store.requestOperation(anOperation(tenant, { tenant }), null);
    const again = await reopen();
    await end(again, anOperation("a", { tenant: "a" }));
    expect((await again.activeOperations()).map(({ id }) => id)).toEqual(["op-c", "op-b"]);
  },

  "operations are found by cluster, tenant, source, kind and time, newest first": async ({ store }) => {
    await withClusters(store);
    const source = { cluster: "prod", tenant: "shop" };
    await store.requestOperation(anOperation("1"), null);
    await store.requestOperation(anOperation("2", { cluster: "lab", requestedAt: START + 2 }), null);
    await store.requestOperation({ ...aRestore("3", source), requestedAt: START + 1 }, null);
    const stop = { kind: "stop-archive", request: REQUESTS["stop-archive"], requestedAt: START + 1 } as const;
    await store.requestOperation(anOperation("4", { ...stop, tenant: "crm" }), null);
    const found = async (filter: OperationFilter) =>
      (await store.operations(filter)).operations.map(({ id }) => id.slice(3)).join("");
    expect(await found({})).toBe("2431");
    expect(await found({ cluster: "prod" })).toBe("431");
    expect(await found({ tenant: "shop" })).toBe("231");
    expect(await found({ cluster: "prod", tenant: "shop" })).toBe("31");
    expect(await found({ cluster: "lab", tenant: "shop_copy" })).toBe("3");
    expect(await found({ cluster: "prod", tenant: "shop_copy" })).toBe("");
    expect(await found({ kinds: ["restore", "stop-archive"] })).toBe("43");
    expect(await found({ kinds: [] })).toBe("");
    expect(await found({ from: START + 1 })).toBe("243");
    expect(await found({ to: START + 1 })).toBe("431");
    expect(await found({ from: START + 1, to: START + 1, kinds: ["restore"] })).toBe("3");
  },

  "operations come in pages that say how many there are in all": async ({ store }) => {
    await withClusters(store);
    const ids = Array.from({ length: 203 }, (_, at) => String(at).padStart(3, "0"));
    for (const id of ids) await store.requestOperation(anOperation(id, { tenant: id }), null);
    const page = await store.operations({ limit: 2, offset: 200 });
    expect(page.total).toBe(203);
    expect(page.operations.map(({ id }) => id)).toEqual(["op-002", "op-001"]);
    expect((await store.operations({ limit: 1000 })).operations).toHaveLength(200);
    expect((await store.operations({ offset: 203 })).operations).toEqual([]);
  },
};
