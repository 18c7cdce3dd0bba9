import type { BackupJob } from "../domain/job.ts";
import type { Operation, OperationProgress, OperationResult } from "../domain/operation.ts";
import { Problem, type ProblemBody } from "../domain/problem.ts";
import { ABSENT, type DoorRequest, type Effect, type Pass, type StepRule, tenantIn } from "./step-rule.ts";

/** Back up one tenant: one statement, then the job that bears our signature is followed to its end. */
export const BACK_UP_STEPS: readonly StepRule[] = [
  {
    name: "back-up",
    request: backUpRequest,
    effect: (operation, pass) => backUpEffect(operation, pass),
    cancel: (operation) => ({ ask: "cancel-backup", tenant: operation.tenant }),
  },
];

function backUpRequest(operation: Operation): DoorRequest {
  const { request } = operation;
  if (request.kind !== "back-up") throw new RangeError(`${operation.id} is no back-up`);
  return {
    ask: "start-backup",
    with: {
      tenant: operation.tenant,
      type: request.type,
      plusArchivelog: request.plusArchivelog,
      signature: operation.id,
      // Filled in from the sealed secrets by whoever sends: a decision needs no password.
      encryptionPassword: null,
    },
  };
}

function backUpEffect(operation: Operation, pass: Pass): Effect {
  if (operation.steps[0]?.state === "waiting" && !tenantIn(pass, operation.tenant)) {
    return { seen: "failed", problem: tenantGone(operation), result: {} };
  }
  // In whichever tenant: it may have been renamed since.
  const isOurs = (each: BackupJob) => each.description === operation.id;
  const tenant = pass.inventory.tenants.find(({ backupJobs }) => backupJobs.some(isOurs));
  const job = tenant?.backupJobs.find(isOurs);
  if (!tenant || !job) return ABSENT;
  const set = tenant.sets.find((each) => each.id === job.setId);
  const result: Partial<OperationResult> = {
    jobId: job.id,
    setId: job.setId || null,
    actualType: job.type,
    minRestoreScn: set && set.minRestoreScn > 0n ? set.minRestoreScn : null,
  };
  return jobEffect(job, { operation, progress: progressOf(job, pass), result });
}

function jobEffect(
  job: BackupJob,
  seen: {
    readonly operation: Operation;
    readonly progress: OperationProgress;
    readonly result: Partial<OperationResult>;
  },
): Effect {
  const note = `job ${job.id}, set ${job.setId}: ${job.statusWord}`;
  switch (job.status) {
    case "completed":
      return { seen: "done", note, result: seen.result };
    case "failed":
      return { seen: "failed", problem: failureOf(seen.operation, job), result: seen.result };
    case "canceled":
      return { seen: "canceled", note, result: seen.result };
    case "running":
    case "canceling":
    case "unknown":
      return { seen: "going-on", note, progress: seen.progress, result: seen.result };
  }
}

function progressOf(job: BackupJob, pass: Pass): OperationProgress {
  return {
    fraction: job.progress?.fraction ?? null,
    phaseWord: job.phaseWord ?? job.statusWord,
    inputBytes: job.progress?.inputBytes ?? null,
    outputBytes: job.progress?.outputBytes ?? null,
    observedAt: pass.inventory.observedAt,
  };
}

function failureOf(operation: Operation, job: BackupJob): ProblemBody {
  return new Problem("oceanbase-refused", {
    // Seen on 4.2.1.9: a BACKUP sent right after another is answered OK and makes nothing (the door tells it as set 0).
    found:
      job.setId === 0
        ? `OceanBase accepted the backup of ${operation.tenant}, but made no set.`
        : `OceanBase ended backup job ${job.id} (set ${job.setId}) as ${job.statusWord}.`,
    remedy: "Mend the cause it names, then back up again; the sets made before are not touched.",
    values: { job: job.id, set: job.setId, status: job.statusWord },
    oceanbase: { errno: Math.abs(job.resultCode), message: job.comment },
  }).body;
}

function tenantGone(operation: Operation): ProblemBody {
  return new Problem("tenant-unknown", {
    found: `Cluster ${operation.cluster} has no tenant ${operation.tenant}.`,
    remedy: "Look at the tenant list: it may have been dropped or renamed.",
    values: { cluster: operation.cluster, tenant: operation.tenant },
  }).body;
}
