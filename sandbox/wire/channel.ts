import { once } from "node:events";
import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { TLSSocket } from "node:tls";
import { ByteWriter } from "./byte-writer.ts";
import { type Packet, PacketStream } from "./packet-stream.ts";

/** Packets that wait here before the socket is told to stop. */
const MAX_QUEUED = 256;

/** How long a client may take to read the last answer and to leave. */
const FAREWELL_MS = 1000;

/** Packets in, packets out, over one socket that may turn into a TLS socket on the way. */
export class Channel {
  readonly out = new ByteWriter();
  #socket: Socket;
  #stream = new PacketStream();
  readonly #queue: Packet[] = [];
  readonly #events: {
    readonly onPacket: () => void;
    readonly onTooLarge: () => void;
    readonly onClose: () => void;
  };
  #closed = false;
  #ending = false;

  constructor(
    socket: Socket,
    events: { readonly onPacket: () => void; readonly onTooLarge: () => void; readonly onClose: () => void },
  ) {
    this.#socket = socket;
    this.#events = events;
    socket.setNoDelay(true);
    this.#listen(socket);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The oldest packet that has come; sets the sequence number of the answer. */
  shift(): Packet | undefined {
    const packet = this.#queue.shift();
    if (packet) this.out.sequence = packet.sequence + 1;
    if (this.#queue.length < MAX_QUEUED / 2 && this.#socket.isPaused()) this.#resume();
    return packet;
  }

  /** Sends what has been written. A promise when the client does not keep up. */
  flush(): Promise<void> | undefined {
    if (this.out.length === 0 || this.#closed || this.#ending) return undefined;
    if (this.#socket.write(this.out.takeAll())) return undefined;
    return this.#drained();
  }

  async #drained(): Promise<void> {
    const socket = this.#socket;
    const gone = new AbortController();
    socket.once("close", () => gone.abort());
    // A client that leaves in the middle of an answer ends the wait; what is written after that goes nowhere.
    await once(socket, "drain", { signal: gone.signal }).catch(() => undefined);
  }

  /** From now on everything is encrypted: to be called between the SSL request and the bytes that follow it. */
  startTls(secureContext: SecureContext): void {
    const plain = this.#socket;
    plain.removeAllListeners("data");
    // Flowing on, it would lose what is put back before the TLS socket reads it on the next tick.
    plain.pause();
    const early = this.#stream.remainder();
    if (early.length > 0) plain.unshift(early);
    this.#stream = new PacketStream();
    this.#socket = new TLSSocket(plain, { isServer: true, secureContext });
    this.#listen(this.#socket);
  }

  /** Sends what is written and closes. */
  end(): void {
    if (this.#closed || this.#ending) return;
    this.#ending = true;
    this.#queue.length = 0;
    if (this.out.length > 0) this.#socket.write(this.out.takeAll());
    this.#socket.end();
    this.#socket.resume();
    setTimeout(() => this.destroy(), FAREWELL_MS).unref();
  }

  destroy(): void {
    this.#socket.destroy();
    this.#close();
  }

  #listen(socket: Socket): void {
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("error", () => this.destroy());
    socket.on("close", () => this.#close());
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.length = 0;
    this.#events.onClose();
  }

  #receive(chunk: Buffer): void {
    if (this.#ending) return;
    this.#stream.push(chunk);
    this.#resume();
  }

  #resume(): void {
    for (let packet = this.#stream.next(); packet; packet = this.#stream.next()) {
      this.#queue.push(packet);
      if (this.#queue.length >= MAX_QUEUED) break;
    }
    if (this.#queue.length >= MAX_QUEUED) this.#socket.pause();
    // A needless resume() would go on reading the plain socket below a TLS socket that is about to take it over.
    else if (this.#socket.isPaused()) this.#socket.resume();
    if (this.#stream.tooLarge) this.#events.onTooLarge();
    else if (this.#queue.length > 0) this.#events.onPacket();
  }
}
