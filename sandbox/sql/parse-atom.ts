import type { Expression, Literal, Query, Unit } from "./ast.ts";
import { notSupported } from "./errors.ts";
import { grammar } from "./grammar.ts";
import type { Token } from "./lex.ts";
import type { TokenReader } from "./token-reader.ts";

const UNITS: readonly Unit[] = [
  "MICROSECOND",
  "SECOND",
  "MINUTE",
  "HOUR",
  "DAY",
  "WEEK",
  "MONTH",
  "QUARTER",
  "YEAR",
];

/** Words that begin a clause and so cannot be a column without quotes. */
const RESERVED = new Set(
  (
    "SELECT FROM WHERE GROUP HAVING ORDER LIMIT UNION INTERSECT EXCEPT JOIN INNER LEFT RIGHT CROSS NATURAL ON USING AS AND OR " +
    "XOR NOT IN IS LIKE BETWEEN REGEXP RLIKE DIV WHEN THEN ELSE SET INTO FOR LOCK PROCEDURE ASC DESC INSERT UPDATE " +
    "MINUS DELETE CREATE DROP ALTER TABLE INDEX STRAIGHT_JOIN WINDOW PARTITION DISTINCT COLLATE"
  ).split(" "),
);

export const isReserved = (token: Token) => token.kind === "word" && RESERVED.has(token.key);

export function parseUnit(reader: TokenReader): Unit {
  const key = reader.peek().key.replace(/^SQL_TSI_/, "");
  const unit = UNITS.find((name) => name === key);
  if (unit) return reader.take(), unit;
  throw reader.peek().key.includes("_") ? notSupported(`INTERVAL unit ${key}`) : reader.error();
}

export function parseList(reader: TokenReader): Expression[] {
  const items: Expression[] = [];
  reader.expect("(");
  do items.push(grammar.expression(reader));
  while (reader.accepts(","));
  reader.expect(")");
  return items;
}

/** Strings side by side are one string. */
export function parseLiteral(reader: TokenReader): Literal {
  const ordinal = reader.literalOrdinal();
  const token = reader.peek();
  const { kind, text: first } = token;
  if (kind !== "string" && kind !== "integer" && kind !== "decimal" && kind !== "float") throw reader.error();
  const isJoined = kind === "string" && reader.peek(1).kind === "string";
  if (!isJoined) {
    reader.takeLiteral();
    return { kind: "literal", form: kind, text: first, ordinal };
  }
  let text = "";
  while (reader.peek().kind === "string") text += reader.take().text;
  return { kind: "literal", form: kind, text, ordinal: -1 };
}

export function beginsQuery(reader: TokenReader): boolean {
  let ahead = 0;
  while (reader.peek(ahead).key === "(") ahead++;
  const { key } = reader.peek(ahead);
  return ahead > 0 && (key === "SELECT" || key === "WITH");
}

export function parseParenthesizedQuery(reader: TokenReader): Query {
  reader.expect("(");
  const query = grammar.query(reader);
  reader.expect(")");
  return query;
}

/** `a + INTERVAL 1 DAY`; `INTERVAL 1 DAY + a` begins in parsePrimary. */
export function parseInterval(
  reader: TokenReader,
  operand: Expression,
  sign: 1 | -1,
): Expression | undefined {
  if (!reader.accepts("INTERVAL")) return undefined;
  const amount = grammar.expression(reader);
  return { kind: "dateAdd", operand, amount, unit: parseUnit(reader), sign };
}
