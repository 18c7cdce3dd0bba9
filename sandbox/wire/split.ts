import { isLineComment } from "../sql/lex.ts";

const SPECIAL = /['"`#;?]|--|\/\*/g;
const QUOTE_END: Record<string, RegExp> = { "'": /['\\]/g, '"': /["\\]/g, "`": /`/g };

/**
 * Walks over a text and reports every `;` and `?` that stands outside of strings, names and comments. An unterminated
 * string or comment reaches to the end: the statement's own lexer answers 1064 for it.
 */
function walk(sql: string, onMark: (char: string, at: number) => void): void {
  let at = indexOf(SPECIAL, sql, 0);
  while (at < sql.length) {
    const char = sql.charAt(at);
    let next = at + 1;
    if (char in QUOTE_END) next = quotedEnd(sql, at);
    else if (char === ";" || char === "?") onMark(char, at);
    else if (isLineComment(sql, at)) next = endOf(sql, "\n", at);
    else if (char === "/" && sql[at + 2] !== "!") next = endOf(sql, "*/", at + 2);
    at = indexOf(SPECIAL, sql, next);
  }
}

function indexOf(pattern: RegExp, sql: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(sql)?.index ?? sql.length;
}

function quotedEnd(sql: string, from: number): number {
  const end = QUOTE_END[sql.charAt(from)] ?? SPECIAL;
  let at = indexOf(end, sql, from + 1);
  while (sql[at] === "\\") at = indexOf(end, sql, at + 2);
  return at + 1;
}

function endOf(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from);
  return found < 0 ? sql.length : found + mark.length;
}

/** The statements of a text, without the semicolons and without empty ones. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  const add = (end: number) => {
    const statement = sql.slice(start, end).trim();
    if (statement !== "") statements.push(statement);
    start = end + 1;
  };
  if (sql.includes(";")) walk(sql, (char, at) => char === ";" && add(at));
  add(sql.length);
  return statements;
}

/** Where the parameter marks of a statement stand. */
export function parameterPlaces(sql: string): number[] {
  const places: number[] = [];
  if (sql.includes("?")) walk(sql, (char, at) => char === "?" && places.push(at));
  return places;
}
