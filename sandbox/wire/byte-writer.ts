import { FULL_FRAME } from "./protocol.ts";

const FIRST_SIZE = 512;
/** A writer that once carried a big answer gives the memory back: idle connections stay cheap. */
const KEPT_SIZE = 64 * 1024;

/** Collects packets, each with its frame headers, in one growing buffer. */
export class ByteWriter {
  /** Sequence number of the next frame; the reader of a command sets it. */
  sequence = 0;
  #buffer = Buffer.allocUnsafe(FIRST_SIZE);
  #at = 0;
  #start = 0;

  get length(): number {
    return this.#at;
  }

  begin(): void {
    this.#start = this.#at;
    this.#room(4);
    this.#at += 4;
  }

  /** Closes the packet begun: writes its header, cut into frames of 16 MiB - 1 where it is longer. */
  end(): void {
    const size = this.#at - this.#start - 4;
    if (size < FULL_FRAME) this.#header(this.#start, size);
    else this.#cutIntoFrames(size);
  }

  /** A payload of exactly n × (16 MiB - 1) bytes is closed by an empty frame. */
  #cutIntoFrames(size: number): void {
    const payload = Buffer.from(this.#buffer.subarray(this.#start + 4, this.#at));
    const frames = Math.floor(size / FULL_FRAME) + 1;
    this.#at = this.#start;
    this.#room(size + 4 * frames);
    for (let i = 0; i < frames; i++) {
      const part = payload.subarray(i * FULL_FRAME, (i + 1) * FULL_FRAME);
      this.#header(this.#at, part.length);
      part.copy(this.#buffer, this.#at + 4);
      this.#at += 4 + part.length;
    }
  }

  #header(at: number, size: number): void {
    this.#buffer.writeUIntLE(size, at, 3);
    this.#buffer[at + 3] = this.sequence & 0xff;
    this.sequence++;
  }

  /** Everything written since the last call, as the caller's own. */
  takeAll(): Buffer {
    const all = Buffer.from(this.#buffer.subarray(0, this.#at));
    this.#at = 0;
    if (this.#buffer.length > KEPT_SIZE) this.#buffer = Buffer.allocUnsafe(FIRST_SIZE);
    return all;
  }

  /** Forgets the packet begun. */
  abandon(): void {
    this.#at = this.#start;
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }

  /** Unsigned little-endian integer of 1 to 6 bytes. */
  uint(value: number, size: number): void {
    this.#room(size);
    if (size === 1) this.#buffer[this.#at] = value & 0xff;
    else this.#buffer.writeUIntLE(value, this.#at, size);
    this.#at += size;
  }

  /** Eight bytes, two's complement where negative. */
  int64(value: bigint): void {
    this.#room(8);
    this.#buffer.writeBigUInt64LE(BigInt.asUintN(64, value), this.#at);
    this.#at += 8;
  }

  float(value: number): void {
    this.#room(4);
    this.#at = this.#buffer.writeFloatLE(value, this.#at);
  }

  double(value: number): void {
    this.#room(8);
    this.#at = this.#buffer.writeDoubleLE(value, this.#at);
  }

  lengthEncoded(value: number | bigint): void {
    if (value < 251) return this.uint(Number(value), 1);
    if (value < 0x10000) return this.#prefixed(252, Number(value), 2);
    if (value < 0x1000000) return this.#prefixed(253, Number(value), 3);
    this.uint(254, 1);
    this.int64(BigInt(value));
  }

  #prefixed(prefix: number, value: number, size: number): void {
    this.uint(prefix, 1);
    this.uint(value, size);
  }

  bytes(value: Uint8Array): void {
    this.#room(value.length);
    this.#buffer.set(value, this.#at);
    this.#at += value.length;
  }

  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.#room(size);
    this.#at += this.#buffer.write(value, this.#at);
  }

  nullTerminated(value: string): void {
    this.text(value);
    this.uint(0, 1);
  }

  lengthEncodedBytes(value: Uint8Array): void {
    this.lengthEncoded(value.length);
    this.bytes(value);
  }

  lengthEncodedText(value: string): void {
    // At most three bytes per UTF-16 unit: short texts need no measuring before their one length byte.
    if (value.length * 3 < 251) {
      this.#room(251);
      const size = this.#buffer.write(value, this.#at + 1);
      this.#buffer[this.#at] = size;
      this.#at += size + 1;
      return;
    }
    this.lengthEncoded(Buffer.byteLength(value));
    this.text(value);
  }
}
