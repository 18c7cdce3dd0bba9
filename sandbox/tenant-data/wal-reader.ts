import fs from "node:fs";
import { FRAME_HEADER_BYTES, type WalPosition } from "./redo-record.ts";

/** Bytes of the WAL's own header, before the first frame. */
const WAL_HEADER_BYTES = 32;

export interface WalState extends WalPosition {
  /** Pages of the database at the newest commit; 0 while the WAL was never written. */
  readonly pageCount: number;
}

/**
 * Reads the committed frames of an SQLite WAL beside the connections that write it. How many frames are committed is
 * read from the wal-index (`-shm`), whose header is part of SQLite's documented file format (walformat.html, 2.1):
 * mxFrame at 16, nPage at 20, salts at 32. The shared mapping and read() see the same pages of memory, and one thread
 * does everything, so the header is never seen half-written.
 */
export class WalReader {
  readonly #shm: number;
  readonly #wal: number;
  readonly #head = Buffer.alloc(48);
  readonly #frameBytes: number;

  /** Both files exist once a connection in WAL mode has read the database. */
  constructor(database: string, pageSize: number) {
    this.#shm = fs.openSync(`${database}-shm`, "r");
    this.#wal = fs.openSync(`${database}-wal`, "r");
    this.#frameBytes = FRAME_HEADER_BYTES + pageSize;
  }

  state(): WalState {
    fs.readSync(this.#shm, this.#head, 0, 48, 0);
    return {
      frames: this.#head.readUInt32LE(16),
      pageCount: this.#head.readUInt32LE(20),
      salts: this.#head.readBigUInt64LE(32),
    };
  }

  /** Copies `count` frames behind the first `skip` ones to `target` at `offset`. */
  read(target: Buffer, offset: number, range: { readonly skip: number; readonly count: number }): void {
    const length = range.count * this.#frameBytes;
    const read = fs.readSync(
      this.#wal,
      target,
      offset,
      length,
      WAL_HEADER_BYTES + range.skip * this.#frameBytes,
    );
    if (read !== length) throw new Error(`the WAL ends before frame ${range.skip + range.count}`);
  }

  close(): void {
    fs.closeSync(this.#shm);
    fs.closeSync(this.#wal);
  }
}
