import type {
  Compound,
  Cte,
  Expression,
  FromItem,
  Limit,
  Query,
  Select,
  SelectItem,
  TableName,
  Window,
} from "./ast.ts";
import { notSupported } from "./errors.ts";
import { grammar } from "./grammar.ts";
import { beginsQuery, isReserved } from "./parse-atom.ts";
import { parseOrderItems, parseWindow } from "./parse-call.ts";
import type { TokenReader } from "./token-reader.ts";

const SELECT_OPTIONS = [
  "SQL_NO_CACHE",
  "SQL_CACHE",
  "HIGH_PRIORITY",
  "SQL_SMALL_RESULT",
  "SQL_BIG_RESULT",
  "STRAIGHT_JOIN",
];

/** A SELECT with everything that may stand around it: WITH, UNION, ORDER BY, LIMIT, FOR UPDATE. */
export function parseQuery(reader: TokenReader): Query {
  const withClause = reader.accepts("WITH");
  const recursive = withClause && reader.accepts("RECURSIVE");
  const ctes = withClause ? parseCtes(reader) : [];
  const body = parseCompound(reader);
  const orderBy = reader.accepts("ORDER", "BY") ? parseOrderItems(reader) : [];
  const limit = parseLimit(reader);
  const locking = parseLocking(reader);
  if (reader.sees("INTO")) throw notSupported("SELECT INTO");
  return { kind: "query", ctes, recursive, body, orderBy, limit, locking };
}

function parseCtes(reader: TokenReader): Cte[] {
  const ctes: Cte[] = [];
  do {
    const name = reader.expectName();
    const columns = reader.sees("(") ? parseNames(reader) : [];
    reader.expect("AS", "(");
    ctes.push({ name, columns, query: parseQuery(reader) });
    reader.expect(")");
  } while (reader.accepts(","));
  return ctes;
}

/** `(a, b, c)` */
export function parseNames(reader: TokenReader): string[] {
  const names: string[] = [];
  reader.expect("(");
  do names.push(reader.expectName());
  while (reader.accepts(","));
  reader.expect(")");
  return names;
}

/** INTERSECT binds tighter than UNION and EXCEPT. */
function parseCompound(reader: TokenReader): Select | Compound | Query {
  let left: Select | Compound | Query = parseIntersection(reader);
  for (;;) {
    const operator = compoundOperator(reader);
    if (!operator) return left;
    left = { kind: "compound", operator, left: asPart(left), right: asPart(parseIntersection(reader)) };
  }
}

function compoundOperator(reader: TokenReader): Compound["operator"] | undefined {
  if (reader.accepts("UNION")) {
    if (reader.accepts("ALL")) return "UNION ALL";
    reader.accepts("DISTINCT");
    return "UNION";
  }
  return reader.accepts("EXCEPT") || reader.accepts("MINUS") ? "EXCEPT" : undefined;
}

function parseIntersection(reader: TokenReader): Select | Compound | Query {
  let left: Select | Compound | Query = parseTerm(reader);
  while (reader.accepts("INTERSECT")) {
    left = { kind: "compound", operator: "INTERSECT", left: asPart(left), right: asPart(parseTerm(reader)) };
  }
  return left;
}

function asPart(body: Select | Compound | Query): Query | Select {
  if (body.kind !== "compound") return body;
  return { kind: "query", ctes: [], recursive: false, body, orderBy: [], limit: undefined, locking: false };
}

function parseTerm(reader: TokenReader): Select | Query {
  if (!reader.accepts("(")) return parseSelect(reader);
  const query = parseQuery(reader);
  reader.expect(")");
  return query;
}

function parseSelect(reader: TokenReader): Select {
  reader.expect("SELECT");
  let distinct = false;
  while (reader.peek().kind === "hint") reader.take();
  for (;;) {
    if (reader.accepts("DISTINCT") || reader.accepts("DISTINCTROW")) distinct = true;
    else if (reader.sees("SQL_CALC_FOUND_ROWS")) throw notSupported("SQL_CALC_FOUND_ROWS");
    else if (!reader.accepts("ALL") && !SELECT_OPTIONS.some((word) => reader.accepts(word))) break;
  }
  const items = parseItems(reader);
  const from = reader.accepts("FROM") ? parseFrom(reader) : undefined;
  const where = reader.accepts("WHERE") ? grammar.expression(reader) : undefined;
  const groupBy = reader.accepts("GROUP", "BY") ? parseGroupBy(reader) : [];
  const having = reader.accepts("HAVING") ? grammar.expression(reader) : undefined;
  const windows = reader.accepts("WINDOW") ? parseWindows(reader) : [];
  return { kind: "select", distinct, items, from, where, groupBy, having, windows };
}

function parseItems(reader: TokenReader): SelectItem[] {
  const items: SelectItem[] = [];
  do items.push(parseItem(reader));
  while (reader.accepts(","));
  return items;
}

function parseItem(reader: TokenReader): SelectItem {
  const star = parseStar(reader);
  if (star) return star;
  const first = reader.peek();
  const from = reader.literalOrdinal();
  const expression = grammar.expression(reader);
  const ordinals = [from, reader.literalOrdinal()] as const;
  const text = reader.sql.slice(first.start, reader.previous().end);
  const alias = parseAlias(reader, { strings: true });
  return {
    kind: "expression",
    expression,
    name: alias ?? itemName(expression, text),
    aliased: alias !== undefined,
    ordinals,
  };
}

function parseStar(reader: TokenReader): SelectItem | undefined {
  if (reader.accepts("*")) return { kind: "star", table: [] };
  const isName = (ahead: number) =>
    reader.peek(ahead).kind === "word" || reader.peek(ahead).kind === "identifier";
  const table: string[] = [];
  while (isName(table.length * 2) && reader.peek(table.length * 2 + 1).key === "." && table.length < 2) {
    table.push(reader.peek(table.length * 2).text);
  }
  if (table.length === 0 || reader.peek(table.length * 2).key !== "*") return undefined;
  for (let i = 0; i <= table.length * 2; i++) reader.take();
  return { kind: "star", table };
}

/** A column is named as the column, a string by its content, all else by its text. */
function itemName(expression: Expression, text: string): string {
  if (expression.kind === "column") return expression.path.at(-1) ?? text;
  if (expression.kind === "literal" && expression.form === "string") return expression.text;
  return text;
}

function parseAlias(reader: TokenReader, { strings }: { readonly strings: boolean }): string | undefined {
  const explicit = reader.accepts("AS");
  const token = reader.peek();
  if (!explicit && (beginsIndexHint(reader) || beginsFullJoin(reader))) return undefined;
  if (strings && token.kind === "string") return reader.take().text;
  if (token.kind === "identifier" || (token.kind === "word" && (explicit || !isReserved(token))))
    return reader.take().text;
  if (explicit) throw reader.error();
  return undefined;
}

function parseGroupBy(reader: TokenReader): Expression[] {
  const items: Expression[] = [];
  do items.push(grammar.expression(reader));
  while (reader.accepts(","));
  if (reader.accepts("WITH", "ROLLUP")) throw notSupported("WITH ROLLUP");
  return items;
}

function parseWindows(reader: TokenReader): { name: string; window: Window }[] {
  const windows: { name: string; window: Window }[] = [];
  do {
    const name = reader.expectName();
    reader.expect("AS");
    windows.push({ name, window: parseWindow(reader) });
  } while (reader.accepts(","));
  return windows;
}

export function parseFrom(reader: TokenReader): FromItem {
  if (reader.accepts("DUAL")) return { kind: "dual" };
  let left = parseJoins(reader);
  while (reader.accepts(",")) {
    left = { kind: "join", type: "CROSS", left, right: parseJoins(reader), on: undefined, using: undefined };
  }
  return left;
}

function parseJoins(reader: TokenReader): FromItem {
  let left = parseFromTerm(reader);
  for (;;) {
    const natural = reader.accepts("NATURAL");
    const type = joinType(reader);
    if (!type) return left;
    const right = parseFromTerm(reader);
    const on = reader.accepts("ON") ? grammar.expression(reader) : undefined;
    const using = reader.accepts("USING") ? parseNames(reader) : natural ? "natural" : undefined;
    left = { kind: "join", type, left, right, on, using };
  }
}

function joinType(reader: TokenReader): "INNER" | "LEFT" | "RIGHT" | "CROSS" | undefined {
  if (reader.accepts("JOIN") || reader.accepts("STRAIGHT_JOIN") || reader.accepts("INNER", "JOIN"))
    return "INNER";
  if (reader.accepts("CROSS", "JOIN")) return "CROSS";
  for (const side of ["LEFT", "RIGHT"] as const) {
    if (reader.accepts(side, "JOIN") || reader.accepts(side, "OUTER", "JOIN")) return side;
  }
  if (beginsFullJoin(reader)) throw notSupported("FULL JOIN");
  return undefined;
}

const beginsFullJoin = (reader: TokenReader) => reader.sees("FULL", "JOIN") || reader.sees("FULL", "OUTER");

function parseFromTerm(reader: TokenReader): FromItem {
  if (beginsQuery(reader)) return parseDerived(reader);
  if (reader.sees("(", "VALUES")) throw notSupported("VALUES in this place");
  if (reader.accepts("(")) {
    const inner = parseFrom(reader);
    reader.expect(")");
    return inner;
  }
  if (reader.sees("LATERAL") || reader.sees("JSON_TABLE", "(")) throw notSupported(reader.peek().key);
  const name = parseTableName(reader);
  if (reader.sees("PARTITION", "(")) throw notSupported("PARTITION");
  if (reader.sees("AS", "OF")) throw notSupported("AS OF SNAPSHOT");
  const alias = parseAlias(reader, { strings: false });
  skipIndexHints(reader);
  return { kind: "table", name, alias };
}

function parseDerived(reader: TokenReader): FromItem {
  reader.expect("(");
  const query = parseQuery(reader);
  reader.expect(")");
  const alias = parseAlias(reader, { strings: false });
  if (alias === undefined) throw notSupported("derived table without alias");
  return { kind: "derived", query, alias };
}

export function parseTableName(reader: TokenReader): TableName {
  const first = reader.expectName();
  if (!reader.accepts(".")) return { database: undefined, table: first };
  return { database: first, table: reader.expectName() };
}

const beginsIndexHint = (reader: TokenReader) =>
  ["USE", "FORCE", "IGNORE"].some((word) => reader.sees(word, "INDEX") || reader.sees(word, "KEY"));

/** USE INDEX (a) and its kin say how, not what. */
function skipIndexHints(reader: TokenReader): void {
  while (beginsIndexHint(reader)) {
    reader.take();
    if (!reader.accepts("INDEX")) reader.expect("KEY");
    if (reader.accepts("FOR")) while (!reader.sees("(")) reader.take();
    reader.expect("(");
    while (!reader.accepts(")")) reader.take();
  }
}

export function parseLimit(reader: TokenReader): Limit | undefined {
  if (!reader.accepts("LIMIT")) return undefined;
  if (reader.sees("-")) throw reader.error();
  const first = grammar.expression(reader);
  if (reader.accepts(",")) return { count: grammar.expression(reader), offset: first };
  return { count: first, offset: reader.accepts("OFFSET") ? grammar.expression(reader) : undefined };
}

function parseLocking(reader: TokenReader): boolean {
  let locking = false;
  while (
    reader.accepts("FOR", "UPDATE") ||
    reader.accepts("LOCK", "IN", "SHARE", "MODE") ||
    reader.accepts("FOR", "SHARE")
  ) {
    locking = true;
    if (reader.accepts("OF")) parseTableName(reader);
    if (reader.accepts("SKIP", "LOCKED")) throw notSupported("SKIP LOCKED");
    if (reader.accepts("WAIT")) reader.expectInteger();
    reader.accepts("NOWAIT");
  }
  return locking;
}

grammar.query = parseQuery;
