import { instantAt, type Scale } from "./geometry.ts";
import type { InstantRange } from "./restorable-view.ts";

const SECOND = 1_000_000_000n;
export const SPANS = {
  "7d": 604_800n * SECOND,
  "1d": 86_400n * SECOND,
  "1h": 3_600n * SECOND,
  "1min": 60n * SECOND,
} as const;
export type SpanName = keyof typeof SPANS;
export const SPAN_NAMES = ["7d", "1d", "1h", "1min"] as const satisfies readonly SpanName[];

const SHORTEST = 10n * SECOND;
const LONGEST = 366n * 86_400n * SECOND;

/** The window that ends at the live edge. */
export function liveRange(now: bigint, span: bigint): InstantRange {
  return { from: now - span, to: now };
}

export function isLive(range: InstantRange, now: bigint): boolean {
  return range.to >= now;
}

/** One window earlier (-1) or later (1), never beyond the live edge. */
export function paged(range: InstantRange, { by, now }: { by: -1 | 1; now: bigint }): InstantRange {
  return moved(range, { by: (range.to - range.from) * BigInt(by), now });
}

export function moved(range: InstantRange, { by, now }: { by: bigint; now: bigint }): InstantRange {
  const span = range.to - range.from;
  const to = range.to + by > now ? now : range.to + by;
  return to < span ? { from: 0n, to: span } : { from: to - span, to };
}

/** A window of `span` that keeps `at` under the same share of its width, as far as the live edge allows. */
export function zoomed(
  range: InstantRange,
  { span, at, now }: { span: bigint; at: bigint; now: bigint },
): InstantRange {
  const wanted = span < SHORTEST ? SHORTEST : span > LONGEST ? LONGEST : span;
  const from = at - ((at - range.from) * wanted) / (range.to - range.from);
  return moved({ from, to: from + wanted }, { by: 0n, now });
}

/** By a factor around an instant: 0.25 shows a quarter. */
export function scaled(
  range: InstantRange,
  { factor, at, now }: { factor: number; at: bigint; now: bigint },
): InstantRange {
  const span = ((range.to - range.from) * BigInt(Math.round(factor * 1000))) / 1000n;
  return zoomed(range, { span, at, now });
}

/** At the live edge a shorter window stays there; elsewhere it keeps its middle. */
export function withSpan(range: InstantRange, { span, now }: { span: bigint; now: bigint }): InstantRange {
  if (isLive(range, now)) return liveRange(now, span);
  return zoomed(range, { span, at: (range.from + range.to) / 2n, now });
}

/** What a drag marked, from left to right. */
export function marked(scale: Scale, { a, b, now }: { a: number; b: number; now: bigint }): InstantRange {
  const from = instantAt(scale, Math.min(a, b));
  const to = instantAt(scale, Math.max(a, b));
  return zoomed({ from, to: to > from ? to : from + 1n }, { span: to - from, at: (from + to) / 2n, now });
}

/** Wide enough around some instants to tell them apart. */
export function around(instants: readonly bigint[], now: bigint): InstantRange {
  const sorted = instants.toSorted((a, b) => (a < b ? -1 : 1));
  const [first = now, last = now] = [sorted[0], sorted.at(-1)];
  const half = (last - first) * 2n + SHORTEST;
  const middle = (first + last) / 2n;
  return moved({ from: middle - half, to: middle + half }, { by: 0n, now });
}

export function spanNameOf(range: InstantRange): SpanName | null {
  const span = range.to - range.from;
  return SPAN_NAMES.find((name) => SPANS[name] === span) ?? null;
}

/** In an address: the span in seconds or by its name, and the end where the window does not follow the live edge. */
export interface RangeSearch {
  readonly span?: string | undefined;
  readonly to?: string | undefined;
}

export function rangeToSearch(range: InstantRange, now: bigint): RangeSearch {
  const name = spanNameOf(range);
  const span = name ?? `${range.to - range.from}ns`;
  return {
    span: span === "7d" ? undefined : span,
    to: isLive(range, now) ? undefined : String(range.to),
  };
}

/** Whatever an address holds, a window comes out: what cannot be read is the default of seven days up to now. */
export function rangeFromSearch(search: RangeSearch, now: bigint): InstantRange {
  const to = search.to && /^\d{1,19}$/.test(search.to) ? BigInt(search.to) : now;
  const range = { from: to - spanFromSearch(search.span), to };
  return moved(range, { by: 0n, now });
}

function spanFromSearch(text: string | undefined): bigint {
  const name = SPAN_NAMES.find((known) => known === text);
  if (name) return SPANS[name];
  const nanos = text && /^\d{1,18}ns$/.test(text) ? BigInt(text.slice(0, -2)) : SPANS["7d"];
  return nanos < SHORTEST ? SHORTEST : nanos > LONGEST ? LONGEST : nanos;
}
