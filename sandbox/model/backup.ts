import { SqlError } from "../engine.ts";
import { syntaxError } from "../sql/errors.ts";
import type { BackupJob, BackupSet } from "./backup-rows.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { type Model, nextCount, SYS_TENANT_ID, tenantById, userTenants } from "./model.ts";
import { codeOf, notSupported, refusal } from "./refusal.ts";
import { currentRound } from "./rounds.ts";
import type { Tenant } from "./state.ts";
import { isSince } from "./version.ts";

export interface BackupOrder {
  /** Who sent the statement: sys or a user tenant. */
  readonly initiator: Tenant;
  /** Only from sys; absent: every user tenant that qualifies. */
  readonly tenants?: readonly Tenant[];
  readonly incremental: boolean;
  readonly plusArchivelog: boolean;
  readonly description: string;
  /** SET ENCRYPTION of the session. */
  readonly password?: string;
}

/** BACKUP TENANT / DATABASE: checks, then leaves the rows with which the job begins. Throws 9040, 9036, 4016, 1064. */
export function orderBackup(model: Model, order: BackupOrder): void {
  try {
    checkAndBegin(model, order);
    recordStart(model, order.initiator.id, 0);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    recordStart(model, order.initiator.id, codeOf(error));
    throw error;
  }
}

function recordStart(model: Model, tenantId: number, result: number): void {
  const values = { tenant_id: tenantId, result };
  recordEvent(model, { module: "backup_data", event: "start_backup_data", values });
}

function checkAndBegin(model: Model, order: BackupOrder): void {
  if (order.plusArchivelog && !isSince(model.version, "4.2"))
    throw notSupported("plus archive is not supported");
  if (order.initiator.id !== SYS_TENANT_ID) {
    if (order.tenants) throw notSupported("user tenant cannot specify tenant names");
    refuseUnfit(model, order.initiator, "backup can not start");
    if (order.incremental) refuseCrossing(model, order.initiator);
    refuseQuote(order.description, [order.initiator]);
    addTenantJob(model, order.initiator, order);
    return;
  }
  const executors = executorsOf(model, order);
  refuseQuote(order.description, executors);
  addParentJob(model, order, executors);
}

/** 4.2.1.9, once all else is right, pastes the description into a statement of its own and answers as that fails. */
function refuseQuote(description: string, executors: readonly Tenant[]): void {
  const at = description.indexOf("'");
  const ids = executors.map(({ id }) => id).join(",");
  if (at >= 0) throw syntaxError(`${description}', '${ids}')`, at + 1);
}

function executorsOf(model: Model, { tenants, incremental }: BackupOrder): readonly Tenant[] {
  if (tenants === undefined) {
    const fit = userTenants(model).filter((tenant) => unfitness(model, tenant) === undefined);
    if (fit.length === 0) throw refusal("OB_BACKUP_CAN_NOT_START", NOBODY);
    return fit;
  }
  for (const tenant of tenants) {
    if (tenant.type !== "USER") throw refusal("OB_ERR_UNEXPECTED");
    refuseUnfit(model, tenant, undefined);
    if (incremental) refuseCrossing(model, tenant);
  }
  return tenants;
}

/** The last 4.2.5 refuses an increment onto a set of another data version; other lines make a full set of it. */
function refuseCrossing(model: Model, { id, compatible }: Tenant): void {
  if (model.version.line !== "4.2.5") return;
  const uri = model.state.dataDests.get(id)?.uri;
  const before = usableSets(model, id, uri).at(-1)?.tenantCompatible ?? compatible;
  if (before === compatible) return;
  throw refusal(
    "OB_BACKUP_CAN_NOT_START",
    `cross compatible incremental backup is not supported, previous backup set compatible is ${before}, current compatible is ${compatible}`,
  );
}

/** The kernel's text really holds one U+FFFC before "please". */
const NOBODY =
  "no tenant meets the backup condition, \uFFFCplease check the tenant status, log archive status, backup data dest, " +
  "and backup status for each tenant";

const RUNNING = "running";
const NO_DEST = "backup dest is not set.";

function unfitness(model: Model, tenant: Tenant): string | undefined {
  if (tenant.status !== "NORMAL") return "tenant status is not normal.";
  if (currentRound(model, tenant.id)?.status !== "DOING") return "log archive status is not doing.";
  if (model.state.dataDests.get(tenant.id) === undefined) return NO_DEST;
  return runningJob(model, tenant.id) ? RUNNING : undefined;
}

/** `withoutDest` is the short text that a tenant gets which has no destination of its own. */
function refuseUnfit(model: Model, tenant: Tenant, withoutDest: string | undefined): void {
  const cause = unfitness(model, tenant);
  if (cause === undefined) return;
  if (cause === RUNNING) throw refusal("OB_BACKUP_IN_PROGRESS");
  if (cause === NO_DEST && withoutDest) throw refusal("OB_BACKUP_CAN_NOT_START");
  throw refusal("OB_BACKUP_CAN_NOT_START", cause);
}

export function runningJob({ state }: Model, tenantId: number): BackupJob | undefined {
  return state.jobs.find((job) => job.tenantId === tenantId && job.endedAt === null);
}

function addParentJob(model: Model, order: BackupOrder, executors: readonly Tenant[]): void {
  const jobId = nextCount(model, SYS_TENANT_ID, "jobId");
  model.state.jobs.put({
    ...newJob(model, order),
    tenantId: SYS_TENANT_ID,
    jobId,
    initiatorTenantId: SYS_TENANT_ID,
    initiatorJobId: jobId,
    executorTenantIds: executors.map((tenant) => tenant.id),
    level: "CLUSTER",
    nextAt: model.now + DURATIONS.backupFanOut,
  });
}

type JobWords = Pick<BackupOrder, "incremental" | "plusArchivelog" | "description" | "password">;

function newJob(model: Model, order: JobWords): Omit<BackupJob, "tenantId" | "jobId" | "level" | "nextAt"> {
  return {
    setId: 0,
    initiatorTenantId: 0,
    initiatorJobId: 0,
    executorTenantIds: [],
    plusArchivelog: order.plusArchivelog,
    type: order.incremental ? "INC" : "FULL",
    encryptionMode: order.password === undefined ? "NONE" : "PASSWORD",
    password: order.password ?? null,
    startedAt: model.now,
    endedAt: null,
    status: "INIT",
    result: 0,
    comment: "",
    description: order.description,
    uri: "",
    retries: 0,
  };
}

/** The job of one tenant. An increment without a usable set in the same path becomes a full one, without an error. */
function addTenantJob(model: Model, tenant: Tenant, order: JobWords, parent?: BackupJob): BackupJob {
  const dest = model.state.dataDests.get(tenant.id);
  const uri = dest?.uri ?? "";
  const job = model.state.jobs.put({
    ...newJob(model, order),
    tenantId: tenant.id,
    jobId: nextCount(model, tenant.id, "jobId"),
    setId: nextCount(model, tenant.id, "setId"),
    initiatorTenantId: parent ? SYS_TENANT_ID : tenant.id,
    initiatorJobId: parent?.jobId ?? 0,
    executorTenantIds: [tenant.id],
    type: order.incremental && baseSet(model, tenant.id, uri) ? "INC" : "FULL",
    level: "USER_TENANT",
    uri,
    nextAt: model.now + DURATIONS.backupInit,
  });
  if (parent) recordStart(model, tenant.id, 0);
  return job;
}

/** The latest usable set with the same PATH, made under the data version that the tenant has now. */
export function baseSet(model: Model, tenantId: number, uri: string): BackupSet | undefined {
  const compatible = tenantById(model, tenantId)?.compatible;
  return usableSets(model, tenantId, uri).findLast((set) => set.tenantCompatible === compatible);
}

function usableSets({ state }: Model, tenantId: number, uri: string | undefined): readonly BackupSet[] {
  return state.sets.where(
    (set) =>
      set.tenantId === tenantId &&
      set.uri === uri &&
      set.status === "SUCCESS" &&
      set.fileStatus === "AVAILABLE",
  );
}

/** Children of a job of sys, running and ended. */
export function childrenOf({ state }: Model, parent: BackupJob): readonly BackupJob[] {
  return state.jobs.where(
    (job) =>
      job.tenantId !== SYS_TENANT_ID &&
      job.initiatorTenantId === SYS_TENANT_ID &&
      job.initiatorJobId === parent.jobId,
  );
}

/**
 * INIT of a job of sys: a child for each tenant. One that meanwhile runs another job gets none, and the parent still ends
 * COMPLETED (seen on 4.2.1.9: a COMPLETED parent proves nothing).
 */
export function fanOut(model: Model, parent: BackupJob): void {
  const order: JobWords = {
    incremental: parent.type === "INC",
    plusArchivelog: parent.plusArchivelog,
    description: parent.description,
    ...(parent.password === null ? {} : { password: parent.password }),
  };
  let children = 0;
  for (const id of parent.executorTenantIds) {
    const tenant = tenantById(model, id);
    if (tenant === undefined || runningJob(model, id)) continue;
    addTenantJob(model, tenant, order, parent);
    children++;
  }
  const nextAt = children === 0 ? model.now + DURATIONS.backupFanOut : null;
  model.state.jobs.put({ ...parent, status: "DOING", nextAt });
}

/** CANCEL BACKUP: of the named tenants, or of all. Without a job it has no effect. */
export function cancelBackup(model: Model, tenants: readonly Tenant[]): void {
  for (const tenant of tenants) {
    const job = runningJob(model, tenant.id);
    if (job === undefined || job.status === "CANCELING") continue;
    const values = { tenant_id: SYS_TENANT_ID, backup_tenant_ids: `[${tenant.id}]` };
    recordEvent(model, { module: "backup_data", event: "cancel_backup_data", values });
    model.state.jobs.put({ ...job, status: "CANCELING", nextAt: model.now + DURATIONS.backupCancel });
  }
}
