import type { Micros } from "./time.ts";

/** What time it is in a cluster. Never goes back. */
export interface Clock {
  now(): Micros;
}

/** Drift beyond which the monotonic clock is set again: the machine slept, or its time was set. */
const DRIFT_MILLIS = 50;

function machineClock(): Clock {
  let anchor = performance.timeOrigin;
  let last = 0;
  return {
    now() {
      const wall = Date.now();
      if (Math.abs(anchor + performance.now() - wall) > DRIFT_MILLIS) anchor = wall - performance.now();
      last = Math.max(last, Math.trunc((anchor + performance.now()) * 1000));
      return last;
    },
  };
}

/** The machine's time, or `notBefore` and on where the cluster has already lived beyond it. */
export function realClock(notBefore: Micros = 0): Clock {
  return fasterClock(1, notBefore);
}

/** Begins at the machine's time, or at `notBefore` where that is later, and runs `factor` times as fast. */
export function fasterClock(factor: number, notBefore: Micros = 0): Clock {
  const machine = machineClock();
  const began = machine.now();
  const from = Math.max(began, notBefore);
  return { now: () => from + Math.trunc((machine.now() - began) * factor) };
}

/** Stands still until a test or a story moves it. */
export class SteppedClock implements Clock {
  #now: Micros;

  constructor(start: Micros) {
    this.#now = start;
  }

  now(): Micros {
    return this.#now;
  }

  /** Moves to `at`; a moment in the past changes nothing. */
  moveTo(at: Micros): void {
    this.#now = Math.max(this.#now, Math.trunc(at));
  }

  moveBy(micros: Micros): void {
    this.moveTo(this.#now + micros);
  }
}
