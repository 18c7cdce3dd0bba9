import { notSupported } from "../errors.ts";
import type { Kind, SqlType } from "../sql-type.ts";
import * as types from "../sql-type.ts";
import { decimalKey, decimalText, isNumberText, toDecimal } from "../values/decimal.ts";
import { textToNumber } from "../values/double.ts";
import type { Compilation } from "./compilation.ts";
import { asDatetime, asDouble, asText, asTime, type Typed, timeLiteral, typed } from "./typed.ts";

/** Under what two values are compared. */
type Ground =
  | "plain"
  | "number"
  | "decimal"
  | "double"
  | "caseless"
  | "bytewise"
  | "bytes"
  | "date"
  | "datetime"
  | "time"
  | "jsonText";

function ground(a: SqlType, b: SqlType): Ground {
  if (a.kind === "null" || b.kind === "null") return "plain";
  if (a.kind === b.kind) return sameKindGround(a, b);
  const kinds = new Set<Kind>([a.kind, b.kind]);
  const has = (...wanted: readonly Kind[]) => wanted.every((kind) => kinds.has(kind));
  if (has("int", "decimal")) return "decimal";
  if (has("date", "datetime")) return "datetime";
  if (kinds.has("datetime") || kinds.has("date")) return kinds.has("time") ? refuse(a, b) : "datetime";
  if (kinds.has("time")) return kinds.has("text") ? "time" : refuse(a, b);
  if (has("int", "text")) return "number";
  if (has("decimal", "text")) return "decimal";
  if (kinds.has("double")) return "double";
  if (has("json", "text")) return "jsonText";
  if (has("bytes", "text")) return "bytes";
  return kinds.has("json") ? "double" : refuse(a, b);
}

function refuse(a: SqlType, b: SqlType): never {
  throw notSupported(`comparison of ${a.wire} and ${b.wire}`);
}

function sameKindGround(a: SqlType, b: SqlType): Ground {
  if (a.kind === "decimal" || (a.kind === "int" && (a.bits ?? b.bits))) return "decimal";
  if (a.kind !== "text") return "plain";
  return a.byteWise || b.byteWise ? "bytewise" : "caseless";
}

const decimalLiteral = (text: string) =>
  decimalKey(toDecimal(isNumberText(text) ? text : decimalText(toDecimal(text))));

/** Letters that utf8mb4_general_ci takes for others (é for e, ß for s, Д for д) and SQLite's NOCASE does not. */
const FOLDED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}]/u;
const ASCII = /[\0-\x7f]/g;

/** utf8mb4_general_ci does not see blanks at the end. */
function caselessText(text: string): string {
  if (FOLDED.test(text.replaceAll(ASCII, "")))
    throw notSupported("comparison with letters beyond ASCII under utf8mb4_general_ci");
  return text.replace(/ +$/, "");
}

function onGround(value: Typed, on: Ground, compilation: Compilation): string {
  const { sql, type, literal } = value;
  switch (on) {
    case "plain":
      return sql;
    case "caseless":
      return `${literal ? compilation.literal(literal, caselessText) : sql} COLLATE NOCASE`;
    case "bytewise":
      return `${sql} COLLATE BINARY`;
    case "number":
      if (type.kind === "int") return sql;
      return literal ? compilation.literal(literal, textToNumber) : `my_number(${sql})`;
    case "decimal":
      if (literal) return compilation.literal(literal, decimalLiteral);
      return `my_decimal_key(${type.bits ? `my_unsigned_text(${sql})` : sql})`;
    case "double":
      return asDouble(value, compilation);
    case "bytes":
      return type.kind === "bytes" ? sql : `CAST(${sql} AS BLOB)`;
    case "date":
    case "datetime":
      return asDatetime(value, compilation);
    case "time":
      return literal ? compilation.literal(literal, timeLiteral) : asTime(value);
    case "jsonText":
      return type.kind === "json" ? `my_json_unquote(${sql})` : asText(value);
    default:
      return on satisfies never;
  }
}

const SYMBOLS = { "=": "=", "<=>": "IS", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=" } as const;
export type Comparison = keyof typeof SYMBOLS;

export interface Pair {
  readonly left: Typed;
  readonly right: Typed;
}

/** Beside a number MySQL takes the place of an ENUM's word in its list, which the sandbox does not keep. */
function refuseMemberNumber(a: SqlType, b: SqlType): void {
  const isNumber = a.enumerated ? types.isNumeric(b) : b.enumerated && types.isNumeric(a);
  if (isNumber) throw notSupported("number of an ENUM or SET value");
}

/** One comparison of two single values; the result is 1, 0 or NULL. */
export function compare(operator: Comparison, { left, right }: Pair, compilation: Compilation): Typed {
  const ordered = operator !== "=" && operator !== "<=>" && operator !== "<>";
  for (const { type } of [left, right]) {
    if (ordered && type.enumerated) throw notSupported("order of ENUM or SET values");
    if (ordered && type.kind === "json") throw notSupported("order of JSON values");
  }
  refuseMemberNumber(left.type, right.type);
  const on = ground(left.type, right.type);
  const [a, b] = [onGround(left, on, compilation), onGround(right, on, compilation)];
  return typed(`(${a} ${SYMBOLS[operator]} ${b})`, types.BOOL);
}

/** `operand IN (list)`: each member is compared on its own ground, as MySQL does. */
export function isOneOf(operand: Typed, list: readonly Typed[], compilation: Compilation): Typed {
  for (const item of list) refuseMemberNumber(operand.type, item.type);
  const grounds = list.map((item) => ground(operand.type, item.type));
  const [on = "plain"] = grounds;
  if (grounds.every((other) => other === on)) {
    const members = list.map((item) => onGround(item, on, compilation));
    return typed(`(${onGround(operand, on, compilation)} IN (${members.join(", ")}))`, types.BOOL);
  }
  const tests = list.map((item) => compare("=", { left: operand, right: item }, compilation).sql);
  return typed(`(${tests.join(" OR ")})`, types.BOOL);
}

/** `operand IN (SELECT column)`; `query` has one column c0 of the given type. */
export function isInQuery(
  operand: Typed,
  query: { readonly sql: string; readonly type: SqlType },
  compilation: Compilation,
): Typed {
  const on = ground(operand.type, query.type);
  const member = onGround(typed("c0", query.type), on, compilation);
  return typed(
    `(${onGround(operand, on, compilation)} IN (SELECT ${member} FROM (${query.sql})))`,
    types.BOOL,
  );
}
