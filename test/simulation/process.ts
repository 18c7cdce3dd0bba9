import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../src/control/clock.ts";
import { Loop } from "../../src/control/loop.ts";
import { createRequests, type Requests } from "../../src/control/requests.ts";
import type { Micros } from "../../src/domain/scn.ts";
import { openOceanBase } from "../../src/oceanbase/connect.ts";
import { maskSecrets, parseDestination } from "../../src/oceanbase/destination.ts";
import type { ClusterAddress } from "../../src/oceanbase/oceanbase.ts";
import { statementTexts } from "../../src/oceanbase/statement-texts.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { KEY_FILE } from "./memory.ts";
import { Dead, type Life, mortal } from "./mortal-database.ts";
import { simulatedWire, type WireParts } from "./simulated-wire.ts";
import { MILLISECOND, SECOND } from "./timeline.ts";

/** As few passes as the stories need; the order of the three is that of the defaults. */
export const OBSERVE_BUSY: Micros = 8 * SECOND;
export const OBSERVE_IDLE: Micros = 20 * SECOND;
export const ADOPT: Micros = 40 * SECOND;

export interface ProcessParts extends WireParts {
  readonly database: DatabaseSync;
  /** How far Holdfast's clock is ahead of the cluster's; negative: behind. */
  readonly clockAhead: () => Micros;
  readonly newId: () => string;
  readonly whenKilled: (where: string) => void;
  readonly defect: (error: unknown, words: string) => void;
}

/** One process of Holdfast: the real store, the real door, the real loop, until it is killed. */
export class HoldfastProcess implements Life {
  readonly #parts: ProcessParts;
  #isDead = false;
  #isWatched = false;
  /** How each sleep that goes on is forgotten. */
  readonly #sleeps = new Set<() => void>();
  #pointsToLive = Number.POSITIVE_INFINITY;
  #running: { readonly store: Store; readonly requests: Requests } | undefined;

  constructor(parts: ProcessParts) {
    this.#parts = parts;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Undefined until it has started. */
  get running(): { readonly store: Store; readonly requests: Requests } | undefined {
    return this.#isDead ? undefined : this.#running;
  }

  /** Reads its memory and begins to watch. A kill on the way is no error. */
  async start(): Promise<void> {
    try {
      await this.#start();
    } catch (error) {
      if (!this.#isDead) throw error;
    }
  }

  /** It will be killed at the so-many-th point from now on. */
  doom(points: number): void {
    this.#pointsToLive = points;
  }

  point(): void {
    if (this.#isDead) throw new Dead();
    if (this.#isWatched || --this.#pointsToLive > 0) return;
    this.kill("at an await");
    throw new Dead();
  }

  /** Asks the store something from outside, which is no step of the process. */
  async peek<T>(look: (store: Store) => Promise<T>): Promise<T | undefined> {
    const { running } = this;
    if (!running) return undefined;
    this.#isWatched = true;
    try {
      return await look(running.store);
    } finally {
      this.#isWatched = false;
    }
  }

  kill(where: string): void {
    if (this.#isDead) return;
    this.#isDead = true;
    for (const forget of this.#sleeps) forget();
    const { database } = this.#parts;
    if (database.isTransaction) database.exec("rollback");
    this.#parts.whenKilled(where);
  }

  async #start(): Promise<void> {
    const { database, newId, defect } = this.#parts;
    const clock = this.#clock();
    const now = () => clock.now();
    const store = await openStore({
      path: ":memory:",
      database: mortal(database, this),
      keyFile: KEY_FILE,
      now,
    });
    const openDoor = (address: ClusterAddress) =>
      openOceanBase(address, { observedNow: now, openWire: simulatedWire(this.#parts, this) });
    const report = (error: unknown, words: string) => {
      if (!this.#isDead) defect(error, words);
    };
    const texts = statementTexts;
    const settings = {
      observeIdleMs: OBSERVE_IDLE / MILLISECOND,
      observeBusyMs: OBSERVE_BUSY / MILLISECOND,
      adoptMicros: ADOPT,
    };
    const loop = new Loop({ store, openDoor, texts, clock, report, settings });
    const requests = createRequests({ store, loop, clock, openDoor, texts, maskUri, newId });
    this.#running = { store, requests };
    await loop.start();
  }

  #clock(): Clock {
    const { timeline, clockAhead } = this.#parts;
    return {
      now: () => timeline.now + clockAhead(),
      sleep: (ms, signal) => new Promise((resolve) => this.#sleep({ ms, signal, resolve })),
    };
  }

  #sleep({ ms, signal, resolve }: Sleep): void {
    // Nobody wakes the dead.
    if (this.#isDead) return;
    if (signal.aborted) return resolve();
    const wake = () => {
      forget();
      resolve();
    };
    const callOff = this.#parts.timeline.after(ms * MILLISECOND, wake);
    // A composed signal that is listened to is kept for ever, and with it all that its listener knows.
    const forget = () => {
      callOff();
      signal.removeEventListener("abort", wake);
      this.#sleeps.delete(forget);
    };
    signal.addEventListener("abort", wake);
    this.#sleeps.add(forget);
  }
}

interface Sleep {
  readonly ms: number;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
}

function maskUri(uri: string): string {
  parseDestination(uri);
  return maskSecrets(uri);
}
