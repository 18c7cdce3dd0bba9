import { SqlError } from "../engine.ts";
import { readBackupSets, setName } from "../tenant-data/backup-set.ts";
import { readFormat } from "../tenant-data/destination.ts";
import { planRestore, type RestorePlan, type RestoreRequest } from "../tenant-data/plan-restore.ts";
import { traceId } from "./backup-end.ts";
import type { RestoreJob, RestoreOrigin } from "./backup-rows.ts";
import { destinationUri, inVersionsWords } from "./destination-uri.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { type Model, nextId, tenantByName } from "./model.ts";
import { codeOf, notAllowed, notSupported, refusal, resultNameOf } from "./refusal.ts";
import { poolByName, SERVERS } from "./resources.ts";
import { badTime, type RestoreOptions, restoreOptions } from "./restore-words.ts";
import type { Tenant } from "./state.ts";
import { addTenant, removeTenant } from "./tenants.ts";
import { DEFAULT_OFFSET_MINUTES, scnFromText } from "./time.ts";
import { isSince, versionNumber } from "./version.ts";

export type Until =
  | { readonly kind: "scn"; readonly scn: bigint }
  | { readonly kind: "time"; readonly text: string }
  | { readonly kind: "latest" };

export interface RestoreOrder {
  readonly name: string;
  /** As typed: comma separated. */
  readonly from: string;
  readonly until: Until;
  readonly options: string;
  readonly description: string | null;
  /** SET DECRYPTION of the session. */
  readonly passwords: readonly string[];
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
  const options = restoreOptions(order.options);
  if (order.until.kind === "scn" && order.until.scn <= 0n) {
    throw refusal("OB_INVALID_ARGUMENT", "until scn, it should be positive integer");
  }
  const taken = tenantByName(model, order.name);
  if (taken !== undefined) throw notAllowed("restore tenant with existed tenant name is");
  const origin = restoreOrigin(model, order);
  for (const pool of options.pools) {
    if (!poolByName(model, pool)) throw refusal("OB_RESOURCE_POOL_NOT_EXIST", pool);
  }
  const plan = planFrom(model, origin, order.until);
  refuseNewer(model, plan);
  beginRestore(model, { jobId, order, options, origin, plan });
}

/** RESTORE … PREVIEW: what a restore would read. */
export function previewRestore(model: Model, order: Omit<RestoreOrder, "name" | "options">): RestorePreview {
  const origin = restoreOrigin(model, order);
  const plan = planFrom(model, origin, order.until);
  return { plan, ...pathsOf(origin, plan) };
}

export type RestorePreview = Pick<RestoreJob, "setPaths" | "piecePaths"> & { readonly plan: RestorePlan };

/** Which of the paths is data and which is logs stands in their format files. */
function restoreOrigin(
  model: Model,
  { from, passwords }: Pick<RestoreOrder, "from" | "passwords">,
): RestoreOrigin {
  const found = { backup_data: [] as string[], archive_log: [] as string[] };
  for (const part of from.split(",")) {
    const text = part.trim();
    const uri = uriOf(text);
    const format = readFormat(model.media.directoryOf(uri));
    if (format === undefined) throw refusal("OB_BACKUP_FILE_NOT_EXIST");
    found[format.type].push(uri);
  }
  const [dataUri] = found.backup_data;
  if (found.backup_data.length > 1 || found.archive_log.length > 1) {
    throw notSupported("It is not support to restore from multiple tenant backup paths.");
  }
  if (dataUri === undefined) throw noLog();
  return { dataUri, archiveUri: found.archive_log[0] ?? null, passwords };
}

function uriOf(text: string): string {
  if (/^(file|oss|cos|s3):\/\//.test(text)) return destinationUri(text);
  throw refusal("OB_INVALID_BACKUP_DEST", text);
}

/** 4018 with the text that RESTORE gives it. */
function noLog(): SqlError {
  return refusal("OB_ENTRY_NOT_EXIST", "No enough log for restore");
}

function planFrom(model: Model, origin: RestoreOrigin, until: Until): RestorePlan {
  const request = requestOf(model, origin);
  try {
    if (until.kind === "latest") return planRestore({ ...request, target: { latest: true } });
    if (until.kind === "scn") return planRestore({ ...request, target: { scn: until.scn } });
    return planRestore({ ...request, target: { scn: scnOfTime(until.text, request) } });
  } catch (error) {
    throw origin.archiveUri === null ? withoutArchive(error) : inVersionsWords(model, error);
  }
}

/** 4.2.1.9: from a data path alone whatever its complement_log does not hold is 4016, and so is a missing one. */
function withoutArchive(error: unknown): unknown {
  const isMissing = error instanceof SqlError && [4018, 9011, 9080].includes(error.errno);
  return isMissing ? refusal("OB_ERR_UNEXPECTED") : error;
}

export function requestOf(model: Model, origin: RestoreOrigin): Omit<RestoreRequest, "target"> {
  return {
    dataPath: model.media.directoryOf(origin.dataUri),
    ...(origin.archiveUri === null ? {} : { archivePath: model.media.directoryOf(origin.archiveUri) }),
    passwords: origin.passwords,
  };
}

/** UNTIL TIME is read in the time zone that stands in the backup, not in the session's. The named instant is included. */
function scnOfTime(text: string, { dataPath }: Omit<RestoreRequest, "target">): bigint {
  const zone = readBackupSets(dataPath).at(-1)?.source.zoneMinutes ?? DEFAULT_OFFSET_MINUTES;
  const scn = scnFromText(text, zone);
  if (scn === undefined) throw badTime(text);
  return scn;
}

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
  return `ROOTSERVICE : ${resultNameOf(error.errno)}(-${error.errno}) on "${address}" with traceid ${traceId(model)}`;
}

function newJob(model: Model, { jobId, order, origin, plan }: Beginning): RestoreJob {
  const { source } = plan;
  return {
    jobId,
    tenantName: order.name,
    tenantId: 0,
    sourceTenantName: source.tenantName,
    sourceTenantId: source.tenantId,
    sourceClusterName: source.clusterName,
    sourceVersion: source.version,
    backupDest: order.from,
    option: order.options,
    description: order.description,
    scn: plan.targetScn,
    consistentScn: plan.sets.at(-1)?.set.consistentScn ?? 0n,
    ...pathsOf(origin, plan),
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

/** What a plan reads, as BACKUP_SET_LIST and BACKUP_PIECE_LIST print it; without an archive the logs lie in the last set. */
function pathsOf(
  origin: RestoreOrigin,
  { sets, pieces }: RestorePlan,
): Pick<RestoreJob, "setPaths" | "piecePaths"> {
  const setPaths = sets.map(({ set }) => `${origin.dataUri}/${setName(set)}`);
  const logs = origin.archiveUri ?? `${setPaths.at(-1) ?? origin.dataUri}/complement_log`;
  const piecePaths = pieces.map(
    ({ piece }) => `${logs}/piece_d${piece.destId}r${piece.roundId}p${piece.pieceId}`,
  );
  return { setPaths, piecePaths };
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
