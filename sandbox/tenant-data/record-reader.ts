import fs from "node:fs";
import { parseRecord, RECORD_HEADER_BYTES, type ReadRecord, recordBytes } from "./redo-record.ts";

const WINDOW_BYTES = 256 * 1024;

/** Reads records from one open file through a window that slides forward. */
export class RecordReader {
  readonly #file: number;
  #window = Buffer.allocUnsafe(WINDOW_BYTES);
  #from = 0;
  #filled = 0;

  constructor(file: number) {
    this.#file = file;
  }

  /** The record at `offset`, undefined when none lies there whole before `limit`. Does not look at its CRC. */
  at(offset: number, limit: number): ReadRecord | undefined {
    const header = this.#bytes(offset, RECORD_HEADER_BYTES, limit);
    const record = header && parseRecord(header);
    const bytes = record && this.#bytes(offset, recordBytes(record), limit);
    return bytes && { record, bytes };
  }

  #bytes(offset: number, length: number, limit: number): Buffer | undefined {
    if (offset + length > limit) return undefined;
    if (offset < this.#from || offset + length > this.#from + this.#filled) this.#load(offset, length);
    const start = offset - this.#from;
    return start + length <= this.#filled ? this.#window.subarray(start, start + length) : undefined;
  }

  #load(offset: number, length: number): void {
    if (length > this.#window.length) this.#window = Buffer.allocUnsafe(length);
    this.#from = offset;
    this.#filled = fs.readSync(this.#file, this.#window, 0, this.#window.length, offset);
  }
}
