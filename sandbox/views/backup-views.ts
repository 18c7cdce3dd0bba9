import type { BackupJob, BackupSet, BackupTask } from "../model/backup-rows.ts";
import type { Model } from "../model/model.ts";
import { nanosecondText, SECOND } from "../model/time.ts";
import { isSince } from "../model/version.ts";
import { at, display, percent, rateText, type ViewRow } from "./view-row.ts";

export function backupParameters(model: Model): readonly ViewRow[] {
  return model.state.dataDests.all().map((dest) => ({
    TENANT_ID: dest.tenantId,
    NAME: "data_backup_dest",
    VALUE: dest.uri,
  }));
}

function onOff(on: boolean): string {
  return on ? "ON" : "OFF";
}

function jobRow(job: BackupJob): ViewRow {
  return {
    TENANT_ID: job.tenantId,
    JOB_ID: job.jobId,
    INCARNATION: 1,
    BACKUP_SET_ID: job.setId,
    INITIATOR_TENANT_ID: job.initiatorTenantId,
    INITIATOR_JOB_ID: job.initiatorJobId,
    EXECUTOR_TENANT_ID: job.executorTenantIds.join(","),
    PLUS_ARCHIVELOG: onOff(job.plusArchivelog),
    BACKUP_TYPE: job.type,
    JOB_LEVEL: job.level,
    ENCRYPTION_MODE: job.encryptionMode,
    PASSWD: "",
    START_TIMESTAMP: at(job.startedAt),
    END_TIMESTAMP: at(job.endedAt),
    STATUS: job.status,
    RESULT: job.result,
    COMMENT: job.comment,
    DESCRIPTION: job.description,
    PATH: job.uri,
  };
}

/** A job stands in exactly one of the two views. */
export function runningJobs(model: Model): readonly ViewRow[] {
  return model.state.jobs.where((job) => job.endedAt === null).map(jobRow);
}

export function endedJobs(model: Model): readonly ViewRow[] {
  return model.state.jobs.where((job) => job.endedAt !== null).map(jobRow);
}

type Counted = Pick<
  BackupTask,
  | "inputBytes"
  | "outputBytes"
  | "extraMetaBytes"
  | "tablets"
  | "finishedTablets"
  | "macroBlocks"
  | "finishedMacroBlocks"
  | "fileCount"
  | "metaTurn"
  | "startedAt"
  | "endedAt"
>;

function counts(row: Counted): ViewRow {
  return {
    INPUT_BYTES: row.inputBytes,
    OUTPUT_BYTES: row.outputBytes,
    OUTPUT_RATE_BYTES: rateText(row.outputBytes, row.startedAt, row.endedAt),
    EXTRA_META_BYTES: row.extraMetaBytes,
    TABLET_COUNT: row.tablets,
    FINISH_TABLET_COUNT: row.finishedTablets,
    MACRO_BLOCK_COUNT: row.macroBlocks,
    FINISH_MACRO_BLOCK_COUNT: row.finishedMacroBlocks,
    FILE_COUNT: row.fileCount,
    META_TURN_ID: row.metaTurn,
    DATA_TURN_ID: 0,
    MINOR_TURN_ID: row.metaTurn,
    MAJOR_TURN_ID: row.metaTurn,
  };
}

function taskRow(task: BackupTask): ViewRow {
  return {
    TENANT_ID: task.tenantId,
    TASK_ID: task.taskId,
    JOB_ID: task.jobId,
    INCARNATION: 1,
    BACKUP_SET_ID: task.setId,
    START_TIMESTAMP: at(task.startedAt),
    END_TIMESTAMP: at(task.endedAt),
    STATUS: task.status,
    START_SCN: task.startScn,
    END_SCN: task.endScn,
    USER_LS_START_SCN: task.userLsStartScn,
    ENCRYPTION_MODE: task.encryptionMode,
    PASSWD: "",
    ...counts(task),
    RESULT: task.result,
    COMMENT: task.comment,
    PATH: task.uri,
    DATA_PROGRESS: percent(task.finishedMacroBlocks, task.macroBlocks),
    LOG_FILE_COUNT: 0,
    FINISH_LOG_FILE_COUNT: 0,
    LOG_PROGRESS: "0.00",
  };
}

export function runningTasks(model: Model): readonly ViewRow[] {
  return model.state.tasks.where((task) => task.endedAt === null).map(taskRow);
}

export function endedTasks(model: Model): readonly ViewRow[] {
  return model.state.tasks.where((task) => task.endedAt !== null).map(taskRow);
}

export function sets(model: Model): readonly ViewRow[] {
  return model.state.sets.all().map((set) => setRow(model, set));
}

/** A stored text with nanoseconds; before 4.2 computed as the other display columns are. */
function minRestoreDisplay(model: Model, { minRestoreScn }: BackupSet): string | null {
  if (!isSince(model.version, "4.2")) return display(minRestoreScn);
  return minRestoreScn === 0n ? null : nanosecondText(minRestoreScn, 0);
}

/**
 * PLUS_ARCHIVELOG of a set: 4.2.1.9 shows OFF for ever, only the job's row says ON; of the later lines it is assumed that
 * the set says it once it is made.
 */
function setRow(model: Model, set: BackupSet): ViewRow {
  const elapsed = set.endedAt === null ? 0 : Math.round((set.endedAt - set.startedAt) / SECOND);
  return {
    TENANT_ID: set.tenantId,
    BACKUP_SET_ID: set.setId,
    DEST_ID: set.destId,
    INCARNATION: 1,
    BACKUP_TYPE: set.type,
    PREV_FULL_BACKUP_SET_ID: set.prevFullId,
    PREV_INC_BACKUP_SET_ID: set.prevIncId,
    START_TIMESTAMP: at(set.startedAt),
    END_TIMESTAMP: at(set.endedAt),
    STATUS: set.status,
    FILE_STATUS: set.fileStatus,
    ELAPSED_SECONDES: String(elapsed),
    PLUS_ARCHIVELOG: onOff(set.plusArchivelog && set.endedAt !== null && isSince(model.version, "4.2.5")),
    START_REPLAY_SCN: set.startReplayScn,
    START_REPLAY_SCN_DISPLAY: display(set.startReplayScn),
    MIN_RESTORE_SCN: set.minRestoreScn,
    MIN_RESTORE_SCN_DISPLAY: minRestoreDisplay(model, set),
    ...counts(set),
    ...(set.status === "FAILED" ? { MINOR_TURN_ID: 0, MAJOR_TURN_ID: 0 } : {}),
    RESULT: set.result,
    COMMENT: set.comment,
    ENCRYPTION_MODE: set.encryptionMode,
    PASSWD: set.passwordHash,
    TENANT_COMPATIBLE: set.tenantCompatible,
    BACKUP_COMPATIBLE: model.version.backupCompatible,
    PATH: set.uri,
    CLUSTER_VERSION: set.clusterVersion,
    CONSISTENT_SCN: set.consistentScn,
  };
}
