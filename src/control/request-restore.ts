import type { Operation } from "../domain/operation.ts";
import { planRestore, type RestoreOrder, type RestorePlan } from "../domain/restore-plan.ts";
import type { AskedRestore } from "../domain/wish.ts";
import type { StatementTexts } from "../oceanbase/oceanbase.ts";
import type { Store } from "../store/store.ts";
import {
  accept,
  answeringCluster,
  askedBefore,
  observedCluster,
  observedTenant,
  type RequestParts,
} from "./acceptance.ts";
import type { PlannedRestore } from "./requests.ts";

export interface RestoreWish extends RestoreOrder {
  readonly requestId: string;
}

/** Shown in a plan where the operation's id will stand. */
const SIGNATURE_TO_COME = "op-…";

export async function planFor(parts: RequestParts, order: RestoreOrder): Promise<PlannedRestore> {
  const { plan, observedAt } = await makePlan(parts, order, SIGNATURE_TO_COME);
  return {
    plan,
    observedAt,
    statements: statementsOf(parts.texts, plan),
    estimate: await estimateFor(parts.store, order),
  };
}

/** Plans anew, so that what is accepted was checked against the newest observation, and keeps what the plan decided. */
export async function requestRestore(parts: RequestParts, wish: RestoreWish): Promise<Operation> {
  const place = { requestId: wish.requestId, cluster: wish.target.cluster, tenant: wish.target.tenant };
  const asked = askedOf(wish);
  const earlier = await askedBefore(parts.store, place, asked);
  if (earlier) return earlier;
  const id = parts.newId();
  const { plan } = await makePlan(parts, wish, id);
  const { decryptionPasswords } = wish;
  const { actions, until } = plan;
  return accept({
    parts,
    wish: place,
    id,
    request: {
      ...asked,
      until,
      actions: { ...actions, restore: { ...actions.restore, decryptionPasswords: [] } },
    },
    secrets: decryptionPasswords.length > 0 ? { decryptionPasswords } : null,
  });
}

function askedOf({ source, until, target, activate, decryptionPasswords }: RestoreWish): AskedRestore {
  const isLatest = until === "latest";
  return {
    kind: "restore",
    source,
    until: isLatest ? null : until,
    latest: isLatest,
    target,
    activate,
    ...(decryptionPasswords.length > 0 && { passwordsGiven: decryptionPasswords.length }),
  };
}

/** The source may be silent: its last inventory stands. The target must answer, since it is asked to act. */
async function makePlan(
  { store, clock }: RequestParts,
  order: RestoreOrder,
  signature: string,
): Promise<{ readonly plan: RestorePlan; readonly observedAt: number }> {
  const source = await observedCluster(store, order.source.cluster);
  const target = await answeringCluster(store, order.target.cluster);
  const resources = await store.resources(target.name);
  const plan = planRestore({
    order,
    signature,
    source: {
      version: source.version,
      tenant: await observedTenant(store, order.source),
      now: source.clusterNow,
    },
    target: {
      name: target.name,
      version: target.version,
      resources: resources ?? { servers: [], unitConfigs: [], pools: [] },
      tenantNames: (await store.tenants(target.name)).map((each) => each.tenant.name),
      restoreJobs: await store.restoreJobs(target.name),
    },
  });
  return { plan, observedAt: target.observedAt ?? clock.now() };
}

function statementsOf(texts: StatementTexts, { actions }: RestorePlan): readonly string[] {
  return [
    ...(actions.unit ? texts.createUnit(actions.unit) : []),
    ...texts.createPool(actions.pool),
    ...texts.startRestore(actions.restore),
    ...(actions.activate ? texts.activateStandby(actions.restore.targetTenant) : []),
  ];
}

/** As long as the newest restore of the same tenant into the same cluster took: measured, or nothing. */
async function estimateFor(store: Store, order: RestoreOrder): Promise<PlannedRestore["estimate"]> {
  const { operations } = await store.operations({
    cluster: order.target.cluster,
    kinds: ["restore"],
    limit: 50,
  });
  const like = operations.find(
    ({ outcome, request }) =>
      outcome === "succeeded" &&
      request.kind === "restore" &&
      request.source.cluster === order.source.cluster &&
      request.source.tenant === order.source.tenant,
  );
  if (!like || like.endedAt === null) return null;
  return { seconds: Math.round((like.endedAt - like.requestedAt) / 1e6), basedOn: like.id };
}
