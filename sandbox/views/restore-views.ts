import type { RestoreJob } from "../model/backup-rows.ts";
import type { Model } from "../model/model.ts";
import { versionNumber } from "../model/version.ts";
import { at, bytesText, display, percent, type ViewRow } from "./view-row.ts";

/** What both rows of a restore have in common. */
function common(job: RestoreJob, tenantId: number): ViewRow {
  return {
    TENANT_ID: tenantId,
    JOB_ID: job.jobId,
    RESTORE_TENANT_NAME: job.tenantName,
    BACKUP_TENANT_NAME: job.sourceTenantName,
    BACKUP_CLUSTER_NAME: job.sourceClusterName,
    BACKUP_DEST: job.backupDest,
    RESTORE_OPTION: job.option,
    RESTORE_TYPE: (job.method ?? "full").toUpperCase(),
    RESTORE_SCN_DISPLAY: display(job.scn),
    START_TIMESTAMP: at(job.startedAt),
    BACKUP_SET_LIST: job.setPaths.join(","),
    BACKUP_PIECE_LIST: job.piecePaths.join(","),
  };
}

/** Two rows per running restore: of sys, and of the new tenant once it is there. Each leaves in its own time. */
export function restoreProgress(model: Model): readonly ViewRow[] {
  return model.state.restores.all().flatMap((job) => {
    const rows: ViewRow[] = [];
    if (job.sysFinishedAt === null) rows.push(sysProgress(job));
    const isThere = job.sysPhase !== "CREATE_TENANT" && model.state.tenants.get(job.tenantId) !== undefined;
    if (isThere && job.tenantFinishedAt === null && job.sysFinishedAt === null)
      rows.push(tenantProgress(job));
    return rows;
  });
}

/** Columns of this view that are longtext carry numbers as text. */
function asText(job: RestoreJob): ViewRow {
  const created = job.sysPhase !== "CREATE_TENANT";
  return {
    RESTORE_TENANT_ID: created ? String(job.tenantId) : "0",
    BACKUP_TENANT_ID: String(job.sourceTenantId),
    RESTORE_SCN: String(job.scn),
    DESCRIPTION: job.description ?? "",
  };
}

function sysProgress(job: RestoreJob): ViewRow {
  return {
    ...common(job, 1),
    ...asText(job),
    STATUS: job.sysPhase,
    RECOVER_SCN: null,
    RECOVER_SCN_DISPLAY: null,
    RECOVER_PROGRESS: null,
    TABLET_COUNT: null,
    FINISH_TABLET_COUNT: null,
    RESTORE_PROGRESS: null,
    TOTAL_BYTES: null,
    TOTAL_BYTES_DISPLAY: null,
    FINISH_BYTES: null,
    FINISH_BYTES_DISPLAY: null,
  };
}

const SHOWN_AS_THEY_ARE = ["UPGRADE", "RESTORE_SUCCESS", "RESTORE_FAIL"];

function tenantProgress(job: RestoreJob): ViewRow {
  const recovered = recoveredScn(job);
  return {
    ...common(job, job.tenantId),
    ...asText(job),
    STATUS: SHOWN_AS_THEY_ARE.includes(job.phase) ? job.phase : "RESTORING",
    RECOVER_SCN: recovered,
    RECOVER_SCN_DISPLAY: recovered === 1n ? null : display(recovered),
    RECOVER_PROGRESS: job.recoverPercent.toFixed(2),
    TABLET_COUNT: job.tablets,
    FINISH_TABLET_COUNT: job.finishedTablets,
    RESTORE_PROGRESS: job.totalBytes === 0 ? null : percent(job.finishedBytes, job.totalBytes),
    TOTAL_BYTES: job.totalBytes,
    TOTAL_BYTES_DISPLAY: bytesText(job.totalBytes),
    // Stays 0 to the end (4.2.1.9): only the tablets and the percentages move.
    FINISH_BYTES: 0,
    FINISH_BYTES_DISPLAY: bytesText(0),
  };
}

/** 1 until the consistent SCN is reached, then on the way to the target by the progress of the logs. */
function recoveredScn(job: RestoreJob): bigint {
  if (job.recoverPercent === 0) return 1n;
  const span = job.scn - job.consistentScn;
  return job.consistentScn + (span * BigInt(Math.floor(job.recoverPercent * 100))) / 10_000n;
}

/** The tenant's row lives in its own tables: it goes with the tenant. */
export function restoreHistory(model: Model): readonly ViewRow[] {
  return model.state.restores.all().flatMap((job) => {
    const rows: ViewRow[] = [];
    if (job.sysFinishedAt !== null)
      rows.push(historyRow(job, { tenantId: 1, finishedAt: job.sysFinishedAt }));
    if (job.tenantFinishedAt !== null && model.state.tenants.get(job.tenantId)) {
      rows.push(historyRow(job, { tenantId: job.tenantId, finishedAt: job.tenantFinishedAt }));
    }
    return rows;
  });
}

function historyRow(
  job: RestoreJob,
  { tenantId, finishedAt }: { readonly tenantId: number; readonly finishedAt: number },
): ViewRow {
  const failed = job.phase === "RESTORE_FAIL" || job.sysPhase === "RESTORE_FAIL";
  return {
    ...common(job, tenantId),
    RESTORE_TENANT_ID: job.tenantId,
    BACKUP_TENANT_ID: job.sourceTenantId,
    RESTORE_SCN: job.scn,
    FINISH_TIMESTAMP: at(finishedAt),
    STATUS: failed ? "FAIL" : "SUCCESS",
    BACKUP_CLUSTER_VERSION: versionNumber(job.sourceVersion),
    LS_COUNT: job.tablets === 0 ? 0 : 2,
    FINISH_LS_COUNT: 0,
    TABLET_COUNT: job.tablets,
    FINISH_TABLET_COUNT: job.finishedTablets,
    TOTAL_BYTES: job.totalBytes,
    TOTAL_BYTES_DISPLAY: bytesText(job.totalBytes),
    FINISH_BYTES: 0,
    FINISH_BYTES_DISPLAY: bytesText(0),
    DESCRIPTION: job.description,
    COMMENT: job.comment,
  };
}
