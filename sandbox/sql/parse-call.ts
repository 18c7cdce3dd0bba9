import type { Call, Expression, OrderItem, Window } from "./ast.ts";
import { notSupported } from "./errors.ts";
import { grammar } from "./grammar.ts";
import {
  isReserved,
  parseInterval,
  parseList,
  parseLiteral,
  parseParenthesizedQuery,
  parseUnit,
} from "./parse-atom.ts";
import { parseCastType } from "./parse-type.ts";
import type { TokenReader } from "./token-reader.ts";

export function parseWord(reader: TokenReader): Expression {
  const { key } = reader.peek();
  const special = SPECIAL_WORD[key];
  if (special) {
    const parsed = special(reader);
    if (parsed) return parsed;
  }
  if (key.startsWith("_") && reader.peek(1).kind === "string") throw notSupported(`character set ${key}`);
  if (reader.peek(1).key === "(") return parseCall(reader);
  const bare = BARE_CALL[key];
  if (bare && reader.peek(1).key !== ".") {
    reader.take();
    return simpleCall(bare, []);
  }
  if (isReserved(reader.peek())) throw reader.error();
  return parseColumn(reader);
}

export function parseColumn(reader: TokenReader): Expression {
  const path = [reader.expectName()];
  while (path.length < 3 && reader.sees(".")) {
    reader.take();
    path.push(reader.expectName());
  }
  return parseArrow(reader, { kind: "column", path });
}

/** `column->'$.a'` and `column->>'$.a'` */
function parseArrow(reader: TokenReader, column: Expression): Expression {
  if (reader.accepts("->")) return simpleCall("JSON_EXTRACT", [column, parseLiteral(reader)]);
  if (!reader.accepts("->>")) return column;
  return simpleCall("JSON_UNQUOTE", [simpleCall("JSON_EXTRACT", [column, parseLiteral(reader)])]);
}

/** Functions that may be called without parentheses. */
const BARE_CALL: Record<string, string> = {
  CURRENT_TIMESTAMP: "NOW",
  LOCALTIME: "NOW",
  LOCALTIMESTAMP: "NOW",
  CURRENT_DATE: "CURDATE",
  CURRENT_TIME: "CURTIME",
  CURRENT_USER: "CURRENT_USER",
  UTC_TIMESTAMP: "UTC_TIMESTAMP",
  UTC_DATE: "UTC_DATE",
};

export function simpleCall(name: string, args: readonly Expression[]): Call {
  const nothing = {
    star: false,
    distinct: false,
    orderBy: [],
    separator: undefined,
    over: undefined,
    unit: undefined,
  };
  return { kind: "call", name, args, ...nothing };
}

/** Binding powers as in parse-expression.ts. */
const COMPARISON_POWER = 6;
const SUM_POWER = 10;
const UNARY_POWER = 13;

type WordParser = (reader: TokenReader) => Expression | undefined;

const SPECIAL_WORD: Record<string, WordParser> = {
  NULL: (reader) => (reader.take(), { kind: "null" }),
  TRUE: (reader) => (reader.take(), { kind: "boolean", value: true }),
  FALSE: (reader) => (reader.take(), { kind: "boolean", value: false }),
  CASE: parseCase,
  EXISTS: (reader) => (reader.take(), { kind: "exists", query: parseParenthesizedQuery(reader) }),
  CAST: (reader) => parseCast(reader, "AS"),
  CONVERT: (reader) => parseConvert(reader),
  EXTRACT: parseExtract,
  INTERVAL: parseLeadingInterval,
  BINARY: (reader) => {
    reader.take();
    return { kind: "collate", operand: grammar.expression(reader, UNARY_POWER), collation: "binary" };
  },
  DEFAULT: parseDefault,
  VALUES: (reader) => {
    if (reader.peek(1).key !== "(") return undefined;
    reader.take();
    reader.expect("(");
    const column = reader.expectName();
    reader.expect(")");
    return { kind: "values", column };
  },
  DATE: (reader) => parseTypedText(reader, "date"),
  TIME: (reader) => parseTypedText(reader, "time"),
  TIMESTAMP: (reader) => parseTypedText(reader, "datetime"),
  MATCH: (reader) => refuseBefore(reader, "("),
  ROW: (reader) =>
    reader.peek(1).key === "(" ? (reader.take(), { kind: "row", items: parseList(reader) }) : undefined,
  _UTF8MB4: parseIntroducer,
  _UTF8: parseIntroducer,
  _BINARY: parseIntroducer,
  N: parseIntroducer,
};

/** `_utf8mb4'text'`: the text itself, since every text is utf8mb4; `_binary'text'` its bytes. */
function parseIntroducer(reader: TokenReader): Expression | undefined {
  const next = reader.peek(1);
  if (next.kind !== "string" && next.kind !== "bytes") return undefined;
  const binary = reader.take().key === "_BINARY";
  const operand = grammar.expression(reader, UNARY_POWER);
  return binary ? { kind: "cast", operand, to: { name: "varbinary" } } : operand;
}

/** `TIME '10:00:00'`, `MATCH (a) AGAINST ('b')`: refused where the word is not simply a name. */
function refuseBefore(reader: TokenReader, next: "string" | "("): undefined {
  const { kind, key } = reader.peek(1);
  if (kind === next || key === next) throw notSupported(`${reader.peek().key} in this place`);
  return undefined;
}

/** DATE '2026-01-01', TIME '12:00:00.5': the digits behind the point belong to the type. */
function parseTypedText(reader: TokenReader, name: "date" | "datetime" | "time"): Expression | undefined {
  if (reader.peek(1).kind !== "string") return undefined;
  reader.take();
  const { text } = reader.take();
  const scale = Math.min(6, /\.(\d*)/.exec(text)?.[1]?.length ?? 0);
  const operand: Expression = { kind: "literal", form: "string", text, ordinal: -1 };
  return { kind: "cast", operand, to: name === "date" ? { name } : { name, scale } };
}

function parseCase(reader: TokenReader): Expression {
  reader.take();
  const operand = reader.sees("WHEN") ? undefined : grammar.expression(reader);
  const branches: { when: Expression; result: Expression }[] = [];
  while (reader.accepts("WHEN")) {
    const when = grammar.expression(reader);
    reader.expect("THEN");
    branches.push({ when, result: grammar.expression(reader) });
  }
  const otherwise = reader.accepts("ELSE") ? grammar.expression(reader) : undefined;
  reader.expect("END");
  return { kind: "case", operand, branches, otherwise };
}

function parseCast(reader: TokenReader, separator: "AS" | ","): Expression {
  reader.take();
  reader.expect("(");
  const operand = grammar.expression(reader);
  reader.expect(separator);
  const to = parseCastType(reader);
  reader.expect(")");
  return { kind: "cast", operand, to };
}

/** CONVERT(x, type), or CONVERT(x USING charset), which changes nothing among utf8mb4 texts. */
function parseConvert(reader: TokenReader): Expression {
  const mark = reader.mark();
  reader.take();
  reader.expect("(");
  const operand = grammar.expression(reader);
  if (!reader.accepts("USING")) {
    reader.rewind(mark);
    return parseCast(reader, ",");
  }
  const charset = reader.expectName().toLowerCase();
  reader.expect(")");
  return { kind: "cast", operand, to: charset === "binary" ? { name: "varbinary" } : { name: "varchar" } };
}

function parseExtract(reader: TokenReader): Expression | undefined {
  if (reader.peek(1).key !== "(") return undefined;
  reader.take();
  reader.expect("(");
  const unit = parseUnit(reader);
  reader.expect("FROM");
  const operand = grammar.expression(reader);
  reader.expect(")");
  return { kind: "extract", unit, operand };
}

function parseLeadingInterval(reader: TokenReader): Expression | undefined {
  if (reader.peek(1).key === "(") throw notSupported("INTERVAL in this place");
  reader.take();
  const amount = grammar.expression(reader);
  const unit = parseUnit(reader);
  reader.expect("+");
  return { kind: "dateAdd", operand: grammar.expression(reader, SUM_POWER), amount, unit, sign: 1 };
}

function parseDefault(reader: TokenReader): Expression {
  reader.take();
  if (!reader.accepts("(")) return { kind: "default", column: undefined };
  const column = reader.expectName();
  reader.expect(")");
  return { kind: "default", column };
}

const UNIT_FIRST = new Set(["TIMESTAMPDIFF", "TIMESTAMPADD"]);
const DATE_SHIFT: Record<string, 1 | -1> = { DATE_ADD: 1, ADDDATE: 1, DATE_SUB: -1, SUBDATE: -1 };

function parseCall(reader: TokenReader): Expression {
  const name = reader.take().key;
  reader.expect("(");
  const sign = DATE_SHIFT[name];
  if (sign !== undefined) return parseDateShift(reader, sign);
  if (name === "TRIM") return parseTrim(reader);
  if (name === "POSITION") return parsePosition(reader);
  const unit = UNIT_FIRST.has(name) ? parseUnit(reader) : undefined;
  if (unit) reader.expect(",");
  const distinct = reader.accepts("DISTINCT") || (reader.accepts("ALL"), false);
  const star = reader.accepts("*");
  const args = star || reader.sees(")") ? [] : parseArguments(reader);
  const orderBy = reader.accepts("ORDER", "BY") ? parseOrderItems(reader) : [];
  const separator = reader.accepts("SEPARATOR") ? reader.expectString() : undefined;
  reader.expect(")");
  const over = reader.accepts("OVER") ? parseOver(reader) : undefined;
  return { kind: "call", name, args, star, distinct, orderBy, separator, over, unit };
}

/** SUBSTRING(a FROM 2 FOR 3) is SUBSTRING(a, 2, 3); CHAR(65 USING utf8mb4) is CHAR(65). */
function parseArguments(reader: TokenReader): Expression[] {
  const args = [grammar.expression(reader)];
  while (reader.accepts(",") || reader.accepts("FROM") || reader.accepts("FOR"))
    args.push(grammar.expression(reader));
  if (reader.accepts("USING")) reader.expectName();
  return args;
}

function parseDateShift(reader: TokenReader, sign: 1 | -1): Expression {
  const operand = grammar.expression(reader);
  reader.expect(",");
  const interval = parseInterval(reader, operand, sign);
  const shifted = interval ?? {
    kind: "dateAdd",
    operand,
    amount: grammar.expression(reader),
    unit: "DAY",
    sign,
  };
  reader.expect(")");
  return shifted;
}

function parseTrim(reader: TokenReader): Expression {
  const side = ["BOTH", "LEADING", "TRAILING"].find((word) => reader.accepts(word)) ?? "BOTH";
  let characters = reader.sees("FROM") ? undefined : grammar.expression(reader);
  const from = reader.accepts("FROM") ? grammar.expression(reader) : undefined;
  const operand = from ?? characters;
  if (!from) characters = undefined;
  reader.expect(")");
  if (!operand) throw reader.error();
  return simpleCall(`TRIM_${side}`, characters ? [operand, characters] : [operand]);
}

function parsePosition(reader: TokenReader): Expression {
  const needle = grammar.expression(reader, COMPARISON_POWER);
  reader.expect("IN");
  const text = grammar.expression(reader);
  reader.expect(")");
  return simpleCall("LOCATE", [needle, text]);
}

export function parseOrderItems(reader: TokenReader): OrderItem[] {
  const items: OrderItem[] = [];
  do {
    const expression = grammar.expression(reader);
    const descending = reader.accepts("DESC") || (reader.accepts("ASC"), false);
    items.push({ expression, descending });
  } while (reader.accepts(","));
  return items;
}

function parseOver(reader: TokenReader): Window | string {
  return reader.sees("(") ? parseWindow(reader) : reader.expectName();
}

export function parseWindow(reader: TokenReader): Window {
  reader.expect("(");
  const named =
    reader.peek().kind === "identifier" ||
    (reader.peek().kind === "word" && !WINDOW_WORD.has(reader.peek().key));
  const base = named ? reader.expectName() : undefined;
  const partitionBy: Expression[] = [];
  if (reader.accepts("PARTITION", "BY")) {
    do partitionBy.push(grammar.expression(reader));
    while (reader.accepts(","));
  }
  const orderBy = reader.accepts("ORDER", "BY") ? parseOrderItems(reader) : [];
  const frame: string[] = [];
  while (!reader.sees(")")) frame.push(parseFrameWord(reader));
  reader.expect(")");
  return { base, partitionBy, orderBy, frame: frame.join(" ") };
}

const WINDOW_WORD = new Set(["PARTITION", "ORDER", "ROWS", "RANGE"]);
const FRAME_WORD = new Set([
  "ROWS",
  "RANGE",
  "BETWEEN",
  "AND",
  "UNBOUNDED",
  "PRECEDING",
  "FOLLOWING",
  "CURRENT",
  "ROW",
]);

function parseFrameWord(reader: TokenReader): string {
  const { key, kind } = reader.peek();
  if (!FRAME_WORD.has(key) && kind !== "integer") throw reader.error();
  return reader.take().text;
}
