import { cancelBackup } from "../model/backup.ts";
import { traceId } from "../model/backup-end.ts";
import type { BackupJob, RestoreJob } from "../model/backup-rows.ts";
import { type Model, tenantById } from "../model/model.ts";
import { messageOfCode } from "../model/refusal.ts";
import { SERVERS } from "../model/resources.ts";
import { cancelRestore, failRestore } from "../model/restore.ts";
import type { ClusterFault } from "./fault.ts";
import { type Ground, nameOf, runningBackup, runningRestore, type Strike, tenantsMeant } from "./ground.ts";

type JobFault<Kind extends string> = Extract<ClusterFault, { readonly kind: Kind }>;

function backupWords(model: Model, { tenantId, jobId }: BackupJob): string {
  return `backup job ${jobId} of ${nameOf(model, tenantId)}`;
}

function restoreWords({ jobId, tenantName }: RestoreJob): string {
  return `restore job ${jobId} of ${tenantName}`;
}

/** The job takes no step any more; CANCEL still ends it. */
export function holdJob({ model }: Ground, { job, tenant }: JobFault<"job-stays">): Strike {
  return job === "backup" ? holdBackup(model, tenant) : holdRestore(model, tenant);
}

function holdBackup(model: Model, tenant: string | undefined): Strike {
  const { jobs } = model.state;
  const job = runningBackup(model, tenant);
  if (job === undefined || job.nextAt === null) return "waits";
  jobs.put({ ...job, nextAt: null });
  return {
    whom: backupWords(model, job),
    end() {
      const now = jobs.get(job.tenantId, job.jobId);
      if (now?.endedAt === null && now.nextAt === null) jobs.put({ ...now, nextAt: model.now });
    },
  };
}

function holdRestore(model: Model, tenant: string | undefined): Strike {
  const { restores } = model.state;
  const job = runningRestore(model, tenant);
  if (job === undefined || job.nextAt === null) return "waits";
  restores.put({ ...job, nextAt: null });
  return {
    whom: restoreWords(job),
    end() {
      const now = restores.get(job.jobId);
      if (now?.sysFinishedAt === null && now.nextAt === null) restores.put({ ...now, nextAt: model.now });
    },
  };
}

/** A sandbox that was stopped while jobs were held starts without that fault: they go on. */
export function releaseJobs({ state, now }: Model): void {
  for (const job of state.jobs.where((row) => row.endedAt === null && row.nextAt === null)) {
    if (job.setId > 0) state.jobs.put({ ...job, nextAt: now });
  }
  for (const job of state.restores.where((row) => row.sysFinishedAt === null && row.nextAt === null)) {
    state.restores.put({ ...job, nextAt: now });
  }
}

/**
 * A backup fails where it copies data, as its retries do until the kernel gives up (three, unless the code is final); a
 * restore at once, as its job is not tried again.
 */
export function failJob(ground: Ground, what: JobFault<"job-fails">): Strike {
  return what.job === "backup" ? failBackup(ground.model, what) : failRunningRestore(ground.model, what);
}

function failBackup(model: Model, { tenant, code, comment }: JobFault<"job-fails">): Strike {
  const { faults } = model.state;
  const tenantId =
    tenant === undefined ? runningBackup(model, undefined)?.tenantId : tenantsMeant(model, tenant).at(0)?.id;
  if (tenantId === undefined) return "waits";
  const id = Math.max(0, ...faults.all().map((fault) => fault.id)) + 1;
  faults.put({ id, tenantId, kind: "fail-backup", code, comment: comment ?? null });
  return { whom: `the next backup of ${nameOf(model, tenantId)}` };
}

function failRunningRestore(model: Model, { tenant, code, comment }: JobFault<"job-fails">): Strike {
  const job = runningRestore(model, tenant);
  if (job === undefined || job.phase === "RESTORE_SUCCESS") return "waits";
  failRestore(model, job, comment ?? restoreComment(model, code));
  model.media.endRestore(job.tenantId);
  return { whom: restoreWords(job) };
}

/** The form that a failure on a server has; of a restore it was read in the kernel's source, not seen. */
function restoreComment(model: Model, code: number): string {
  const address = `${SERVERS[0]?.ip}:${model.sqlPort + 1}`;
  return `(SERVER)addr: "${address}", result: ${code}(${messageOfCode(code)}), trace_id: ${traceId(model)}`;
}

/** Another person sends CANCEL BACKUP or CANCEL RESTORE. */
export function cancelJob({ model }: Ground, { job, tenant }: JobFault<"job-canceled">): Strike {
  if (job === "restore") {
    const running = runningRestore(model, tenant);
    if (running === undefined || tenantById(model, running.tenantId)?.status !== "RESTORE") return "waits";
    cancelRestore(model, running.tenantName);
    return { whom: restoreWords(running) };
  }
  const running = runningBackup(model, tenant);
  const owner = running && tenantById(model, running.tenantId);
  if (running === undefined || owner === undefined) return "waits";
  cancelBackup(model, [owner]);
  return { whom: backupWords(model, running) };
}
