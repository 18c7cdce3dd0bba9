import fs from "node:fs";
import path from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { RedoLog } from "./redo-log.ts";
import {
  FRAME_HEADER_BYTES,
  MAX_FRAMES,
  RECORD_HEADER_BYTES,
  type RedoRecord,
  recordBytes,
  sealRecord,
  type WalPosition,
} from "./redo-record.ts";
import { fromJson, having, toJson } from "./sandbox-file.ts";
import type { Checkpoint, OpenTenant, TenantOptions } from "./tenant-data.ts";
import { WalReader, type WalState } from "./wal-reader.ts";

/** Small pages: the redo of a commit is whole pages, and most commits change one row in each of a few. */
export const PAGE_SIZE = 2048;
const MIB = 1024 * 1024;
const NO_WAL: WalPosition = { salts: 0n, frames: 0 };

/** Room for one record. All tenants share it: nothing here ever waits in the middle of a commit. */
const scratch = Buffer.allocUnsafeSlow(RECORD_HEADER_BYTES + MAX_FRAMES * (FRAME_HEADER_BYTES + PAGE_SIZE));

/** `tenant.json`: which of the folders beside it holds the tenant. Replaced as a whole by a recovery. */
interface TenantFile {
  readonly folder: string;
}

const isTenantFile = having<TenantFile>("folder");

/** A new, empty tenant in `directory`, which must not hold one yet. */
export function createTenantData(directory: string, options: TenantOptions): OpenTenant {
  if (isTenant(directory)) throw new Error(`${directory} already holds a tenant`);
  const scn = options.nextScn();
  const folder = tenantFolder(directory, scn);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(dataFile(folder));
  database.exec(`PRAGMA page_size=${PAGE_SIZE}; PRAGMA synchronous=OFF; PRAGMA journal_mode=WAL`);
  database.close();
  adoptFolder(directory, scn);
  return openTenantData(directory, options);
}

/** Commits that a killed process left uncaptured get a new SCN here; half-written redo is cut. */
export function openTenantData(directory: string, options: TenantOptions): OpenTenant {
  const { folder } = readTenantFile(directory);
  removeOtherFolders(directory, folder);
  return new SqliteTenant(directory, { folder: path.join(directory, folder), options });
}

export function isTenant(directory: string): boolean {
  return fs.existsSync(tenantFile(directory));
}

/** Where a tenant that is at `scn` is put together before adoptFolder makes it the tenant. */
export function tenantFolder(directory: string, scn: bigint): string {
  return path.join(directory, `at-${scn}`);
}

export function dataFile(folder: string): string {
  return path.join(folder, "data.db");
}

/** Makes the data file in tenantFolder(directory, scn) the tenant's, with an empty redo log that begins at `scn`. */
export function adoptFolder(directory: string, scn: bigint): void {
  const folder = tenantFolder(directory, scn);
  const pageCount = fs.statSync(dataFile(folder)).size / PAGE_SIZE;
  const record: RedoRecord = {
    scn,
    lsn: 1,
    last: true,
    pageCount,
    frames: 0,
    pageSize: PAGE_SIZE,
    wal: NO_WAL,
  };
  sealRecord(scratch, record);
  RedoLog.create(path.join(folder, "redo"), { record, bytes: scratch });
  const file = tenantFile(directory);
  fs.writeFileSync(`${file}.half`, toJson({ folder: path.basename(folder) } satisfies TenantFile));
  fs.renameSync(`${file}.half`, file);
  removeOtherFolders(directory, path.basename(folder));
}

/** The data file of the tenant in `directory`; to be opened only while the tenant is closed. */
export function dataFileOf(directory: string): string {
  const { folder } = readTenantFile(directory);
  return dataFile(path.join(directory, folder));
}

function readTenantFile(directory: string): TenantFile {
  const content = fromJson(fs.readFileSync(tenantFile(directory), "utf8"));
  if (!isTenantFile(content)) throw new Error(`${tenantFile(directory)} does not describe a tenant`);
  return content;
}

function tenantFile(directory: string): string {
  return path.join(directory, "tenant.json");
}

function removeOtherFolders(directory: string, keep: string): void {
  for (const name of fs.readdirSync(directory)) {
    if (name.startsWith("at-") && name !== keep) fs.rmSync(path.join(directory, name), { recursive: true });
  }
}

interface Mark extends Checkpoint {
  /** Frames of the WAL that belong to it and all before. */
  readonly frames: number;
}

class SqliteTenant implements OpenTenant {
  readonly directory: string;
  readonly pageSize = PAGE_SIZE;
  readonly #dataFile: string;
  readonly redo: RedoLog;
  readonly #options: TenantOptions;
  /** Always open, so that no session is the last one: SQLite checkpoints and removes the WAL when the last one closes. */
  readonly #keeper: DatabaseSync;
  readonly #checkpoint: StatementSync;
  readonly #wal: WalReader;
  /**
   * Opened for the first backup and kept: closing any handle on a file drops all locks that this process holds on it,
   * SQLite's own among them (sqlite.org/howtocorrupt.html, 2.2). The same goes for the files of the WalReader.
   */
  #file: number | undefined;
  readonly #framesPerCheckpoint: number;
  #captured: WalPosition;
  /** One per commit of this WAL that may not be in the data file yet. */
  #marks: Mark[] = [];
  #inDataFile: Checkpoint;
  #checkpointAt: number;

  constructor(directory: string, place: { readonly folder: string; readonly options: TenantOptions }) {
    const { folder, options } = place;
    this.directory = directory;
    this.#dataFile = dataFile(folder);
    this.#options = options;
    this.redo = RedoLog.open(path.join(folder, "redo"), {
      logDiskBytes: options.logDiskBytes ?? 256 * MIB,
      segmentBytes: options.segmentBytes ?? 16 * MIB,
    });
    this.#framesPerCheckpoint = Math.ceil((options.walBytes ?? 4 * MIB) / PAGE_SIZE);
    this.#checkpointAt = this.#framesPerCheckpoint;
    this.#captured = this.redo.newest.wal;
    this.#inDataFile = this.redo.newest;
    this.#keeper = this.connect();
    this.#keeper.prepare("SELECT count(*) FROM sqlite_schema").get();
    this.#checkpoint = this.#keeper.prepare("PRAGMA wal_checkpoint(PASSIVE)");
    this.#wal = new WalReader(this.#dataFile, PAGE_SIZE);
    this.checkpoint();
  }

  /**
   * synchronous=OFF: what a process has written survives its death without fsync, and a sandbox need not survive the
   * death of the machine. The size limit cuts a WAL that a long read had let grow.
   */
  connect(): DatabaseSync {
    const session = new DatabaseSync(this.#dataFile);
    const limit = 2 * this.#framesPerCheckpoint * PAGE_SIZE;
    session.exec(`PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=OFF; PRAGMA journal_size_limit=${limit}`);
    return session;
  }

  get lastScn(): bigint {
    return this.redo.newest.scn;
  }

  get sizeBytes(): number {
    return this.redo.newest.pageCount * PAGE_SIZE;
  }

  get redoBytes(): number {
    return this.redo.bytes;
  }

  captureCommit(): bigint | undefined {
    const wal = this.#wal.state();
    if (wal.salts !== this.#captured.salts) this.#beginWal(wal.salts);
    if (wal.frames === this.#captured.frames) return undefined;
    const scn = this.#nextScn();
    try {
      this.#store(wal, scn);
    } catch (cause) {
      this.redo.abandon();
      throw cause;
    }
    this.#captured = wal;
    this.#mark();
    if (wal.frames >= this.#checkpointAt) this.checkpoint();
    return scn;
  }

  promise(scn: bigint): void {
    if (scn <= this.lastScn) return;
    this.#append({ scn, frames: 0, last: true });
    this.#mark();
  }

  checkpoint(): Checkpoint {
    this.captureCommit();
    const result = this.#checkpoint.get();
    const log = Number(result?.log);
    const checkpointed = Number(result?.checkpointed);
    const done = checkpointed >= log ? this.#marks.length - 1 : lastWithin(this.#marks, checkpointed);
    this.#inDataFile = this.#marks[done] ?? this.#inDataFile;
    this.#marks = this.#marks.slice(done + 1);
    this.#checkpointAt = log + this.#framesPerCheckpoint;
    return this.#inDataFile;
  }

  recycleRedo(): void {
    this.captureCommit();
    this.redo.beginSegment();
    this.promise(this.#nextScn());
    this.redo.dropOld();
  }

  get pagesInFile(): number {
    return fs.statSync(this.#dataFile).size / PAGE_SIZE;
  }

  readPages({ firstPage, pages }: { readonly firstPage: number; readonly pages: number }): Buffer {
    this.#file ??= fs.openSync(this.#dataFile, "r");
    const bytes = Buffer.alloc(pages * PAGE_SIZE);
    fs.readSync(this.#file, bytes, 0, bytes.length, (firstPage - 1) * PAGE_SIZE);
    return bytes;
  }

  tableNames(): readonly string[] {
    const rows = this.#keeper
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all();
    return rows.map((row) => String(row.name));
  }

  close(): void {
    this.captureCommit();
    this.#wal.close();
    this.redo.close();
    if (this.#file !== undefined) fs.closeSync(this.#file);
    this.#keeper.close();
  }

  #nextScn(): bigint {
    const scn = this.#options.nextScn();
    return scn > this.lastScn ? scn : this.lastScn + 1n;
  }

  /** Of several records at the same frame (promises) only the newest matters. */
  #mark(): void {
    const { scn, lsn } = this.redo.newest;
    const { frames } = this.#captured;
    if (this.#marks.at(-1)?.frames === frames) this.#marks.pop();
    this.#marks.push({ frames, scn, lsn });
  }

  /** SQLite starts a WAL anew only when all of it is in the data file, and it is checkpointed only after a capture. */
  #beginWal(salts: bigint): void {
    this.#captured = { salts, frames: 0 };
    this.#marks = [];
    this.#inDataFile = this.redo.newest;
    this.#checkpointAt = this.#framesPerCheckpoint;
  }

  #store(wal: WalState, scn: bigint): void {
    for (let skip = this.#captured.frames; skip < wal.frames; skip += MAX_FRAMES) {
      const count = Math.min(MAX_FRAMES, wal.frames - skip);
      const last = skip + count === wal.frames;
      this.#wal.read(scratch, RECORD_HEADER_BYTES, { skip, count });
      this.#append({
        scn,
        frames: count,
        last,
        pageCount: wal.pageCount,
        wal: { salts: wal.salts, frames: skip + count },
      });
    }
  }

  /** The frames, if any, stand in `scratch` already. */
  #append(part: Pick<RedoRecord, "scn" | "frames" | "last"> & Partial<RedoRecord>): void {
    const { lsn, pageCount } = this.redo.newest;
    const record: RedoRecord = { pageCount, wal: this.#captured, ...part, lsn: lsn + 1, pageSize: PAGE_SIZE };
    sealRecord(scratch, record);
    this.redo.append(scratch.subarray(0, recordBytes(record)), record);
  }
}

function lastWithin(marks: readonly Mark[], frames: number): number {
  return marks.findLastIndex((mark) => mark.frames <= frames);
}
