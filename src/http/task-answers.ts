import type { AnswerOf } from "../api/contract.ts";
import { type Loose, toJson } from "../api/json.ts";
import { cleanUpOf, type Leftovers } from "../domain/clean-up.ts";
import type { TenantInventory } from "../domain/inventory.ts";
import type { BackupJob, RestoreJob } from "../domain/job.ts";
import type { Operation } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";

type BackupTask = Loose<AnswerOf<"listBackupTasks">["items"][number]>;
type RestoreTask = Loose<AnswerOf<"listRestoreTasks">["items"][number]>;

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

export function sliceOf<Item>(
  items: readonly Item[],
  { limit, offset }: Slice,
): { total: number; items: readonly Item[] } {
  return { total: items.length, items: items.slice(offset, offset + limit) };
}

/** Running ones first, then newest first. */
export function newestFirst(jobs: readonly BackupJob[]): readonly BackupJob[] {
  return jobs.toSorted(
    (a, b) =>
      Number(a.isHistory) - Number(b.isHistory) || (b.startedAt ?? 0) - (a.startedAt ?? 0) || b.id - a.id,
  );
}

/** A job with its set and, where Holdfast asked for it, the words that were sent. */
export function backupTask(
  job: BackupJob,
  { seen, operation }: { seen: TenantInventory; operation: Operation | undefined },
): BackupTask {
  const set = seen.sets.find((each) => each.id === job.setId);
  const hasInstant = set !== undefined && set.minRestoreScn > 0n;
  return {
    ...toJson(job),
    minRestoreScn: hasInstant ? set.minRestoreScn.toString() : null,
    inputBytes: set?.inputBytes ?? job.progress?.inputBytes ?? null,
    outputBytes: set?.outputBytes ?? job.progress?.outputBytes ?? null,
    operationId: operation?.id ?? null,
    statements: operation?.steps.flatMap((step) => step.statements) ?? [],
  };
}

/** Operations of ours and restores that somebody else started, each once. */
export function restoreTasks(seen: {
  readonly operations: readonly Operation[];
  readonly jobs: readonly (RestoreJob & { readonly cluster: string })[];
  readonly leftovers: (operation: Operation) => Leftovers;
}): readonly RestoreTask[] {
  const ours = new Set(seen.operations.map((each) => each.id));
  const foreign = seen.jobs.filter((job) => !ours.has(job.description));
  const tasks = [
    ...seen.operations.map((each) => ({
      ...taskOfOperation(each, seen.jobs),
      cleanUp: cleanUpOffer(each, seen.leftovers(each)),
    })),
    ...foreign.map(taskOfJob),
  ];
  return tasks.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
}

function cleanUpOffer(operation: Operation, left: Leftovers): RestoreTask["cleanUp"] {
  if (operation.outcome === null || operation.outcome === "succeeded") return null;
  try {
    cleanUpOf(operation, left);
    return { refusedBy: null };
  } catch (error) {
    if (error instanceof Problem) return { refusedBy: error.body };
    throw error;
  }
}

function taskOfOperation(operation: Operation, jobs: readonly RestoreJob[]): Omit<RestoreTask, "cleanUp"> {
  const { request, outcome, progress, problem } = operation;
  if (request.kind !== "restore") throw new RangeError(`${operation.id} is no restore`);
  const job = jobs.find((each) => each.description === operation.id);
  return {
    id: operation.id,
    operationId: operation.id,
    jobId: operation.result.jobId,
    sourceCluster: request.source.cluster,
    sourceTenant: request.source.tenant,
    targetCluster: operation.cluster,
    targetTenant: operation.tenant,
    until: request.until.toString(),
    status: outcome ?? "running",
    statusWord: job?.statusWord ?? operation.phase,
    startedAt: operation.requestedAt,
    endedAt: operation.endedAt,
    fraction: progress?.fraction ?? null,
    comment: problem?.oceanbase?.message ?? problem?.found ?? job?.comment ?? "",
    destinations:
      job?.destinations ??
      [request.actions.restore.dataUri, request.actions.restore.archiveUri].filter(Boolean).join(","),
  };
}

const STATUS = {
  running: "running",
  canceling: "running",
  completed: "succeeded",
  failed: "failed",
  canceled: "canceled",
  unknown: "unknown",
} as const satisfies Record<RestoreJob["status"], RestoreTask["status"]>;

function taskOfJob(job: RestoreJob & { readonly cluster: string }): RestoreTask {
  return {
    id: `job-${job.id}`,
    operationId: null,
    jobId: job.id,
    sourceCluster: job.sourceCluster,
    sourceTenant: job.sourceTenant,
    targetCluster: job.cluster,
    targetTenant: job.targetTenant,
    until: job.restoreScn > 0n ? job.restoreScn.toString() : null,
    status: STATUS[job.status],
    statusWord: job.statusWord,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
    fraction: job.fraction,
    comment: job.comment,
    destinations: job.destinations,
    cleanUp: null,
  };
}
