import { notSupported } from "../errors.ts";
import * as types from "../sql-type.ts";
import { DIVISION_DIGITS } from "./arithmetic.ts";
import { asJson } from "./json-functions.ts";
import type { CallContext } from "./rule.ts";
import {
  asDouble,
  asInteger,
  asNumber,
  asText,
  groupKey,
  nullOf,
  sortKey,
  type Typed,
  typed,
} from "./typed.ts";

/** The parts of a call that stand around the arguments: DISTINCT, ORDER BY inside and OVER behind. */
export interface AggregateContext extends CallContext {
  readonly distinct: string;
  readonly orderBy: string;
  readonly over: string;
}

type Aggregate = (context: AggregateContext) => Typed;

const first = ({ args }: CallContext): Typed => args[0] ?? nullOf();

/** COUNT(DISTINCT a, b) counts combinations in which nothing is NULL. */
const count: Aggregate = (context) => {
  const { args, call, distinct, over } = context;
  if (call.star) return typed(`count(*)${over}`, types.INT);
  if (args.length === 1) return typed(`count(${distinct}${groupKey(first(context))})${over}`, types.INT);
  if (!distinct) throw notSupported("COUNT of several expressions");
  const parts = args.map((value) =>
    value.type.kind === "text" && !value.type.byteWise ? `my_fold(${value.sql})` : asText(value),
  );
  return typed(`count(DISTINCT my_tuple(${parts.join(", ")}))`, types.INT);
};

const sum: Aggregate = (context) => {
  const { compilation, distinct, over } = context;
  const number = asNumber(first(context), compilation);
  if (number.type.kind === "decimal")
    return typed(`my_decimal_sum(${distinct}${number.sql})${over}`, types.decimal(number.type.scale));
  if (number.type.kind === "int") return typed(`sum(${distinct}${number.sql})${over}`, types.decimal(0));
  return typed(`sum(${distinct}${number.sql})${over}`, types.DOUBLE);
};

const avg: Aggregate = (context) => {
  const { compilation, distinct, over } = context;
  const number = asNumber(first(context), compilation);
  if (number.type.kind === "double") return typed(`avg(${distinct}${number.sql})${over}`, types.DOUBLE);
  const total = sum(context).sql;
  const scale = Math.min(number.type.scale + DIVISION_DIGITS, 30);
  return typed(
    `my_decimal_divide(${total}, count(${distinct}${number.sql})${over}, ${scale})`,
    types.decimal(scale),
  );
};

const extreme =
  (name: "min" | "max"): Aggregate =>
  (context) => {
    const value = first(context);
    const { over } = context;
    const sql = `${name}(${sortKey(value)})${over}`;
    if (value.type.kind === "decimal") return typed(`my_decimal_of_key(${sql})`, value.type);
    if (value.type.bits) throw notSupported(`${name.toUpperCase()} of a bit operation`);
    return typed(sql, value.type);
  };

/** SQLite's group_concat knows no DISTINCT with a separator, so the texts are collected first and joined then. */
const groupConcat: Aggregate = ({ args, call, distinct, orderBy, over, compilation }) => {
  if (over) throw notSupported("GROUP_CONCAT as a window function");
  const texts = args.map(asText);
  const joined = texts.length === 1 ? (texts[0] ?? "NULL") : `my_concat(${texts.join(", ")})`;
  const collation =
    distinct && args.every(({ type }) => type.kind === "text" && !type.byteWise) ? " COLLATE NOCASE" : "";
  const collected = `json_group_array(${distinct}${joined}${collation}${orderBy}) FILTER (WHERE ${joined} IS NOT NULL)`;
  const separator = compilation.constant(call.separator ?? ",");
  return typed(`my_group_concat(${collected}, ${separator})`, types.text());
};

const bits =
  (name: string, type = types.BITS): Aggregate =>
  (context) => {
    if (context.over) throw notSupported("bit aggregates as window functions");
    return typed(`my_bit_${name}(${asInteger(first(context), context.compilation)})`, type);
  };

const spread =
  (name: string): Aggregate =>
  (context) => {
    if (context.over) throw notSupported("standard deviation as a window function");
    return typed(`my_${name}(${asDouble(first(context), context.compilation)})`, types.DOUBLE);
  };

const jsonArray: Aggregate = (context) => {
  if (context.over || context.distinct) throw notSupported("JSON_ARRAYAGG with DISTINCT or OVER");
  return typed(`my_json_arrayagg(${asJson(first(context))}${context.orderBy})`, types.JSON_TYPE);
};

const jsonObject: Aggregate = ({ args: [key = nullOf(), value = nullOf()], over }) => {
  if (over) throw notSupported("JSON_OBJECTAGG as a window function");
  return typed(`my_json_objectagg(${asText(key)}, ${asJson(value)})`, types.JSON_TYPE);
};

/** Any value of the group will do: SQLite's min is one. */
const anyValue: Aggregate = (context) => {
  const value = first(context);
  return typed(`my_any_value(${value.sql})`, value.type);
};

export const AGGREGATES: Readonly<Record<string, Aggregate>> = {
  COUNT: count,
  SUM: sum,
  AVG: avg,
  MIN: extreme("min"),
  MAX: extreme("max"),
  GROUP_CONCAT: groupConcat,
  BIT_XOR: bits("xor"),
  BIT_AND: bits("and"),
  BIT_OR: bits("or"),
  STD: spread("stddev_pop"),
  STDDEV: spread("stddev_pop"),
  STDDEV_POP: spread("stddev_pop"),
  STDDEV_SAMP: spread("stddev_samp"),
  VARIANCE: spread("var_pop"),
  VAR_POP: spread("var_pop"),
  VAR_SAMP: spread("var_samp"),
  JSON_ARRAYAGG: jsonArray,
  JSON_OBJECTAGG: jsonObject,
  ANY_VALUE: anyValue,
};

const rank =
  (name: string, type = types.UNSIGNED): Aggregate =>
  ({ over }) =>
    typed(`${name}()${over}`, type);

/** The neighbour's value has the type of the argument; a default must have it, too. */
const neighbour =
  (name: string): Aggregate =>
  ({ args: [value = nullOf(), offset, fallback], over, compilation }) => {
    if (fallback && fallback.type.kind !== value.type.kind && fallback.type.kind !== "null") {
      throw notSupported(`${name.toUpperCase()} with a default of another type`);
    }
    const rest = [offset && asInteger(offset, compilation), fallback?.sql].filter((sql) => sql !== undefined);
    return typed(`${name}(${[value.sql, ...rest].join(", ")})${over}`, value.type);
  };

export const WINDOW_FUNCTIONS: Readonly<Record<string, Aggregate>> = {
  ROW_NUMBER: rank("row_number"),
  RANK: rank("rank"),
  DENSE_RANK: rank("dense_rank"),
  PERCENT_RANK: rank("percent_rank", types.DOUBLE),
  CUME_DIST: rank("cume_dist", types.DOUBLE),
  NTILE: ({ args: [value = nullOf()], over, compilation }) =>
    typed(`ntile(${asInteger(value, compilation)})${over}`, types.UNSIGNED),
  LAG: neighbour("lag"),
  LEAD: neighbour("lead"),
  FIRST_VALUE: neighbour("first_value"),
  LAST_VALUE: neighbour("last_value"),
  NTH_VALUE: neighbour("nth_value"),
};
