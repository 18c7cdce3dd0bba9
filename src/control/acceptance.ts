import { randomInt } from "node:crypto";
import type { TenantInventory } from "../domain/inventory.ts";
import { NO_RESULT, type Operation, type OperationRequest, type OperationStep } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";
import { type Asked, askedBy, isSameWish } from "../domain/wish.ts";
import type { ClusterAddress, OceanBase, StatementTexts } from "../oceanbase/oceanbase.ts";
import type { ClusterRecord, OperationSecrets, Store } from "../store/store.ts";
import { rulesOf } from "./carry-out.ts";
import type { Clock } from "./clock.ts";
import type { Loop } from "./loop.ts";
import { newStep } from "./next-move.ts";

export interface RequestParts {
  readonly store: Store;
  readonly loop: Loop;
  readonly clock: Clock;
  readonly openDoor: (address: ClusterAddress) => OceanBase;
  readonly texts: StatementTexts;
  /** `file://` and object storage URIs without their secrets, as they may be shown. */
  readonly maskUri: (uri: string) => string;
  /** A new operation's id; a test that must repeat itself gives its own. */
  readonly newId: () => string;
}

/** What every request of a person shares: who asked for the same thing before, and where it is about. */
export interface Wish {
  readonly requestId: string;
  readonly cluster: string;
  readonly tenant: string;
}

/** A cluster and one of its tenants as they were observed last, fresh enough to ask something of them. */
export interface Place {
  readonly cluster: ClusterRecord;
  readonly tenant: TenantInventory;
}

export async function observedCluster(store: Store, name: string): Promise<ClusterRecord> {
  const cluster = await store.cluster(name);
  if (!cluster) {
    throw new Problem("cluster-unknown", {
      found: `There is no cluster ${name} here.`,
      remedy: "`holdfast cluster list` shows those that are watched; `holdfast cluster add` adds one.",
      values: { cluster: name },
    });
  }
  return cluster;
}

/** Refuses while the cluster does not answer: a wish that nobody can hear is not accepted. */
export async function answeringCluster(store: Store, name: string): Promise<ClusterRecord> {
  const cluster = await observedCluster(store, name);
  if (cluster.unobserved)
    throw new Problem(
      cluster.unobserved.problem.code,
      cluster.unobserved.problem as ConstructorParameters<typeof Problem>[1],
    );
  if (cluster.observedAt === null) {
    throw new Problem("cluster-not-observed", {
      found: `Cluster ${name} was added, but its first observation has not ended yet.`,
      remedy: "Try again in a few seconds.",
      values: { cluster: name },
    });
  }
  return cluster;
}

export async function observedTenant(
  store: Store,
  wish: { readonly cluster: string; readonly tenant: string },
): Promise<TenantInventory> {
  const tenant = await store.tenantInventory(wish.cluster, wish.tenant);
  if (tenant) return tenant;
  throw new Problem("tenant-unknown", {
    found: `Cluster ${wish.cluster} has no tenant ${wish.tenant}.`,
    remedy: `\`holdfast tenant list --cluster ${wish.cluster}\` shows those it has; a tenant made a moment ago appears with the next observation.`,
    values: { cluster: wish.cluster, tenant: wish.tenant },
  });
}

export async function placeOf(
  store: Store,
  wish: { readonly cluster: string; readonly tenant: string },
): Promise<Place> {
  const cluster = await answeringCluster(store, wish.cluster);
  return { cluster, tenant: await observedTenant(store, wish) };
}

/**
 * The operation that the same request id made before: a client that lost the answer asks again and gets its own operation,
 * whatever the cluster looks like now. Problem `request-id-reused` where it asked for something else.
 */
export async function askedBefore(store: Store, wish: Wish, asked: Asked): Promise<Operation | undefined> {
  const earlier = await store.operationOfRequest(wish.requestId);
  if (!earlier) return undefined;
  const isSamePlace = earlier.cluster === wish.cluster && earlier.tenant === wish.tenant;
  if (isSamePlace && isSameWish(askedBy(earlier.request), asked)) return earlier;
  throw new Problem("request-id-reused", {
    found: `Request id ${wish.requestId} asked for something else before: ${earlier.kind} of ${earlier.cluster}/${earlier.tenant}, operation ${earlier.id}.`,
    remedy: "Use a new request id for a new wish.",
    values: { requestId: wish.requestId, operation: earlier.id },
  });
}

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** `op-` and ten letters and digits: short enough to read aloud, long enough (36^10) never to meet another. */
export function newOperationId(): string {
  return `op-${Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;
}

export interface Accepting {
  readonly parts: RequestParts;
  readonly wish: Wish;
  readonly request: OperationRequest;
  readonly id: string;
  readonly secrets: OperationSecrets | null;
  /** Steps that this request does not need. */
  readonly without?: readonly OperationStep["name"][];
}

/** The wish becomes a durable operation, and the cluster's watch is woken to carry it out. */
export async function accept({
  parts,
  wish,
  request,
  id,
  secrets,
  without = [],
}: Accepting): Promise<Operation> {
  const draft: Operation = {
    id,
    requestId: wish.requestId,
    kind: request.kind,
    cluster: wish.cluster,
    tenant: wish.tenant,
    request,
    phase: "requested",
    outcome: null,
    steps: [],
    progress: null,
    result: NO_RESULT,
    problem: null,
    requestedAt: parts.clock.now(),
    endedAt: null,
    cancelRequestedAt: null,
    revision: 0,
  };
  const steps = rulesOf(draft)
    .filter((rule) => !without.includes(rule.name))
    .map((rule) => newStep(rule.name));
  const operation = await parts.store.requestOperation({ ...draft, steps }, secrets);
  parts.loop.wake(wish.cluster);
  return operation;
}
