import { SqlError } from "../engine.ts";
import { isFinal, RETRIES } from "./backup-end.ts";
import { CANCELED } from "./clean.ts";
import { obsoleteBackups } from "./clean-choice.ts";
import type { DeleteJob, DeleteTask } from "./clean-rows.ts";
import { DURATIONS } from "./durations.ts";
import { type Model, nextCount, tenantById } from "./model.ts";
import { codeOf } from "./refusal.ts";
import { destinationOf, sourceOf } from "./source.ts";

/** Log stream 1 and the user's 1001. */
const STREAMS = 2;

/** One step of a job of deletion. */
export function stepDeleteJob(model: Model, job: DeleteJob): void {
  if (job.status === "CANCELING") return cancel(model, job);
  try {
    if (job.status === "INIT") begin(model, job);
    else deleteNext(model, job);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    fail(model, job, codeOf(error));
  }
}

/** INIT: the paths must answer and be the tenant's own; then the tasks. One job at a time per tenant: others wait. */
function begin(model: Model, job: DeleteJob): void {
  if (model.state.deleteTasks.find((task) => task.tenantId === job.tenantId)) {
    model.state.deleteJobs.put({ ...job, nextAt: model.now + DURATIONS.cleanTask });
    return;
  }
  checkPaths(model, job.tenantId);
  const { sets, pieces } = obsoleteBackups(model, job.tenantId, job.expiredAt);
  for (const set of sets) addTask(model, job, { ...set, type: "BACKUP SET", id: set.setId, roundId: 0 });
  for (const piece of pieces) addTask(model, job, { ...piece, type: "BACKUP PIECE", id: piece.pieceId });
  const taskCount = sets.length + pieces.length;
  model.state.deleteJobs.put({ ...job, status: "DOING", taskCount, nextAt: model.now + DURATIONS.cleanWake });
}

function checkPaths(model: Model, tenantId: number): void {
  const tenant = tenantById(model, tenantId);
  if (tenant === undefined) return;
  const source = sourceOf(model, tenant);
  const data = model.state.dataDests.get(tenantId);
  const log = model.state.archiveDests.get(tenantId);
  if (data)
    model.media.checkDestination({ type: "backup_data", destination: destinationOf(model, data), source });
  if (log)
    model.media.checkDestination({ type: "archive_log", destination: destinationOf(model, log), source });
}

type Target = Pick<DeleteTask, "type" | "id" | "roundId" | "destId" | "uri">;

function addTask(model: Model, job: DeleteJob, { type, id, roundId, destId, uri }: Target): void {
  model.state.deleteTasks.put({
    tenantId: job.tenantId,
    taskId: nextCount(model, job.tenantId, "taskId"),
    jobId: job.jobId,
    type,
    id,
    roundId,
    destId,
    startedAt: model.now,
    endedAt: null,
    status: "INIT",
    streams: 0,
    finishedStreams: 0,
    result: 0,
    comment: "",
    uri,
  });
}

/** First every file is marked DELETING, as the kernel starts all tasks at once; then one after the other goes. */
function deleteNext(model: Model, job: DeleteJob): void {
  const tasks = tasksOf(model, job);
  const waiting = tasks.filter((task) => task.status === "INIT");
  for (const task of waiting) {
    markFiles(model, task, "DELETING");
    model.state.deleteTasks.put({ ...task, status: "DOING", streams: STREAMS });
  }
  const next = waiting.length > 0 ? undefined : tasks.find((task) => task.status === "DOING");
  if (waiting.length === 0 && next === undefined) return end(model, job, { status: "COMPLETED", result: 0 });
  if (next) deleteFiles(model, next);
  model.state.deleteJobs.put({ ...job, nextAt: model.now + DURATIONS.cleanTask });
}

function deleteFiles(model: Model, task: DeleteTask): void {
  const { id, destId, roundId, uri } = task;
  const set = model.state.sets.get(task.tenantId, id);
  if (task.type === "BACKUP PIECE") model.media.removePiece({ pieceId: id, destId, roundId, uri });
  else if (set) model.media.removeSet(set);
  markFiles(model, task, "DELETED");
  model.state.deleteTasks.put({
    ...task,
    status: "COMPLETED",
    finishedStreams: STREAMS,
    endedAt: model.now,
  });
}

function markFiles({ state }: Model, task: DeleteTask, fileStatus: "DELETING" | "DELETED"): void {
  const set = state.sets.get(task.tenantId, task.id);
  const piece = state.pieces.get(task.tenantId, task.id);
  if (task.type === "BACKUP SET" && set) state.sets.put({ ...set, fileStatus });
  if (task.type === "BACKUP PIECE" && piece) state.pieces.put({ ...piece, fileStatus });
}

function tasksOf({ state }: Model, job: DeleteJob): readonly DeleteTask[] {
  return state.deleteTasks.where((task) => task.tenantId === job.tenantId && task.jobId === job.jobId);
}

/** 9069: a piece that is still written. Trying again does not freeze it. */
const NOT_ALLOWED = [-9045, -9069];

/** What was marked DELETING stays so: the next job takes it up. The kernel leaves COMMENT empty. */
function fail(model: Model, job: DeleteJob, code: number): void {
  if (!isFinal(code) && !NOT_ALLOWED.includes(code) && job.retries < RETRIES) {
    const nextAt = model.now + DURATIONS.backupRetryPause;
    model.state.deleteJobs.put({ ...job, retries: job.retries + 1, nextAt });
    return;
  }
  end(model, job, { status: "FAILED", result: code });
}

function cancel(model: Model, job: DeleteJob): void {
  end(model, job, { status: "CANCELED", result: CANCELED });
}

type End = Pick<DeleteTask, "result"> & { readonly status: "COMPLETED" | "FAILED" | "CANCELED" };

/** The job and its tasks leave the running views for the history in one step. */
function end(model: Model, job: DeleteJob, { status, result }: End): void {
  const { state } = model;
  const tasks = tasksOf(model, job);
  for (const task of tasks) {
    const over = task.status === "COMPLETED" ? task : { ...task, status, result, endedAt: model.now };
    state.deleteTaskHistory.put(over);
    state.deleteTasks.remove(task);
  }
  const successTaskCount = tasks.filter((task) => task.status === "COMPLETED").length;
  const endedAt = model.now;
  state.deleteJobHistory.put({ ...job, status, result, successTaskCount, endedAt, nextAt: null });
  state.deleteJobs.remove(job);
}
