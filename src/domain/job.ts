import type { BackupType } from "./backup-set.ts";
import type { Micros, Scn } from "./scn.ts";

/** OceanBase's jobs, as facts that we read. An operation of ours adopts one; a job may also be somebody else's. */
export type JobStatus = "running" | "canceling" | "completed" | "failed" | "canceled" | "unknown";

/** A backup job of one tenant: CDB_OB_BACKUP_JOBS ∪ CDB_OB_BACKUP_JOB_HISTORY (4.x), progress from the tasks' views. */
export interface BackupJob {
  readonly id: number;
  /** 0 on the parent row of a job that sys started for several tenants. */
  readonly setId: number;
  /** The job was seen in the history view: its status is final. */
  readonly isHistory: boolean;
  readonly status: JobStatus;
  /** The job's own word and the running task's phase: `DOING`, `BACKUP_USER_DATA`. */
  readonly statusWord: string;
  readonly phaseWord: string | null;
  readonly type: BackupType;
  readonly plusArchivelog: boolean;
  readonly startedBySys: boolean;
  readonly startedAt: Micros | null;
  readonly endedAt: Micros | null;
  /** The text given as DESCRIPTION; '' where none. Our operations sign here. */
  readonly description: string;
  /** OceanBase's negative error code, 0 for none. */
  readonly resultCode: number;
  readonly comment: string;
  readonly path: string;
  readonly progress: JobProgress | null;
}

export interface JobProgress {
  /** 0 to 1; null where the view gives nothing to compute it from. */
  readonly fraction: number | null;
  readonly inputBytes: number;
  readonly outputBytes: number;
}

/** A restore job seen from sys of the target cluster: CDB_OB_RESTORE_PROGRESS ∪ CDB_OB_RESTORE_HISTORY (4.x). */
export interface RestoreJob {
  readonly id: number;
  readonly isHistory: boolean;
  readonly status: JobStatus;
  readonly statusWord: string;
  readonly targetTenant: string;
  readonly sourceTenant: string;
  readonly sourceCluster: string;
  readonly restoreScn: Scn;
  readonly startedAt: Micros | null;
  readonly endedAt: Micros | null;
  readonly description: string;
  readonly comment: string;
  readonly destinations: string;
  /** 0 to 1; null until OceanBase reports numbers. */
  readonly fraction: number | null;
  readonly totalBytes: number | null;
  readonly finishedBytes: number | null;
}
