import type { DatabaseSync } from "node:sqlite";
import { SqlError } from "../../engine.ts";
import { cannotBeNull } from "../errors.ts";
import {
  add,
  type Decimal,
  decimalKey,
  decimalText,
  divide,
  divideWhole,
  fromDecimalKey,
  multiply,
  remainder,
  rescale,
  subtract,
  toDecimal,
  truncate,
} from "../values/decimal.ts";
import { doubleText, floatText, textToDouble, textToNumber } from "../values/double.ts";
import { defineNullable, defineStrict, exact, numberOf, type Present, textOf, type Value } from "./define.ts";

const read = (value: Present): Decimal => toDecimal(exact(value));
const write = (value: Decimal | undefined): Value => (value === undefined ? null : decimalText(value));

const INT64_MAX = 2n ** 63n - 1n;

/** An exact number as a 64-bit integer, rounded. Throws 1690 where it does not fit. */
function toInt64(value: Decimal): bigint {
  const { units } = rescale(value, 0);
  if (units > INT64_MAX || units < -INT64_MAX - 1n) throw outOfRange("BIGINT");
  return units;
}

const outOfRange = (type: string) => new SqlError(1690, "22003", `${type} value is out of range`);

function roundTo(value: Decimal, places: number): Decimal {
  if (places >= 0) return rescale(value, Math.min(places, value.scale));
  const tens = 10n ** BigInt(-places);
  return { units: rescale({ units: value.units, scale: value.scale - places }, 0).units * tens, scale: 0 };
}

function cutTo(value: Decimal, places: number): Decimal {
  if (places >= 0) return truncate(value, places);
  const tens = 10n ** BigInt(-places);
  return { units: (truncate(value, 0).units / tens) * tens, scale: 0 };
}

/** CAST AS DECIMAL(p, s) stops at the largest number that fits. */
function castDecimal(value: Present, precision: number, scale: number): string {
  const rounded = rescale(read(value), scale);
  const limit = 10n ** BigInt(precision) - 1n;
  const units = rounded.units > limit ? limit : rounded.units < -limit ? -limit : rounded.units;
  return decimalText({ units, scale });
}

/** CAST AS SIGNED cuts a text at its first strange character and rounds a number. */
function castInteger(value: Present, fromText: boolean): bigint {
  if (typeof value === "bigint") return value;
  if (!fromText) return BigInt.asIntN(64, rescale(read(value), 0).units);
  const digits = /^\s*[+-]?\d+/.exec(textOf(value))?.[0] ?? "0";
  return BigInt.asIntN(64, BigInt(digits.trim().replace("+", "")));
}

function doubleRound(value: number, places: number): number {
  const factor = 10 ** places;
  const scaled = Math.abs(value) * factor;
  return Number.isFinite(scaled) ? (Math.sign(value) * Math.round(scaled)) / factor : value;
}

export function defineDecimalFunctions(db: DatabaseSync): void {
  defineStrict(db, {
    my_decimal_add: (a, b) => write(add(read(a ?? 0), read(b ?? 0))),
    my_decimal_subtract: (a, b) => write(subtract(read(a ?? 0), read(b ?? 0))),
    my_decimal_multiply: (a, b) => write(multiply(read(a ?? 0), read(b ?? 0))),
    my_decimal_divide: (a, b, scale) => write(divide(read(a ?? 0), read(b ?? 0), numberOf(scale ?? 0))),
    my_decimal_div: (a, b) => divideWhole(read(a ?? 0), read(b ?? 0)) ?? null,
    my_decimal_mod: (a, b) => write(remainder(read(a ?? 0), read(b ?? 0))),
    my_decimal_key: (a) => decimalKey(read(a ?? 0)),
    my_decimal_of_key: (key) => write(fromDecimalKey(textOf(key ?? ""))),
    my_decimal_text: (a, scale) => write(rescale(read(a ?? 0), numberOf(scale ?? 0))),
    my_decimal: (a) => write(toDecimal(exact(a ?? 0))),
    my_decimal_cast: (a, precision, scale) =>
      castDecimal(a ?? 0, numberOf(precision ?? 10), numberOf(scale ?? 0)),
    my_decimal_abs: (a) => decimalText(read(a ?? 0)).replace("-", ""),
    my_decimal_ceil: (a) => toInt64(roundUp(read(a ?? 0), 1n)),
    my_decimal_floor: (a) => toInt64(roundUp(read(a ?? 0), -1n)),
    my_decimal_round: (a, places) => write(roundTo(read(a ?? 0), numberOf(places ?? 0))),
    my_decimal_truncate: (a, places) => write(cutTo(read(a ?? 0), numberOf(places ?? 0))),
    my_integer: (a) => toInt64(read(a ?? 0)),
    my_integer_cast: (a, fromText) => castInteger(a ?? 0, fromText === 1n),
    my_integer_part: (a) => BigInt(Math.trunc(numberOf(a ?? 0))),
  });
  defineDoubleFunctions(db);
  defineSum(db);
}

function roundUp(value: Decimal, direction: 1n | -1n): Decimal {
  const whole = truncate(value, 0);
  const rest = subtract(value, whole).units;
  const moves = direction > 0n ? rest > 0n : rest < 0n;
  return moves ? { units: whole.units + direction, scale: 0 } : whole;
}

function defineDoubleFunctions(db: DatabaseSync): void {
  defineStrict(db, {
    my_double: (a) => textToDouble(textOf(a ?? "")),
    my_number: (a) => textToNumber(textOf(a ?? "")),
    my_double_text: (a) => doubleText(numberOf(a ?? 0)),
    my_float_text: (a) => floatText(numberOf(a ?? 0)),
    my_double_mod: (a, b) => (numberOf(b ?? 0) === 0 ? null : numberOf(a ?? 0) % numberOf(b ?? 0)),
    my_double_round: (a, places) => doubleRound(numberOf(a ?? 0), numberOf(places ?? 0)),
    my_double_truncate: (a, places) => {
      const factor = 10 ** numberOf(places ?? 0);
      return Math.trunc(numberOf(a ?? 0) * factor) / factor;
    },
    my_sign: (a) => BigInt(Math.sign(numberOf(a ?? 0))),
    my_bit_count: (a) =>
      BigInt(
        BigInt.asUintN(64, BigInt(exact(a ?? 0)))
          .toString(2)
          .replaceAll("0", "").length,
      ),
    my_shift_right: (a, by) => {
      const shift = BigInt(exact(by ?? 0));
      return shift > 63n || shift < 0n ? 0n : BigInt.asUintN(64, BigInt(exact(a ?? 0))) >> shift;
    },
    my_unsigned_text: (a) => String(BigInt.asUintN(64, BigInt(exact(a ?? 0)))),
    my_hex_number: (a) =>
      BigInt.asUintN(64, BigInt(exact(a ?? 0)))
        .toString(16)
        .toUpperCase(),
    my_bin: (a) => BigInt.asUintN(64, BigInt(exact(a ?? 0))).toString(2),
  });
  defineNullable(db, {
    my_single: (value, count) => {
      if (numberOf(count ?? 0) > 1) throw new SqlError(1242, "21000", "Subquery returns more than 1 row");
      return value ?? null;
    },
    my_required: (value, column) => {
      if (value === null || value === undefined) throw cannotBeNull(String(column));
      return value;
    },
  });
}

/** Can be taken back row by row, as window frames want it. The memory is a text, since it must be a value of SQLite. */
function defineSum(db: DatabaseSync): void {
  const bySign = (sign: 1n | -1n) => (sum: string | null, value: Value) => {
    if (value === null) return sum;
    const number = read(value);
    return decimalText(add(toDecimal(sum ?? 0n), { ...number, units: number.units * sign }));
  };
  db.aggregate<string | null>("my_decimal_sum", {
    start: null,
    step: bySign(1n),
    inverse: bySign(-1n),
    result: (sum) => sum,
    useBigIntArguments: true,
  });
}
