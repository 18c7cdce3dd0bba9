import type { JobStatus, RestoreJob } from "../domain/job.ts";
import { maskSecrets } from "./destination.ts";
import { countOf, microsOf, numberOf, type Row, scnOf, textOf } from "./row.ts";
import { runningThenNewest, SYS_TENANT_ID } from "./v4-jobs.ts";

/** Words of the history. In the progress view everything is still running, also RESTORE_SUCCESS on its way out. */
const ENDED: Readonly<Record<string, JobStatus>> = { SUCCESS: "completed", FAIL: "failed" };

/**
 * CANCEL RESTORE drops the new tenant at once; sys's row runs on for a minute and then ends FAIL with this comment
 * (seen on 4.2.1.9). The same is left by a DROP TENANT FORCE: either way somebody called the restore off.
 */
const TENANT_GONE = /OB_TENANT_NOT_EXIST\(-5157\)/;

/**
 * The restore jobs of a cluster, running ones first, then newest first. One job has two rows with one JOB_ID: that of
 * sys, which comes first and ends last, and that of the new tenant, which has the progress (seen on 4.2.1.9: the
 * tenant's row was in the history 22 s before the tenant was NORMAL and sys's row ended). So sys's row decides.
 */
export function restoreJobs(rows: readonly Row[]): readonly RestoreJob[] {
  const grouped = Map.groupBy(rows, (row) => textOf(row, "JOB_ID"));
  return [...grouped.values()].map(restoreJob).toSorted(runningThenNewest);
}

function restoreJob(rows: readonly Row[]): RestoreJob {
  const ended = rows.filter((row) => row.SOURCE === "history");
  const running = rows.filter((row) => row.SOURCE === "running");
  const sysEnded = ended.find(isOfSys);
  const sys = sysEnded ?? running.find(isOfSys) ?? rows[0] ?? {};
  const tenant = [...running, ...ended].find((row) => !isOfSys(row));
  return { ...facts(sys), ...state({ sys, tenant, isEnded: sysEnded !== undefined }) };
}

function isOfSys(row: Row): boolean {
  return countOf(row, "TENANT_ID") === SYS_TENANT_ID;
}

function facts(sys: Row) {
  return {
    id: countOf(sys, "JOB_ID"),
    targetTenant: textOf(sys, "RESTORE_TENANT_NAME"),
    sourceTenant: textOf(sys, "BACKUP_TENANT_NAME"),
    sourceCluster: textOf(sys, "BACKUP_CLUSTER_NAME"),
    restoreScn: scnOf(sys, "RESTORE_SCN"),
    startedAt: microsOf(sys, "START_TIMESTAMP"),
    endedAt: microsOf(sys, "FINISH_TIMESTAMP"),
    description: textOf(sys, "DESCRIPTION"),
    destinations: maskSecrets(textOf(sys, "BACKUP_DEST")),
  };
}

interface JobRows {
  readonly sys: Row;
  readonly tenant: Row | undefined;
  readonly isEnded: boolean;
}

function state({ sys, tenant, isEnded }: JobRows) {
  const word = textOf(!isEnded && tenant?.SOURCE === "running" ? tenant : sys, "STATUS");
  // Both rows of a failed job have a comment; the tenant's says where it broke.
  const comment = [tenant, sys].map((row) => (row ? textOf(row, "COMMENT") : "")).find(Boolean) ?? "";
  const ended = TENANT_GONE.test(comment) ? "canceled" : (ENDED[word] ?? "unknown");
  const status: JobStatus = isEnded ? ended : "running";
  return {
    isHistory: isEnded,
    status,
    statusWord: word,
    comment: maskSecrets(comment),
    ...progress(tenant ?? sys, status),
  };
}

/**
 * Two halves: the files are copied (RESTORE_PROGRESS) and the logs replayed (RECOVER_PROGRESS). Both are NULL until the
 * tenant's row has numbers, and missing before 4.2.1 BP7, on 4.2.2 and on 4.3.0 to 4.3.2; FINISH_BYTES was 0 to the end.
 */
function progress(row: Row, status: JobStatus) {
  const halves = [numberOf(row, "RESTORE_PROGRESS"), numberOf(row, "RECOVER_PROGRESS")];
  const known = halves.filter((half) => half !== null);
  const tablets = numberOf(row, "TABLET_COUNT") ?? 0;
  const byTablets = tablets > 0 ? countOf(row, "FINISH_TABLET_COUNT") / tablets : null;
  const running =
    known.length > 0 ? known.reduce((sum, half) => sum + half, 0) / (100 * halves.length) : byTablets;
  return {
    fraction: status === "completed" ? 1 : running,
    totalBytes: numberOf(row, "TOTAL_BYTES"),
    finishedBytes: numberOf(row, "FINISH_BYTES"),
  };
}
