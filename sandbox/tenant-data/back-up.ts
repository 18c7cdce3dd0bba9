import type { BackupSet } from "./backup-set.ts";
import type { Destination, Source } from "./destination.ts";
import type { TenantData } from "./tenant-data.ts";

export interface BackupRequest {
  readonly data: TenantData;
  readonly destination: Destination;
  readonly source: Source;
  readonly setId: number;
  /** INC becomes FULL where the destination holds no usable set (OceanBase does the same without an error). */
  readonly type: "FULL" | "INC";
  readonly plusArchivelog: boolean;
  /** SET ENCRYPTION ON IDENTIFIED BY. */
  readonly password?: string;
  /** Microseconds. */
  readonly at: number;
}

export interface BackupProgress {
  readonly readBytes: number;
  readonly totalBytes: number;
  readonly writtenBytes: number;
  readonly macroBlocks: number;
}

export interface BackupEnd {
  readonly at: number;
  /** Negative OceanBase code. */
  readonly result: number;
  readonly comment: string;
}

/** One backup set in the making. Each step writes to disk what it did: resumeBackup goes on after a kill. */
export interface BackupRun {
  readonly set: BackupSet;
  readonly progress: BackupProgress;
  /** Copies about `bytes` of the data file; true once all is copied. Throws 9071, 9070, 9082. */
  copy(bytes: number): boolean;
  /** After copy said true: MIN_RESTORE_SCN is `minRestoreScn` (a fresh SCN), PLUS ARCHIVELOG writes complement_log. */
  finish(end: { readonly at: number; readonly minRestoreScn: bigint }): BackupSet;
  /** Failed or cancelled (-4072): leaves the end_failed mark and the directory. */
  fail(end: BackupEnd): BackupSet;
  /** Lets go of the files; the set stays as it is, to be resumed. */
  close(): void;
}

/** Throws 9070, 9071, 9080, 9081, 9082. */
export function startBackup(request: BackupRequest): BackupRun {
  throw new Error(`not written yet: ${request.setId}`);
}

/** Goes on with set `setId` after a restart of the sandbox. Undefined when nothing was begun or it has ended. */
export function resumeBackup(request: {
  readonly data: TenantData;
  readonly destination: Destination;
  readonly setId: number;
}): BackupRun | undefined {
  throw new Error(`not written yet: ${request.setId}`);
}
