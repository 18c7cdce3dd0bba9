import type { ClusterInventory } from "../domain/inventory.ts";
import { Problem, type ProblemBody } from "../domain/problem.ts";
import type { Micros } from "../domain/scn.ts";
import type { OceanBase, StatementTexts } from "../oceanbase/oceanbase.ts";
import type { Store } from "../store/store.ts";
import { CarryOut } from "./carry-out.ts";
import type { Clock } from "./clock.ts";

export interface WatchParts {
  readonly name: string;
  readonly store: Store;
  readonly door: OceanBase;
  readonly texts: StatementTexts;
  readonly clock: Clock;
  readonly settings: WatchSettings;
  readonly report: (error: unknown, words: string) => void;
}

export interface WatchSettings {
  readonly observeIdleMs: number;
  readonly observeBusyMs: number;
  readonly adoptMicros: Micros;
}

/**
 * The one observer of a cluster: look → record → act → sleep, for ever. A pass costs a handful of statements whatever the
 * number of tenants. While the cluster does not answer, the last inventory stays, with since when it is not renewed.
 */
export class ClusterWatch {
  readonly #parts: WatchParts;
  readonly #carryOut: CarryOut;
  readonly #stopping = new AbortController();
  #sleeping = new AbortController();
  #isWoken = false;
  #unobservedSince: Micros | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    const { store, door, texts, clock, settings, report } = parts;
    const { adoptMicros } = settings;
    this.#carryOut = new CarryOut({
      store,
      door,
      texts,
      clock,
      adoptMicros,
      report,
      wake: () => this.wake(),
    });
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Another pass at once, or right after the one that is under way. */
  wake(): void {
    this.#isWoken = true;
    this.#sleeping.abort();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#running;
    await this.#carryOut.settle();
    await this.#parts.door.close();
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const isBusy = await this.#pass();
      await this.#sleep(isBusy ? this.#parts.settings.observeBusyMs : this.#parts.settings.observeIdleMs);
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (!this.#isWoken) {
      this.#sleeping = new AbortController();
      await this.#parts.clock.sleep(ms, AbortSignal.any([this.#sleeping.signal, this.#stopping.signal]));
    }
    this.#isWoken = false;
  }

  /** Answers whether something is going on, so that the next pass comes soon. Never throws. */
  async #pass(): Promise<boolean> {
    const { name, store, door, clock } = this.#parts;
    const beganAt = clock.now();
    try {
      const inventory = await door.takeInventory();
      await store.recordInventory(name, inventory);
      this.#unobservedSince = undefined;
      await this.#carryOut.follow({ beganAt, inventory }, await this.#activeHere());
      return isGoingOn(inventory) || (await this.#activeHere()).length > 0;
    } catch (error) {
      await this.#recordFailure(error);
      return true;
    }
  }

  async #activeHere() {
    return (await this.#parts.store.activeOperations()).filter((each) => each.cluster === this.#parts.name);
  }

  async #recordFailure(error: unknown): Promise<void> {
    const { name, store, clock, report } = this.#parts;
    if (!(error instanceof Problem)) report(error, `observing ${name}`);
    try {
      // Not when the failure came: nothing is known of the time since the last pass that went through.
      this.#unobservedSince ??= (await store.cluster(name))?.observedAt ?? clock.now();
      await store.recordUnobserved(name, { at: this.#unobservedSince, problem: problemOf(error, name) });
    } catch (storeError) {
      report(storeError, `recording that ${name} is not observed`);
    }
  }
}

function isGoingOn({ tenants, restoreJobs }: ClusterInventory): boolean {
  const jobs = [...restoreJobs, ...tenants.flatMap((each) => each.backupJobs)];
  const changing = new Set(["preparing", "beginning", "suspending", "stopping"]);
  return (
    jobs.some((job) => !job.isHistory) ||
    tenants.some((each) => each.rounds.some((round) => changing.has(round.status)))
  );
}

function problemOf(error: unknown, cluster: string): ProblemBody {
  if (error instanceof Problem) return error.body;
  return new Problem("internal", {
    found: `Observing ${cluster} failed inside Holdfast: ${error instanceof Error ? error.message : String(error)}.`,
    remedy: "The server's log has the details; report it.",
    values: { cluster },
  }).body;
}
