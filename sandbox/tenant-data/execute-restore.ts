import fs from "node:fs";
import path from "node:path";
import type { SetPlace } from "./choose-sets.ts";
import { unlock } from "./encryption.ts";
import { type MacroReader, macroReader, PAGE_HASH_BYTES, pageHash, readPageHashes } from "./macro-block.ts";
import { adoptFolder, dataFile, dataFileOf, isTenant, PAGE_SIZE, tenantFolder } from "./open-tenant.ts";
import { PageSet } from "./page-set.ts";
import type { RestorePlan } from "./plan-restore.ts";
import { LogReplay } from "./replay-log.ts";
import { damaged, StorageFault } from "./storage-fault.ts";

export interface RestoreProgress {
  readonly phase: "restore" | "recover" | "done";
  readonly restoredBytes: number;
  readonly dataBytes: number;
  readonly recoveredBytes: number;
  readonly logBytes: number;
}

/** A tenant directory in the making. After a restart of the sandbox plan again with the same SCN and start anew. */
export interface RestoreRun {
  readonly progress: RestoreProgress;
  /** Works off about `bytes` of stored data; true when the directory can be opened. Throws a StorageFault naming the file at fault. */
  step(bytes: number): boolean;
  /** Removes what was made so far. */
  abandon(): void;
}

/**
 * Restores into `directory` in place of whatever is in it: a half-made restore, or a whole one that the sandbox died
 * before it could write down. openTenantData opens the result at `targetScn`.
 */
export function startRestore(plan: RestorePlan, directory: string): RestoreRun {
  fs.rmSync(directory, { recursive: true, force: true });
  return new TenantRestore(plan, { directory, base: (file) => new SetRestore(plan, file) });
}

/**
 * Moves a restored tenant forward in place (a plan of planRecovery). The tenant's data must be closed meanwhile; it
 * changes as a whole in the last step, so a kill leaves it where it was.
 */
export function startRecovery(plan: RestorePlan, directory: string): RestoreRun {
  const before = dataFileOf(directory);
  if (before === dataFile(tenantFolder(directory, plan.targetScn))) return DONE;
  return new TenantRestore(plan, { directory, base: (file) => copied(before, file) });
}

/** The sandbox died after the last step and before it could write down that it was done. */
const DONE: RestoreRun = {
  progress: { phase: "done", restoredBytes: 0, dataBytes: 0, recoveredBytes: 0, logBytes: 0 },
  step: () => true,
  abandon: () => undefined,
};

/** What the data file holds before any redo. */
interface Base {
  readonly bytes: number;
  readonly doneBytes: number;
  readonly pageCount: number;
  step(bytes: number): boolean;
}

function copied(from: string, to: string): Base {
  fs.copyFileSync(from, to);
  const bytes = fs.statSync(to).size;
  return { bytes, doneBytes: bytes, pageCount: bytes / PAGE_SIZE, step: () => true };
}

class TenantRestore implements RestoreRun {
  readonly #plan: RestorePlan;
  readonly #directory: string;
  readonly #makeBase: (file: string) => Base;
  #base: Base | undefined;
  #replay: LogReplay | undefined;
  #file: number | undefined;
  #phase: RestoreProgress["phase"] = "restore";

  constructor(plan: RestorePlan, how: { readonly directory: string; readonly base: (file: string) => Base }) {
    this.#plan = plan;
    this.#directory = how.directory;
    this.#makeBase = how.base;
  }

  get progress(): RestoreProgress {
    return {
      phase: this.#phase,
      restoredBytes: this.#base?.doneBytes ?? 0,
      dataBytes: this.#base?.bytes ?? this.#plan.dataBytes,
      recoveredBytes: this.#replay?.doneBytes ?? 0,
      logBytes: this.#replay?.bytes ?? this.#plan.logBytes,
    };
  }

  step(bytes: number): boolean {
    if (this.#phase === "restore" && this.#restore(bytes)) this.#phase = "recover";
    else if (this.#phase === "recover" && this.#recover(bytes)) this.#complete();
    return this.#phase === "done";
  }

  abandon(): void {
    this.#closeFile();
    fs.rmSync(this.#folder, { recursive: true, force: true });
    if (!isTenant(this.#directory)) fs.rmSync(this.#directory, { recursive: true, force: true });
  }

  get #folder(): string {
    return tenantFolder(this.#directory, this.#plan.targetScn);
  }

  #restore(bytes: number): boolean {
    this.#base ??= this.#begin();
    return this.#base.step(bytes);
  }

  #begin(): Base {
    fs.rmSync(this.#folder, { recursive: true, force: true });
    fs.mkdirSync(this.#folder, { recursive: true });
    return this.#makeBase(dataFile(this.#folder));
  }

  #recover(bytes: number): boolean {
    this.#file ??= fs.openSync(dataFile(this.#folder), "r+");
    const file = this.#file;
    this.#replay ??= new LogReplay(this.#plan, (page, content) => {
      fs.writeSync(file, content, 0, PAGE_SIZE, (page - 1) * PAGE_SIZE);
    });
    return this.#replay.step(bytes);
  }

  #complete(): void {
    const pageCount = this.#replay?.pageCount ?? this.#base?.pageCount ?? 0;
    fs.ftruncateSync(this.#file ?? -1, pageCount * PAGE_SIZE);
    this.#closeFile();
    adoptFolder(this.#directory, this.#plan.targetScn);
    this.#phase = "done";
  }

  #closeFile(): void {
    if (this.#file !== undefined) fs.closeSync(this.#file);
    this.#file = undefined;
  }
}

/**
 * Lays the pages of a chain into one file. The newest set holds the hash of every page as the chain leaves it: a page is
 * written when it has that hash, and older versions of it are passed over, so the sets may come in any order and a page
 * from a wrong or damaged file cannot get in.
 */
class SetRestore implements Base {
  readonly #readers: readonly MacroReader[];
  readonly #newest: SetPlace;
  readonly #hashes: Buffer;
  readonly #written = new PageSet();
  readonly #file: string;
  readonly bytes: number;
  readonly pageCount: number;
  #opened: number | undefined;
  #current = 0;
  doneBytes = 0;

  constructor({ sets, passwords }: RestorePlan, file: string) {
    const newest = sets.at(-1);
    if (newest === undefined) throw new Error("a restore needs a backup set");
    this.#newest = newest;
    this.pageCount = newest.set.pageCount;
    this.#hashes = readPageHashes(blockFolder(newest), { firstPage: 1, pages: this.pageCount });
    this.#readers = sets.map((place) => readerOf(place, passwords));
    this.bytes = this.#readers.reduce((sum, reader) => sum + reader.bytes, 0);
    this.#file = file;
  }

  step(bytes: number): boolean {
    const file = this.#opened ?? fs.openSync(this.#file, "w");
    this.#opened = file;
    for (let left = bytes; left > 0; ) {
      const reader = this.#readers[this.#current];
      if (reader === undefined) return this.#close(file);
      const stored = reader.next((pageNumber, page) => {
        if (this.#isWanted(pageNumber, page))
          fs.writeSync(file, page, 0, PAGE_SIZE, (pageNumber - 1) * PAGE_SIZE);
      });
      if (stored === 0) this.#current++;
      this.doneBytes += stored;
      left -= stored;
    }
    return false;
  }

  #isWanted(pageNumber: number, page: Buffer): boolean {
    if (pageNumber > this.pageCount) return false;
    const at = (pageNumber - 1) * PAGE_HASH_BYTES;
    const isNewest = this.#hashes.subarray(at, at + PAGE_HASH_BYTES).equals(pageHash(page));
    return isNewest && this.#written.add(pageNumber);
  }

  #close(file: number): true {
    fs.closeSync(file);
    this.#opened = undefined;
    const missing = this.pageCount - this.#written.size;
    if (missing > 0) throw damaged(this.#newest.directory, `${missing} pages are in no set of its chain`);
    return true;
  }
}

function blockFolder({ set, directory }: SetPlace): string {
  return path.join(directory, set.dataFolder);
}

function readerOf(place: SetPlace, passwords: readonly string[]): MacroReader {
  const { encryption, macroBlockCount: blocks, pageSize, setId } = place.set;
  if (pageSize !== PAGE_SIZE) throw damaged(place.directory, `its pages have ${pageSize} bytes`);
  const key = encryption && unlock(encryption, passwords);
  if (encryption !== undefined && key === undefined) {
    throw new StorageFault("OB_BACKUP_INVALID_PASSWORD", `no password given opens backup set ${setId}`);
  }
  return macroReader({ folder: blockFolder(place), blocks, pageSize, key });
}
