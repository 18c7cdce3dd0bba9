import fs from "node:fs";
import path from "node:path";
import { RecordReader } from "./record-reader.ts";
import { isIntact, type ReadRecord, type RedoRecord, recordBytes } from "./redo-record.ts";
import { fromJson, listOf } from "./sandbox-file.ts";
import { StorageFault } from "./storage-fault.ts";

interface Segment {
  readonly file: string;
  readonly firstLsn: number;
  /** Bytes of whole records; what may lie behind them is a write that failed. */
  bytes: number;
}

export interface RedoLogLimits {
  readonly logDiskBytes: number;
  readonly segmentBytes: number;
}

/**
 * A tenant's redo (OceanBase: clog) in segment files named after their first LSN. Old segments go once nobody who
 * pinned them needs them, and in any case when the log disk is full.
 */
export class RedoLog {
  readonly #directory: string;
  readonly #limits: RedoLogLimits;
  readonly #pins: Map<string, number>;
  #segments: Segment[];
  #file: number;
  #newest: RedoRecord;
  /** Where the newest whole commit ends: what a failed write goes back to. */
  #whole: { readonly record: RedoRecord; readonly bytes: number };

  private constructor(start: {
    readonly directory: string;
    readonly limits: RedoLogLimits;
    readonly segments: Segment[];
    readonly newest: RedoRecord;
  }) {
    this.#directory = start.directory;
    this.#limits = start.limits;
    this.#segments = start.segments;
    this.#newest = start.newest;
    this.#whole = { record: start.newest, bytes: this.#current.bytes };
    this.#pins = readPins(start.directory);
    this.#file = fs.openSync(this.#current.file, "r+");
  }

  /** `first` is a sealed record with LSN 1. */
  static create(directory: string, first: ReadRecord): void {
    fs.mkdirSync(directory, { recursive: true });
    fs.writeFileSync(
      segmentFile(directory, first.record.lsn),
      first.bytes.subarray(0, recordBytes(first.record)),
    );
  }

  /** Cuts what a killed process left half-written behind the last whole commit. */
  static open(directory: string, limits: RedoLogLimits): RedoLog {
    const segments = listSegments(directory);
    for (let tries = segments.length; tries > 0; tries--) {
      const segment = segments.at(-1);
      const newest = segment && cutToWholeCommits(segment);
      if (newest !== undefined) return new RedoLog({ directory, limits, segments, newest });
      if (segment !== undefined && segments.length > 1) fs.rmSync(segment.file);
      segments.pop();
    }
    throw new Error(`${directory} holds no redo`);
  }

  get newest(): RedoRecord {
    return this.#newest;
  }

  get bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  /** Takes a sealed record. */
  append(bytes: Buffer, record: RedoRecord): void {
    const length = recordBytes(record);
    if (this.#newest.last && this.#current.bytes + length > this.#limits.segmentBytes) this.#roll(record.lsn);
    const segment = this.#current;
    let written = 0;
    while (written < length) {
      written += fs.writeSync(this.#file, bytes, written, length - written, segment.bytes + written);
    }
    segment.bytes += length;
    this.#newest = record;
    if (record.last) this.#whole = { record, bytes: segment.bytes };
  }

  /** After a failed append: forgets the parts of a commit that did get in. */
  abandon(): void {
    this.#newest = this.#whole.record;
    this.#current.bytes = this.#whole.bytes;
  }

  /** Reads on behind the record `lsn`. Throws 9087 when the next one has been recycled. */
  behind(lsn: number): RedoCursor {
    return new RedoCursor(this, lsn);
  }

  /** Records above `lsn` stay until `name` unpins or pins further on; kept over a restart. */
  pin(name: string, lsn: number): void {
    const isNew = !this.#pins.has(name);
    this.#pins.set(name, lsn);
    if (isNew) this.#savePins();
    if (this.#segments.length > 1) this.#recycle();
  }

  unpin(name: string): void {
    if (this.#pins.delete(name)) this.#savePins();
  }

  /** The next record begins a new segment. */
  beginSegment(): void {
    this.#roll(this.#newest.lsn + 1);
  }

  /** A full log disk: everything but the newest segment goes. */
  dropOld(): void {
    this.#drop(this.#segments.length - 1);
  }

  /** For cursors: the segment that holds `lsn`, or would hold it next. */
  segmentOf(lsn: number): Segment | undefined {
    return this.#segments.findLast((segment) => segment.firstLsn <= lsn);
  }

  sync(): void {
    fs.fdatasyncSync(this.#file);
  }

  close(): void {
    this.#savePins();
    fs.closeSync(this.#file);
  }

  get #current(): Segment {
    const segment = this.#segments.at(-1);
    if (segment === undefined) throw new Error(`${this.#directory} holds no redo`);
    return segment;
  }

  #roll(firstLsn: number): void {
    if (this.#current.bytes === 0) return;
    const file = segmentFile(this.#directory, firstLsn);
    const opened = fs.openSync(file, "w+");
    fs.closeSync(this.#file);
    this.#file = opened;
    this.#segments.push({ file, firstLsn, bytes: 0 });
    this.#whole = { record: this.#whole.record, bytes: 0 };
    this.#recycle();
  }

  #recycle(): void {
    const done = Math.min(this.#newest.lsn, ...this.#pins.values());
    // Nothing is free when a pin points at redo that is gone already.
    let free = Math.max(
      0,
      this.#segments.findLastIndex((segment) => segment.firstLsn <= done + 1),
    );
    let bytes = this.#segments.slice(free).reduce((sum, segment) => sum + segment.bytes, 0);
    while (bytes > this.#limits.logDiskBytes && free < this.#segments.length - 1) {
      bytes -= this.#segments[free]?.bytes ?? 0;
      free++;
    }
    this.#drop(free);
  }

  /** Never the newest record's segment: the last SCN and the WAL's position are read from it at the next start. */
  #drop(count: number): void {
    const current = this.#current;
    const keep = current.bytes === 0 ? 2 : 1;
    const dropped = this.#segments.slice(0, Math.max(0, Math.min(count, this.#segments.length - keep)));
    if (dropped.length === 0) return;
    this.#savePins();
    for (const segment of dropped) fs.rmSync(segment.file, { force: true });
    this.#segments = this.#segments.slice(dropped.length);
  }

  #savePins(): void {
    const file = pinsFile(this.#directory);
    fs.writeFileSync(`${file}.half`, JSON.stringify([...this.#pins]));
    fs.renameSync(`${file}.half`, file);
  }
}

/** A place in the redo from which records are read in order. Closed by its reader. */
export class RedoCursor {
  readonly #log: RedoLog;
  #lsn: number;
  #segment: Segment | undefined;
  #file: number | undefined;
  #reader: RecordReader | undefined;
  #offset = 0;

  constructor(log: RedoLog, lsn: number) {
    this.#log = log;
    this.#lsn = lsn;
  }

  /** LSN of the record read last. */
  get lsn(): number {
    return this.#lsn;
  }

  /** The next record, undefined at the end of the redo. */
  next(): ReadRecord | undefined {
    const found = this.peek();
    if (found !== undefined) {
      this.#offset += recordBytes(found.record);
      this.#lsn = found.record.lsn;
    }
    return found;
  }

  peek(): ReadRecord | undefined {
    if (this.#lsn >= this.#log.newest.lsn) return undefined;
    const segment = this.#log.segmentOf(this.#lsn + 1);
    if (segment === undefined) throw recycled(this.#lsn);
    if (segment !== this.#segment) this.#enter(segment);
    return this.#seek(segment);
  }

  close(): void {
    if (this.#file !== undefined) fs.closeSync(this.#file);
    this.#file = undefined;
    this.#segment = undefined;
  }

  #enter(segment: Segment): void {
    this.close();
    this.#file = fs.openSync(segment.file, "r");
    this.#reader = new RecordReader(this.#file);
    this.#segment = segment;
    this.#offset = 0;
  }

  /** In a segment entered in the middle the records up to the cursor's LSN are passed over. */
  #seek(segment: Segment): ReadRecord {
    while (this.#offset < segment.bytes) {
      const found = this.#reader?.at(this.#offset, segment.bytes);
      if (found === undefined) break;
      if (found.record.lsn === this.#lsn + 1) return found;
      this.#offset += recordBytes(found.record);
    }
    throw recycled(this.#lsn);
  }
}

function recycled(lsn: number): StorageFault {
  return new StorageFault(
    "OB_CLOG_RECYCLE_BEFORE_ARCHIVE",
    `redo record ${lsn + 1} is gone from the log disk`,
  );
}

function segmentFile(directory: string, firstLsn: number): string {
  return path.join(directory, `${String(firstLsn).padStart(12, "0")}.redo`);
}

function listSegments(directory: string): Segment[] {
  const names = fs.readdirSync(directory).filter((name) => name.endsWith(".redo"));
  return names.toSorted().map((name) => {
    const file = path.join(directory, name);
    return { file, firstLsn: Number.parseInt(name, 10), bytes: fs.statSync(file).size };
  });
}

function pinsFile(directory: string): string {
  return path.join(directory, "pins.json");
}

const isPins = listOf(
  (pin: unknown): pin is readonly [string, number] => Array.isArray(pin) && pin.length === 2,
);

function readPins(directory: string): Map<string, number> {
  const file = pinsFile(directory);
  if (!fs.existsSync(file)) return new Map();
  const pins = fromJson(fs.readFileSync(file, "utf8"));
  return isPins(pins) ? new Map(pins) : new Map();
}

/** The last record of a whole commit in the segment, which is truncated behind it; undefined when there is none. */
function cutToWholeCommits(segment: Segment): RedoRecord | undefined {
  const file = fs.openSync(segment.file, "r+");
  try {
    const reader = new RecordReader(file);
    let newest: RedoRecord | undefined;
    let end = 0;
    for (let offset = 0; ; ) {
      const found = reader.at(offset, segment.bytes);
      if (found === undefined || !isIntact(found.bytes, found.record)) break;
      offset += recordBytes(found.record);
      if (!found.record.last) continue;
      newest = found.record;
      end = offset;
    }
    fs.ftruncateSync(file, end);
    segment.bytes = end;
    return newest;
  } finally {
    fs.closeSync(file);
  }
}
