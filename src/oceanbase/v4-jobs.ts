import type { BackupJob, JobProgress, JobStatus } from "../domain/job.ts";
import { maskSecrets } from "./destination.ts";
import { countOf, microsOf, numberOf, type Row, textOf } from "./row.ts";
import { backupType } from "./v4-history.ts";

const STATUS: Readonly<Record<string, JobStatus>> = {
  INIT: "running",
  DOING: "running",
  CANCELING: "canceling",
  COMPLETED: "completed",
  FAILED: "failed",
  CANCELED: "canceled",
};

export const SYS_TENANT_ID = 1;

/**
 * The backup jobs of each tenant, running ones first, then newest first, from rows of the running view, the tasks' view
 * and the history.
 *
 * A job that sys starts has a parent row of tenant 1 and a child row per tenant. The child is the job. A parent appears
 * here only while it has no child for a tenant that it names:
 * - running: the child is about to be made;
 * - ended: no set was made. Seen on 4.2.1.9: a second BACKUP of one tenant, sent while the first was INIT, was answered
 *   OK and its parent ended COMPLETED with RESULT 0, with no child and no set. That is a failure, whatever its word.
 * Its id is negative, since parents are counted by sys and children by their tenant.
 */
export function backupJobsByTenant(rows: readonly Row[]): ReadonlyMap<number, readonly BackupJob[]> {
  const jobs = withoutRunningTwins(rows);
  const tasks = newestTasks(rows);
  const children = jobs.filter((row) => countOf(row, "TENANT_ID") !== SYS_TENANT_ID);
  const found = children.map((row) => ({
    tenantId: countOf(row, "TENANT_ID"),
    job: childJob(row, tasks.get(jobKey(row))),
  }));
  const lone = childlessParents(jobs, children);
  return byTenant([...found, ...lone]);
}

/** A row that moved to the history between the two scans of one statement is seen in both: the history is right. */
function withoutRunningTwins(rows: readonly Row[]): readonly Row[] {
  const ended = new Set(rows.filter((row) => row.SOURCE === "history").map(jobKey));
  return rows.filter(
    (row) => row.SOURCE === "history" || (row.SOURCE === "running" && !ended.has(jobKey(row))),
  );
}

function jobKey(row: Row): string {
  return `${textOf(row, "TENANT_ID")}/${textOf(row, "JOB_ID")}`;
}

function newestTasks(rows: readonly Row[]): ReadonlyMap<string, Row> {
  const tasks = rows
    .filter((row) => row.SOURCE === "task")
    .toSorted((a, b) => countOf(a, "TASK_ID") - countOf(b, "TASK_ID"));
  return new Map(tasks.map((row) => [jobKey(row), row]));
}

function childJob(row: Row, task: Row | undefined): BackupJob {
  const word = textOf(row, "STATUS");
  return {
    id: countOf(row, "JOB_ID"),
    setId: countOf(row, "BACKUP_SET_ID"),
    isHistory: row.SOURCE === "history",
    status: STATUS[word] ?? "unknown",
    statusWord: word,
    phaseWord: task ? textOf(task, "STATUS") : null,
    type: backupType(row),
    plusArchivelog: textOf(row, "PLUS_ARCHIVELOG") === "ON",
    startedBySys: countOf(row, "INITIATOR_TENANT_ID") === SYS_TENANT_ID,
    startedAt: microsOf(row, "START_TIMESTAMP"),
    endedAt: microsOf(row, "END_TIMESTAMP"),
    description: textOf(row, "DESCRIPTION"),
    // One sample of the documents prints the code positive; the kernel stores it negative.
    resultCode: 0 - Math.abs(countOf(row, "RESULT")),
    comment: maskSecrets(textOf(row, "COMMENT")),
    path: maskSecrets(textOf(row, "PATH")),
    progress: task ? taskProgress(task) : null,
  };
}

/** DATA_PROGRESS since 4.2.1 BP3, before it the macro blocks. It reaches 100 % while later phases still run. */
function taskProgress(task: Row): JobProgress {
  const percent = numberOf(task, "DATA_PROGRESS");
  const blocks = countOf(task, "MACRO_BLOCK_COUNT");
  const share = blocks > 0 ? countOf(task, "FINISH_MACRO_BLOCK_COUNT") / blocks : null;
  const fraction = percent === null ? share : percent / 100;
  return {
    fraction: fraction === null ? null : Math.min(fraction, 1),
    inputBytes: countOf(task, "INPUT_BYTES"),
    outputBytes: countOf(task, "OUTPUT_BYTES"),
  };
}

interface TenantJob {
  readonly tenantId: number;
  readonly job: BackupJob;
}

function childlessParents(jobs: readonly Row[], children: readonly Row[]): readonly TenantJob[] {
  const served = new Set(
    children.map((row) => `${textOf(row, "TENANT_ID")}/${textOf(row, "INITIATOR_JOB_ID")}`),
  );
  return jobs
    .filter((row) => countOf(row, "TENANT_ID") === SYS_TENANT_ID)
    .flatMap((row) =>
      executors(row)
        .filter((tenantId) => !served.has(`${tenantId}/${textOf(row, "JOB_ID")}`))
        .map((tenantId) => ({ tenantId, job: parentJob(row) })),
    );
}

function executors(row: Row): readonly number[] {
  return textOf(row, "EXECUTOR_TENANT_ID").split(",").map(Number).filter(Number.isSafeInteger);
}

function parentJob(row: Row): BackupJob {
  const job = childJob(row, undefined);
  const own = { ...job, id: -job.id, setId: 0 };
  if (job.status !== "completed") return own;
  const reason = "no set was made: another backup of this tenant was running";
  return { ...own, status: "failed", comment: [job.comment, reason].filter(Boolean).join("; ") };
}

function byTenant(jobs: readonly TenantJob[]): ReadonlyMap<number, readonly BackupJob[]> {
  const grouped = Map.groupBy(jobs, ({ tenantId }) => tenantId);
  return new Map(
    [...grouped].map(([tenantId, found]) => [
      tenantId,
      found.map(({ job }) => job).toSorted(runningThenNewest),
    ]),
  );
}

type Ordered = Pick<BackupJob, "isHistory" | "startedAt">;

export function runningThenNewest(a: Ordered, b: Ordered): number {
  return Number(a.isHistory) - Number(b.isHistory) || (b.startedAt ?? 0) - (a.startedAt ?? 0);
}
