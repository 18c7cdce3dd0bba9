/** A view that a recording follows, and what names a row of it. */
export interface Watched {
  readonly view: string;
  readonly key: readonly string[];
  /** Columns that move with every look: shown, but no reason to write a row down again. */
  readonly restless?: readonly string[];
}

const JOB = ["TENANT_ID", "JOB_ID"];
const TASK = ["TENANT_ID", "TASK_ID"];
const ROUND = ["TENANT_ID", "DEST_ID", "ROUND_ID"];

export const WATCHED: readonly Watched[] = [
  {
    view: "DBA_OB_TENANTS",
    key: ["TENANT_ID"],
    restless: ["SYNC_SCN", "REPLAYABLE_SCN", "READABLE_SCN", "MODIFY_TIME"],
  },
  { view: "DBA_OB_RESOURCE_POOLS", key: ["RESOURCE_POOL_ID"], restless: ["MODIFY_TIME"] },
  { view: "CDB_OB_ARCHIVE_DEST", key: ["TENANT_ID", "DEST_NO", "NAME"] },
  { view: "CDB_OB_ARCHIVELOG", key: ROUND },
  { view: "CDB_OB_ARCHIVELOG_SUMMARY", key: ROUND },
  { view: "CDB_OB_ARCHIVELOG_PIECE_FILES", key: [...ROUND, "PIECE_ID"] },
  { view: "CDB_OB_BACKUP_PARAMETER", key: ["TENANT_ID", "NAME"] },
  { view: "CDB_OB_BACKUP_STORAGE_INFO", key: ["TENANT_ID", "PATH"], restless: ["LAST_CHECK_TIMESTAMP"] },
  { view: "CDB_OB_BACKUP_JOBS", key: JOB },
  { view: "CDB_OB_BACKUP_JOB_HISTORY", key: JOB },
  { view: "CDB_OB_BACKUP_TASKS", key: TASK },
  { view: "CDB_OB_BACKUP_TASK_HISTORY", key: TASK },
  { view: "CDB_OB_BACKUP_SET_FILES", key: ["TENANT_ID", "BACKUP_SET_ID"], restless: ["ELAPSED_SECONDES"] },
  { view: "CDB_OB_BACKUP_DELETE_POLICY", key: ["TENANT_ID", "POLICY_NAME"] },
  { view: "CDB_OB_BACKUP_DELETE_JOBS", key: JOB },
  { view: "CDB_OB_BACKUP_DELETE_JOB_HISTORY", key: JOB },
  { view: "CDB_OB_BACKUP_DELETE_TASKS", key: TASK },
  { view: "CDB_OB_BACKUP_DELETE_TASK_HISTORY", key: TASK },
  { view: "CDB_OB_RESTORE_PROGRESS", key: JOB },
  { view: "CDB_OB_RESTORE_HISTORY", key: JOB },
];
