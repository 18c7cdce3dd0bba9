import { FULL_FRAME, MAX_PACKET_BYTES } from "./protocol.ts";

export interface Packet {
  readonly payload: Buffer;
  /** Sequence number of its last frame; the answer begins with the next one. */
  readonly sequence: number;
}

/** Puts the chunks of a socket together to packets. Each byte is copied at most twice, however long the packet. */
export class PacketStream {
  #chunks: Buffer[] = [];
  #held = 0;
  #frames: Buffer[] = [];
  #framesSize = 0;

  /** True once a packet is longer than max_allowed_packet: the connection is to be closed with 1153. */
  tooLarge = false;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
  }

  /** The next whole packet, or undefined until more bytes have come. */
  next(): Packet | undefined {
    while (this.#held >= 4) {
      const head = this.#front(4);
      const size = head.readUIntLE(0, 3);
      if (this.#framesSize + size > MAX_PACKET_BYTES) this.tooLarge = true;
      if (this.tooLarge || this.#held < 4 + size) return undefined;
      const frame = this.#cut(4 + size).subarray(4);
      if (size === FULL_FRAME) this.#keep(frame);
      else return { payload: this.#whole(frame), sequence: head.readUInt8(3) };
    }
    return undefined;
  }

  /** What has come but is not yet read: the client hello of TLS that follows the SSL request. */
  remainder(): Buffer {
    return this.#cut(this.#held);
  }

  #keep(frame: Buffer): void {
    this.#frames.push(frame);
    this.#framesSize += frame.length;
  }

  #whole(last: Buffer): Buffer {
    if (this.#frames.length === 0) return last;
    const payload = Buffer.concat([...this.#frames, last]);
    this.#frames = [];
    this.#framesSize = 0;
    return payload;
  }

  #front(size: number): Buffer {
    const first = this.#chunks[0];
    if (first && first.length >= size) return first;
    const whole = Buffer.concat(this.#chunks.slice(0, 8));
    // Eight chunks of a single byte cannot occur beyond a test, but then all of them are joined.
    return whole.length >= size ? whole : Buffer.concat(this.#chunks);
  }

  #cut(size: number): Buffer {
    const first = this.#chunks[0];
    const all = first && first.length >= size ? first : Buffer.concat(this.#chunks);
    const rest = all.subarray(size);
    if (all !== first) this.#chunks = [];
    else this.#chunks.shift();
    if (rest.length > 0) this.#chunks.unshift(rest);
    this.#held -= size;
    return all.subarray(0, size);
  }
}
