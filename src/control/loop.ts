import type { ClusterAddress, OceanBase, StatementTexts } from "../oceanbase/oceanbase.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "./clock.ts";
import { ClusterWatch, type WatchSettings } from "./watch-cluster.ts";

export interface LoopParts {
  readonly store: Store;
  readonly openDoor: (address: ClusterAddress) => OceanBase;
  readonly texts: StatementTexts;
  readonly clock: Clock;
  readonly settings: WatchSettings;
  readonly report: (error: unknown, words: string) => void;
}

/** Keeps one watch per cluster. What a watch does is in watch-cluster.ts; this file does not grow with features. */
export class Loop {
  readonly #parts: LoopParts;
  readonly #watches = new Map<string, ClusterWatch>();

  constructor(parts: LoopParts) {
    this.#parts = parts;
  }

  /** Begins to watch every cluster that is on record. */
  async start(): Promise<void> {
    for (const { name } of await this.#parts.store.clusters()) await this.watch(name);
  }

  async watch(name: string): Promise<void> {
    if (this.#watches.has(name)) return;
    const record = await this.#parts.store.cluster(name);
    if (!record) return;
    const password = (await this.#parts.store.clusterPassword(name)) ?? "";
    const { host, port, user } = record;
    const { store, texts, clock, settings, report } = this.#parts;
    const door = this.#parts.openDoor({ host, port, user, password });
    const watch = new ClusterWatch({ name, store, door, texts, clock, settings, report });
    this.#watches.set(name, watch);
    watch.start();
  }

  async unwatch(name: string): Promise<void> {
    const watch = this.#watches.get(name);
    this.#watches.delete(name);
    await watch?.stop();
  }

  wake(name: string): void {
    this.#watches.get(name)?.wake();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#watches.keys()].map((name) => this.unwatch(name)));
  }
}
