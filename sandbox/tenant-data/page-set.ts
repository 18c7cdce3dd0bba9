/** A set of page numbers, one bit each. */
export class PageSet {
  #bits = new Uint8Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** True when the page was not in it. */
  add(page: number): boolean {
    const byte = page >> 3;
    if (byte >= this.#bits.length) this.#grow(byte);
    const bit = 1 << (page & 7);
    const before = this.#bits[byte] ?? 0;
    if ((before & bit) !== 0) return false;
    this.#bits[byte] = before | bit;
    this.#size++;
    return true;
  }

  #grow(byte: number): void {
    const bits = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
    bits.set(this.#bits);
    this.#bits = bits;
  }
}
