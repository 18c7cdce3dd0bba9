import path from "node:path";
import { crc32, zstdDecompressSync } from "node:zlib";
import { compress, readAt, writeAt } from "./file-part.ts";
import { isIntact, parseRecord, type ReadRecord, type RedoRecord, recordBytes } from "./redo-record.ts";
import { HEADER_BYTES } from "./sandbox-file.ts";
import { damaged } from "./storage-fault.ts";

/*
 * The log files of a piece hold blocks of redo records, compressed together. Block header:
 *   0 magic   4 records   8 stored bytes   12 CRC-32 of the stored bytes   16 first SCN   24 last SCN
 *   32 first LSN   40 last LSN   48 stored bytes begin
 */
const BLOCK_HEADER_BYTES = 48;
const MAGIC = 0x4b4c4253;
const BLOCK_BYTES = 1024 * 1024;
/** OceanBase's log files have 64 MB as well. */
const LOG_FILE_BYTES = 64 * 1024 * 1024;
/** Room for a block and the record that closes it. All writers share it: a block is never left half-filled. */
const scratch = Buffer.allocUnsafeSlow(4 * BLOCK_BYTES);

/** Appends blocks behind `fileBytes`; what lies further on was left by a process that died. */
export class LogWriter {
  readonly #folder: string;
  #fileBytes: readonly number[];
  #length = 0;
  #records = 0;
  #first: RedoRecord | undefined;
  #last: RedoRecord | undefined;

  constructor(folder: string, fileBytes: readonly number[]) {
    this.#folder = folder;
    this.#fileBytes = fileBytes;
  }

  get fileBytes(): readonly number[] {
    return this.#fileBytes;
  }

  add({ record, bytes }: ReadRecord): void {
    bytes.copy(scratch, this.#length);
    this.#length += recordBytes(record);
    this.#records++;
    this.#first ??= record;
    this.#last = record;
    if (this.#length >= BLOCK_BYTES) this.flush();
  }

  flush(): void {
    if (this.#first === undefined || this.#last === undefined) return;
    const stored = compress(scratch.subarray(0, this.#length));
    const header = blockHeader({
      records: this.#records,
      stored,
      first: this.#first,
      last: this.#last,
    });
    const { file, at } = this.#nextPlace();
    writeAt(logFile(this.#folder, file), { kind: "archive_log", bytes: Buffer.concat([header, stored]), at });
    this.#fileBytes = this.#fileBytes.with(file, at + header.length + stored.length);
    this.#length = 0;
    this.#records = 0;
    this.#first = undefined;
  }

  #nextPlace(): { readonly file: number; readonly at: number } {
    const newest = this.#fileBytes.at(-1);
    if (newest === undefined || newest >= LOG_FILE_BYTES) {
      this.#fileBytes = [...this.#fileBytes, HEADER_BYTES];
      return { file: this.#fileBytes.length - 1, at: HEADER_BYTES };
    }
    return { file: this.#fileBytes.length - 1, at: newest };
  }
}

interface NewBlock {
  readonly records: number;
  readonly stored: Buffer;
  readonly first: RedoRecord;
  readonly last: RedoRecord;
}

function blockHeader({ records, stored, first, last }: NewBlock): Buffer {
  const header = Buffer.alloc(BLOCK_HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(records, 4);
  header.writeUInt32LE(stored.length, 8);
  header.writeUInt32LE(crc32(stored), 12);
  header.writeBigUInt64LE(first.scn, 16);
  header.writeBigUInt64LE(last.scn, 24);
  header.writeBigUInt64LE(BigInt(first.lsn), 32);
  header.writeBigUInt64LE(BigInt(last.lsn), 40);
  return header;
}

/** `log/<n>.obarc`, numbered from 1. */
function logFile(folder: string, index: number): string {
  return path.join(folder, `${index + 1}.obarc`);
}

export interface LogBlock {
  readonly file: string;
  readonly at: number;
  readonly bytes: number;
  readonly crc: number;
  readonly records: number;
  readonly firstScn: bigint;
  readonly lastScn: bigint;
  readonly firstLsn: number;
  readonly lastLsn: number;
}

/**
 * The blocks of a piece in order, read from their headers as far as the reader asks. Throws 9011 or 4009 when a file is
 * missing or cut.
 */
export function* blocksOf(folder: string, fileBytes: readonly number[]): Generator<LogBlock> {
  for (const [index, end] of fileBytes.entries()) {
    const file = logFile(folder, index);
    for (let at = HEADER_BYTES; at < end; ) {
      const block = blockAt(file, at);
      yield block;
      at = block.at + block.bytes;
    }
  }
}

function blockAt(file: string, at: number): LogBlock {
  const header = readAt(file, { kind: "archive_log", at, length: BLOCK_HEADER_BYTES });
  if (header.readUInt32LE(0) !== MAGIC) throw damaged(file, `no block of redo at ${at}`);
  return { file, at: at + BLOCK_HEADER_BYTES, ...parseHeader(header) };
}

function parseHeader(header: Buffer): Omit<LogBlock, "file" | "at"> {
  return {
    records: header.readUInt32LE(4),
    bytes: header.readUInt32LE(8),
    crc: header.readUInt32LE(12),
    firstScn: header.readBigUInt64LE(16),
    lastScn: header.readBigUInt64LE(24),
    firstLsn: Number(header.readBigUInt64LE(32)),
    lastLsn: Number(header.readBigUInt64LE(40)),
  };
}

/** The records of a block, oldest first, each checked. */
export function readBlock(block: LogBlock): readonly ReadRecord[] {
  const stored = readAt(block.file, { kind: "archive_log", at: block.at, length: block.bytes });
  if (crc32(stored) !== block.crc) throw damaged(block.file, `the block at ${block.at} has a wrong checksum`);
  const raw = zstdDecompressSync(stored);
  const records: ReadRecord[] = [];
  for (let offset = 0; offset < raw.length; ) {
    const bytes = raw.subarray(offset);
    const record = parseRecord(bytes);
    if (record === undefined || !isIntact(bytes, record)) {
      throw damaged(block.file, `the block at ${block.at} holds a broken redo record`);
    }
    records.push({ record, bytes });
    offset += recordBytes(record);
  }
  if (records.length !== block.records) throw damaged(block.file, `the block at ${block.at} is incomplete`);
  return records;
}
