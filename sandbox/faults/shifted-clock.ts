import type { Clock } from "../model/clock.ts";
import { type Micros, SECOND } from "../model/time.ts";

/** A cluster's clock that can be wrong: another clock, so much ahead or behind. It never goes back. */
export class ShiftedClock implements Clock {
  readonly #base: Clock;
  #shift: Micros = 0;
  #last = Number.NEGATIVE_INFINITY;

  constructor(base: Clock) {
    this.#base = base;
  }

  /** What time it really is. */
  baseNow(): Micros {
    return this.#base.now();
  }

  now(): Micros {
    return this.at(this.#base.now());
  }

  /** What the cluster takes for the time at a moment of the true clock. */
  at(base: Micros): Micros {
    this.#last = Math.max(this.#last, Math.trunc(base + this.#shift));
    return this.#last;
  }

  /** When the cluster will take it to be `shown`, unless it is set again. */
  baseAt(shown: Micros): Micros {
    return shown - this.#shift;
  }

  /** Puts it ahead, or behind with a negative number: then it stands still until it is so far behind. */
  setOff(seconds: number): void {
    this.#shift += seconds * SECOND;
  }
}
