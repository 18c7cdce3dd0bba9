/** Wall clocks of IANA zones, by Intl alone. Instants are bigint nanoseconds since 1970 UTC, offsets minutes east. */

const MINUTE_NS = 60_000_000_000n;
const formatters = new Map<string, Intl.DateTimeFormat>();

export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 to 999,999,999. */
  readonly nanosecond: number;
}

export function offsetMinutes(zone: string, at: bigint): number {
  const ms = Number(at / 1_000_000n);
  const parts = formatterOf(zone).formatToParts(ms);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  if (!match?.[1]) return 0;
  const size = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -size : size;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    timeZoneName: "longOffset",
    hour: "numeric",
  });
  formatters.set(zone, made);
  return made;
}

/** Nanoseconds that the zone's clock shows, counted as if it were UTC: day and hour borders are multiples of it. */
export function wallNanos(zone: string, at: bigint): bigint {
  return at + BigInt(offsetMinutes(zone, at)) * MINUTE_NS;
}

export function wallTime(zone: string, at: bigint): WallTime {
  const wall = wallNanos(zone, at);
  const date = new Date(Number(wall / 1_000_000n));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(wall % 1_000_000_000n),
  };
}

/**
 * The instants that show this wall time: usually one, two in the hour that summer time's end repeats (the earlier one
 * first), none in the hour that its start skips.
 */
export function instantsOf(zone: string, wall: WallTime): bigint[] {
  const ms = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const asUtc = BigInt(ms) * 1_000_000n + BigInt(wall.nanosecond);
  const day = 1440n * MINUTE_NS;
  const offsets = new Set([offsetMinutes(zone, asUtc - day), offsetMinutes(zone, asUtc + day)]);
  return [...offsets]
    .map((offset) => asUtc - BigInt(offset) * MINUTE_NS)
    .filter((at) => wallNanos(zone, at) === asUtc)
    .toSorted((a, b) => (a < b ? -1 : 1));
}

export function two(n: number): string {
  return String(n).padStart(2, "0");
}
