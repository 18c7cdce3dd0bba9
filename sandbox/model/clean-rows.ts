import type { JobStatus } from "./backup-rows.ts";
import type { Micros } from "./time.ts";

/** A row of CDB_OB_BACKUP_DELETE_POLICY. OceanBase has one kind: `default`. */
export interface DeletePolicy {
  readonly tenantId: number;
  readonly name: string;
  /** As typed: `7d`. */
  readonly recoveryWindow: string;
  /** When the tenant's trigger fires next. */
  readonly nextAt: Micros | null;
}

/** A row of CDB_OB_BACKUP_DELETE_JOBS; once it is over, of CDB_OB_BACKUP_DELETE_JOB_HISTORY. */
export interface DeleteJob {
  readonly tenantId: number;
  readonly jobId: number;
  readonly initiatorTenantId: number;
  readonly initiatorJobId: number;
  readonly executorTenantIds: readonly number[];
  readonly type: "DELETE OBSOLETE BACKUP";
  /** What ended at this moment or before is a candidate: the PARAMETER column. */
  readonly expiredAt: Micros;
  readonly level: "USER_TENANT";
  readonly startedAt: Micros;
  readonly endedAt: Micros | null;
  readonly status: JobStatus;
  readonly taskCount: number;
  readonly successTaskCount: number;
  readonly result: number;
  readonly comment: string;
  readonly retries: number;
  readonly nextAt: Micros | null;
}

/** A row of CDB_OB_BACKUP_DELETE_TASKS; it goes to CDB_OB_BACKUP_DELETE_TASK_HISTORY together with its job. */
export interface DeleteTask {
  readonly tenantId: number;
  readonly taskId: number;
  readonly jobId: number;
  readonly type: "BACKUP SET" | "BACKUP PIECE";
  /** BACKUP_SET_ID or PIECE_ID. */
  readonly id: number;
  /** 0 for a set. */
  readonly roundId: number;
  readonly destId: number;
  readonly startedAt: Micros;
  readonly endedAt: Micros | null;
  readonly status: JobStatus;
  readonly streams: number;
  readonly finishedStreams: number;
  readonly result: number;
  readonly comment: string;
  readonly uri: string;
}
