import { SqlError } from "../../engine.ts";
import { notSupported } from "../errors.ts";
import type { SqlType } from "../sql-type.ts";
import * as types from "../sql-type.ts";
import { decimalText, toDecimal } from "../values/decimal.ts";
import { textToDouble } from "../values/double.ts";
import { canonical, parseTime } from "../values/temporal.ts";
import type { Compilation, LiteralRef, SqliteValue } from "./compilation.ts";

/** Where a column of a result comes from, for the wire's column definition. */
export interface Origin {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
}

/** An expression in SQLite's SQL, with its MySQL type. */
export interface Typed {
  readonly sql: string;
  readonly type: SqlType;
  /** Set when the expression is a literal and nothing else: it is then converted in JavaScript, when it is bound. */
  readonly literal?: LiteralRef;
  readonly origin?: Origin;
  /** Gives the value in JavaScript when the statement is run, for a column that stores it. */
  readonly compute?: () => string;
}

const INT64_DIGITS = 18;

export const typed = (sql: string, type: SqlType): Typed => ({ sql, type });

export const nullOf = (): Typed => typed("NULL", types.NULL);

/** The text of a number literal, in the way SQLite is to see it. */
export function literalValue({ form }: LiteralRef, text: string): SqliteValue {
  if (form === "string") return text;
  if (form === "float") return Number(text);
  return form === "integer" && fitsInt64(text) ? BigInt(text) : decimalText(toDecimal(text));
}

const fitsInt64 = (text: string) =>
  text.replace("-", "").length <= INT64_DIGITS || BigInt.asIntN(64, BigInt(text)) === BigInt(text);

export function literalTyped(literal: LiteralRef, compilation: Compilation): Typed {
  const sql = compilation.literal(literal, (text) => literalValue(literal, text));
  return { sql, literal, type: literalType(literal) };
}

function literalType({ form, text }: LiteralRef): SqlType {
  if (form === "string") return types.text(text.length);
  if (form === "float") return types.DOUBLE;
  if (form === "decimal") return types.decimal(text.length - 1 - text.indexOf("."), text.length - 1);
  return fitsInt64(text) ? { ...types.INT, length: text.length } : types.decimal(0, text.length);
}

const call = (name: string, ...args: readonly (string | number)[]) => `${name}(${args.join(", ")})`;

/** As MySQL writes the value in a text: CONCAT, comparison with a text, GROUP_CONCAT. */
export function asText({ sql, type }: Typed): string {
  switch (type.kind) {
    case "null":
    case "text":
    case "date":
    case "json":
      return sql;
    case "int":
      return type.bits ? call("my_unsigned_text", sql) : `CAST(${sql} AS TEXT)`;
    case "decimal":
      return call("my_decimal_text", sql, type.scale);
    case "double":
      return call(type.wire === "float" ? "my_float_text" : "my_double_text", sql);
    case "bytes":
      return `CAST(${sql} AS TEXT)`;
    case "datetime":
      return call("substr", sql, 1, type.scale === 0 ? 19 : 20 + type.scale);
    case "time":
      return call("my_time_text", sql, type.scale);
    default:
      return type.kind satisfies never;
  }
}

/** The expression as a number; texts become doubles, as in MySQL. */
export function asNumber(value: Typed, compilation: Compilation): Typed {
  const { sql, type, literal } = value;
  const { kind } = type;
  if (kind === "null" || types.isNumeric(type)) return value;
  if (kind === "text") {
    return typed(literal ? compilation.literal(literal, textToDouble) : call("my_double", sql), types.DOUBLE);
  }
  if (kind === "bytes") return typed(call("my_double", `CAST(${sql} AS TEXT)`), types.DOUBLE);
  if (kind === "json") return typed(call("my_json_number", sql), types.DOUBLE);
  if (kind === "date") return typed(`CAST(replace(${sql}, '-', '') AS INTEGER)`, types.INT);
  if (kind === "time") throw notSupported("TIME as a number");
  const shown = type.scale > 0 ? types.decimal(type.scale) : types.INT;
  return typed(call("my_datetime_number", sql, type.scale), shown);
}

export function asDouble(value: Typed, compilation: Compilation): string {
  const number = asNumber(value, compilation);
  if (number.type.kind === "double" || number.type.kind === "null") return number.sql;
  if (number.literal) return compilation.literal(number.literal, Number);
  return number.type.bits ? `CAST(my_unsigned_text(${number.sql}) AS REAL)` : `CAST(${number.sql} AS REAL)`;
}

/** For functions that count or cut: a fraction is rounded. */
export function asInteger(value: Typed, compilation: Compilation): string {
  const number = asNumber(value, compilation);
  if (number.type.kind === "int" || number.type.kind === "null") return number.sql;
  return call("my_integer", number.sql);
}

/** True, false or NULL as SQLite's 1, 0 and NULL. */
export function asCondition(value: Typed, compilation: Compilation): string {
  const number = asNumber(value, compilation);
  if (number.type.kind === "decimal") return `(my_double(CAST(${number.sql} AS TEXT)) <> 0)`;
  return number.sql;
}

function incorrectDatetime(text: string): SqlError {
  return new SqlError(1292, "22007", `Incorrect datetime value: '${text}'`);
}

function readDatetime(text: string): string {
  const read = canonical(text);
  if (read === undefined) throw incorrectDatetime(text);
  return read;
}

/** As a datetime with six digits. A text that is none becomes NULL, a literal that is none is refused. */
export function asDatetime(value: Typed, compilation: Compilation): string {
  const { sql, type, literal } = value;
  if (type.kind === "null" || type.kind === "datetime") return sql;
  if (type.kind === "date") return `(${sql} || ' 00:00:00.000000')`;
  if (type.kind === "time") return call("my_time_datetime", sql);
  if (literal) return compilation.literal(literal, readDatetime);
  return call("my_datetime", asText(value));
}

export function asTime(value: Typed): string {
  const { sql, type } = value;
  if (type.kind === "time" || type.kind === "null") return sql;
  return call("my_time", type.kind === "datetime" ? sql : asText(value));
}

/** The clock of a time that a text names, for TIME columns that are compared with it. */
export function timeLiteral(text: string): bigint {
  const read = parseTime(text);
  if (read === undefined) throw new SqlError(1292, "22007", `Incorrect time value: '${text}'`);
  return read;
}

/** The same value under another type: what UNION, CASE and COALESCE do with their branches. */
export function coerce(value: Typed, to: SqlType, compilation: Compilation): string {
  const from = value.type.kind;
  if (from === to.kind || from === "null" || to.kind === "null") return value.sql;
  switch (to.kind) {
    case "int":
      return asInteger(value, compilation);
    case "decimal":
      return from === "int" ? value.sql : call("my_decimal", asNumber(value, compilation).sql);
    case "double":
      return asDouble(value, compilation);
    case "text":
      return asText(value);
    case "bytes":
      return `CAST(${asText(value)} AS BLOB)`;
    case "date":
      return call("substr", asDatetime(value, compilation), 1, 10);
    case "datetime":
      return asDatetime(value, compilation);
    case "time":
      return asTime(value);
    case "json":
      return call("my_json", asText(value));
    default:
      return to.kind satisfies never;
  }
}

/** What ORDER BY, GROUP BY and MIN compare. */
export function sortKey({ sql, type }: Typed): string {
  if (type.enumerated) throw notSupported("order of ENUM or SET values");
  if (type.kind === "json") throw notSupported("order of JSON values");
  if (type.kind === "decimal") return call("my_decimal_key", sql);
  if (type.kind === "int" && type.bits) return call("my_decimal_key", call("my_unsigned_text", sql));
  return type.kind === "text" && !type.byteWise ? `${sql} COLLATE NOCASE` : sql;
}

/** What GROUP BY and DISTINCT tell apart: equal texts of a decimal are equal numbers once they have the same scale. */
export function groupKey(value: Typed): string {
  const { type, sql } = value;
  if (type.kind === "decimal") return call("my_decimal_text", sql, type.scale);
  return type.kind === "text" && !type.byteWise ? `${sql} COLLATE NOCASE` : sql;
}
