import type { ClusterResources } from "./cluster.ts";
import type { CleanUpRequest, Operation, StepName } from "./operation.ts";
import { Problem } from "./problem.ts";
import type { Tenant } from "./tenant.ts";

/** What the target cluster has now, as it was observed last. */
export interface Leftovers {
  /** The tenant of the restore's target name; undefined where there is none. */
  readonly tenant: Tenant | undefined;
  readonly resources: ClusterResources | undefined;
}

/**
 * What a restore that came to nothing left in its target cluster: the half-made tenant, its resource pool, and the unit
 * that was made for it (S23). Only what this restore made itself, and never a tenant that is NORMAL. Throws Problem
 * `nothing-to-clean-up` or `tenant-not-leftover`.
 */
export function cleanUpOf(restore: Operation, { tenant, resources }: Leftovers): CleanUpRequest {
  const { request } = restore;
  if (request.kind !== "restore" || restore.outcome === null || restore.outcome === "succeeded") {
    throw nothingToCleanUp(restore, "only a restore that ended without success leaves something behind");
  }
  if (tenant) refuseOther(restore, tenant);
  const { pool, unit } = request.actions;
  const hasPool = resources?.pools.some((each) => each.name === pool.name) ?? false;
  const hasUnit = unit !== null && (resources?.unitConfigs.some((each) => each.name === unit.name) ?? false);
  const found: CleanUpRequest = {
    kind: "clean-up",
    of: restore.id,
    tenantId: tenant?.id ?? null,
    pool: hasPool && madeIn(restore, "create-pool") ? pool.name : null,
    unit: hasUnit && madeIn(restore, "create-unit") ? unit.name : null,
  };
  if (!tenant && found.pool === null && found.unit === null) {
    throw nothingToCleanUp(restore, "its tenant, resource pool and unit are not there any more");
  }
  return found;
}

/** Null where the tenant is what a restore left half made; `made` is the tenant that it made. */
export function notLeftover(tenant: Tenant, made: number | null): Problem | null {
  if (tenant.kind === "user" && !tenant.isNormal)
    return tenant.id === made ? null : otherTenant(tenant, made);
  return new Problem("tenant-not-leftover", {
    found: `${tenant.name} is ${tenant.statusWord}: it is a tenant in use, not what a restore left half made.`,
    remedy: "Nothing was touched. If it is to go, drop it yourself.",
    values: { tenant: tenant.name, status: tenant.statusWord },
  });
}

/** A restore whose tenant was never seen does not know its id: then the one of its name is taken for it. */
function refuseOther(restore: Operation, tenant: Tenant): void {
  const refusal = notLeftover(tenant, restore.result.tenantId ?? tenant.id);
  if (refusal) throw refusal;
}

function otherTenant({ name, id, statusWord }: Tenant, made: number | null): Problem {
  return new Problem("tenant-not-leftover", {
    found: `${name} is tenant ${id} now; the restore left ${made === null ? "none" : `tenant ${made}`}.`,
    remedy: "Nothing was touched. Look who is making this tenant.",
    values: { tenant: name, status: statusWord },
  });
}

function madeIn({ steps }: Operation, name: StepName): boolean {
  return steps.some((step) => step.name === name && step.state === "done");
}

function nothingToCleanUp({ id }: Operation, why: string): Problem {
  return new Problem("nothing-to-clean-up", {
    found: `There is nothing to clean up after ${id}: ${why}.`,
    remedy: "Nothing is to be done.",
    values: { operation: id },
  });
}
