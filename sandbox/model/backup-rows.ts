import type { RestoreMethod } from "./restore-words.ts";
import type { Micros } from "./time.ts";

export interface ArchiveDest {
  readonly tenantId: number;
  readonly destId: number;
  readonly uri: string;
  readonly binding: "OPTIONAL" | "MANDATORY";
  /** As typed: `1d`. */
  readonly interval: string;
  readonly state: "ENABLE" | "DEFER";
  readonly compression: string;
  /** When the archive's thread looks whether a round is to begin; null while it sleeps. */
  readonly nextAt: Micros | null;
}

export interface DataDest {
  readonly tenantId: number;
  readonly destId: number;
  readonly uri: string;
}

export interface StorageInfo {
  readonly tenantId: number;
  readonly destId: number;
  readonly destType: "backup_data" | "archive_log";
  readonly uri: string;
  readonly checkedAt: Micros;
}

export type RoundStatus =
  | "PREPARE"
  | "BEGINNING"
  | "DOING"
  | "INTERRUPTED"
  | "SUSPENDING"
  | "SUSPEND"
  | "STOPPING"
  | "STOP";

export interface Round {
  readonly tenantId: number;
  readonly destId: number;
  readonly roundId: number;
  readonly status: RoundStatus;
  readonly uri: string;
  readonly startScn: bigint;
  readonly checkpointScn: bigint;
  readonly basePieceId: number;
  readonly usedPieceId: number;
  readonly intervalMicros: Micros;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly comment: string;
  /** When the round takes its next step; null where it rests. */
  readonly nextAt: Micros | null;
  /** Since when it has been STOPPING. */
  readonly stoppingSince?: Micros | null;
  /** When the checkpoint moves on; null unless DOING. */
  readonly refreshAt: Micros | null;
}

export interface Piece {
  readonly tenantId: number;
  readonly destId: number;
  readonly roundId: number;
  readonly pieceId: number;
  readonly status: "ACTIVE" | "FROZEN";
  readonly fileStatus: "INCOMPLETE" | "AVAILABLE" | "DELETING" | "DELETED";
  readonly uri: string;
  readonly startScn: bigint;
  readonly checkpointScn: bigint;
  readonly maxScn: bigint;
  readonly endScn: bigint;
  readonly inputBytes: number;
  readonly outputBytes: number;
}

export type JobStatus = "INIT" | "DOING" | "COMPLETED" | "FAILED" | "CANCELING" | "CANCELED";
export type BackupType = "FULL" | "INC";

/** A row of CDB_OB_BACKUP_JOBS while it runs, of CDB_OB_BACKUP_JOB_HISTORY afterwards. */
export interface BackupJob {
  readonly tenantId: number;
  readonly jobId: number;
  readonly setId: number;
  readonly initiatorTenantId: number;
  readonly initiatorJobId: number;
  readonly executorTenantIds: readonly number[];
  readonly plusArchivelog: boolean;
  readonly type: BackupType;
  readonly level: "CLUSTER" | "SYS_TENANT" | "USER_TENANT";
  readonly encryptionMode: "NONE" | "PASSWORD";
  /** Kept until the set is made; the PASSWD column shows its hash. */
  readonly password: string | null;
  readonly startedAt: Micros;
  readonly endedAt: Micros | null;
  readonly status: JobStatus;
  readonly result: number;
  readonly comment: string;
  readonly description: string;
  readonly uri: string;
  readonly retries: number;
  readonly nextAt: Micros | null;
}

/** A row of CDB_OB_BACKUP_TASKS while it runs, of CDB_OB_BACKUP_TASK_HISTORY afterwards. */
export interface BackupTask {
  readonly tenantId: number;
  readonly taskId: number;
  readonly jobId: number;
  readonly setId: number;
  readonly startedAt: Micros;
  readonly endedAt: Micros | null;
  /** One of the phases of the version, then COMPLETED, FAILED or CANCELED. */
  readonly status: string;
  /** How many parts of the phase are done: the data phases copy in parts. */
  readonly partsDone: number;
  readonly startScn: bigint;
  readonly endScn: bigint;
  readonly userLsStartScn: bigint;
  readonly encryptionMode: "NONE" | "PASSWORD";
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly extraMetaBytes: number;
  readonly tablets: number;
  readonly finishedTablets: number;
  readonly macroBlocks: number;
  readonly finishedMacroBlocks: number;
  readonly fileCount: number;
  /** META_TURN_ID, MINOR_TURN_ID and MAJOR_TURN_ID: 1 once they are known. */
  readonly metaTurn: number;
  readonly result: number;
  readonly comment: string;
  readonly uri: string;
}

export interface BackupSet {
  readonly tenantId: number;
  readonly setId: number;
  readonly destId: number;
  readonly type: BackupType;
  readonly prevFullId: number;
  readonly prevIncId: number;
  readonly startedAt: Micros;
  readonly endedAt: Micros | null;
  readonly status: "DOING" | "SUCCESS" | "FAILED";
  readonly fileStatus: "COPYING" | "AVAILABLE" | "INCOMPLETE" | "DELETING" | "DELETED";
  readonly plusArchivelog: boolean;
  readonly startReplayScn: bigint;
  readonly consistentScn: bigint;
  readonly minRestoreScn: bigint;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly extraMetaBytes: number;
  readonly tablets: number;
  readonly finishedTablets: number;
  readonly macroBlocks: number;
  readonly finishedMacroBlocks: number;
  readonly fileCount: number;
  /** META_TURN_ID, MINOR_TURN_ID and MAJOR_TURN_ID: 1 once they are known. */
  readonly metaTurn: number;
  readonly result: number;
  readonly comment: string;
  readonly encryptionMode: "NONE" | "PASSWORD";
  readonly passwordHash: string;
  readonly tenantCompatible: string;
  readonly clusterVersion: string;
  readonly uri: string;
}

/** The raw phase of the tenant's row; the view prints RESTORING for most of them. */
export type RestorePhase =
  | "RESTORE_PRE"
  | "RESTORE_CREATE_INIT_LS"
  | "PHYSICAL_RESTORE_WAIT_RESTORE_TO_CONSISTENT_SCN"
  | "RESTORE_WAIT_LS"
  | "POST_CHECK"
  | "UPGRADE"
  | "RESTORE_SUCCESS"
  | "RESTORE_FAIL";

export type RestoreSysPhase =
  | "CREATE_TENANT"
  | "WAIT_TENANT_RESTORE_FINISH"
  | "RESTORE_SUCCESS"
  | "RESTORE_FAIL";

/** One restore: the row of sys and the row of the new tenant share the JOB_ID. */
export interface RestoreJob {
  readonly jobId: number;
  readonly tenantName: string;
  readonly tenantId: number;
  readonly sourceTenantName: string;
  readonly sourceTenantId: number;
  readonly sourceClusterName: string;
  readonly sourceVersion: string;
  /** As typed: comma separated. */
  readonly backupDest: string;
  readonly option: string;
  /** RESTORE_TYPE; a row of an older sandbox has none. */
  readonly method?: RestoreMethod;
  readonly description: string | null;
  readonly scn: bigint;
  readonly consistentScn: bigint;
  readonly setPaths: readonly string[];
  readonly piecePaths: readonly string[];
  readonly source: RestoreOrigin;
  readonly startedAt: Micros;
  readonly sysPhase: RestoreSysPhase;
  readonly phase: RestorePhase;
  readonly phaseStartedAt: Micros;
  /** Null while the row stands in CDB_OB_RESTORE_PROGRESS. */
  readonly sysFinishedAt: Micros | null;
  readonly tenantFinishedAt: Micros | null;
  readonly totalBytes: number;
  readonly finishedBytes: number;
  readonly tablets: number;
  readonly finishedTablets: number;
  readonly recoverPercent: number;
  readonly comment: string;
  readonly nextAt: Micros | null;
}

/** What a restore reads: enough to plan it again after a restart. */
export interface RestoreOrigin {
  readonly dataUri: string;
  readonly archiveUri: string | null;
  /** Single sets and pieces that were added as sources; `dataUri` is then the first of them. */
  readonly sources?: readonly string[];
  /** SET DECRYPTION: the sandbox keeps them in its own directory until the restore is over. */
  readonly passwords: readonly string[];
}

/** CDB_OB_LOG_RESTORE_SOURCE: where a standby gets its logs from. */
export interface RestoreSource {
  readonly tenantId: number;
  readonly archiveUri: string;
}
