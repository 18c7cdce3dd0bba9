import type { Source } from "./destination.ts";

/** One row of CDB_OB_BACKUP_SET_FILES, as far as files can know it (single_backup_set_info.obbak). */
export interface BackupSet {
  readonly setId: number;
  readonly destId: number;
  readonly type: "FULL" | "INC";
  /** 0 for a full set. */
  readonly prevFullId: number;
  readonly prevIncId: number;
  readonly startTimestamp: number;
  /** 0 while it is made. */
  readonly endTimestamp: number;
  readonly status: "DOING" | "SUCCESS" | "FAILED";
  readonly fileStatus: "COPYING" | "AVAILABLE";
  readonly plusArchivelog: boolean;
  /** Redo behind this SCN is needed to make the pages consistent. */
  readonly startReplayScn: bigint;
  /** The last commit that may have reached the copied pages; 0 while copying. */
  readonly consistentScn: bigint;
  /** Earliest SCN that can be restored; 0 until finished. */
  readonly minRestoreScn: bigint;
  /** Bytes read from the data file so far and at the end. */
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly extraMetaBytes: number;
  readonly tabletCount: number;
  readonly macroBlockCount: number;
  /** 0, or an OceanBase code such as -9027. */
  readonly result: number;
  readonly comment: string;
  /** Present when made under SET ENCRYPTION: a salted hash, never the password. */
  readonly encryption?: { readonly salt: string; readonly verifier: string };
  readonly source: Source;
  /** PATH: the destination's URI. */
  readonly path: string;
  readonly pageSize: number;
  /** Pages of the data file when copying began. */
  readonly pageCount: number;
  /** Number of the last redo record that startReplayScn covers. */
  readonly startReplayLsn: number;
}

/** All sets below a data destination whose directory exists, by id. A set whose info file is missing is left out. */
export function readBackupSets(directory: string): readonly BackupSet[] {
  throw new Error(`not written yet: ${directory}`);
}
