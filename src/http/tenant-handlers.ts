import { toJson } from "../api/json.ts";
import { observedCluster, observedTenant } from "../control/acceptance.ts";
import type { Leftovers } from "../domain/clean-up.ts";
import type { RestoreJob } from "../domain/job.ts";
import type { Operation } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";
import { DAY_NS, type Scn, type ScnRange, scn } from "../domain/scn.ts";
import { lanesIn, verdictOf } from "../domain/window.ts";
import type { Store, TenantRecord } from "../store/store.ts";
import { clusterAnswer } from "./cluster-handlers.ts";
import { commandOfBackup } from "./command-lines.ts";
import type { Handlers, ServerParts } from "./handler.ts";
import { instantOf } from "./instants.ts";
import { operationAnswer } from "./operation-handlers.ts";
import { backupTask, newestFirst, restoreTasks, sliceOf } from "./task-answers.ts";
import {
  actionsOf,
  figuresOf,
  lastAttempt,
  type SeenTenant,
  seenTenant,
  tenantRow,
} from "./tenant-answer.ts";

interface TenantPath {
  readonly cluster: string;
  readonly tenant: string;
}

/** The page's default window (S19). */
const WEEK_NS = 7n * DAY_NS;
/** Restores of a tenant are counted in dozens; more than this are found in the list of operations. */
const MOST_RESTORES = 200;

const READING: Handlers<
  | "listTenants"
  | "showTenant"
  | "showRestorable"
  | "listBackupTasks"
  | "listBackupSets"
  | "listArchiveRounds"
  | "listRestoreTasks"
> = {
  async listTenants({ store, now }, { query }) {
    if (query.cluster !== undefined) await observedCluster(store, query.cluster);
    const present = await store.tenants(query.cluster);
    const names = new Set(present.map(({ cluster, tenant }) => `${cluster}/${tenant.name}`));
    // A dropped tenant stays in the list as long as it can be restored, unless another one bears its name.
    const gone = (await store.goneTenants(query.cluster)).filter(
      ({ cluster, tenant }) => !names.has(`${cluster}/${tenant.name}`),
    );
    const users = [...present, ...gone].filter((each) => each.tenant.kind === "user");
    const seen = await Promise.all(
      users.map(({ cluster, tenant }) => findTenant(store, { cluster, tenant: tenant.name })),
    );
    return { items: seen.map((each) => tenantRow(each, { now: now() })) };
  },
  async showTenant({ store }, { params }) {
    const seen = await findTenant(store, params);
    return {
      cluster: await clusterAnswer(store, seen.cluster),
      tenant: toJson(seen.seen.tenant),
      destinations: seen.seen.destinations,
      observedAt: seen.cluster.observedAt ?? 0,
      goneAt: seen.seen.goneAt ?? null,
      policy: "none",
      ...figuresOf(seen),
      lastAttempt: lastAttempt(seen.seen),
      actions: actionsOf(seen),
    };
  },
  async showRestorable({ store }, { params, query }) {
    const found = await findTenant(store, params);
    return {
      ...toJson(windowOf(found, rangeOf(query, found.now))),
      observedAt: found.cluster.observedAt ?? 0,
    };
  },
  async listBackupTasks({ store }, { params, query }) {
    const { seen } = await findTenant(store, params);
    const wanted = newestFirst(seen.backupJobs).filter(
      (job) =>
        query.state === "all" || (query.state === "running" ? !job.isHistory : job.status === "failed"),
    );
    const { total, items } = sliceOf(wanted, query);
    const tasks = items.map(async (job) =>
      backupTask(job, { seen, operation: await operationOf(store, job.description) }),
    );
    return { total, items: await Promise.all(tasks) };
  },
  async listBackupSets({ store }, { params, query }) {
    const { seen } = await findTenant(store, params);
    const { total, items } = sliceOf(
      seen.sets.toSorted((a, b) => b.id - a.id),
      query,
    );
    return { total, items: toJson(items) };
  },
  async listArchiveRounds({ store }, { params, query }) {
    const { seen } = await findTenant(store, params);
    const { total, items } = sliceOf(
      seen.rounds.toSorted((a, b) => b.id - a.id),
      query,
    );
    return { total, items: toJson(items) };
  },
  async listRestoreTasks({ store }, { params, query }) {
    const [from, to] = [query.from, query.to].map((text) =>
      text === undefined ? undefined : Number(instantOf(text) / 1000n),
    );
    const page = await store.operations({ ...params, kinds: ["restore"], limit: MOST_RESTORES });
    const jobs = await restoreJobsAbout(store, params);
    const all = restoreTasks({
      operations: page.operations,
      jobs,
      leftovers: await leftoversOf(store, page.operations),
    }).filter(
      ({ startedAt }) =>
        (from === undefined || (startedAt ?? 0) >= from) && (to === undefined || (startedAt ?? 0) <= to),
    );
    return sliceOf(all, query);
  },
};

const ASKING: Handlers<"setDestinations" | "startArchive" | "stopArchive" | "previewBackup" | "backUp"> = {
  async setDestinations({ requests }, { params, body }) {
    return operationAnswer(await requests.setDestinations({ ...params, ...body }));
  },
  async startArchive({ requests }, { params, body }) {
    return operationAnswer(await requests.archive({ ...params, ...body, verb: "start" }));
  },
  async stopArchive({ requests }, { params, body }) {
    return operationAnswer(await requests.archive({ ...params, ...body, verb: "stop" }));
  },
  async previewBackup({ requests }: ServerParts, { params, body }) {
    return {
      statements: requests.previewBackup({ ...params, ...body }),
      commandLine: commandOfBackup({ ...params, ...body }),
    };
  },
  async backUp({ requests }, { params, body }) {
    return operationAnswer(await requests.backUp({ ...params, ...body }));
  },
};

export const TENANT_HANDLERS = { ...READING, ...ASKING };

async function findTenant(store: Store, { cluster, tenant }: TenantPath): Promise<SeenTenant> {
  const record = await observedCluster(store, cluster);
  return seenTenant(record, await observedTenant(store, { cluster, tenant }));
}

function rangeOf(
  query: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Scn,
): { from: Scn; to: Scn } {
  const to = query.to === undefined ? now : instantOf(query.to);
  const from = query.from === undefined ? scn(to > WEEK_NS ? to - WEEK_NS : 0n) : instantOf(query.from);
  if (from < to) return { from, to };
  throw new Problem("input-invalid", {
    found: "The window's beginning is not before its end.",
    remedy: "Swap `from` and `to`.",
    values: { from: from.toString(), to: to.toString() },
  });
}

/** One window of the tenant's restorable time, and everything that is kept for the strip below it. */
function windowOf({ seen, now, restorable }: SeenTenant, window: ScnRange) {
  const from = { restorable, tenant: seen };
  const { rounds: _, ...strip } = lanesIn(restorable.span ?? window, from);
  return {
    window,
    now,
    span: restorable.span,
    verdict: verdictOf(restorable),
    ...lanesIn(window, from),
    strip,
  };
}

/** What the target clusters of these restores have now. */
async function leftoversOf(
  store: Store,
  operations: readonly Operation[],
): Promise<(operation: Operation) => Leftovers> {
  const seen = new Map<string, { tenants: readonly TenantRecord[]; resources: Leftovers["resources"] }>();
  for (const cluster of new Set(operations.map((each) => each.cluster))) {
    seen.set(cluster, {
      tenants: await store.tenants(cluster),
      resources: await store.resources(cluster),
    });
  }
  return ({ cluster, tenant }) => ({
    tenant: seen.get(cluster)?.tenants.find((each) => each.tenant.name === tenant)?.tenant,
    resources: seen.get(cluster)?.resources,
  });
}

async function operationOf(store: Store, signature: string) {
  return /^op-[0-9a-z]{10}$/.test(signature) ? store.operation(signature) : undefined;
}

/** Restores out of this tenant or into it, as any watched cluster shows them. */
async function restoreJobsAbout(
  store: Store,
  { cluster, tenant }: TenantPath,
): Promise<readonly (RestoreJob & { cluster: string })[]> {
  const source = await observedCluster(store, cluster);
  const found: (RestoreJob & { cluster: string })[] = [];
  for (const { name } of await store.clusters()) {
    for (const job of await store.restoreJobs(name)) {
      const isFrom = job.sourceTenant === tenant && job.sourceCluster === source.clusterName;
      if (isFrom || (name === cluster && job.targetTenant === tenant)) found.push({ ...job, cluster: name });
    }
  }
  return found;
}
