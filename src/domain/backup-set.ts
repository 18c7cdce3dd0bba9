import type { Micros, Scn } from "./scn.ts";
import type { Version } from "./version.ts";

export type BackupType = "full" | "incremental";
export type SetStatus = "running" | "succeeded" | "failed" | "unknown";
export type FileStatus =
  | "available"
  | "copying"
  | "incomplete"
  | "deleting"
  | "deleted"
  | "broken"
  | "unknown";

/** One data backup set of one tenant: CDB_OB_BACKUP_SET_FILES (4.x). SCNs are 0 while the set is copied. */
export interface BackupSet {
  /** BACKUP_SET_ID, counted per tenant from 1; failed jobs use numbers up too. */
  readonly id: number;
  readonly type: BackupType;
  /** PREV_FULL_BACKUP_SET_ID and PREV_INC_BACKUP_SET_ID; 0 for a full set. */
  readonly previousFullId: number;
  readonly previousIncrementalId: number;
  readonly status: SetStatus;
  readonly fileStatus: FileStatus;
  /** OceanBase's own words, shown as they are: `SUCCESS / AVAILABLE`. */
  readonly statusWords: string;
  /** Logs are needed from here. */
  readonly startReplayScn: Scn;
  /** The earliest instant that this set can be restored to. */
  readonly minRestoreScn: Scn;
  readonly startedAt: Micros | null;
  readonly endedAt: Micros | null;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly path: string;
  /** Holds its own logs up to minRestoreScn, so it restores to exactly that instant without the archive. */
  readonly plusArchivelog: boolean;
  readonly encrypted: boolean;
  readonly tenantCompatible: Version | null;
  readonly clusterVersion: Version | null;
}

export function isUsable(set: BackupSet): boolean {
  return set.status === "succeeded" && set.fileStatus === "available";
}
