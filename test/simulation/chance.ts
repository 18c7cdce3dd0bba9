/** Where everything that a schedule draws comes from: the same seed, the same draws. */
export interface Chance {
  /** From 0 up to, but not, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  happens(share: number): boolean;
  pick<T>(among: readonly [T, ...T[]]): T;
  /** Draws of its own: what one purpose draws does not move what another one gets. */
  fork(purpose: string): Chance;
}

/** Mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    happens: (share) => next() < share,
    pick: (among) => among[whole(0, among.length - 1)] ?? among[0],
    fork: (purpose) => chanceFrom(mixedWith(seed, purpose)),
  };
}

/** FNV-1a over the purpose, begun at the seed; multiplied once more so that neighbouring seeds lie far apart. */
function mixedWith(seed: number, purpose: string): number {
  let hash = Math.imul(seed ^ 0x811c9dc5, 0x9e3779b1);
  for (const letter of purpose) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash;
}
