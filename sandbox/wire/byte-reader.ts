/** Reads a packet's payload from the front. Reading past the end gives zeroes and empty strings, never another packet. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** The next `length` bytes without copying them; fewer at the end of the packet. */
  bytes(length: number): Buffer {
    const found = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += found.length;
    return found;
  }

  rest(): Buffer {
    return this.bytes(this.left);
  }

  /** Unsigned little-endian integer of 1 to 6 bytes. */
  uint(size: number): number {
    const field = this.bytes(size);
    return field.length === 0 ? 0 : field.readUIntLE(0, field.length);
  }

  int(size: number): number {
    const field = this.bytes(size);
    return field.length === 0 ? 0 : field.readIntLE(0, field.length);
  }

  uint64(): bigint {
    return this.left < 8 ? 0n : this.bytes(8).readBigUInt64LE(0);
  }

  int64(): bigint {
    return BigInt.asIntN(64, this.uint64());
  }

  float(): number {
    return this.left < 4 ? 0 : this.bytes(4).readFloatLE(0);
  }

  double(): number {
    return this.left < 8 ? 0 : this.bytes(8).readDoubleLE(0);
  }

  lengthEncoded(): number {
    const first = this.uint(1);
    if (first < 251) return first;
    if (first === 252) return this.uint(2);
    if (first === 253) return this.uint(3);
    return Number(this.uint64());
  }

  lengthEncodedBytes(): Buffer {
    return this.bytes(this.lengthEncoded());
  }

  nullTerminated(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = this.bytes((end < 0 ? this.#bytes.length : end) - this.#at).toString("utf8");
    this.#at++;
    return text;
  }
}
