import { SqlError } from "../../engine.ts";
import type { ColumnDefinition } from "../catalog/table-definition.ts";
import { integerBits, LONG_LIMIT } from "../data-type.ts";
import { notSupported } from "../errors.ts";
import { columnType } from "../sql-type.ts";
import { type Decimal, decimalText, isNumberText, rescale, toDecimal } from "./decimal.ts";
import { jsonText, parseJson } from "./json.ts";
import { canonical, parseTime, roundTo, shiftZone } from "./temporal.ts";

export type Present = string | number | bigint | Uint8Array;
export type Stored = null | Present;

/** Where a value is about to be stored, for the message when it does not fit. */
export interface Place {
  readonly column: ColumnDefinition;
  readonly row: number;
  readonly zoneMinutes: number;
}

const outOfRange = ({ column, row }: Place) =>
  new SqlError(1264, "22003", `Out of range value for column '${column.name}' at row ${row}`);
const tooLong = ({ column, row }: Place) =>
  new SqlError(1406, "22001", `Data too long for column '${column.name}' at row ${row}`);
const truncated = ({ column, row }: Place) =>
  new SqlError(1265, "01000", `Data truncated for column '${column.name}' at row ${row}`);

/** The value itself is not repeated. */
function incorrect(what: string, { column, row }: Place): SqlError {
  const [errno, state] = what === "integer" || what === "decimal" ? [1366, "HY000"] : [1292, "22007"];
  return new SqlError(errno, state, `Incorrect ${what} value for column '${column.name}' at row ${row}`);
}

const textOf = (value: Present) =>
  value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : String(value);

/** The value as the column keeps it, under MySQL's strict mode. Datetimes are taken in the session's zone. */
export function toStored(value: Stored, place: Place): Stored {
  if (value === null) return null;
  const { type } = place.column;
  switch (columnType(type).kind) {
    case "int":
      return type.name === "year" ? storeYear(value, place) : storeInteger(value, place);
    case "decimal":
      return storeDecimal(value, place);
    case "double":
      return storeDouble(value, place);
    case "text":
      return type.members ? storeMember(value, place) : storeText(value, place);
    case "bytes":
      return storeBytes(value, place);
    case "json":
      return storeJson(value, place);
    case "time":
      return storeTime(value, place);
    case "date":
    case "datetime":
      return storeDatetime(value, place);
    case "null":
      return value;
    default:
      throw notSupported(`column type ${type.name}`);
  }
}

function exactNumber(value: Present, what: string, place: Place): Decimal {
  if (typeof value === "bigint") return { units: value, scale: 0 };
  const text = textOf(value);
  if (!isNumberText(text)) throw incorrect(what, place);
  return toDecimal(text);
}

function storeInteger(value: Present, place: Place): bigint {
  const { type } = place.column;
  const number = rescale(exactNumber(value, "integer", place), 0).units;
  const bits = BigInt(integerBits(type) ?? 64);
  const [low, high] = type.unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
  if (number < low || number > high) throw outOfRange(place);
  if (number > 2n ** 63n - 1n) throw notSupported("BIGINT UNSIGNED above 9223372036854775807");
  return number;
}

function storeYear(value: Present, place: Place): bigint {
  const number = Number(exactNumber(value, "integer", place).units);
  const year =
    number > 0 && number < 70 ? number + 2000 : number >= 70 && number < 100 ? number + 1900 : number;
  if (year !== 0 && (year < 1901 || year > 2155)) throw outOfRange(place);
  return BigInt(year);
}

function storeDecimal(value: Present, place: Place): string {
  const { length = 10, scale = 0, unsigned } = place.column.type;
  const number = rescale(exactNumber(value, "decimal", place), scale);
  const limit = 10n ** BigInt(length);
  if (number.units >= limit || number.units <= -limit || (unsigned && number.units < 0n))
    throw outOfRange(place);
  return decimalText(number);
}

function storeDouble(value: Present, place: Place): number {
  const { name, unsigned } = place.column.type;
  if (typeof value !== "bigint" && typeof value !== "number" && !isNumberText(textOf(value)))
    throw truncated(place);
  const number = name === "float" ? Math.fround(Number(textOf(value))) : Number(textOf(value));
  if (!Number.isFinite(number) || (unsigned && number < 0)) throw outOfRange(place);
  return number;
}

function storeText(value: Present, place: Place): string {
  const { name, length } = place.column.type;
  const text = name === "char" ? textOf(value).replace(/ +$/, "") : textOf(value);
  const limit = LONG_LIMIT[name];
  // A UTF-16 unit is at most three bytes: most texts need no counting.
  if (limit !== undefined) {
    if (text.length * 3 > limit && Buffer.byteLength(text) > limit) throw tooLong(place);
    return text;
  }
  const most = length ?? 1;
  if (text.length <= most || Array.from(text).length <= most) return text;
  if (name === "varchar" && text.slice(most).trim() === "") return text.slice(0, most);
  throw tooLong(place);
}

function storeMember(value: Present, place: Place): string {
  const { name, members = [] } = place.column.type;
  if (typeof value !== "string") throw notSupported(`number in a column of type ${name}`);
  const find = (wanted: string) =>
    members.find((member) => member.toLowerCase() === wanted.trimEnd().toLowerCase());
  if (name === "enum") {
    const member = find(value);
    if (member === undefined) throw truncated(place);
    return member;
  }
  const wanted = value === "" ? [] : value.split(",").map(find);
  if (wanted.includes(undefined)) throw truncated(place);
  return members.filter((member) => wanted.includes(member)).join(",");
}

function storeBytes(value: Present, place: Place): Uint8Array {
  const { name, length } = place.column.type;
  const bytes = value instanceof Uint8Array ? value : Buffer.from(textOf(value));
  const most = LONG_LIMIT[name] ?? length ?? 1;
  if (bytes.length > most) throw tooLong(place);
  return name === "binary" ? Buffer.concat([bytes, Buffer.alloc(most - bytes.length)]) : bytes;
}

function storeJson(value: Present, { column }: Place): string {
  const parsed = parseJson(textOf(value));
  if (parsed === undefined) {
    throw new SqlError(
      3140,
      "22032",
      `Invalid JSON text: "Invalid value." at position 0 in value for column '${column.name}'.`,
    );
  }
  return jsonText(parsed);
}

function storeTime(value: Present, place: Place): bigint {
  const micros = parseTime(textOf(value));
  if (micros === undefined) throw incorrect("time", place);
  const step = 10n ** BigInt(6 - (place.column.type.scale ?? 0));
  const half = micros < 0n ? -step / 2n : step / 2n;
  return ((micros + half) / step) * step;
}

function storeDatetime(value: Present, place: Place): string {
  const { name, scale = 0 } = place.column.type;
  const read = canonical(textOf(value));
  if (read === undefined) throw incorrect(name === "date" ? "date" : "datetime", place);
  if (name === "date") return read.slice(0, 10);
  const rounded = roundTo(read, scale);
  return name === "timestamp" ? shiftZone(rounded, -place.zoneMinutes) : rounded;
}
