import { SqlError } from "../engine.ts";
import type { BackupRun } from "../tenant-data/back-up.ts";
import { baseSet, childrenOf, fanOut } from "./backup.ts";
import {
  BackupFault,
  endJob,
  type Failure,
  failJob,
  finalJob,
  serverComment,
  takeFault,
} from "./backup-end.ts";
import type { BackupJob, BackupSet, BackupTask } from "./backup-rows.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { type Model, nextCount, SYS_TENANT_ID, tenantById } from "./model.ts";
import { messageOfCode } from "./refusal.ts";
import { currentRound } from "./rounds.ts";
import { destinationOf, sourceOf } from "./source.ts";
import type { Tenant } from "./state.ts";
import type { Micros } from "./time.ts";
import { taskPhases } from "./version.ts";

/** Tablets of an empty tenant's own tables (4.2.1.9: 598 in the first turn, 602 with those of the user's stream). */
const SYSTEM_TABLETS = 598;
const USER_STREAM_TABLETS = 4;

/** The data phases and in how many parts each copies. 4.2.x copies in two phases, 4.3.x in one. */
const PARTS: Readonly<Record<string, number>> = {
  BACKUP_DATA_MINOR: 4,
  BACKUP_DATA_MAJOR: 4,
  BACKUP_USER_DATA: 8,
};
const ALL_PARTS = 8;
/** A data file that grows while it is copied needs more than its share of calls; never so many. */
const MOST_COPIES = 100_000;
const MEBIBYTE = 1024 * 1024;

/** One step of a running job: of the parent row of sys, or of one tenant. */
export function stepBackupJob(model: Model, job: BackupJob): void {
  if (job.tenantId === SYS_TENANT_ID) return stepParent(model, job);
  if (job.status === "CANCELING") return endJob(model, job, { status: "CANCELED", code: -4072, comment: "" });
  try {
    refuseDeadArchive(model, job);
    if (job.status === "INIT") begin(model, job);
    else stepTask(model, job);
  } catch (error) {
    failJob(model, job, failureOf(model, error));
  }
}

function failureOf(model: Model, error: unknown): Failure {
  if (error instanceof BackupFault) {
    const cause = { code: error.code, message: messageOfCode(error.code) };
    return { ...cause, comment: error.comment ?? serverComment(model, cause) };
  }
  if (!(error instanceof SqlError)) throw error;
  return { code: -error.errno, message: error.message };
}

function stepParent(model: Model, parent: BackupJob): void {
  if (parent.status === "INIT") return fanOut(model, parent);
  const failed = childrenOf(model, parent).find((child) => child.result !== 0);
  finalJob(model, parent, {
    status: failed || parent.result !== 0 ? "FAILED" : "COMPLETED",
    code: failed?.result ?? parent.result,
    comment: "",
  });
}

const INTERRUPTED = { code: -9027, message: "ob log archive interrupted" };
const NOT_RUNNING = { code: -9029, message: "log archive is not running" };

/** A job whose archive stops fails: -9027 when it was interrupted, else -9029. */
function refuseDeadArchive(model: Model, job: BackupJob): void {
  const status = currentRound(model, job.tenantId)?.status;
  if (status === "DOING") return;
  const cause = status === "INTERRUPTED" ? INTERRUPTED : NOT_RUNNING;
  throw new SqlError(-cause.code, "HY000", cause.message);
}

/** INIT → DOING: the set and its task come into being. */
function begin(model: Model, job: BackupJob): void {
  const tenant = tenantById(model, job.tenantId);
  // A path that was wiped and set again has two ids: the last one is in its format file.
  const dest = model.state.storageInfos
    .where(
      (info) => info.tenantId === job.tenantId && info.uri === job.uri && info.destType === "backup_data",
    )
    .at(-1);
  if (tenant === undefined || dest === undefined) throw new SqlError(9032, "HY000", "backup info not exists");
  const destination = destinationOf(model, dest);
  const source = sourceOf(model, tenant);
  model.media.checkDestination({ type: "backup_data", destination, source });
  const run = model.media.startBackup({
    tenantId: tenant.id,
    destination,
    source,
    setId: job.setId,
    type: job.type,
    plusArchivelog: job.plusArchivelog,
    at: job.startedAt,
    ...(job.password === null ? {} : { password: job.password }),
  });
  model.state.sets.put(newSet(model, { job, tenant, destId: dest.destId, run }));
  model.state.tasks.put(newTask(model, job));
  const nextAt = model.now + phaseTime(model, taskPhases(model.version)[0] ?? "INIT");
  model.state.jobs.put({ ...job, type: run.set.type, status: "DOING", nextAt });
}

interface SetBeginning {
  readonly job: BackupJob;
  readonly tenant: Tenant;
  readonly destId: number;
  readonly run: BackupRun;
}

function newSet(model: Model, { job, tenant, destId, run }: SetBeginning): BackupSet {
  const base = run.set.type === "INC" ? baseSet(model, tenant.id, job.uri) : undefined;
  const previousFull = base?.type === "FULL" ? base.setId : (base?.prevFullId ?? 0);
  return {
    ...NOTHING_COPIED,
    tenantId: tenant.id,
    setId: job.setId,
    destId,
    type: run.set.type,
    prevFullId: previousFull,
    prevIncId: base?.setId ?? 0,
    startedAt: job.startedAt,
    status: "DOING",
    fileStatus: "COPYING",
    plusArchivelog: job.plusArchivelog,
    encryptionMode: job.encryptionMode,
    passwordHash: run.set.encryption?.verifier ?? "",
    tenantCompatible: tenant.compatible,
    clusterVersion: model.version.text,
    uri: job.uri,
  };
}

const NOTHING_COPIED = {
  endedAt: null,
  startReplayScn: 0n,
  consistentScn: 0n,
  minRestoreScn: 0n,
  inputBytes: 0,
  outputBytes: 0,
  extraMetaBytes: 0,
  tablets: 0,
  finishedTablets: 0,
  macroBlocks: 0,
  finishedMacroBlocks: 0,
  fileCount: 0,
  metaTurn: 0,
  result: 0,
  comment: "",
} as const;

function newTask(model: Model, job: BackupJob): BackupTask {
  const { startReplayScn: _, consistentScn: __, minRestoreScn: ___, ...counts } = NOTHING_COPIED;
  return {
    ...counts,
    metaTurn: 1,
    tenantId: job.tenantId,
    taskId: nextCount(model, job.tenantId, "taskId"),
    jobId: job.jobId,
    setId: job.setId,
    startedAt: job.startedAt,
    status: taskPhases(model.version)[0] ?? "INIT",
    partsDone: 0,
    startScn: model.freshScn(),
    endScn: 0n,
    userLsStartScn: 0n,
    encryptionMode: job.encryptionMode,
    uri: job.uri,
  };
}

/** What one step works on. */
interface Doing {
  readonly job: BackupJob;
  readonly task: BackupTask;
  readonly set: BackupSet;
  readonly run: BackupRun;
}

function stepTask(model: Model, job: BackupJob): void {
  const task = model.state.tasks.find((row) => row.tenantId === job.tenantId && row.jobId === job.jobId);
  const set = model.state.sets.get(job.tenantId, job.setId);
  const run = set && model.media.backupRun(set);
  if (task === undefined || set === undefined || run === undefined) {
    throw new SqlError(9011, "HY000", "cannot find backup file");
  }
  takeFault(model, { job, phase: task.status });
  const doing = { job, task, set, run };
  const parts = PARTS[task.status] ?? 0;
  if (parts > 0) copyPart(model, doing);
  if (task.partsDone + 1 < parts) stay(model, job, task.status);
  else enterNextPhase(model, doing);
}

function stay(model: Model, job: BackupJob, phase: string): void {
  model.state.jobs.put({ ...job, nextAt: model.now + phaseTime(model, phase, job) });
}

/** Copies this part's share of the data file; the last part copies whatever is left. */
function copyPart(model: Model, { task, run }: Doing): void {
  const share = Math.max(Math.ceil(run.progress.totalBytes / ALL_PARTS), 1);
  let copied = run.copy(share);
  const last = task.partsDone + 1 === PARTS[task.status] && task.status !== "BACKUP_DATA_MINOR";
  if (last) for (let more = 0; !copied && more < MOST_COPIES; more++) copied = run.copy(share);
  const { readBytes, totalBytes, writtenBytes } = run.progress;
  const portion = totalBytes === 0 ? 1 : Math.min(readBytes / totalBytes, 1);
  model.state.tasks.put({
    ...task,
    partsDone: task.partsDone + 1,
    inputBytes: readBytes,
    outputBytes: writtenBytes,
    finishedTablets: Math.floor(task.tablets * portion),
    finishedMacroBlocks: Math.floor(task.macroBlocks * portion),
  });
}

function enterNextPhase(model: Model, doing: Doing): void {
  const { job } = doing;
  const task = leavePhase(model, doing);
  const phases = taskPhases(model.version);
  const next = phases[phases.indexOf(task.status) + 1];
  if (next === undefined) return finish(model, { ...doing, task });
  const entered = model.state.tasks.put({ ...task, status: next, partsDone: 0 });
  recordAdvance(model, task, next);
  if (PARTS[next] !== undefined && doing.set.consistentScn === 0n) {
    model.state.sets.put({ ...doing.set, consistentScn: model.freshScn() });
  }
  stay(model, job, entered.status);
}

function recordAdvance(model: Model, task: BackupTask, next: string): void {
  const values = {
    tenant_id: task.tenantId,
    job_id: task.jobId,
    backup_set_id: task.setId,
    curr_status: task.status,
    next_status: next,
    result: 0,
  };
  recordEvent(model, { module: "backup_data", event: "advance_status", values });
}

/** What a task knows once a phase is over. */
function leavePhase(model: Model, { task, run, job }: Doing): BackupTask {
  const row = model.state.tasks.get(task.tenantId, task.taskId) ?? task;
  switch (row.status) {
    case "BACKUP_SYS_META":
      return { ...row, ...totals(run, SYSTEM_TABLETS), userLsStartScn: model.freshScn() };
    case "BACKUP_USER_META": {
      const tables = model.media.tableCount(job.tenantId);
      return { ...row, ...totals(run, SYSTEM_TABLETS + USER_STREAM_TABLETS + tables) };
    }
    case "BACKUP_DATA_MINOR":
    case "BACKUP_USER_DATA":
      return { ...row, endScn: model.freshScn() };
    default:
      return row;
  }
}

const MACRO_BLOCK_BYTES = 2 * MEBIBYTE;
/** Of an almost empty tenant's own tables (4.2.1.9). */
const SYSTEM_MACRO_BLOCKS = 54;

function totals(run: BackupRun, tablets: number): Pick<BackupTask, "tablets" | "macroBlocks"> {
  const own = Math.ceil(run.progress.totalBytes / MACRO_BLOCK_BYTES);
  return { tablets, macroBlocks: SYSTEM_MACRO_BLOCKS + own };
}

/** BACKUP_LOG is over: the set is whole, and its task and job end with it. */
function finish(model: Model, { job, task, set, run }: Doing): void {
  const made = run.finish({ at: model.now, minRestoreScn: model.freshScn() });
  const counts = {
    inputBytes: made.inputBytes,
    outputBytes: made.outputBytes,
    extraMetaBytes: 0,
    tablets: task.tablets,
    finishedTablets: task.tablets,
    macroBlocks: task.macroBlocks,
    finishedMacroBlocks: task.macroBlocks,
    metaTurn: 1,
    endedAt: model.now,
  };
  model.state.sets.put({
    ...set,
    ...counts,
    status: "SUCCESS",
    fileStatus: "AVAILABLE",
    startReplayScn: made.startReplayScn,
    consistentScn: made.consistentScn > set.consistentScn ? made.consistentScn : set.consistentScn,
    minRestoreScn: made.minRestoreScn,
  });
  model.state.tasks.put({ ...task, ...counts, status: "COMPLETED", endScn: made.minRestoreScn });
  recordAdvance(model, task, "COMPLETED");
  model.media.closeBackup(job.tenantId);
  finalJob(model, job, { status: "COMPLETED", code: 0, comment: "" });
}

/** How long the next part of a phase takes: longer for more data. */
function phaseTime(model: Model, phase: string, job?: BackupJob): Micros {
  const whole = DURATIONS.backupPhase[phase] ?? DURATIONS.backupInit;
  const parts = PARTS[phase];
  if (parts === undefined || job === undefined) return whole;
  const set = model.state.sets.get(job.tenantId, job.setId);
  const bytes = (set && model.media.backupRun(set)?.progress.totalBytes) ?? 0;
  return whole / parts + (bytes / MEBIBYTE / ALL_PARTS) * DURATIONS.backupPerMebibyte;
}
