/**
 * Times inside the sandbox's SQLite files:
 * - DATE      `YYYY-MM-DD`
 * - DATETIME  `YYYY-MM-DD HH:MM:SS.ffffff`, always with six digits, so that texts compare as times
 * - TIMESTAMP the same in UTC
 * - TIME      an integer of microseconds
 */
export interface Instant {
  /** Milliseconds since 1970 of the wall clock read as UTC. */
  readonly ms: number;
  /** 0 to 999. */
  readonly micros: number;
}

const DATE =
  /^\s*(\d{4}|\d{2})[-/.:](\d{1,2})[-/.:](\d{1,2})(?:[T ]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?)?\s*$/;
const COMPACT = /^\s*(\d{4}|\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})(?:\.(\d*))?)?\s*$/;
const CANONICAL = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/;
const DAY_MS = 86_400_000;
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const FIRST_MS = -62_167_219_200_000;
export const ZERO_DATETIME = "0000-00-00 00:00:00.000000";

const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** Reads what MySQL accepts as a date or datetime; undefined for everything else. Fractions beyond microseconds are rounded. */
export function parseInstant(text: string): Instant | undefined {
  const found = DATE.exec(text) ?? COMPACT.exec(text);
  if (!found) return undefined;
  const part = (index: number) => Number(found[index] ?? 0);
  const year = found[1]?.length === 2 ? fullYear(part(1)) : part(1);
  const [month, day, hour, minute, second] = [part(2), part(3), part(4), part(5), part(6)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return addMicros(
    { ms: utc(year, month, day) + (hour * 3600 + minute * 60 + second) * 1000, micros: 0 },
    fractionMicros(found[7] ?? ""),
  );
}

const fullYear = (short: number) => (short < 70 ? 2000 + short : 1900 + short);

/** Date.UTC would take the years 0 to 99 for 1900 to 1999. */
function utc(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(2000, month - 1, day));
  return date.setUTCFullYear(year, month - 1, day);
}

export function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const fractionMicros = (digits: string) => Math.round(Number(`0.${digits || "0"}`) * 1e6);

export function addMicros(instant: Instant, micros: number): Instant {
  const total = instant.micros + micros;
  return { ms: instant.ms + Math.floor(total / 1000), micros: ((total % 1000) + 1000) % 1000 };
}

export const inRange = ({ ms }: Instant) => ms >= FIRST_MS && ms <= LAST_MS;

/** `YYYY-MM-DD HH:MM:SS.ffffff` */
export function instantText({ ms, micros }: Instant): string {
  const date = new Date(ms);
  return `${dateText(date)} ${clockText(date)}.${pad(date.getUTCMilliseconds(), 3)}${pad(micros, 3)}`;
}

const dateText = (date: Date) =>
  `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
const clockText = (date: Date) =>
  `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;

/** The stored form of any text that names a time; undefined when it names none. */
export function canonical(text: string): string | undefined {
  if (/^\s*0000-00-00/.test(text)) return ZERO_DATETIME;
  const instant = parseInstant(text);
  return instant && inRange(instant) ? instantText(instant) : undefined;
}

/** A stored text back to an instant; undefined for the zero date, with which no arithmetic is possible. */
export function fromStored(text: string): Instant | undefined {
  if (!CANONICAL.test(text)) return parseInstant(text);
  if (text.startsWith("0000-00-00")) return undefined;
  const ms = utc(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
  const clock =
    Number(text.slice(11, 13)) * 3600 + Number(text.slice(14, 16)) * 60 + Number(text.slice(17, 19));
  return { ms: ms + clock * 1000 + Number(text.slice(20, 23)), micros: Number(text.slice(23, 26)) };
}

/** Rounds a stored datetime to its declared number of fraction digits, half up as MySQL does. */
export function roundTo(text: string, digits: number): string {
  if (digits >= 6 || text.endsWith("000000")) return text;
  const step = 10 ** (6 - digits);
  const micros = Number(text.slice(20, 26));
  const rounded = Math.round(micros / step) * step;
  const instant = fromStored(text);
  return instant ? instantText(addMicros(instant, rounded - micros)) : text;
}

/** As shown with the given number of fraction digits (cut). */
export const shown = (text: string, digits: number) => text.slice(0, digits === 0 ? 19 : 20 + digits);

export function shiftZone(text: string, minutes: number): string {
  if (minutes === 0) return text;
  const instant = fromStored(text);
  return instant ? instantText({ ...instant, ms: instant.ms + minutes * 60_000 }) : text;
}

export function fromNanoseconds(ns: bigint): Instant {
  const micros = Number(ns / 1000n - (ns < 0n && ns % 1000n !== 0n ? 1n : 0n));
  return { ms: Math.floor(micros / 1000), micros: ((micros % 1000) + 1000) % 1000 };
}

export const toMicroseconds = ({ ms, micros }: Instant) => BigInt(ms) * 1000n + BigInt(micros);

export const dayNumber = ({ ms }: Instant) => Math.floor(ms / DAY_MS);

const TIME = /^\s*(-?)(?:(\d+) )?(\d{1,3})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?\s*$/;
const COMPACT_TIME = /^\s*(-?)()(\d{1,3}?)(\d{2})(\d{2})(?:\.(\d*))?\s*$/;
export const MAX_TIME = 3_020_399_000_000n;

/** Microseconds of what MySQL accepts as a TIME; a datetime gives its clock. */
export function parseTime(text: string): bigint | undefined {
  const instant = text.length > 10 ? parseInstant(text) : undefined;
  if (instant) return toMicroseconds(instant) - BigInt(dayNumber(instant)) * BigInt(DAY_MS) * 1000n;
  const bare = /^\s*-?\d{5,7}(\.\d*)?\s*$/.test(text);
  const found = (bare ? COMPACT_TIME : TIME).exec(text);
  if (!found) return undefined;
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = found;
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const whole = (Number(days || "0") * 24 + Number(hours)) * 3600 + Number(minutes) * 60 + Number(seconds);
  const micros = BigInt(whole) * 1_000_000n + BigInt(fractionMicros(fraction));
  if (micros > MAX_TIME) return undefined;
  return sign === "-" ? -micros : micros;
}

export function timeText(micros: bigint, digits: number): string {
  const size = micros < 0n ? -micros : micros;
  const seconds = Number(size / 1_000_000n);
  const fraction = digits > 0 ? `.${pad(Number(size % 1_000_000n), 6).slice(0, digits)}` : "";
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return `${micros < 0n ? "-" : ""}${clock}${fraction}`;
}
