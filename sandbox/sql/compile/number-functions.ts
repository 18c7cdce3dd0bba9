import { notSupported } from "../errors.ts";
import type { SqlType } from "../sql-type.ts";
import * as types from "../sql-type.ts";
import { arithmetic } from "./arithmetic.ts";
import { compare } from "./comparison.ts";
import { type CallContext, direct, type Rule, type Rules, rule } from "./rule.ts";
import {
  asCondition,
  asDouble,
  asInteger,
  asNumber,
  coerce,
  nullOf,
  sortKey,
  type Typed,
  typed,
} from "./typed.ts";

const real = (name: string, takes = "d"): Rule => direct(name, { takes, gives: types.DOUBLE });

const first = ({ args }: CallContext): Typed => args[0] ?? nullOf();
const second = ({ args }: CallContext): Typed => args[1] ?? nullOf();

const abs = rule([1, 1], (context) => {
  const number = asNumber(first(context), context.compilation);
  if (number.type.kind === "decimal") return typed(`my_decimal_abs(${number.sql})`, number.type);
  return typed(`abs(${number.sql})`, number.type);
});

/** Of an exact number exact, of a double a double. */
const toWhole = (name: "ceil" | "floor"): Rule =>
  rule([1, 1], (context) => {
    const number = asNumber(first(context), context.compilation);
    if (number.type.kind === "int") return number;
    if (number.type.kind === "decimal") return typed(`my_decimal_${name}(${number.sql})`, types.decimal(0));
    return typed(`${name}(${number.sql})`, number.type);
  });

function roundedType(digits: Typed, number: Typed): SqlType {
  const text = digits.literal?.text;
  const places =
    text === undefined ? number.type.scale : Math.max(0, Number(text) * (digits.literal?.negative ? -1 : 1));
  return types.decimal(Math.min(places, number.type.scale));
}

/** The number of digits decides on the type, so it is part of the plan. */
const roundBy = (name: "round" | "truncate"): Rule =>
  rule([name === "round" ? 1 : 2, 2], (context) => {
    const number = asNumber(first(context), context.compilation);
    const digits = context.args[1] ?? typed("0", types.INT);
    if (digits.literal) context.compilation.pin(digits.literal);
    const places = asInteger(digits, context.compilation);
    if (number.type.kind === "null") return number;
    if (number.type.kind === "double")
      return typed(`my_double_${name}(${number.sql}, ${places})`, types.DOUBLE);
    const type =
      context.args[1] || number.type.kind === "int" ? roundedType(digits, number) : types.decimal(0);
    const sql = `my_decimal_${name}(${number.sql}, ${places})`;
    return number.type.kind === "int" ? typed(`CAST(${sql} AS INTEGER)`, number.type) : typed(sql, type);
  });

function unified(args: readonly Typed[]): SqlType {
  return args.map(({ type }) => type).reduce(types.unify, types.NULL);
}

const coalesce: Rule = rule([1, 100], ({ args, compilation }) => {
  const type = unified(args);
  const values = args.map((value) => coerce(value, type, compilation));
  return typed(values.length === 1 ? (values[0] ?? "NULL") : `coalesce(${values.join(", ")})`, type);
});

const choose: Rule = rule(
  [3, 3],
  ({ args: [condition = nullOf(), yes = nullOf(), no = nullOf()], compilation }) => {
    const type = types.unify(yes.type, no.type);
    const branches = `${coerce(yes, type, compilation)}, ${coerce(no, type, compilation)}`;
    return typed(`iif(${asCondition(condition, compilation)}, ${branches})`, type);
  },
);

const nullif: Rule = rule([2, 2], (context) => {
  const value = first(context);
  const equal = compare("=", { left: value, right: second(context) }, context.compilation).sql;
  return typed(`CASE WHEN ${equal} THEN NULL ELSE ${value.sql} END`, value.type);
});

/** GREATEST and LEAST are NULL as soon as one of theirs is; SQLite's own many-argument max and min are so, too. */
const extreme = (name: "max" | "min"): Rule =>
  rule([2, 100], ({ args, compilation }) => {
    const type = unified(args);
    const mixed = args.some((arg) => types.isTemporal(arg.type)) && !types.isTemporal(type);
    if (mixed || type.kind === "json" || type.kind === "bytes")
      throw notSupported(name === "max" ? "GREATEST" : "LEAST");
    const values = args.map((arg) => coerce(arg, type, compilation));
    if (type.kind !== "decimal")
      return typed(`${name}(${values.map((sql) => sortKey({ sql, type })).join(", ")})`, type);
    const keys = values.map((sql) => `my_decimal_key(${sql})`);
    return typed(`my_decimal_of_key(${name}(${keys.join(", ")}))`, type);
  });

const mod: Rule = rule([2, 2], (context) =>
  arithmetic("%", { left: first(context), right: second(context) }, context.compilation),
);

const log: Rule = rule([1, 2], ({ args: [a = nullOf(), b], compilation }) =>
  b
    ? typed(`(ln(${asDouble(b, compilation)}) / ln(${asDouble(a, compilation)}))`, types.DOUBLE)
    : typed(`ln(${asDouble(a, compilation)})`, types.DOUBLE),
);

const isnull: Rule = rule([1, 1], (context) => typed(`(${first(context).sql} IS NULL)`, types.BOOL));

export const NUMBER_FUNCTIONS: Rules = {
  ABS: abs,
  CEIL: toWhole("ceil"),
  CEILING: toWhole("ceil"),
  FLOOR: toWhole("floor"),
  ROUND: roundBy("round"),
  TRUNCATE: roundBy("truncate"),
  MOD: mod,
  SIGN: direct("my_sign", { takes: "d", gives: types.INT }),
  POW: real("pow", "dd"),
  POWER: real("pow", "dd"),
  SQRT: real("sqrt"),
  EXP: real("exp"),
  LN: real("ln"),
  LOG: log,
  LOG2: real("log2"),
  LOG10: real("log10"),
  SIN: real("sin"),
  COS: real("cos"),
  TAN: real("tan"),
  ASIN: real("asin"),
  ACOS: real("acos"),
  ATAN: real("atan"),
  ATAN2: real("atan2", "dd"),
  RADIANS: real("radians"),
  DEGREES: real("degrees"),
  PI: real("pi", ""),
  RAND: direct("my_rand", { takes: "", gives: types.DOUBLE }),
  BIT_COUNT: direct("my_bit_count", { takes: "i", gives: types.UNSIGNED }),
  IF: choose,
  IFNULL: { ...coalesce, min: 2, max: 2 },
  NVL: { ...coalesce, min: 2, max: 2 },
  COALESCE: coalesce,
  NULLIF: nullif,
  ISNULL: isnull,
  GREATEST: extreme("max"),
  LEAST: extreme("min"),
};
