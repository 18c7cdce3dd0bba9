import { hash } from "node:crypto";
import path from "node:path";
import { crc32, zstdDecompressSync } from "node:zlib";
import { decrypt, encrypt } from "./encryption.ts";
import { compress, readAt, writeAt } from "./file-part.ts";
import { HEADER_BYTES } from "./sandbox-file.ts";
import { damaged } from "./storage-fault.ts";

/** Pages of one macro block before compression. OceanBase's hold 2 MB. */
const BLOCK_BYTES = 1024 * 1024;
/** BACKUP_DATA_FILE_SIZE has 4 GB. */
const DATA_FILE_BYTES = 1024 ** 3;
const ENTRY_BYTES = 32;
export const PAGE_HASH_BYTES = 16;

/** How far the files of a set's data folder are written; what lies behind was written by a process that died. */
export interface MacroPosition {
  readonly file: number;
  readonly fileBytes: number;
  readonly blocks: number;
  readonly outputBytes: number;
}

export const MACRO_START: MacroPosition = { file: 0, fileBytes: HEADER_BYTES, blocks: 0, outputBytes: 0 };

export function pageHash(page: Buffer): Buffer {
  return hash("sha256", page, "buffer").subarray(0, PAGE_HASH_BYTES);
}

/** Collects pages into macro blocks; each block is written with its entry in macro_range_index. */
export class MacroWriter {
  readonly #folder: string;
  readonly #key: Buffer | undefined;
  #position: MacroPosition;
  #numbers: number[] = [];
  #pages: Buffer[] = [];
  #bytes = 0;

  constructor(place: {
    readonly folder: string;
    readonly position: MacroPosition;
    readonly key: Buffer | undefined;
  }) {
    this.#folder = place.folder;
    this.#key = place.key;
    this.#position = place.position;
  }

  get position(): MacroPosition {
    return this.#position;
  }

  add(pageNumber: number, page: Buffer): void {
    this.#numbers.push(pageNumber);
    this.#pages.push(page);
    this.#bytes += page.length;
    if (this.#bytes >= BLOCK_BYTES) this.flush();
  }

  flush(): void {
    if (this.#numbers.length === 0) return;
    const stored = this.#packed();
    const { file, fileBytes, blocks, outputBytes } = this.#nextFile();
    const entry = blockEntry({ file, offset: fileBytes, bytes: stored.length, crc: crc32(stored) });
    writeAt(dataFileName(this.#folder, file), { kind: "macro_block_data", bytes: stored, at: fileBytes });
    const index = HEADER_BYTES + blocks * ENTRY_BYTES;
    writeAt(rangeIndexName(this.#folder), { kind: "macro_range_index", bytes: entry, at: index });
    this.#position = {
      file,
      fileBytes: fileBytes + stored.length,
      blocks: blocks + 1,
      outputBytes: outputBytes + stored.length,
    };
    this.#numbers = [];
    this.#pages = [];
    this.#bytes = 0;
  }

  /** Count, page numbers, pages; compressed, then encrypted. */
  #packed(): Buffer {
    const head = Buffer.alloc(4 + 4 * this.#numbers.length);
    head.writeUInt32LE(this.#numbers.length, 0);
    this.#numbers.forEach((pageNumber, index) => {
      head.writeUInt32LE(pageNumber, 4 + 4 * index);
    });
    const packed = compress(Buffer.concat([head, ...this.#pages]));
    return this.#key === undefined ? packed : encrypt(this.#key, packed);
  }

  #nextFile(): MacroPosition {
    if (this.#position.fileBytes < DATA_FILE_BYTES) return this.#position;
    return { ...this.#position, file: this.#position.file + 1, fileBytes: HEADER_BYTES };
  }
}

export interface MacroReader {
  /** Bytes stored in the blocks. */
  readonly bytes: number;
  /** Visits the pages of the next block and returns its stored bytes, 0 behind the last one. */
  next(visit: (pageNumber: number, page: Buffer) => void): number;
}

export interface MacroSource {
  readonly folder: string;
  readonly blocks: number;
  readonly pageSize: number;
  readonly key: Buffer | undefined;
}

/** Throws 9011 or 4009 when a file is missing, cut or changed. */
export function macroReader(source: MacroSource): MacroReader {
  const entries = readEntries(source);
  let index = 0;
  return {
    bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
    next(visit) {
      const entry = entries[index++];
      if (entry === undefined) return 0;
      visitPages({ block: unpacked(source, entry), pageSize: source.pageSize }, visit);
      return entry.bytes;
    },
  };
}

interface BlockEntry {
  readonly file: number;
  readonly offset: number;
  readonly bytes: number;
  readonly crc: number;
}

function blockEntry(entry: BlockEntry): Buffer {
  const bytes = Buffer.alloc(ENTRY_BYTES);
  bytes.writeUInt32LE(entry.file, 0);
  bytes.writeDoubleLE(entry.offset, 8);
  bytes.writeUInt32LE(entry.bytes, 16);
  bytes.writeUInt32LE(entry.crc, 20);
  return bytes;
}

function readEntries({ folder, blocks }: MacroSource): readonly BlockEntry[] {
  if (blocks === 0) return [];
  const file = rangeIndexName(folder);
  const bytes = readAt(file, { kind: "macro_range_index", at: HEADER_BYTES, length: blocks * ENTRY_BYTES });
  return Array.from({ length: blocks }, (_, index) => ({
    file: bytes.readUInt32LE(index * ENTRY_BYTES),
    offset: bytes.readDoubleLE(index * ENTRY_BYTES + 8),
    bytes: bytes.readUInt32LE(index * ENTRY_BYTES + 16),
    crc: bytes.readUInt32LE(index * ENTRY_BYTES + 20),
  }));
}

function unpacked({ folder, key }: MacroSource, entry: BlockEntry): Buffer {
  const file = dataFileName(folder, entry.file);
  const stored = readAt(file, { kind: "macro_block_data", at: entry.offset, length: entry.bytes });
  if (crc32(stored) !== entry.crc) throw damaged(file, `the block at ${entry.offset} has a wrong checksum`);
  try {
    return zstdDecompressSync(key === undefined ? stored : decrypt(key, stored));
  } catch (cause) {
    throw damaged(file, `the block at ${entry.offset} cannot be unpacked (${String(cause)})`);
  }
}

function visitPages(
  { block, pageSize }: { readonly block: Buffer; readonly pageSize: number },
  visit: (pageNumber: number, page: Buffer) => void,
): void {
  const count = block.readUInt32LE(0);
  const start = 4 + 4 * count;
  for (let index = 0; index < count; index++) {
    const at = start + index * pageSize;
    visit(block.readUInt32LE(4 + 4 * index), block.subarray(at, at + pageSize));
  }
}

/** The hash of each page of the tenant as of this set, 16 bytes per page: what the next increment compares with. */
export function writePageHashes(
  folder: string,
  hashes: { readonly bytes: Buffer; readonly firstPage: number },
): void {
  const at = HEADER_BYTES + (hashes.firstPage - 1) * PAGE_HASH_BYTES;
  writeAt(pageIndexName(folder), { kind: "page_index", bytes: hashes.bytes, at });
}

export function readPageHashes(
  folder: string,
  range: { readonly firstPage: number; readonly pages: number },
): Buffer {
  const at = HEADER_BYTES + (range.firstPage - 1) * PAGE_HASH_BYTES;
  return readAt(pageIndexName(folder), { kind: "page_index", at, length: range.pages * PAGE_HASH_BYTES });
}

function dataFileName(folder: string, file: number): string {
  return path.join(folder, `macro_block_data.${file}.obbak`);
}

function rangeIndexName(folder: string): string {
  return path.join(folder, "macro_range_index.obbak");
}

function pageIndexName(folder: string): string {
  return path.join(folder, "sec_meta_index.obbak");
}
