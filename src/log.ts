import { openSync } from "node:fs";
import { join } from "node:path";
import pino, { type Logger } from "pino";
import type { ClusterRecord, Store } from "./store/store.ts";

export interface Log {
  /** Defects: the terminal stays for people. */
  readonly report: (error: unknown, words: string) => void;
  /** One line when a cluster is lost or answers again, and when an operation ends without success. */
  follow(store: Store): void;
  /** Writes what is still to be written. */
  close(): Promise<void>;
}

/** holdfast.log in the folder. Throws where it cannot be opened; a disk that fills up later costs lines, not the server. */
export function openLog(dir: string): Log {
  const file = openSync(join(dir, "holdfast.log"), "a", 0o600);
  const destination = pino.destination({ dest: file, sync: false });
  destination.on("error", () => undefined);
  const logger = pino(destination);
  const news = new News(logger);
  return {
    report: (error, words) => logger.error({ err: error }, words),
    follow: (store) => news.follow(store),
    close: async () => {
      await news.settled();
      await new Promise<void>((resolve) => logger.flush(() => resolve()));
    },
  };
}

/** An ended operation is announced once; this many are remembered in case an earlier change is read after its end. */
const REMEMBERED = 200;

/** What is worth a line, read from the store when it announces a change; one after the other, so that none is told twice. */
class News {
  readonly #logger: Logger;
  readonly #lost = new Map<string, string>();
  #told: readonly string[] = [];
  #reading: Promise<void> = Promise.resolve();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  follow(store: Store): void {
    store.onChange(({ topic, cluster, operation }) => {
      if (topic === "cluster")
        this.#queue(async () => this.#tellCluster(cluster, await store.cluster(cluster)));
      if (topic === "operation" && operation !== null)
        this.#queue(() => this.#tellOperation(store, operation));
    });
  }

  settled(): Promise<void> {
    return this.#reading;
  }

  #queue(tell: () => Promise<void>): void {
    // A store that is closing answers no more: what is not read then is on record and not lost.
    this.#reading = this.#reading.then(tell).catch(() => undefined);
  }

  async #tellCluster(name: string, record: ClusterRecord | undefined): Promise<void> {
    const before = this.#lost.get(name);
    const lost = record?.unobserved ?? null;
    if (lost === null) {
      this.#lost.delete(name);
      if (before !== undefined && record) this.#logger.info({ cluster: name }, "the cluster answers again");
    } else if (before !== lost.problem.code) {
      this.#lost.set(name, lost.problem.code);
      const { code, found } = lost.problem;
      const since = new Date(lost.since / 1000).toISOString();
      this.#logger.warn({ cluster: name, problem: code, found, since }, "the cluster is not observed");
    }
  }

  async #tellOperation(store: Store, id: string): Promise<void> {
    const operation = await store.operation(id);
    if (!operation || operation.outcome === null || operation.outcome === "succeeded") return;
    if (this.#told.includes(id)) return;
    this.#told = [...this.#told, id].slice(-REMEMBERED);
    const { kind, cluster, tenant, outcome, problem } = operation;
    const why = problem && { problem: problem.code, errno: problem.oceanbase?.errno };
    this.#logger.warn(
      { operation: id, kind, cluster, tenant, outcome, ...why },
      "an operation ended without success",
    );
  }
}
