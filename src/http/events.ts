import sse, { type SSEPluginOptions } from "@fastify/sse";
import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import { RELOAD_EVENT } from "../api/contract.ts";
import type { Change, Store } from "../store/store.ts";

/** The package exports its plugin as the module itself; its types speak of a default export. */
const plugin = sse as unknown as FastifyPluginAsync<SSEPluginOptions>;

/** A listener that reads slower than things happen is told to reload rather than kept in memory without bound. */
const MOST_WAITING = 1000;
const RETRY_MS = 1000;

interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
  readonly retry?: number;
}

/**
 * GET /events: one stream for everything. Each change has a number as `id`; a browser that comes back sends the last one
 * (Last-Event-ID) and gets what it missed, or `reload` when that far back is no longer kept.
 */
export async function addEvents(api: FastifyInstance, { store }: { readonly store: Store }): Promise<void> {
  await api.register(plugin, { heartbeatInterval: 15_000 });
  api.get("/events", { sse: { kind: "only" }, schema: { hide: true } }, async (request, reply) => {
    const last = request.headers["last-event-id"] ?? (request.query as { after?: string }).after;
    const gone = new AbortController();
    request.raw.on("close", () => gone.abort());
    await reply.sse.send(messages(store, typeof last === "string" ? last : undefined, gone.signal));
  });
}

async function* messages(store: Store, last: string | undefined, gone: AbortSignal): AsyncGenerator<Message> {
  const queue = new ChangeQueue(store, gone);
  try {
    yield* missed(store, last);
    for (;;) {
      const change = await queue.next();
      if (change === "gone") return;
      yield change === "overflow" ? reloadMessage(await store.lastChange()) : changeMessage(change);
    }
  } finally {
    queue.close();
  }
}

async function* missed(store: Store, last: string | undefined): AsyncGenerator<Message> {
  const newest = await store.lastChange();
  const from = last !== undefined && /^\d{1,15}$/.test(last) ? Number(last) : newest;
  const changes = from > newest ? "forgotten" : await store.changesAfter(from);
  if (changes === "forgotten") yield reloadMessage(newest);
  else yield { id: String(from), event: "hello", data: { number: newest }, retry: RETRY_MS };
  if (changes !== "forgotten") for (const change of changes) yield changeMessage(change);
}

function changeMessage(change: Change): Message {
  return { id: String(change.number), event: "change", data: change };
}

function reloadMessage(newest: number): Message {
  return { id: String(newest), event: RELOAD_EVENT, data: { number: newest }, retry: RETRY_MS };
}

/** What happens while earlier messages are still on their way. Bounded. */
class ChangeQueue {
  #waiting: Change[] = [];
  #isOverflowed = false;
  #wake: () => void = () => {};
  readonly #gone: AbortSignal;
  readonly #stop: () => void;

  constructor(store: Store, gone: AbortSignal) {
    this.#gone = gone;
    this.#stop = store.onChange((change) => this.#add(change));
    gone.addEventListener("abort", () => this.#wake());
  }

  async next(): Promise<Change | "overflow" | "gone"> {
    for (;;) {
      if (this.#gone.aborted) return "gone";
      if (this.#isOverflowed) {
        this.#isOverflowed = false;
        return "overflow";
      }
      const change = this.#waiting.shift();
      if (change) return change;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#stop();
  }

  #add(change: Change): void {
    if (this.#waiting.length >= MOST_WAITING) {
      this.#waiting = [];
      this.#isOverflowed = true;
    } else {
      this.#waiting.push(change);
    }
    this.#wake();
  }
}
