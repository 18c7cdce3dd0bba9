import { SqlError } from "../engine.ts";
import { childrenOf } from "./backup.ts";
import type { BackupJob, JobStatus } from "./backup-rows.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { type Model, SYS_TENANT_ID } from "./model.ts";
import { SERVERS } from "./resources.ts";

export interface JobEnd {
  readonly status: Extract<JobStatus, "COMPLETED" | "FAILED" | "CANCELED">;
  /** 0 or a negative OceanBase code. */
  readonly code: number;
  readonly comment: string;
}

/** The job's row leaves the running view for the history view; the parent ends a while after its last child. */
export function finalJob(model: Model, job: BackupJob, { status, code, comment }: JobEnd): void {
  model.state.jobs.put({
    ...job,
    status,
    result: code,
    comment,
    endedAt: model.now,
    nextAt: null,
    password: null,
  });
  if (job.tenantId === SYS_TENANT_ID || job.initiatorTenantId !== SYS_TENANT_ID) return;
  const parent = model.state.jobs.get(SYS_TENANT_ID, job.initiatorJobId);
  if (parent === undefined || parent.endedAt !== null) return;
  const result = parent.result === 0 ? code : parent.result;
  const over = childrenOf(model, parent).every((child) => child.endedAt !== null);
  model.state.jobs.put({
    ...parent,
    result,
    nextAt: over ? model.now + DURATIONS.backupParentEnd : parent.nextAt,
  });
}

/** Ends a job that will bring no set: set FAILED / INCOMPLETE, task and job with the same words. */
export function endJob(model: Model, job: BackupJob, end: JobEnd): void {
  const { state } = model;
  const set = state.sets.get(job.tenantId, job.setId);
  const task = state.tasks.find((row) => row.tenantId === job.tenantId && row.jobId === job.jobId);
  if (set) {
    markFailed(model, job, end);
    const counts = task && {
      inputBytes: task.inputBytes,
      outputBytes: task.outputBytes,
      tablets: task.tablets,
      finishedTablets: task.finishedTablets,
      macroBlocks: task.macroBlocks,
      finishedMacroBlocks: task.finishedMacroBlocks,
    };
    // A set that was canceled keeps RESULT 0 (4.2.1.9); its task and jobs say -4072.
    const result = end.status === "CANCELED" ? 0 : end.code;
    const { comment } = end;
    const ended = { endedAt: model.now, metaTurn: 1, result, comment, consistentScn: 0n } as const;
    state.sets.put({ ...set, ...counts, ...ended, status: "FAILED", fileStatus: "INCOMPLETE" });
  }
  if (task) {
    const comment = end.status === "CANCELED" ? "Operation canceled" : end.comment;
    const { status, code: result } = end;
    state.tasks.put({ ...task, status, result, comment, endedAt: model.now });
  }
  finalJob(model, job, end);
}

/** The mark on the medium, where the medium still takes one. */
function markFailed(model: Model, job: BackupJob, end: JobEnd): void {
  const set = model.state.sets.get(job.tenantId, job.setId);
  try {
    const run = set && model.media.backupRun(set);
    run?.fail({ at: model.now, result: end.code, comment: end.comment });
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
  }
  model.media.closeBackup(job.tenantId);
}

/** After these the kernel does not try again. */
const FINAL_CODES = [
  -4002, -4007, -4016, -4184, -9027, -9029, -9064, -9070, -9071, -9080, -9081, -9082,
] as const;
export const RETRIES = 3;

export function isFinal(code: number): boolean {
  return (FINAL_CODES as readonly number[]).includes(code);
}

export interface Failure {
  readonly code: number;
  readonly message: string;
  /** Instead of the comment that the kernel would write. */
  readonly comment?: string;
}

/** A failing job is tried again up to three times, unless the error is final. */
export function failJob(model: Model, job: BackupJob, { code, message, comment }: Failure): void {
  if (!isFinal(code) && job.retries < RETRIES) {
    const nextAt = model.now + DURATIONS.backupRetryPause;
    model.state.jobs.put({ ...job, retries: job.retries + 1, nextAt });
    return;
  }
  const values = { tenant_id: job.tenantId, job_id: job.jobId, result: code };
  recordEvent(model, { module: "backup_data", event: "deal with failed job", values });
  for (const fault of model.state.faults.where((row) => row.tenantId === job.tenantId)) {
    model.state.faults.remove(fault);
  }
  const words = comment ?? rootserviceComment(model, { code, message });
  endJob(model, job, { status: "FAILED", code, comment: words });
}

function rootserviceComment(model: Model, { code, message }: Pick<Failure, "code" | "message">): string {
  const address = `${SERVERS[0]?.ip}:${model.sqlPort + 1}`;
  return `(ROOTSERVICE)addr: "${address}", result: ${code}(${message}), trace_id: ${traceId(model)}`;
}

/** The comment of a failure on a server that copied data. */
export function serverComment(model: Model, { code, message }: Pick<Failure, "code" | "message">): string {
  const address = `${SERVERS[1]?.ip}:${model.sqlPort + 1}`;
  const cause = `result: ${code}(${message}), trace_id: ${traceId(model)}`;
  return `(SERVER)ls_id: 1001, addr: "${address}", module: BACKUP_DATA, ${cause}`;
}

/** A trace id as OceanBase prints them; made of the port and the moment. */
export function traceId(model: Model): string {
  const port = (model.sqlPort + 1).toString(16).toUpperCase();
  const moment = Math.trunc(model.now).toString(16).toUpperCase().padStart(16, "0");
  return `Y${port}7F000001-${moment}-0-0`;
}

/** The phase in which a fault that was asked for strikes: when the first data is copied. */
const FAULT_PHASES = ["BACKUP_DATA_MINOR", "BACKUP_USER_DATA"];

/** Lets a fault that waits for this tenant's next backup strike; it is spent once the job has FAILED. */
export function takeFault(
  model: Model,
  { job, phase }: { readonly job: BackupJob; readonly phase: string },
): void {
  if (!FAULT_PHASES.includes(phase)) return;
  const fault = model.state.faults.find((row) => row.tenantId === job.tenantId && row.kind === "fail-backup");
  if (fault === undefined) return;
  throw new BackupFault(fault.code, fault.comment);
}

/** A failure that was asked for, with the comment that was asked for. */
export class BackupFault extends Error {
  readonly code: number;
  readonly comment: string | null;

  constructor(code: number, comment: string | null) {
    super(`backup fails as asked for: ${code}`);
    this.code = code;
    this.comment = comment;
  }
}
