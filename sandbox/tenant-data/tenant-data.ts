import type { DatabaseSync } from "node:sqlite";
import type { RedoLog } from "./redo-log.ts";

/*
 * What this folder offers, file by file. Everything is synchronous, all paths are absolute directories, every *_SCN is
 * a bigint of nanoseconds, every *Timestamp a number of microseconds. Errors are StorageFault (an SqlError with a
 * `detail`).
 *
 *   open-tenant.ts      createTenantData(directory, options), openTenantData(directory, options): OpenTenant
 *   destination.ts      Destination, Source; writeFormat, checkFormat, readFormat (9070 9071 9080 9081)
 *   backup-set.ts       BackupSet; readBackupSets(directory)
 *   back-up.ts          startBackup(request), resumeBackup(request): BackupRun { copy, finish, fail }
 *   archive-piece.ts    ArchiveRound, ArchivePiece; readPieces(directory)
 *   archive-log.ts      startArchive(request), resumeArchive(request): ArchiveRun { advance, stop, abandon, close }
 *   plan-restore.ts     planRestore(request), planRecovery(request): RestorePlan (4018 9011 9047 9080)
 *   execute-restore.ts  startRestore(plan, directory), startRecovery(plan, directory): RestoreRun { step, abandon }
 */

/**
 * The rows of one tenant: an SQLite file in WAL mode and the redo of every commit, each with its SCN. Everything is
 * synchronous, so a commit and its redo record cannot be torn apart by another session.
 */
export interface TenantData {
  /**
   * A new connection for one session. The session closes it. It must leave journal_mode, wal_autocheckpoint,
   * locking_mode and page_size alone and must not checkpoint. A second writer gets SQLITE_BUSY at once (no waiting:
   * everything runs on one thread). As long as a read is left open (a transaction, an iterator not read to its end) the
   * WAL cannot be cut and grows with every commit.
   */
  connect(): DatabaseSync;
  /**
   * To be called after every statement that may have committed a change through any connection: takes the WAL frames that
   * are new and stores them as one redo record. Returns its SCN, or undefined when nothing was written.
   */
  captureCommit(): bigint | undefined;
  /**
   * Promises that every later commit gets an SCN above `scn`, also after a restart. Archiving and backing up call it
   * before they write an SCN into a file.
   */
  promise(scn: bigint): void;
  /** SCN of the newest redo record, or the SCN of creation. */
  readonly lastScn: bigint;
  /** Bytes of the data file, pages that are still in the WAL included. */
  readonly sizeBytes: number;
  /** Bytes of redo that are on the log disk now. */
  readonly redoBytes: number;
  /**
   * Throws away all redo but the newest segment, archived or not, as a full log disk does. An archive round that still
   * needed it then fails with 9087, a PLUS ARCHIVELOG backup too.
   */
  recycleRedo(): void;
  readonly directory: string;
  close(): void;
}

/** What backing up and archiving read besides: createTenantData and openTenantData return it. */
export interface OpenTenant extends TenantData {
  readonly redo: RedoLog;
  readonly pageSize: number;
  /** Pages that the data file has now. */
  readonly pagesInFile: number;
  /** Reads pages as they are in the data file now; pages that it does not have are zeros. */
  readPages(range: { readonly firstPage: number; readonly pages: number }): Buffer;
  /** Writes as much of the WAL into the data file as open readers allow. */
  checkpoint(): Checkpoint;
  tableNames(): readonly string[];
}

/**
 * What the data file holds: every change up to here is in it, unless a later one to the same page (which is in the redo
 * behind `lsn`) has replaced it.
 */
export interface Checkpoint {
  readonly scn: bigint;
  readonly lsn: number;
}

export interface TenantOptions {
  /**
   * The tenant's GTS: a new SCN above all that it gave before. Asked once per commit. Should the clock have gone back
   * (a restart), the SCN of a commit is the last one plus 1.
   */
  nextScn(): bigint;
  /** Redo kept at most, archived or not (the log disk). Default 256 MiB; beyond it the oldest segments go (9087). */
  readonly logDiskBytes?: number;
  /** Redo per segment file. Default 16 MiB. */
  readonly segmentBytes?: number;
  /** WAL size beyond which captureCommit checkpoints. Default 4 MiB. */
  readonly walBytes?: number;
}
