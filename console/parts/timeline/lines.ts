import { answerAt } from "./answer-at.ts";
import type { Drawn } from "./drawn.ts";
import { xOf } from "./geometry.ts";
import { roundInstantAt } from "./target.ts";
import type { Words } from "./words.ts";

/** An upright line through all lanes and what is written at it. */
export interface Line {
  readonly x: number;
  readonly label: string;
}

interface Reader {
  readonly drawn: Drawn;
  readonly words: Words;
}

/** Names the instant that a click would choose; none outside the plot. */
export function pointerLine(x: number, reader: Reader): Line | null {
  const { scale } = reader.drawn;
  if (x < 0 || x > scale.width) return null;
  return { x, label: labelOf(roundInstantAt(scale, x), reader) };
}

export function instantLine(at: bigint, reader: Reader): Line | null {
  const { scale } = reader.drawn;
  if (at < scale.from || at > scale.to) return null;
  return { x: xOf(scale, at), label: labelOf(at, reader) };
}

/** The chosen instant to the microsecond. */
export function handleLine(at: bigint, reader: Reader): (Line & { readonly isRestorable: boolean }) | null {
  const line = instantLine(at, reader);
  if (!line) return null;
  const isRestorable = answerAt(reader.drawn.view, at).kind === "restorable";
  return { ...line, label: reader.words.instant(at, "micros").slice(5), isRestorable };
}

/** In short windows the milliseconds tell, in long ones the day. */
function labelOf(at: bigint, { drawn, words }: Reader): string {
  const isShort = drawn.scale.to - drawn.scale.from <= 120_000_000_000n;
  return isShort ? words.instant(at, "micros").slice(11, 23) : words.instant(at, "short");
}
