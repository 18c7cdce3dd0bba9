import type { BackupJob, RestoreJob } from "../model/backup-rows.ts";
import { type Model, SYS_TENANT_ID, tenantById, userTenants } from "../model/model.ts";
import type { Tenant } from "../model/state.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { Troubles } from "./faulty-media.ts";
import type { ShiftedClock } from "./shifted-clock.ts";

/** What the faults of a cluster work on. */
export interface Ground {
  readonly model: Model;
  readonly clock: ShiftedClock;
  readonly plan: FaultPlan;
  readonly troubles: Troubles;
}

/** What came of striking: nothing to strike yet, or whom it struck; what goes on goes on until `end` is called. */
export type Strike = "waits" | Struck;

export interface Struck {
  /** In words: `backup job 3 of shop`. */
  readonly whom: string;
  readonly end?: () => void;
}

/** A tenant by its name, also for a log after it has gone. */
export function nameOf(model: Model, tenantId: number): string {
  return tenantById(model, tenantId)?.name ?? `tenant ${tenantId}`;
}

/** The tenant of that name, or every one that a fault without a name may strike, oldest first. */
export function tenantsMeant(model: Model, name: string | undefined): readonly Tenant[] {
  const users = userTenants(model).filter((tenant) => !tenant.inRecyclebin);
  return name === undefined ? users : users.filter((tenant) => sameName(tenant.name, name));
}

export function runningBackup(model: Model, name: string | undefined): BackupJob | undefined {
  return model.state.jobs.find(
    (job) =>
      job.tenantId !== SYS_TENANT_ID &&
      job.endedAt === null &&
      job.status !== "CANCELING" &&
      (name === undefined || sameName(tenantById(model, job.tenantId)?.name, name)),
  );
}

/** A restore whose tenant exists and whose data part runs. */
export function runningRestore(model: Model, name: string | undefined): RestoreJob | undefined {
  return model.state.restores.find(
    (job) =>
      job.sysPhase === "WAIT_TENANT_RESTORE_FINISH" &&
      job.tenantFinishedAt === null &&
      tenantById(model, job.tenantId) !== undefined &&
      (name === undefined || sameName(job.tenantName, name)),
  );
}

function sameName(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
