import type { Micros } from "../../src/domain/scn.ts";

export const MILLISECOND: Micros = 1000;
export const SECOND: Micros = 1_000_000;

interface Deed {
  readonly at: Micros;
  /** Of two at one moment the one that was appointed first comes first. */
  readonly order: number;
  readonly do: () => void;
}

/** The only time that a schedule knows: deeds appointed for moments, and a now that stands still in between. */
export class Timeline {
  #now: Micros;
  #deeds: Deed[] = [];
  #appointed = 0;

  constructor(start: Micros) {
    this.#now = start;
  }

  get now(): Micros {
    return this.#now;
  }

  /** Appoints a deed; a moment that has passed is now. Returns how to call it off. */
  at(moment: Micros, deed: () => void): () => void {
    const appointed = { at: Math.max(moment, this.#now), order: ++this.#appointed, do: deed };
    const later = this.#deeds.findIndex((each) => each.at > appointed.at);
    this.#deeds.splice(later < 0 ? this.#deeds.length : later, 0, appointed);
    return () => {
      this.#deeds = this.#deeds.filter((each) => each !== appointed);
    };
  }

  after(micros: Micros, deed: () => void): () => void {
    return this.at(this.#now + micros, deed);
  }

  /** The next deed, with the clock moved to its moment; undefined when nothing is appointed. */
  next(): (() => void) | undefined {
    const deed = this.#deeds.shift();
    if (!deed) return undefined;
    this.#now = deed.at;
    return deed.do;
  }

  /** When the next deed is due. */
  get nextAt(): Micros | undefined {
    return this.#deeds[0]?.at;
  }
}

/** Lets everything that needs no more time happen: one macrotask comes only when no microtask is left. */
export function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
