import { SqlError } from "../engine.ts";
import type { DeleteJob, DeletePolicy } from "./clean-rows.ts";
import { DURATIONS } from "./durations.ts";
import { type Model, nextCount, tenantById } from "./model.ts";
import { notSupported } from "./refusal.ts";
import type { Tenant } from "./state.ts";
import { durationOf, type Micros } from "./time.ts";

export interface PolicyRequest {
  readonly name: string;
  readonly recoveryWindow?: string;
  readonly redundancy?: bigint;
}

/** ADD DELETE BACKUP POLICY. Throws 1235 for what it does not say or says wrongly, 1062 for a second one. */
export function addDeletePolicy(model: Model, tenant: Tenant, request: PolicyRequest): void {
  refuseName(request.name);
  const { recoveryWindow, redundancy } = request;
  if (recoveryWindow === undefined && redundancy === undefined) {
    throw notSupported("Neither recovery_window nor redundancy is set");
  }
  if (recoveryWindow !== undefined && durationOf(recoveryWindow) === undefined) {
    throw notSupported("recovery window is not be time string");
  }
  // Beside a window 4.2.1.9 takes any redundancy without a word.
  if (recoveryWindow === undefined && redundancy !== 1n) throw notSupported("Redundancy not equal to 1 is");
  if (model.state.deletePolicies.get(tenant.id)) throw duplicate(tenant);
  model.state.deletePolicies.put({
    tenantId: tenant.id,
    name: request.name,
    recoveryWindow: recoveryWindow ?? "",
    nextAt: nextTrigger(model, tenant),
  });
}

export function dropDeletePolicy(model: Model, tenant: Tenant, name: string): void {
  refuseName(name);
  const policy = model.state.deletePolicies.get(tenant.id);
  // The kernel deletes the row without looking whether there was one.
  if (policy) model.state.deletePolicies.remove(policy);
}

function refuseName(name: string): void {
  if (name !== "default") throw notSupported("The policy name is not 'default', it is");
}

/**
 * The kernel inserts the row into __all_backup_delete_policy, whose key is tenant and name, and answers as that fails.
 * Never seen on a live cluster: that it is 1062 follows from the source.
 */
function duplicate(tenant: Tenant): SqlError {
  return new SqlError(1062, "23000", `Duplicate entry '${tenant.id}-default' for key 'PRIMARY'`);
}

/** The hourly trigger has run since the tenant was made, whenever its policy came. */
function nextTrigger(model: Model, tenant: Tenant): Micros {
  const passed = Math.floor((model.now - tenant.createdAt) / DURATIONS.cleanTrigger);
  return tenant.createdAt + (passed + 1) * DURATIONS.cleanTrigger;
}

/** The trigger fires: a job, even if there is nothing to delete; none with a window of 0, as the kernel has it. */
export function triggerDeletion(model: Model, policy: DeletePolicy): void {
  const tenant = tenantById(model, policy.tenantId);
  if (tenant === undefined) return;
  model.state.deletePolicies.put({ ...policy, nextAt: nextTrigger(model, tenant) });
  const window = durationOf(policy.recoveryWindow) ?? 0;
  if (window <= 0 || tenant.status !== "NORMAL") return;
  addDeleteJob(model, tenant, model.now - window);
}

function addDeleteJob(model: Model, tenant: Tenant, expiredAt: Micros): void {
  const jobId = nextCount(model, tenant.id, "jobId");
  model.state.deleteJobs.put({
    tenantId: tenant.id,
    jobId,
    initiatorTenantId: tenant.id,
    initiatorJobId: jobId,
    executorTenantIds: [tenant.id],
    type: "DELETE OBSOLETE BACKUP",
    expiredAt,
    level: "USER_TENANT",
    startedAt: model.now,
    endedAt: null,
    status: "INIT",
    taskCount: 0,
    successTaskCount: 0,
    result: 0,
    comment: "",
    retries: 0,
    nextAt: model.now + DURATIONS.cleanWake,
  });
}

const CANCELABLE: readonly DeleteJob["status"][] = ["INIT", "DOING"];

/** CANCEL DELETE BACKUP: of the named tenants, or of all. Without a job it has no effect. */
export function cancelDeletion(model: Model, tenants: readonly Tenant[]): void {
  for (const tenant of tenants) {
    for (const job of model.state.deleteJobs.where((row) => row.tenantId === tenant.id)) {
      if (!CANCELABLE.includes(job.status)) continue;
      const nextAt = model.now + DURATIONS.cleanWake;
      model.state.deleteJobs.put({ ...job, status: "CANCELING", result: CANCELED, nextAt });
    }
  }
}

/** OB_CANCELED, as RESULT carries it. */
export const CANCELED = -4072;
