import { SqlError } from "../engine.ts";
import type { RestorePlan } from "../tenant-data/plan-restore.ts";
import { traceId } from "./backup-end.ts";
import type { RestoreJob, RestoreOrigin } from "./backup-rows.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { type Model, nextId, tenantByName } from "./model.ts";
import { codeOf, notAllowed, refusal, resultNameOf } from "./refusal.ts";
import { poolByName, SERVERS } from "./resources.ts";
import {
  pathsOf,
  planFrom,
  type RestoreWords,
  refuseScn,
  restoreOrigin,
  type Until,
} from "./restore-origin.ts";
import { type RestoreOptions, restoreOptions } from "./restore-words.ts";
import type { Tenant } from "./state.ts";
import { addTenant, removeTenant } from "./tenants.ts";
import { isSince, versionNumber } from "./version.ts";

export interface RestoreOrder extends RestoreWords {
  readonly name: string;
  readonly until: Until;
  readonly options: string;
  readonly description: string | null;
}

/**
 * RESTORE: checked from the files alone; returns once the META$ tenant is NORMAL, the data comes after. Order of the
 * checks as 4.2.1.9 answered. Throws what facts 3.5 lists.
 */
export function orderRestore(model: Model, order: RestoreOrder): void {
  try {
    checkAndBegin(model, order);
    recordStart(model, order.name, 0);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    recordStart(model, order.name, codeOf(error));
    throw error;
  }
}

function recordStart(model: Model, name: string, ret: number): void {
  const values = { ret, tenant_name: name };
  recordEvent(model, { module: "physical_restore", event: "restore_start", values });
}

/** A refused RESTORE leaves no row, but has used up a job id (4.2.1.9). */
function checkAndBegin(model: Model, order: RestoreOrder): void {
  const jobId = nextId(model, "rootserviceJob");
  const options = restoreOptions(model, order.options);
  refuseScn(order.until);
  const origin = restoreOrigin(model, order);
  const plan = planFrom(model, origin, order.until);
  const taken = tenantByName(model, order.name);
  if (taken !== undefined) throw notAllowed("restore tenant with existed tenant name is");
  for (const pool of options.pools) {
    if (!poolByName(model, pool)) throw refusal("OB_RESOURCE_POOL_NOT_EXIST", pool);
  }
  refuseNewer(model, plan);
  if (options.method === "quick") refuseQuick(model, plan);
  beginRestore(model, { jobId, order, options, origin, plan });
}

/** RESTORE … PREVIEW: what a restore would read. */
export function previewRestore(model: Model, words: RestoreWords, until: Until): RestorePreview {
  const origin = restoreOrigin(model, words);
  const plan = planFrom(model, origin, until);
  return { plan, ...pathsOf(model, origin, plan) };
}

export type RestorePreview = Pick<RestoreJob, "setPaths" | "piecePaths"> & { readonly plan: RestorePlan };

/** Only into the same or a higher version, and from 4.0 only into 4.0. */
function refuseNewer(model: Model, { source }: RestorePlan): void {
  if (versionNumber(source.version) > model.version.number) {
    throw notAllowed("restore from higher cluster version is");
  }
  if (versionNumber(source.compatible) > model.version.number) {
    throw notAllowed("restore from higher data version is");
  }
  if (source.version.startsWith("4.0.") && isSince(model.version, "4.1")) {
    throw notAllowed("restore from version 4.0 is");
  }
}

/** Sets that an older kernel made do not let a tenant be opened before all of its data is there. */
function refuseQuick(model: Model, { sets }: RestorePlan): void {
  const isOld = sets.some(({ set }) => versionNumber(set.source.version) < versionNumber(QUICK_SINCE));
  if (isOld) throw notAllowed("quick restore is");
}

/** Which set is too old is not known exactly: those made before the option came. */
const QUICK_SINCE = "4.3.3";

interface Beginning {
  readonly jobId: number;
  readonly order: RestoreOrder;
  readonly options: RestoreOptions;
  readonly origin: RestoreOrigin;
  readonly plan: RestorePlan;
}

/** The job's row first, then the tenants: a failure here is 9099 and leaves a FAIL row in the history. */
function beginRestore(model: Model, beginning: Beginning): void {
  const { order, options } = beginning;
  const job = newJob(model, beginning);
  recordPhase(model, job, "CREATE_TENANT");
  let tenant: Tenant;
  try {
    tenant = addTenant(model, { name: order.name, ...options }, { status: "RESTORE", role: null });
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const comment = rootserviceReason(model, error);
    recordPhase(model, job, "RESTORE_FAIL");
    model.state.restores.put({
      ...job,
      sysPhase: "RESTORE_FAIL",
      sysFinishedAt: model.now,
      comment,
      nextAt: null,
    });
    throw refusal("OB_RESTORE_TENANT_FAILED", order.name, comment);
  }
  model.state.tenants.put({ ...tenant, compatible: beginning.plan.source.compatible });
  model.state.restores.put({ ...job, tenantId: tenant.id });
}

export function rootserviceReason(model: Model, error: SqlError): string {
  const address = `${SERVERS[0]?.ip}:${model.sqlPort + 1}`;
  const code = codeOf(error);
  return `ROOTSERVICE : ${resultNameOf(-code)}(${code}) on "${address}" with traceid ${traceId(model)}`;
}

function newJob(model: Model, { jobId, order, options, origin, plan }: Beginning): RestoreJob {
  const { source } = plan;
  return {
    jobId,
    tenantName: order.name,
    tenantId: 0,
    sourceTenantName: source.tenantName,
    sourceTenantId: source.tenantId,
    sourceClusterName: source.clusterName,
    sourceVersion: source.version,
    backupDest: order.from ?? "",
    option: order.options,
    method: options.method ?? "full",
    description: order.description,
    scn: plan.targetScn,
    consistentScn: plan.sets.at(-1)?.set.consistentScn ?? 0n,
    ...pathsOf(model, origin, plan),
    source: origin,
    startedAt: model.now,
    sysPhase: "CREATE_TENANT",
    phase: "RESTORE_PRE",
    phaseStartedAt: model.now,
    sysFinishedAt: null,
    tenantFinishedAt: null,
    totalBytes: 0,
    finishedBytes: 0,
    tablets: 0,
    finishedTablets: 0,
    recoverPercent: 0,
    comment: "",
    nextAt: model.now + DURATIONS.restoreCreateTenant,
  };
}

export function recordPhase(model: Model, job: RestoreJob, status: string): void {
  const values = { job_id: job.jobId, tenant: job.tenantName, status };
  recordEvent(model, { module: "physical_restore", event: "change_restore_status", values });
}

/** CANCEL RESTORE: drops the half-made tenant by force; the pools stay, and sys's row for a while (4.2.1.9: 60 s). */
export function cancelRestore(model: Model, name: string): void {
  const tenant = tenantByName(model, name);
  if (tenant === undefined) throw refusal("OB_TENANT_NOT_EXIST", name);
  if (tenant.status !== "RESTORE") throw notAllowed("Cancel tenant not in restore is");
  removeTenant(model, tenant);
}

/** Both rows go to the history as FAIL; what was made of the tenant stays. */
export function failRestore(model: Model, job: RestoreJob, comment: string): void {
  model.state.restores.put({
    ...job,
    sysPhase: "RESTORE_FAIL",
    phase: "RESTORE_FAIL",
    comment,
    sysFinishedAt: model.now,
    tenantFinishedAt: job.sysPhase === "CREATE_TENANT" ? null : model.now,
    nextAt: null,
    source: { ...job.source, passwords: [] },
  });
  recordPhase(model, job, "RESTORE_FAIL");
}
