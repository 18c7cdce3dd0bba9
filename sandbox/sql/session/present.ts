import { type Column, SqlError, type Value } from "../../engine.ts";
import type { SqliteValue } from "../compile/compilation.ts";
import type { OutputColumn } from "../compile/translation.ts";
import { notSupported } from "../errors.ts";
import type { SqlType } from "../sql-type.ts";
import { decimalText, rescale, toDecimal } from "../values/decimal.ts";
import { shown, timeText } from "../values/temporal.ts";

type Present = Exclude<SqliteValue, null>;

const WITH_DECIMALS = new Set(["decimal", "datetime", "time"]);

/** How a column of a result is announced. */
export function announced({ name, type, origin }: OutputColumn): Column {
  return {
    name,
    type: type.wire,
    ...(type.length === undefined ? {} : { length: type.length }),
    ...(WITH_DECIMALS.has(type.kind) ? { decimals: type.scale } : {}),
    unsigned: type.unsigned,
    nullable: origin?.nullable ?? true,
    ...(origin ? { primaryKey: origin.primaryKey, table: origin.table, schema: origin.schema } : {}),
  };
}

/** SQLite's values as the client is to see them. */
export function presenters(
  columns: readonly OutputColumn[],
): (row: readonly SqliteValue[]) => readonly Value[] {
  const present = columns.map(({ type }) => presenter(type));
  if (present.every((one) => one === undefined)) return (row) => row;
  return (row) => row.map((value, i) => (value === null ? null : (present[i]?.(value) ?? value)));
}

function presenter(type: SqlType): ((value: Present) => Value) | undefined {
  switch (type.kind) {
    case "int":
      return type.bits ? asUnsigned : (value) => asInteger(value, type);
    case "decimal":
      return (value) => asDecimal(value, type.scale);
    case "double":
      return type.wire === "float" ? (value) => Number(Number(value).toPrecision(6)) : asDouble;
    case "datetime":
      return (value) => shown(String(value), type.scale);
    case "time":
      return (value) => timeText(BigInt(String(value)), type.scale);
    case "text":
    case "date":
    case "json":
      return (value) => (typeof value === "string" ? value : asText(value));
    default:
      return undefined;
  }
}

const asText = (value: Present) =>
  value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : String(value);

const asUnsigned = (value: Present) => (typeof value === "bigint" ? BigInt.asUintN(64, value) : value);

const outOfRange = (name: string) => new SqlError(1690, "22003", `${name} value is out of range`);

/** SQLite goes over to reals where MySQL says 1690. */
function asInteger(value: Present, { unsigned }: SqlType): Value {
  if (typeof value !== "bigint") throw outOfRange(unsigned ? "BIGINT UNSIGNED" : "BIGINT");
  if (unsigned && value < 0n) throw outOfRange("BIGINT UNSIGNED");
  return value;
}

function asDouble(value: Present): Value {
  const number = Number(value);
  if (!Number.isFinite(number)) throw outOfRange("DOUBLE");
  return number;
}

function asDecimal(value: Present, scale: number): string {
  if (value instanceof Uint8Array) throw notSupported("bytes as DECIMAL");
  if (typeof value === "string" && scale > 0 && value.at(-1 - scale) === ".") return value;
  return decimalText(rescale(toDecimal(value), scale));
}
