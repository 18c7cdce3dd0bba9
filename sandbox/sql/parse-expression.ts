import type { BinaryOperator, Expression, Query } from "./ast.ts";
import { notSupported } from "./errors.ts";
import { grammar } from "./grammar.ts";
import {
  beginsQuery,
  parseInterval,
  parseList,
  parseLiteral,
  parseParenthesizedQuery,
} from "./parse-atom.ts";
import { parseColumn, parseWord } from "./parse-call.ts";
import type { TokenReader } from "./token-reader.ts";

/** Binding powers of MySQL's operators, weakest first (MySQL 5.7 manual, "Operator Precedence"). */
const POWER: Record<string, number> = {
  "||": 1,
  OR: 1,
  XOR: 2,
  "&&": 3,
  AND: 3,
  "=": 6,
  "<=>": 6,
  "<>": 6,
  "!=": 6,
  "<": 6,
  "<=": 6,
  ">": 6,
  ">=": 6,
  IS: 6,
  LIKE: 6,
  REGEXP: 6,
  RLIKE: 6,
  IN: 6,
  BETWEEN: 6,
  NOT: 6,
  "|": 7,
  "&": 8,
  "<<": 9,
  ">>": 9,
  "+": 10,
  "-": 10,
  "*": 11,
  "/": 11,
  DIV: 11,
  "%": 11,
  MOD: 11,
  "^": 12,
  COLLATE: 14,
};
const NOT_POWER = 4;
const OPERAND_POWER = 7;
const UNARY_POWER = 13;

const SAME: readonly BinaryOperator[] = [
  ...(["OR", "XOR", "AND", "=", "<=>", "<>", "<", "<=", ">", ">="] as const),
  ...(["|", "&", "<<", ">>", "^", "+", "-", "*", "/", "DIV", "%"] as const),
];
const OPERATOR: Record<string, BinaryOperator | undefined> = {
  ...Object.fromEntries(SAME.map((operator) => [operator, operator])),
  "||": "OR",
  "&&": "AND",
  "!=": "<>",
  MOD: "%",
};

export function parseExpression(reader: TokenReader, power = 0): Expression {
  let left = parsePrefix(reader);
  for (;;) {
    const next = POWER[reader.peek().key] ?? -1;
    if (next < 0 || next < power || (next === power && power > 0)) return left;
    const more = parseInfix(reader, left);
    if (!more) return left;
    left = more;
  }
}

function parsePrefix(reader: TokenReader): Expression {
  if (reader.accepts("NOT")) return not(parseExpression(reader, NOT_POWER));
  if (reader.accepts("!")) return not(parseExpression(reader, UNARY_POWER));
  if (reader.accepts("+")) return parseExpression(reader, UNARY_POWER);
  if (reader.accepts("-"))
    return { kind: "unary", operator: "-", operand: parseExpression(reader, UNARY_POWER) };
  if (reader.accepts("~"))
    return { kind: "unary", operator: "~", operand: parseExpression(reader, UNARY_POWER) };
  return parsePrimary(reader);
}

const not = (operand: Expression): Expression => ({ kind: "unary", operator: "NOT", operand });

/** What follows a left operand; undefined when the word is no operator here (`x NOT NULL` of a column definition). */
function parseInfix(reader: TokenReader, left: Expression): Expression | undefined {
  const { key } = reader.peek();
  if (key === "NOT") return parseNegated(reader, left);
  const predicate = parsePredicate(reader, left);
  if (predicate) return predicate;
  if (reader.accepts("COLLATE")) return { kind: "collate", operand: left, collation: nameOrString(reader) };
  if (reader.accepts("IS")) return parseIs(reader, left);
  const operator = OPERATOR[key];
  if (!operator) throw reader.error();
  reader.take();
  if (operator === "+" || operator === "-") {
    const shifted = parseInterval(reader, left, operator === "-" ? -1 : 1);
    if (shifted) return shifted;
  }
  if (POWER[key] === POWER["="] && (reader.sees("ANY") || reader.sees("SOME") || reader.sees("ALL"))) {
    throw notSupported("quantified comparison");
  }
  return { kind: "binary", operator, left, right: parseExpression(reader, POWER[key]) };
}

function parseNegated(reader: TokenReader, left: Expression): Expression | undefined {
  const mark = reader.mark();
  reader.take();
  const predicate = parsePredicate(reader, left);
  if (!predicate) reader.rewind(mark);
  return predicate && not(predicate);
}

function parsePredicate(reader: TokenReader, operand: Expression): Expression | undefined {
  if (reader.accepts("LIKE")) return parseLike(reader, operand);
  if (reader.accepts("REGEXP") || reader.accepts("RLIKE")) {
    return { kind: "regexp", operand, pattern: parseExpression(reader, OPERAND_POWER - 1) };
  }
  if (reader.accepts("IN")) return { kind: "in", operand, list: parseInList(reader) };
  if (!reader.accepts("BETWEEN")) return undefined;
  const low = parseExpression(reader, OPERAND_POWER - 1);
  reader.expect("AND");
  return { kind: "between", operand, low, high: parseExpression(reader, OPERAND_POWER - 1) };
}

function parseLike(reader: TokenReader, operand: Expression): Expression {
  const pattern = parseExpression(reader, OPERAND_POWER - 1);
  const escape = reader.accepts("ESCAPE") ? parsePrimary(reader) : undefined;
  return { kind: "like", operand, pattern, escape };
}

function parseInList(reader: TokenReader): readonly Expression[] | Query {
  if (beginsQuery(reader)) return parseParenthesizedQuery(reader);
  return parseList(reader);
}

function parseIs(reader: TokenReader, operand: Expression): Expression {
  const negated = reader.accepts("NOT");
  const key = reader.take().key;
  const what = key === "UNKNOWN" ? "NULL" : key;
  if (what !== "NULL" && what !== "TRUE" && what !== "FALSE") throw reader.error();
  const test: Expression = { kind: "is", operand, what };
  return negated ? not(test) : test;
}

function nameOrString(reader: TokenReader): string {
  return reader.peek().kind === "string" ? reader.take().text : reader.expectName();
}

function parsePrimary(reader: TokenReader): Expression {
  const token = reader.peek();
  switch (token.kind) {
    case "string":
    case "integer":
    case "decimal":
    case "float":
      return parseLiteral(reader);
    case "bytes":
      return { kind: "bytes", hex: reader.take().text };
    case "variable":
      if (reader.peek(1).key === ":=") throw notSupported("assignment in an expression");
      return { kind: "variable", name: reader.take().text };
    case "setting":
      return { kind: "setting", name: reader.take().text };
    case "symbol":
      return parseParenthesis(reader);
    case "word":
      return parseWord(reader);
    case "identifier":
      return parseColumn(reader);
    case "hint":
    case "end":
      throw reader.error();
    default:
      return token.kind satisfies never;
  }
}

function parseParenthesis(reader: TokenReader): Expression {
  if (!reader.sees("(")) throw reader.error();
  if (beginsQuery(reader)) return { kind: "subquery", query: parseParenthesizedQuery(reader) };
  const items = parseList(reader);
  const [only] = items;
  return items.length === 1 && only ? only : { kind: "row", items };
}

grammar.expression = parseExpression;
