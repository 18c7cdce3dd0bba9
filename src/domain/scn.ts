/**
 * An SCN as OceanBase counts it: unsigned 64-bit nanoseconds since 1970-01-01 UTC, taken from the tenant's timestamp
 * service. It exceeds 2^53, so it is a bigint here and a decimal string in JSON. 0 means "none".
 * This is the only place that converts between SCNs and written times.
 */
declare const scnBrand: unique symbol;
export type Scn = bigint & { readonly [scnBrand]: true };

/** Microseconds since 1970-01-01 UTC: the resolution of OceanBase's timestamps. Fits a number until the year 2255. */
export type Micros = number;

const GREATEST = 2n ** 64n - 1n;

export const NO_SCN = scn(0n);
export const MAX_SCN = scn(GREATEST);

/** Nanoseconds in a second, an hour, a day: SCN arithmetic. */
export const SECOND_NS = 1_000_000_000n;
export const HOUR_NS = 3600n * SECOND_NS;
export const DAY_NS = 24n * HOUR_NS;

/** Half-open or closed is said where a range is used; `from <= to` always holds. */
export interface ScnRange {
  readonly from: Scn;
  readonly to: Scn;
}

/** Throws RangeError for anything that is no decimal integer from 0 to 2^64 - 1. */
export function scn(value: bigint | number | string): Scn {
  const read = typeof value === "string" && !/^\d{1,20}$/.test(value) ? -1n : BigInt(value);
  if (!isScn(read)) {
    throw new RangeError(
      `not an SCN: ${JSON.stringify(String(value))} (expected nanoseconds since 1970, 0 to 2^64 - 1)`,
    );
  }
  return read;
}

function isScn(value: bigint): value is Scn {
  return value >= 0n && value <= GREATEST;
}

/** The instant one nanosecond earlier, one nanosecond later. */
export function scnBefore(value: Scn): Scn {
  return scn(value - 1n);
}

export function scnAfter(value: Scn): Scn {
  return scn(value + 1n);
}

export function scnFromMicros(micros: Micros): Scn {
  return scn(BigInt(micros) * 1000n);
}

/** Cuts to microseconds, as SCN_TO_TIMESTAMP does: the named microsecond may lie up to 999 ns before the SCN. */
export function microsFromScn(value: Scn): Micros {
  return Number(value / 1000n);
}

export function earlier(a: Scn, b: Scn): Scn {
  return a < b ? a : b;
}

export function later(a: Scn, b: Scn): Scn {
  return a > b ? a : b;
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?$/;

export type TimeReading =
  | { readonly kind: "instant"; readonly scn: Scn }
  /** No offset was written: the readings it could have are given, so that a person can choose. Null: UTC is local. */
  | { readonly kind: "no-offset"; readonly asLocal: string | null; readonly asUtc: string }
  | { readonly kind: "unreadable" };

/**
 * Reads ISO 8601 with an offset and up to nine digits of fraction. Without an offset nothing is guessed: both readings
 * come back, the one in `localOffsetMinutes` (east positive) and the one in UTC.
 */
export function readTime(text: string, localOffsetMinutes: number): TimeReading {
  const match = TIME.exec(text.trim());
  if (!match) return { kind: "unreadable" };
  const [, year, month, day, hour, minute, second = "00", fraction = "", offset] = match;
  const seconds = utcSeconds([year, month, day, hour, minute, second].map(Number));
  if (seconds === undefined) return { kind: "unreadable" };
  if (offset === undefined) {
    const plain = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction ? `.${fraction}` : ""}`;
    const asLocal = localOffsetMinutes === 0 ? null : plain + offsetText(localOffsetMinutes);
    return { kind: "no-offset", asLocal, asUtc: `${plain}Z` };
  }
  const east = offsetMinutes(offset);
  if (east === undefined) return { kind: "unreadable" };
  const nanos = BigInt(seconds - east * 60) * SECOND_NS + BigInt(fraction.padEnd(9, "0"));
  return isScn(nanos) ? { kind: "instant", scn: nanos } : { kind: "unreadable" };
}

/** Undefined where a field is out of range (month 13, February 30, hour 24). */
function utcSeconds(fields: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(ms);
  const same =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return same ? ms / 1000 : undefined;
}

/** No clock on earth is further from UTC than that (Kiribati). */
const GREATEST_OFFSET = 14 * 60;

/** Undefined where no clock shows that offset: it was mistyped. */
function offsetMinutes(offset: string): number | undefined {
  if (offset === "Z") return 0;
  const [hours, rest] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  const minutes = hours * 60 + rest;
  if (rest > 59 || minutes > GREATEST_OFFSET) return undefined;
  return offset.startsWith("-") ? -minutes : minutes;
}

/** `+08:00` for 480. */
export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** `2026-11-21T08:42:07.999999000Z`: all nine digits, so that nothing is lost on the way back through `readTime`. */
export function scnToIso(value: Scn): string {
  const seconds = value / SECOND_NS;
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  return `${date}.${String(value % SECOND_NS).padStart(9, "0")}Z`;
}
