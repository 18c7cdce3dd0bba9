import fs from "node:fs";
import path from "node:path";
import { type ArchiveRun, resumeArchive, startArchive } from "../tenant-data/archive-log.ts";
import { type BackupRequest, type BackupRun, resumeBackup, startBackup } from "../tenant-data/back-up.ts";
import {
  checkFormat,
  type Destination,
  type FormatRequest,
  readFormat,
  type Source,
  writeFormat,
} from "../tenant-data/destination.ts";
import { type RestoreRun, startRecovery, startRestore } from "../tenant-data/execute-restore.ts";
import { createTenantData, openTenantData } from "../tenant-data/open-tenant.ts";
import type { RestorePlan } from "../tenant-data/plan-restore.ts";
import { removePieceFiles, removeSetFiles } from "../tenant-data/remove-backup.ts";
import type { OpenTenant } from "../tenant-data/tenant-data.ts";
import type { BackupSet, Piece, Round } from "./backup-rows.ts";
import type { Media } from "./media.ts";
import { refusal } from "./refusal.ts";

export interface DiskOptions {
  /** The sandbox's own directory: `tenants/<id>` below it hold the rows. */
  readonly dir: string;
  readonly storageRoot: string;
  /** Paths of this machine that a destination may name as they stand. */
  readonly allowPaths: readonly string[];
  nextScn(): bigint;
  /** Told what a tenant's data knows already: no later SCN may lie below. */
  sawScn(scn: bigint): void;
  /** Asked to let go of a tenant's data file before it is closed. */
  beforeClose(tenantId: number): void;
}

export class DiskMedia implements Media {
  readonly #options: DiskOptions;
  readonly #data = new Map<number, OpenTenant>();
  readonly #archives = new Map<number, ArchiveRun>();
  readonly #backups = new Map<number, BackupRun>();
  readonly #restores = new Map<number, RestoreRun>();
  /** Dropped, to be deleted once the cluster has saved that they are gone. */
  #dropped: string[] = [];

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  directoryOf(uri: string): string {
    const named = uri.replace(/^file:\/\//, "");
    if (!uri.startsWith("file://") || named.split("/").includes("..") || named.includes("\0")) {
      throw refusal("OB_INVALID_BACKUP_DEST");
    }
    const { storageRoot, allowPaths } = this.#options;
    const asItStands = allowPaths.some((root) => named === root || named.startsWith(`${root}/`));
    return asItStands ? named : path.join(storageRoot, named);
  }

  createTenant(tenantId: number): void {
    const directory = this.#tenantDirectory(tenantId);
    fs.rmSync(directory, { recursive: true, force: true });
    fs.mkdirSync(directory, { recursive: true });
    this.#data.set(tenantId, createTenantData(directory, this.#options));
  }

  dropTenant(tenantId: number): void {
    this.#restores.get(tenantId)?.abandon();
    this.#restores.delete(tenantId);
    this.closeBackup(tenantId);
    this.closeArchive(tenantId);
    this.#closeData(tenantId);
    this.#dropped.push(this.#tenantDirectory(tenantId));
  }

  /** Deletes what was dropped. To be called once the cluster's rows are saved. */
  sweep(): void {
    for (const directory of this.#dropped) fs.rmSync(directory, { recursive: true, force: true });
    this.#dropped = [];
  }

  /** Deletes directories of tenants that are no more: the sandbox was killed between saving and sweeping. */
  removeStrangers(tenantIds: readonly number[]): void {
    const root = path.join(this.#options.dir, "tenants");
    if (!fs.existsSync(root)) return;
    for (const name of fs.readdirSync(root)) {
      if (!tenantIds.includes(Number(name)))
        fs.rmSync(path.join(root, name), { recursive: true, force: true });
    }
  }

  data(tenantId: number): OpenTenant {
    const open = this.#data.get(tenantId);
    if (open) return open;
    const opened = openTenantData(this.#tenantDirectory(tenantId), this.#options);
    this.#data.set(tenantId, opened);
    this.#options.sawScn(opened.lastScn);
    return opened;
  }

  tableCount(tenantId: number): number {
    return this.data(tenantId).tableNames().length;
  }

  markDestination(request: FormatRequest): void {
    writeFormat(request);
  }

  checkDestination(request: Omit<FormatRequest, "at">): void {
    checkFormat(request);
  }

  isDeleted(uri: string): boolean {
    return fs.statSync(this.directoryOf(uri), { throwIfNoEntry: false }) === undefined;
  }

  markedDestId(uri: string): number | undefined {
    return readFormat(this.directoryOf(uri))?.destId;
  }

  startArchive(
    round: Round,
    details: { readonly destination: Destination; readonly source: Source },
  ): ArchiveRun {
    this.closeArchive(round.tenantId);
    const run = startArchive({
      ...details,
      data: this.data(round.tenantId),
      roundId: round.roundId,
      basePieceId: round.basePieceId,
      pieceSwitchInterval: round.intervalMicros,
      startScn: round.startScn,
    });
    this.#archives.set(round.tenantId, run);
    return run;
  }

  archiveRun(round: Round): ArchiveRun {
    const open = this.#archives.get(round.tenantId);
    if (open) return open;
    const run = resumeArchive({
      data: this.data(round.tenantId),
      destination: this.#destination(round),
      roundId: round.roundId,
    });
    this.#archives.set(round.tenantId, run);
    return run;
  }

  closeArchive(tenantId: number): void {
    this.#archives.get(tenantId)?.close();
    this.#archives.delete(tenantId);
  }

  startBackup({
    tenantId,
    ...request
  }: Omit<BackupRequest, "data"> & { readonly tenantId: number }): BackupRun {
    this.closeBackup(tenantId);
    const run = startBackup({ ...request, data: this.data(tenantId) });
    this.#backups.set(tenantId, run);
    return run;
  }

  backupRun(set: BackupSet): BackupRun | undefined {
    const open = this.#backups.get(set.tenantId);
    if (open) return open;
    const data = this.data(set.tenantId);
    const run = resumeBackup({ data, destination: this.#destination(set), setId: set.setId });
    if (run) this.#backups.set(set.tenantId, run);
    return run;
  }

  closeBackup(tenantId: number): void {
    this.#backups.delete(tenantId);
  }

  removeSet(set: BackupSet): void {
    removeSetFiles(this.directoryOf(set.uri), set);
  }

  removePiece(piece: Pick<Piece, "destId" | "roundId" | "pieceId" | "uri">): void {
    removePieceFiles(this.directoryOf(piece.uri), piece);
  }

  restoreRun(tenantId: number, plan: () => RestorePlan): RestoreRun {
    return this.#restoreRun(tenantId, () => {
      const directory = this.#tenantDirectory(tenantId);
      // Killed when the data was whole but the cluster had not saved so: it is made anew.
      fs.rmSync(directory, { recursive: true, force: true });
      return startRestore(plan(), directory);
    });
  }

  recoveryRun(tenantId: number, plan: () => RestorePlan): RestoreRun {
    return this.#restoreRun(tenantId, () => {
      this.#closeData(tenantId);
      return startRecovery(plan(), this.#tenantDirectory(tenantId));
    });
  }

  endRestore(tenantId: number): void {
    this.#restores.delete(tenantId);
  }

  close(): void {
    for (const tenantId of this.#backups.keys()) this.closeBackup(tenantId);
    for (const tenantId of this.#archives.keys()) this.closeArchive(tenantId);
    for (const tenantId of this.#data.keys()) this.#closeData(tenantId);
    this.sweep();
  }

  #restoreRun(tenantId: number, start: () => RestoreRun): RestoreRun {
    const open = this.#restores.get(tenantId) ?? start();
    this.#restores.set(tenantId, open);
    return open;
  }

  #closeData(tenantId: number): void {
    this.#options.beforeClose(tenantId);
    this.#data.get(tenantId)?.close();
    this.#data.delete(tenantId);
  }

  #destination({ uri, destId }: { readonly uri: string; readonly destId: number }): Destination {
    return { uri, directory: this.directoryOf(uri), id: destId };
  }

  #tenantDirectory(tenantId: number): string {
    return path.join(this.#options.dir, "tenants", String(tenantId));
  }
}
