import type { ArchiveRun } from "../tenant-data/archive-log.ts";
import type { BackupRequest, BackupRun } from "../tenant-data/back-up.ts";
import type { Destination, FormatRequest, Source } from "../tenant-data/destination.ts";
import type { RestoreRun } from "../tenant-data/execute-restore.ts";
import type { RestorePlan } from "../tenant-data/plan-restore.ts";
import type { TenantData } from "../tenant-data/tenant-data.ts";
import type { BackupSet, Piece, Round } from "./backup-rows.ts";

/** Where a URI of OceanBase stands for a directory: a destination, or a set or piece below one. */
export interface Locator {
  /** Throws 9026 for what is no file URI or leads out of the storage. */
  directoryOf(uri: string): string;
}

/**
 * What lies on disk: the tenants' own rows and the files below destinations. What is open here (data files, rounds,
 * sets and restores in the making) is opened again from disk after a restart, when it is next asked for.
 */
export interface Media extends Locator {
  createTenant(tenantId: number): void;
  /** Closes and deletes the tenant's own directory; files below destinations stay. */
  dropTenant(tenantId: number): void;
  data(tenantId: number): TenantData;
  /** How many tables a tenant has, for the TABLET_COUNT columns. */
  tableCount(tenantId: number): number;

  markDestination(request: FormatRequest): void;
  checkDestination(request: Omit<FormatRequest, "at">): void;
  /** Whether the directory was deleted, as opposed to a medium that does not answer or takes no writes. */
  isDeleted(uri: string): boolean;
  markedDestId(uri: string): number | undefined;

  startArchive(
    round: Round,
    details: { readonly destination: Destination; readonly source: Source },
  ): ArchiveRun;
  archiveRun(round: Round): ArchiveRun;
  closeArchive(tenantId: number): void;

  startBackup(request: Omit<BackupRequest, "data"> & { readonly tenantId: number }): BackupRun;
  /** Undefined when the set's files do not show a set in the making. */
  backupRun(set: BackupSet): BackupRun | undefined;
  closeBackup(tenantId: number): void;

  /** Cleaning: the files of a set or a piece go, and their marks. Throws 9070, 9071. */
  removeSet(set: BackupSet): void;
  removePiece(piece: Pick<Piece, "destId" | "roundId" | "pieceId" | "uri">): void;

  /** Plans again where the sandbox was stopped between two steps; the same files give the same plan. */
  restoreRun(tenantId: number, plan: () => RestorePlan): RestoreRun;
  /** Moves a standby's data forward; closes its data file meanwhile. */
  recoveryRun(tenantId: number, plan: () => RestorePlan): RestoreRun;
  /** The restore or recovery of this tenant is over: its data can be opened. */
  endRestore(tenantId: number): void;
  close(): void;
}
