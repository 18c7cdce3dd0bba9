import { SqlError } from "../../engine.ts";
import type { BinaryOperator, Case, Expression, Literal, Query } from "../ast.ts";
import { notSupported } from "../errors.ts";
import * as types from "../sql-type.ts";
import { type Arithmetic, arithmetic, type BitOperator, bitwise, negate } from "./arithmetic.ts";
import { type Comparison, compare, isInQuery, isOneOf } from "./comparison.ts";
import type { Compilation, Setting } from "./compilation.ts";
import { cast } from "./expression-cast.ts";
import { aggregates, compileCall } from "./function-call.ts";
import { resolveColumn, type Scope } from "./scope.ts";
import { translation } from "./translation.ts";
import {
  asCondition,
  asDatetime,
  asDouble,
  asInteger,
  asText,
  coerce,
  literalTyped,
  nullOf,
  type Typed,
  typed,
} from "./typed.ts";

export function compileExpression(expression: Expression, scope: Scope): Typed {
  const { compilation } = scope;
  switch (expression.kind) {
    case "literal":
      return compileLiteral(expression, compilation);
    case "null":
      return nullOf();
    case "boolean":
      return typed(expression.value ? "1" : "0", types.TRUTH);
    case "bytes":
      return typed(`x'${expression.hex.length % 2 ? "0" : ""}${expression.hex}'`, {
        ...types.BYTES,
        length: (expression.hex.length + 1) >> 1,
      });
    case "column":
      return resolveColumn(scope, expression.path);
    case "unary":
      return compileUnary(expression, scope);
    case "binary":
      return compileBinary(expression, scope);
    case "call":
      return compileCall(expression, scope);
    case "case":
      return compileCase(expression, scope);
    case "subquery":
      return compileSubquery(expression.query, scope);
    case "exists":
      return typed(`EXISTS (${translation.query(expression.query, scope).sql})`, types.BOOL);
    case "row":
      throw new SqlError(1241, "21000", "Operand should contain 1 column(s)");
    case "variable":
      return sessionValue(compilation, compilation.around.userVariable(expression.name));
    case "setting":
      return settingValue(compilation, compilation.around.setting(expression.name));
    case "default":
    case "values":
      return compileInsertWord(expression, scope);
    default:
      return compilePredicate(expression, scope);
  }
}

type Predicate = Extract<
  Expression,
  { kind: "like" | "regexp" | "between" | "in" | "is" | "cast" | "dateAdd" | "extract" | "collate" }
>;

function compilePredicate(expression: Predicate, scope: Scope): Typed {
  switch (expression.kind) {
    case "like":
      return compileLike(expression, scope);
    case "regexp":
      return compileRegexp(expression, scope);
    case "between": {
      const { operand, low, high } = expression;
      const above: Expression = { kind: "binary", operator: ">=", left: operand, right: low };
      const below: Expression = { kind: "binary", operator: "<=", left: operand, right: high };
      return compileBinary({ kind: "binary", operator: "AND", left: above, right: below }, scope);
    }
    case "in":
      return compileIn(expression, scope);
    case "is":
      return compileIs(expression, scope);
    case "cast":
      return cast(compileExpression(expression.operand, scope), expression.to, scope.compilation);
    case "dateAdd":
      return compileDateAdd(expression, scope);
    case "extract": {
      const operand = compileExpression(expression.operand, scope);
      return typed(`my_part('${expression.unit}', ${asDatetime(operand, scope.compilation)})`, types.INT);
    }
    case "collate":
      return compileCollate(expression, scope);
    default:
      return expression satisfies never;
  }
}

function compileLiteral(literal: Literal, compilation: Compilation): Typed {
  const { form, text, ordinal } = literal;
  return literalTyped({ form, text, ordinal, negative: false }, compilation);
}

function settingValue(compilation: Compilation, { value, kind }: Setting): Typed {
  compilation.reusable = false;
  const sql = compilation.constant(
    typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value,
  );
  return typed(sql, SETTING_TYPES[kind]);
}

const SETTING_TYPES: Readonly<Record<Setting["kind"], types.SqlType>> = {
  switch: types.INT,
  int: types.INT,
  uint: types.UNSIGNED,
  decimal: types.decimal(6),
  text: types.text(4096),
};

function sessionValue(compilation: Compilation, value: string | number | bigint | null): Typed {
  compilation.reusable = false;
  if (value === null) return typed("NULL", types.UNSET);
  const isWhole = typeof value === "number" && Number.isInteger(value);
  const sql = compilation.constant(isWhole ? BigInt(value) : value);
  if (typeof value === "string") return typed(sql, types.text(value.length));
  return typed(sql, typeof value === "number" && !Number.isInteger(value) ? types.DOUBLE : types.INT);
}

function compileInsertWord(
  expression: Extract<Expression, { kind: "default" | "values" }>,
  scope: Scope,
): Typed {
  const found =
    expression.kind === "values"
      ? scope.insertedValues?.(expression.column)
      : scope.defaults?.(expression.column);
  if (!found)
    throw notSupported(expression.kind === "values" ? "VALUES() in this place" : "DEFAULT in this place");
  return found;
}

function compileUnary({ operator, operand }: Extract<Expression, { kind: "unary" }>, scope: Scope): Typed {
  const value = compileExpression(operand, scope);
  if (operator === "-") return negate(value, scope.compilation);
  if (operator === "~") return typed(`(~ ${asInteger(value, scope.compilation)})`, types.BITS);
  return typed(`(NOT ${asCondition(value, scope.compilation)})`, types.BOOL);
}

const LOGICAL = new Set<BinaryOperator>(["AND", "OR", "XOR"]);
const COMPARING = new Set<BinaryOperator>(["=", "<=>", "<>", "<", "<=", ">", ">="]);
const COUNTING = new Set<BinaryOperator>(["+", "-", "*", "/", "DIV", "%"]);

const isComparison = (operator: BinaryOperator): operator is Comparison => COMPARING.has(operator);
const isArithmetic = (operator: BinaryOperator): operator is Arithmetic => COUNTING.has(operator);
const isBitwise = (operator: BinaryOperator): operator is BitOperator => !LOGICAL.has(operator);

function compileBinary(expression: Extract<Expression, { kind: "binary" }>, scope: Scope): Typed {
  const { operator } = expression;
  const { compilation } = scope;
  const rows = asRows(expression);
  if (rows) return compareRows(rows, scope);
  const left = compileExpression(expression.left, scope);
  const right = compileExpression(expression.right, scope);
  if (isComparison(operator)) return compare(operator, { left, right }, compilation);
  if (isArithmetic(operator)) return arithmetic(operator, { left, right }, compilation);
  if (isBitwise(operator)) return bitwise(operator, { left, right }, compilation);
  const [a, b] = [asCondition(left, compilation), asCondition(right, compilation)];
  if (operator === "XOR") return typed(`((${a} <> 0) <> (${b} <> 0))`, types.BOOL);
  return typed(`(${a} ${operator} ${b})`, types.BOOL);
}

interface RowPair {
  readonly operator: BinaryOperator;
  readonly left: readonly Expression[];
  readonly right: readonly Expression[];
}

function asRows({ operator, left, right }: Extract<Expression, { kind: "binary" }>): RowPair | undefined {
  if (left.kind !== "row" || right.kind !== "row") return undefined;
  if (left.items.length !== right.items.length) {
    throw new SqlError(1241, "21000", `Operand should contain ${left.items.length} column(s)`);
  }
  return { operator, left: left.items, right: right.items };
}

/** (a, b) = (c, d) is a = c AND b = d. */
function compareRows({ operator, left, right }: RowPair, scope: Scope): Typed {
  if (operator !== "=" && operator !== "<=>" && operator !== "<>")
    throw notSupported(`${operator} between rows`);
  const equal = operator === "<>" ? "=" : operator;
  const tests = left.map((item, i) => {
    const pair = { left: compileExpression(item, scope), right: compileExpression(right[i] ?? item, scope) };
    return compare(equal, pair, scope.compilation).sql;
  });
  const all = `(${tests.join(" AND ")})`;
  return typed(operator === "<>" ? `(NOT ${all})` : all, types.BOOL);
}

function compileIn({ operand, list }: Extract<Expression, { kind: "in" }>, scope: Scope): Typed {
  if ("kind" in list) return compileInQuery(operand, list, scope);
  if (operand.kind === "row") {
    const tests = list.map(
      (item) => compileBinary({ kind: "binary", operator: "=", left: operand, right: item }, scope).sql,
    );
    return typed(`(${tests.join(" OR ")})`, types.BOOL);
  }
  const value = compileExpression(operand, scope);
  return isOneOf(
    value,
    list.map((item) => compileExpression(item, scope)),
    scope.compilation,
  );
}

function compileInQuery(operand: Expression, query: Query, scope: Scope): Typed {
  const { sql, columns } = translation.query(query, scope);
  const [column] = columns;
  if (operand.kind === "row") {
    if (columns.length !== operand.items.length) {
      throw new SqlError(1241, "21000", `Operand should contain ${operand.items.length} column(s)`);
    }
    const tests = operand.items.map((item, i) => {
      const right = typed(`c${i}`, columns[i]?.type ?? types.NULL);
      return compare("=", { left: compileExpression(item, scope), right }, scope.compilation).sql;
    });
    return typed(`EXISTS (SELECT 1 FROM (${sql}) WHERE ${tests.join(" AND ")})`, types.BOOL);
  }
  if (columns.length !== 1 || !column)
    throw new SqlError(1241, "21000", "Operand should contain 1 column(s)");
  return isInQuery(compileExpression(operand, scope), { sql, type: column.type }, scope.compilation);
}

function compileSubquery(query: Query, scope: Scope): Typed {
  const { sql, columns } = translation.query(query, scope);
  const [column] = columns;
  if (columns.length !== 1 || !column)
    throw new SqlError(1241, "21000", "Operand should contain 1 column(s)");
  // SQLite takes the first row of many, MySQL refuses: the count beside it tells.
  const single = `(SELECT my_single(c0, count(*) OVER ()) FROM (${sql}))`;
  return typed(atMostOneRow(query) ? `(${sql})` : single, column.type);
}

function atMostOneRow({ limit, body }: Query): boolean {
  if (limit?.count.kind === "literal" && limit.count.text === "1" && limit.count.ordinal < 0) return true;
  if (body.kind !== "select" || body.groupBy.length > 0) return false;
  return (
    body.from === undefined ||
    body.items.every((item) => item.kind === "expression" && aggregates(item.expression))
  );
}

function compileIs({ operand, what }: Extract<Expression, { kind: "is" }>, scope: Scope): Typed {
  const value = compileExpression(operand, scope);
  if (what === "NULL") return typed(`(${value.sql} IS NULL)`, types.BOOL);
  const condition = asCondition(value, scope.compilation);
  return typed(
    `(coalesce(${condition} <> 0, 0) = 1)`.replace(
      "= 1",
      what === "TRUE" ? "= 1" : `= 0 AND ${condition} IS NOT NULL`,
    ),
    types.BOOL,
  );
}

function compileLike(
  { operand, pattern, escape }: Extract<Expression, { kind: "like" }>,
  scope: Scope,
): Typed {
  const value = compileExpression(operand, scope);
  const form = compileExpression(pattern, scope);
  const [a, b] = [asText(value), asText(form)];
  const mark = escape ? asText(compileExpression(escape, scope)) : String.raw`'\'`;
  if (value.type.byteWise || form.type.byteWise)
    return typed(`my_like(${a}, ${b}, ${mark})`, types.LIKE_RESULT);
  return typed(`(${a} LIKE ${b} ESCAPE ${mark})`, types.LIKE_RESULT);
}

function compileRegexp({ operand, pattern }: Extract<Expression, { kind: "regexp" }>, scope: Scope): Typed {
  const value = compileExpression(operand, scope);
  const form = compileExpression(pattern, scope);
  const flags = value.type.byteWise || form.type.byteWise ? "'u'" : "'iu'";
  return typed(`my_regexp(${asText(value)}, ${asText(form)}, ${flags})`, types.BOOL);
}

function compileCollate(
  { operand, collation }: Extract<Expression, { kind: "collate" }>,
  scope: Scope,
): Typed {
  const value = compileExpression(operand, scope);
  const name = collation.toLowerCase();
  if (!/^(binary|utf8mb4_(general_ci|bin|0900_ai_ci|unicode_ci)|utf8mb4_0900_bin)$/.test(name)) {
    throw new SqlError(1273, "HY000", `Unknown collation: '${collation}'`);
  }
  return typed(asText(value), {
    ...types.text(value.type.length),
    byteWise: name.endsWith("bin") || name === "binary",
  });
}

function compileCase({ operand, branches, otherwise }: Case, scope: Scope): Typed {
  const { compilation } = scope;
  const results = branches.map(({ result }) => compileExpression(result, scope));
  const last = otherwise ? compileExpression(otherwise, scope) : nullOf();
  const type = [...results, last].map((value) => value.type).reduce(types.unify);
  const subject = operand && compileExpression(operand, scope);
  const conditions = branches.map(({ when }) => {
    const right = compileExpression(when, scope);
    return subject
      ? compare("=", { left: subject, right }, compilation).sql
      : asCondition(right, compilation);
  });
  const arms = results.map((result, i) => `WHEN ${conditions[i]} THEN ${coerce(result, type, compilation)}`);
  return typed(`CASE ${arms.join(" ")} ELSE ${coerce(last, type, compilation)} END`, type);
}

/** The result is a DATE only when a DATE is moved by days or more; a text stays a text, as in MySQL. */
function compileDateAdd(
  { operand, amount, unit, sign }: Extract<Expression, { kind: "dateAdd" }>,
  scope: Scope,
): Typed {
  const { compilation } = scope;
  const value = compileExpression(operand, scope);
  const moved = `my_date_add(${asDatetime(value, compilation)}, ${asDouble(compileExpression(amount, scope), compilation)}, '${unit}', ${sign})`;
  const small = unit === "MICROSECOND" || unit === "SECOND" || unit === "MINUTE" || unit === "HOUR";
  if (value.type.kind === "date" && !small) return typed(`substr(${moved}, 1, 10)`, types.DATE);
  const scale = unit === "MICROSECOND" ? 6 : value.type.kind === "datetime" ? value.type.scale : 0;
  if (value.type.kind !== "text") return typed(moved, types.datetime(scale));
  return typed(`my_date_text(${moved}, ${value.sql}, ${small ? 1 : 0})`, types.text(29));
}

translation.expression = compileExpression;
