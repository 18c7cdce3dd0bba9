import type { Unit } from "../ast.ts";
import { notSupported } from "../errors.ts";
import { addMicros, dayNumber, daysInMonth, type Instant, inRange, toMicroseconds } from "./temporal.ts";

/** Interval arithmetic, differences and names: what MySQL's date functions do with instants. */
const MICROS: Partial<Record<Unit, number>> = {
  MICROSECOND: 1,
  SECOND: 1e6,
  MINUTE: 6e7,
  HOUR: 3.6e9,
  DAY: 8.64e10,
  WEEK: 6.048e11,
};
const MONTHS: Partial<Record<Unit, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** Undefined where the result leaves the years 0 to 9999. */
export function shift(instant: Instant, amount: number, unit: Unit): Instant | undefined {
  const micros = MICROS[unit];
  const moved =
    micros === undefined
      ? shiftMonths(instant, Math.round(amount) * (MONTHS[unit] ?? 1))
      : shiftMicros(instant, amount, micros);
  return inRange(moved) ? moved : undefined;
}

function shiftMicros(instant: Instant, amount: number, micros: number): Instant {
  const whole = micros === 1 || micros === 1e6 ? Math.round(amount * micros) : Math.round(amount) * micros;
  const ms = Math.floor(whole / 1000);
  return addMicros({ ...instant, ms: instant.ms + ms }, whole - ms * 1000);
}

/** The day is cut to the length of the month. */
function shiftMonths(instant: Instant, months: number): Instant {
  const date = new Date(instant.ms);
  const total = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, month] = [Math.floor(total / 12), ((total % 12) + 12) % 12];
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month + 1));
  return { ...instant, ms: date.setUTCFullYear(year, month, day) };
}

/** TIMESTAMPDIFF: whole units from `from` to `to`, towards zero. */
export function difference(unit: Unit, from: Instant, to: Instant): bigint {
  const micros = MICROS[unit];
  if (micros !== undefined) return (toMicroseconds(to) - toMicroseconds(from)) / BigInt(micros);
  const months = to.ms >= from.ms ? wholeMonths(from, to) : -wholeMonths(to, from);
  return BigInt(Math.trunc(months / (MONTHS[unit] ?? 1)));
}

function wholeMonths(from: Instant, to: Instant): number {
  const [a, b] = [new Date(from.ms), new Date(to.ms)];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  const restA = a.getUTCDate() * 86_400_000 + (from.ms % 86_400_000) + from.micros / 1000;
  const restB = b.getUTCDate() * 86_400_000 + (to.ms % 86_400_000) + to.micros / 1000;
  return restB < restA ? months - 1 : months;
}

export type Part = Unit | "DAYOFWEEK" | "WEEKDAY" | "DAYOFYEAR" | "TO_DAYS" | "TO_SECONDS" | "TIME_TO_SEC";

const DAYS_TO_1970 = 719_528;

const secondsOfDay = (date: Date) =>
  date.getUTCHours() * 3600 + date.getUTCMinutes() * 60 + date.getUTCSeconds();

const PARTS: Record<Part, (instant: Instant, date: Date) => number> = {
  YEAR: (_, date) => date.getUTCFullYear(),
  QUARTER: (_, date) => Math.floor(date.getUTCMonth() / 3) + 1,
  MONTH: (_, date) => date.getUTCMonth() + 1,
  WEEK: (instant) => week(instant, 0).week,
  DAY: (_, date) => date.getUTCDate(),
  HOUR: (_, date) => date.getUTCHours(),
  MINUTE: (_, date) => date.getUTCMinutes(),
  SECOND: (_, date) => date.getUTCSeconds(),
  MICROSECOND: (instant, date) => date.getUTCMilliseconds() * 1000 + instant.micros,
  DAYOFWEEK: (_, date) => date.getUTCDay() + 1,
  WEEKDAY: (_, date) => (date.getUTCDay() + 6) % 7,
  DAYOFYEAR: (instant, date) =>
    dayNumber(instant) - Math.floor(Date.UTC(date.getUTCFullYear(), 0, 1) / 86_400_000) + 1,
  TO_DAYS: (instant) => dayNumber(instant) + DAYS_TO_1970,
  TO_SECONDS: (instant, date) => (dayNumber(instant) + DAYS_TO_1970) * 86_400 + secondsOfDay(date),
  TIME_TO_SEC: (_, date) => secondsOfDay(date),
};

export const part = (unit: Part, instant: Instant): number => PARTS[unit](instant, new Date(instant.ms));

/** WEEK(date, mode): bit 1 weeks begin on Monday, bit 2 a week of the year before may be told as such, bit 4 turns the first-week rule. */
export function week(instant: Instant, mode: number): { readonly year: number; readonly week: number } {
  const monday = (mode & 1) !== 0;
  const keepYear = (mode & 2) === 0;
  const firstByDay = ((mode & 4) !== 0) === monday;
  const date = new Date(instant.ms);
  const year = date.getUTCFullYear();
  const days = dayNumber(instant);
  const start = weekStart(year, { monday, firstByDay });
  if (days < start) return keepYear ? { year, week: 0 } : week(lastOfYear(year - 1), mode);
  const next = weekStart(year + 1, { monday, firstByDay });
  if (!keepYear && days >= next) return { year: year + 1, week: 1 };
  return { year, week: Math.floor((days - start) / 7) + 1 };
}

const lastOfYear = (year: number): Instant => ({ ms: Date.UTC(year, 11, 31), micros: 0 });

interface WeekRule {
  readonly monday: boolean;
  /** Week 1 is the first that begins in the year; otherwise the first with four days or more in it. */
  readonly firstByDay: boolean;
}

function weekStart(year: number, { monday, firstByDay }: WeekRule): number {
  const first = Math.floor(Date.UTC(year, 0, 1) / 86_400_000);
  const weekday = (((first + 4 - (monday ? 1 : 0)) % 7) + 7) % 7;
  const before = firstByDay ? weekday > 0 : weekday > 3;
  return first - weekday + (before ? 7 : 0);
}

const MONTH_NAMES =
  "January February March April May June July August September October November December".split(" ");
const DAY_NAMES = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

export const monthName = (instant: Instant) => MONTH_NAMES[new Date(instant.ms).getUTCMonth()] ?? "";
export const dayName = (instant: Instant) => DAY_NAMES[new Date(instant.ms).getUTCDay()] ?? "";

const pad = (value: number, width = 2) => String(value).padStart(width, "0");

type Pattern = (instant: Instant, date: Date) => string;

const hour12 = (date: Date) => date.getUTCHours() % 12 || 12;
const half = (date: Date) => (date.getUTCHours() < 12 ? "AM" : "PM");
const clock = (date: Date) => `${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;

function ordinal(day: number): string {
  const suffix = day > 10 && day < 14 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${suffix}`;
}

/** The letters of DATE_FORMAT (MySQL 5.7 manual). */
const PATTERNS: Record<string, Pattern> = {
  a: (instant) => dayName(instant).slice(0, 3),
  b: (instant) => monthName(instant).slice(0, 3),
  c: (_, date) => String(date.getUTCMonth() + 1),
  D: (_, date) => ordinal(date.getUTCDate()),
  d: (_, date) => pad(date.getUTCDate()),
  e: (_, date) => String(date.getUTCDate()),
  f: (instant) => pad(part("MICROSECOND", instant), 6),
  H: (_, date) => pad(date.getUTCHours()),
  h: (_, date) => pad(hour12(date)),
  I: (_, date) => pad(hour12(date)),
  i: (_, date) => pad(date.getUTCMinutes()),
  j: (instant) => pad(part("DAYOFYEAR", instant), 3),
  k: (_, date) => String(date.getUTCHours()),
  l: (_, date) => String(hour12(date)),
  M: (instant) => monthName(instant),
  m: (_, date) => pad(date.getUTCMonth() + 1),
  p: (_, date) => half(date),
  r: (_, date) => `${pad(hour12(date))}:${clock(date)} ${half(date)}`,
  S: (_, date) => pad(date.getUTCSeconds()),
  s: (_, date) => pad(date.getUTCSeconds()),
  T: (_, date) => `${pad(date.getUTCHours())}:${clock(date)}`,
  U: (instant) => pad(week(instant, 0).week),
  u: (instant) => pad(week(instant, 1).week),
  V: (instant) => pad(week(instant, 2).week),
  v: (instant) => pad(week(instant, 3).week),
  W: (instant) => dayName(instant),
  w: (_, date) => String(date.getUTCDay()),
  X: (instant) => pad(week(instant, 2).year, 4),
  x: (instant) => pad(week(instant, 3).year, 4),
  Y: (_, date) => pad(date.getUTCFullYear(), 4),
  y: (_, date) => pad(date.getUTCFullYear() % 100),
};

export function formatDate(instant: Instant, format: string): string {
  const date = new Date(instant.ms);
  return format.replace(/%(.)/gsu, (_, letter: string) => PATTERNS[letter]?.(instant, date) ?? letter);
}

const READERS: Record<string, string> = {
  Y: "(?<year>\\d{4})",
  y: "(?<short>\\d{2})",
  m: "(?<month>\\d{1,2})",
  c: "(?<month>\\d{1,2})",
  d: "(?<day>\\d{1,2})",
  e: "(?<day>\\d{1,2})",
  H: "(?<hour>\\d{1,2})",
  k: "(?<hour>\\d{1,2})",
  i: "(?<minute>\\d{1,2})",
  s: "(?<second>\\d{1,2})",
  S: "(?<second>\\d{1,2})",
  f: "(?<fraction>\\d{1,6})",
  T: "(?<hour>\\d{1,2}):(?<minute>\\d{1,2}):(?<second>\\d{1,2})",
};

/** STR_TO_DATE for the numeric letters: undefined when the text does not fit. Throws for another letter. */
export function readDate(text: string, format: string): string | undefined {
  let unknown = false;
  const pattern = format.replace(/%(.)|[.*+?^${}()|[\]\\]/gsu, (found, letter?: string) => {
    if (letter === undefined) return `\\${found}`;
    unknown ||= READERS[letter] === undefined;
    return READERS[letter] ?? "";
  });
  if (unknown) throw notSupported(`STR_TO_DATE with format ${format}`);
  const groups = new RegExp(`^\\s*${pattern}`, "u").exec(text)?.groups;
  if (!groups) return undefined;
  const {
    year,
    short,
    month = "0",
    day = "0",
    hour = "0",
    minute = "0",
    second = "0",
    fraction = "",
  } = groups;
  const fullYear =
    year ??
    (short === undefined ? "0000" : String(Number(short) < 70 ? 2000 + Number(short) : 1900 + Number(short)));
  const clockPart = [hour, minute, second].map((value) => value.padStart(2, "0")).join(":");
  return `${fullYear}-${month.padStart(2, "0")}-${day.padStart(2, "0")} ${clockPart}.${fraction.padEnd(6, "0")}`;
}
