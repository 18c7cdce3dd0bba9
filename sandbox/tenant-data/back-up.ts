import fs from "node:fs";
import path from "node:path";
import { writeComplement } from "./archive-log.ts";
import {
  type BackupSet,
  bytesBelow,
  localTag,
  markSet,
  publishSet,
  readBackupSets,
  setDirectory,
  writeSetInfo,
} from "./backup-set.ts";
import { checkFormat, type Destination, type Source } from "./destination.ts";
import { keyFromPassword } from "./encryption.ts";
import {
  MACRO_START,
  type MacroPosition,
  MacroWriter,
  PAGE_HASH_BYTES,
  pageHash,
  readPageHashes,
  writePageHashes,
} from "./macro-block.ts";
import { fromJson, having, toJson } from "./sandbox-file.ts";
import { dataFolderOf, writeMetadata, writeTableList } from "./set-metadata.ts";
import { StorageFault, writing } from "./storage-fault.ts";
import type { OpenTenant } from "./tenant-data.ts";

export interface BackupRequest {
  readonly data: OpenTenant;
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

/** One backup set in the making. Each step writes to disk what it did and nothing stays open: resumeBackup goes on. */
export interface BackupRun {
  readonly set: BackupSet;
  readonly progress: BackupProgress;
  /** Copies about `bytes` of the data file; true once all is copied. Throws 9071, 9070, 9082. */
  copy(bytes: number): boolean;
  /** After copy said true: MIN_RESTORE_SCN is `minRestoreScn` (a fresh SCN), PLUS ARCHIVELOG writes complement_log. */
  finish(end: { readonly at: number; readonly minRestoreScn: bigint }): BackupSet;
  /** Failed or cancelled (-4072): leaves the end_failed mark and the directory. Never throws for a dead destination. */
  fail(end: BackupEnd): BackupSet;
}

/** What the tenant remembers of a set in the making, beside its data: the destination never sees the key. */
interface Memory {
  readonly set: BackupSet;
  /** First page that is not copied yet. */
  readonly nextPage: number;
  readonly position: MacroPosition;
  readonly base?: { readonly folder: string; readonly pages: number };
  readonly key?: string;
}

const isMemory = having<Memory>("nextPage");

interface PageRange {
  readonly firstPage: number;
  readonly pages: number;
}

/** Pages read at once: their hashes are compared and written together. */
const BATCH_PAGES = 256;

/** Throws 9070, 9071, 9080, 9081, 9082. */
export function startBackup(request: BackupRequest): BackupRun {
  const { data, destination, setId } = request;
  checkFormat({ type: "backup_data", destination, source: request.source });
  const base = request.type === "INC" ? usableBase(destination) : undefined;
  const locked = request.password === undefined ? undefined : keyFromPassword(request.password);
  const set = { ...firstInfo(request, base), ...(locked && { encryption: locked.hash }) };
  const memory: Memory = {
    set,
    nextPage: 1,
    position: MACRO_START,
    ...(base && { base: { folder: dataFolder(destination, base), pages: base.pageCount } }),
    ...(locked && { key: locked.key.toString("hex") }),
  };
  const folder = setDirectory(destination.directory, set);
  // A process may have died here before: the set is then begun anew.
  writing(() => fs.rmSync(folder, { recursive: true, force: true }));
  writeMetadata(folder, set);
  writeSetInfo(destination.directory, set);
  markSet(destination.directory, set, "start");
  if (set.plusArchivelog) data.redo.pin(pinName(setId), set.startReplayLsn);
  remember(data, memory);
  return new SetCopy({ data, destination, memory });
}

/** Goes on with set `setId` after a restart of the sandbox. Undefined when nothing was begun or it has ended. */
export function resumeBackup(request: {
  readonly data: OpenTenant;
  readonly destination: Destination;
  readonly setId: number;
}): BackupRun | undefined {
  const { data, destination } = request;
  const file = memoryFile(data, request.setId);
  if (!fs.existsSync(file)) return undefined;
  const memory = fromJson(fs.readFileSync(file, "utf8"));
  if (!isMemory(memory)) throw new Error(`${file} does not describe a backup set`);
  return new SetCopy({ data, destination, memory });
}

/** The newest set in the same path that succeeded: the base of an increment. */
function usableBase(destination: Destination): BackupSet | undefined {
  const sets = readBackupSets(destination.directory);
  return sets.findLast((set) => set.status === "SUCCESS" && set.fileStatus === "AVAILABLE");
}

function firstInfo(request: BackupRequest, base: BackupSet | undefined): BackupSet {
  const { data, destination, source } = request;
  const { scn, lsn } = data.checkpoint();
  return {
    setId: request.setId,
    destId: destination.id,
    type: base === undefined ? "FULL" : "INC",
    prevFullId: base === undefined ? 0 : base.prevFullId || base.setId,
    prevIncId: base?.setId ?? 0,
    startTimestamp: request.at,
    endTimestamp: 0,
    status: "DOING",
    fileStatus: "COPYING",
    plusArchivelog: request.plusArchivelog,
    startReplayScn: scn,
    consistentScn: 0n,
    minRestoreScn: 0n,
    inputBytes: 0,
    outputBytes: 0,
    extraMetaBytes: 0,
    tabletCount: data.tableNames().length,
    macroBlockCount: 0,
    result: 0,
    comment: "",
    source,
    path: destination.uri,
    pageSize: data.pageSize,
    pageCount: data.pagesInFile,
    startReplayLsn: lsn,
    dataFolder: dataFolderOf(source.version),
  };
}

function dataFolder(destination: Destination, set: BackupSet): string {
  return path.join(setDirectory(destination.directory, set), set.dataFolder);
}

function pinName(setId: number): string {
  return `backup set ${setId}`;
}

function memoryFile(data: OpenTenant, setId: number): string {
  return path.join(data.directory, "backups", `${setId}.json`);
}

function remember(data: OpenTenant, memory: Memory): void {
  const file = memoryFile(data, memory.set.setId);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.half`, toJson(memory));
  fs.renameSync(`${file}.half`, file);
}

/**
 * Copies the data file while sessions go on writing, as OceanBase does: each page is copied as it is when its turn
 * comes, somewhere between START_REPLAY_SCN and CONSISTENT_SCN, and the redo behind START_REPLAY_SCN makes them all equal.
 */
class SetCopy implements BackupRun {
  readonly #data: OpenTenant;
  readonly #destination: Destination;
  #memory: Memory;

  constructor(start: {
    readonly data: OpenTenant;
    readonly destination: Destination;
    readonly memory: Memory;
  }) {
    this.#data = start.data;
    this.#destination = start.destination;
    this.#memory = start.memory;
  }

  get set(): BackupSet {
    return this.#memory.set;
  }

  get progress(): BackupProgress {
    const { pageSize, pageCount } = this.set;
    return {
      readBytes: (this.#memory.nextPage - 1) * pageSize,
      totalBytes: pageCount * pageSize,
      writtenBytes: this.#memory.position.outputBytes,
      macroBlocks: this.#memory.position.blocks,
    };
  }

  copy(bytes: number): boolean {
    if (this.#isCopied) return true;
    const { pageCount, pageSize } = this.set;
    const until = Math.min(pageCount + 1, this.#memory.nextPage + Math.max(1, Math.ceil(bytes / pageSize)));
    const writer = this.#newWriter();
    for (let page = this.#memory.nextPage; page < until; page += BATCH_PAGES) {
      this.#copyBatch(writer, { firstPage: page, pages: Math.min(BATCH_PAGES, until - page) });
    }
    writer.flush();
    this.#advance(until, writer.position);
    return this.#isCopied;
  }

  finish(end: { readonly at: number; readonly minRestoreScn: bigint }): BackupSet {
    if (!this.#isCopied) throw new Error(`backup set ${this.set.setId} is not copied yet`);
    const { directory } = this.#destination;
    const { minRestoreScn } = end;
    if (minRestoreScn < this.set.consistentScn)
      throw new Error(`${minRestoreScn} lies before CONSISTENT_SCN`);
    this.#data.promise(minRestoreScn);
    const folder = setDirectory(directory, this.set);
    if (this.set.plusArchivelog) writeComplement({ data: this.#data, set: this.set, folder, minRestoreScn });
    const { version } = this.set.source;
    writeTableList(folder, { version, scn: minRestoreScn, tables: this.#data.tableNames() });
    const set: BackupSet = {
      ...this.set,
      minRestoreScn,
      endTimestamp: end.at,
      status: "SUCCESS",
      fileStatus: "AVAILABLE",
      extraMetaBytes: bytesBelow(path.join(folder, "infos")),
    };
    publishSet(directory, set);
    this.#forget(set);
    return set;
  }

  fail(end: BackupEnd): BackupSet {
    const { directory } = this.#destination;
    const { at: endTimestamp, result, comment } = end;
    const set: BackupSet = { ...this.set, endTimestamp, status: "FAILED", result, comment };
    try {
      writeSetInfo(directory, set);
      markSet(directory, set, `end_failed_${localTag(BigInt(end.at) * 1000n, set.source)}`);
    } catch (cause) {
      // The destination may be the reason for the failure; the job has to end all the same.
      if (!(cause instanceof StorageFault)) throw cause;
    }
    this.#forget(set);
    return set;
  }

  get #isCopied(): boolean {
    return this.set.consistentScn !== 0n;
  }

  /** From what the last whole step wrote: a step that failed in the middle leaves no trace. */
  #newWriter(): MacroWriter {
    const { key, position, set } = this.#memory;
    const bytes = key === undefined ? undefined : Buffer.from(key, "hex");
    return new MacroWriter({ folder: dataFolder(this.#destination, set), position, key: bytes });
  }

  #copyBatch(writer: MacroWriter, { firstPage, pages }: PageRange): void {
    const { pageSize } = this.set;
    // Pages that the file has lost since (VACUUM) are zeros: the redo says how long the file is.
    const bytes = this.#data.readPages({ firstPage, pages });
    const known = this.#baseHashes(firstPage, pages);
    const hashes = Buffer.alloc(pages * PAGE_HASH_BYTES);
    for (let index = 0; index < pages; index++) {
      const page = bytes.subarray(index * pageSize, (index + 1) * pageSize);
      const hash = pageHash(page);
      hash.copy(hashes, index * PAGE_HASH_BYTES);
      const at = index * PAGE_HASH_BYTES;
      if (!known.subarray(at, at + PAGE_HASH_BYTES).equals(hash)) writer.add(firstPage + index, page);
    }
    writePageHashes(dataFolder(this.#destination, this.set), { bytes: hashes, firstPage });
  }

  /** Empty for a full set and for pages that the base did not have. */
  #baseHashes(firstPage: number, pages: number): Buffer {
    const { base } = this.#memory;
    const shared = Math.min(pages, (base?.pages ?? 0) - firstPage + 1);
    return base === undefined || shared <= 0
      ? Buffer.alloc(0)
      : readPageHashes(base.folder, { firstPage, pages: shared });
  }

  #advance(nextPage: number, position: MacroPosition): void {
    const { pageSize, pageCount } = this.set;
    this.#data.captureCommit();
    const set: BackupSet = {
      ...this.set,
      inputBytes: (nextPage - 1) * pageSize,
      outputBytes: position.outputBytes,
      macroBlockCount: position.blocks,
      consistentScn: nextPage > pageCount ? this.#data.lastScn : 0n,
    };
    this.#memory = { ...this.#memory, set, nextPage, position };
    remember(this.#data, this.#memory);
  }

  #forget(set: BackupSet): void {
    this.#memory = { ...this.#memory, set };
    this.#data.redo.unpin(pinName(set.setId));
    fs.rmSync(memoryFile(this.#data, set.setId), { force: true });
  }
}
