import { crc32 } from "node:zlib";

/*
 * One redo record: what one commit (or a part of a very large one) wrote, as SQLite's own WAL frames.
 *
 *   0 magic   4 flags   8 SCN   16 LSN   24 pages of the data file after the commit   28 frames   32 page size
 *   36 frames of the WAL that are captured with it   40 salts of that WAL (8 bytes)   48 CRC-32 of all the rest
 *   52 reserved (12 bytes)   64 frames, each a WAL frame header (24 bytes, page number first) and a page
 *
 * LSNs count records without a gap, so a reader knows when one is missing.
 */
export const RECORD_HEADER_BYTES = 64;
export const FRAME_HEADER_BYTES = 24;
/** A commit of more frames is split into parts of this many. */
export const MAX_FRAMES = 512;

const MAGIC = 0x4f444552;
const LAST_PART = 1;
const CRC_AT = 48;

export interface RedoRecord {
  readonly scn: bigint;
  readonly lsn: number;
  /** False for all but the last part of a large commit: only a record with `last` ends a commit. */
  readonly last: boolean;
  readonly pageCount: number;
  readonly frames: number;
  readonly pageSize: number;
  readonly wal: WalPosition;
}

export interface ReadRecord {
  readonly record: RedoRecord;
  /** Header and frames, perhaps with more behind. Valid until the next read. */
  readonly bytes: Buffer;
}

/** How far a WAL is captured: its salts (each restart draws new ones) and the number of frames. */
export interface WalPosition {
  readonly salts: bigint;
  readonly frames: number;
}

export function recordBytes(record: Pick<RedoRecord, "frames" | "pageSize">): number {
  return RECORD_HEADER_BYTES + record.frames * (FRAME_HEADER_BYTES + record.pageSize);
}

/** Fills the header into `bytes`, which already holds the frames behind it, and seals both with the CRC. */
export function sealRecord(bytes: Buffer, record: RedoRecord): void {
  bytes.fill(0, 0, RECORD_HEADER_BYTES);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(record.last ? LAST_PART : 0, 4);
  bytes.writeBigUInt64LE(record.scn, 8);
  bytes.writeBigUInt64LE(BigInt(record.lsn), 16);
  bytes.writeUInt32LE(record.pageCount, 24);
  bytes.writeUInt32LE(record.frames, 28);
  bytes.writeUInt32LE(record.pageSize, 32);
  bytes.writeUInt32LE(record.wal.frames, 36);
  bytes.writeBigUInt64LE(record.wal.salts, 40);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, recordBytes(record))), CRC_AT);
}

/** The header alone; undefined when these bytes do not begin a record. */
export function parseRecord(bytes: Buffer): RedoRecord | undefined {
  if (bytes.length < RECORD_HEADER_BYTES || bytes.readUInt32LE(0) !== MAGIC) return undefined;
  return {
    scn: bytes.readBigUInt64LE(8),
    lsn: Number(bytes.readBigUInt64LE(16)),
    last: (bytes.readUInt32LE(4) & LAST_PART) !== 0,
    pageCount: bytes.readUInt32LE(24),
    frames: bytes.readUInt32LE(28),
    pageSize: bytes.readUInt32LE(32),
    wal: { salts: bytes.readBigUInt64LE(40), frames: bytes.readUInt32LE(36) },
  };
}

/** Whether the whole record is what was once sealed. `bytes` may hold more behind it. */
export function isIntact(bytes: Buffer, record: RedoRecord): boolean {
  const length = recordBytes(record);
  if (bytes.length < length) return false;
  const stored = bytes.readUInt32LE(CRC_AT);
  const whole = bytes.subarray(0, length);
  bytes.writeUInt32LE(0, CRC_AT);
  const sum = crc32(whole);
  bytes.writeUInt32LE(stored, CRC_AT);
  return sum === stored;
}

/** Visits the frames of a record from the newest to the oldest. */
export function framesBackwards(
  { record, bytes }: ReadRecord,
  visit: (pageNumber: number, page: Buffer) => void,
): void {
  const size = FRAME_HEADER_BYTES + record.pageSize;
  for (let index = record.frames - 1; index >= 0; index--) {
    const at = RECORD_HEADER_BYTES + index * size;
    visit(bytes.readUInt32BE(at), bytes.subarray(at + FRAME_HEADER_BYTES, at + size));
  }
}
