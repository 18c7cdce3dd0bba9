import type { DatabaseSync } from "node:sqlite";
import type { Unit } from "../ast.ts";
import {
  dayName,
  difference,
  formatDate,
  monthName,
  type Part,
  part,
  readDate,
  shift,
  week,
} from "../values/calendar.ts";
import { decimalText, rescale, toDecimal } from "../values/decimal.ts";
import {
  canonical,
  dayNumber,
  daysInMonth,
  fromNanoseconds,
  fromStored,
  type Instant,
  instantText,
  parseTime,
  roundTo,
  shiftZone,
  shown,
  timeText,
  toMicroseconds,
} from "../values/temporal.ts";
import { defineStrict, exact, numberOf, type Present, textOf, type Value } from "./define.ts";

const at = (value: Present | undefined): Instant | undefined => fromStored(textOf(value ?? ""));
const stored = (instant: Instant | undefined): Value => (instant ? instantText(instant) : null);
const micros = (value: Present | undefined): bigint => BigInt(exact(value ?? 0));

/** Units and parts are written by the compiler, never by a client. */
const asUnit = (value: Present | undefined) => textOf(value ?? "DAY") as Unit;
const asPart = (value: Present | undefined) => textOf(value ?? "DAY") as Part;

const MINUTE_MICROS = 60_000_000n;

function withInstant(value: Present | undefined, use: (instant: Instant) => Value): Value {
  const instant = at(value);
  return instant ? use(instant) : null;
}

/** Seconds since 1970 with six digits; 0 before that, as MySQL says. */
function unixTimestamp(instant: Instant, zone: bigint): string {
  const utc = toMicroseconds(instant) - zone * MINUTE_MICROS;
  return decimalText({ units: utc < 0n ? 0n : utc, scale: 6 });
}

function fromUnixtime(seconds: Present, zone: bigint): Value {
  const { units } = rescale(toDecimal(exact(seconds)), 6);
  if (units < 0n) return null;
  return stored(fromNanoseconds((units + zone * MINUTE_MICROS) * 1000n));
}

function timePart(unit: Part, time: bigint): bigint {
  const size = time < 0n ? -time : time;
  const seconds = size / 1_000_000n;
  const found: Partial<Record<Part, bigint>> = {
    HOUR: seconds / 3600n,
    MINUTE: (seconds / 60n) % 60n,
    SECOND: seconds % 60n,
    MICROSECOND: size % 1_000_000n,
    TIME_TO_SEC: time / 1_000_000n,
  };
  return found[unit] ?? 0n;
}

function roundTime(time: bigint, digits: number): bigint {
  const step = 10n ** BigInt(6 - digits);
  const half = time < 0n ? -step / 2n : step / 2n;
  return ((time + half) / step) * step;
}

/** `+08:00` as minutes; undefined for a named zone, of which a fresh OceanBase knows none. */
export function zoneMinutes(zone: string): number | undefined {
  const found = /^([+-])(\d{1,2}):(\d{2})$/.exec(zone.trim());
  if (!found) return undefined;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return minutes > 14 * 60 ? undefined : found[1] === "-" ? -minutes : minutes;
}

function convertZone(text: string, from: number | undefined, to: number | undefined): Value {
  return from === undefined || to === undefined ? null : shiftZone(text, to - from);
}

/** A moved text keeps the form of a date when it had it and the unit is no smaller than a day. */
function movedText(moved: string, original: string, smallUnit: boolean): string {
  if (!smallUnit && original.trim().length <= 10) return moved.slice(0, 10);
  return moved.endsWith("000000") ? moved.slice(0, 19) : moved;
}

export function defineDateFunctions(db: DatabaseSync): void {
  defineStrict(db, {
    my_datetime: (text) => canonical(textOf(text ?? "")) ?? null,
    my_time: (text) => parseTime(textOf(text ?? "")) ?? null,
    my_time_text: (time, digits) => timeText(micros(time), numberOf(digits ?? 0)),
    my_round_datetime: (text, digits) => roundTo(textOf(text ?? ""), numberOf(digits ?? 0)),
    my_round_time: (time, digits) => roundTime(micros(time), numberOf(digits ?? 0)),
    my_shift_zone: (text, minutes) => shiftZone(textOf(text ?? ""), numberOf(minutes ?? 0)),
    my_datetime_number: (text, digits) =>
      shown(textOf(text ?? ""), numberOf(digits ?? 0)).replace(/[-: ]/g, ""),
    my_micros: (text) => withInstant(text, toMicroseconds),
    my_date_add: (text, amount, unit, sign) =>
      withInstant(text, (instant) =>
        stored(shift(instant, numberOf(amount ?? 0) * numberOf(sign ?? 1), asUnit(unit))),
      ),
    my_date_text: (moved, original, small) =>
      movedText(textOf(moved ?? ""), textOf(original ?? ""), small === 1n),
    my_part: (unit, text) => withInstant(text, (instant) => BigInt(part(asPart(unit), instant))),
    my_time_part: (unit, time) => timePart(asPart(unit), micros(time)),
    my_week: (text, mode) => withInstant(text, (instant) => BigInt(week(instant, numberOf(mode ?? 0)).week)),
    my_yearweek: (text, mode) =>
      withInstant(text, (instant) => {
        const found = week(instant, numberOf(mode ?? 0) | 2);
        return BigInt(found.year * 100 + found.week);
      }),
    my_dayname: (text) => withInstant(text, dayName),
    my_monthname: (text) => withInstant(text, monthName),
    my_last_day: (text) =>
      withInstant(text, (instant) => {
        const [year, month] = [part("YEAR", instant), part("MONTH", instant)];
        return `${instantText(instant).slice(0, 8)}${daysInMonth(year, month)}`;
      }),
    my_datediff: (a, b) =>
      withInstant(a, (first) => withInstant(b, (second) => BigInt(dayNumber(first) - dayNumber(second)))),
    my_difference: (unit, a, b) =>
      withInstant(a, (from) => withInstant(b, (to) => difference(asUnit(unit), from, to))),
    my_date_format: (text, format) =>
      withInstant(text, (instant) => formatDate(instant, textOf(format ?? ""))),
    my_str_to_date: (text, format) => {
      const read = readDate(textOf(text ?? ""), textOf(format ?? ""));
      return read === undefined ? null : (canonical(read) ?? null);
    },
    my_from_days: (days) =>
      instantText({ ms: (numberOf(days ?? 0) - 719_528) * 86_400_000, micros: 0 }).slice(0, 10),
    my_convert_tz: (text, from, to) =>
      convertZone(textOf(text ?? ""), zoneMinutes(textOf(from ?? "")), zoneMinutes(textOf(to ?? ""))),
    my_unix_timestamp: (text, zone) => withInstant(text, (instant) => unixTimestamp(instant, micros(zone))),
    my_from_unixtime: (seconds, zone) => fromUnixtime(seconds ?? 0, micros(zone)),
    my_from_scn: (scn, zone) => stored(fromNanoseconds(micros(scn) + micros(zone) * MINUTE_MICROS * 1000n)),
    my_to_scn: (text, zone) =>
      withInstant(text, (instant) => (toMicroseconds(instant) - micros(zone) * MINUTE_MICROS) * 1000n),
  });
}
