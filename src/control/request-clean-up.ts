import { cleanUpOf } from "../domain/clean-up.ts";
import type { Operation } from "../domain/operation.ts";
import { accept, answeringCluster, askedBefore, type RequestParts } from "./acceptance.ts";
import { operationUnknown } from "./cancel-operation.ts";

export interface CleanUpWish {
  readonly requestId: string;
  /** The restore that left something behind. */
  readonly operation: string;
}

/** Refuses what is no leftover; each step of the operation looks again before it drops anything. */
export async function requestCleanUp(parts: RequestParts, wish: CleanUpWish): Promise<Operation> {
  const { store } = parts;
  const restore = await store.operation(wish.operation);
  if (!restore) throw operationUnknown(wish.operation);
  const { cluster, tenant } = restore;
  const place = { requestId: wish.requestId, cluster, tenant };
  const earlier = await askedBefore(store, place, { kind: "clean-up", of: restore.id });
  if (earlier) return earlier;
  await answeringCluster(store, cluster);
  const tenants = await store.tenants(cluster);
  const request = cleanUpOf(restore, {
    tenant: tenants.find((each) => each.tenant.name === tenant)?.tenant,
    resources: await store.resources(cluster),
  });
  return accept({ parts, wish: place, id: parts.newId(), request, secrets: null });
}
