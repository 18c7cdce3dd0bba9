import { syntaxError } from "./errors.ts";

/**
 * `word` is a bare identifier or keyword, `identifier` a backquoted one. `decimal` has a point, `float` an exponent.
 * `bytes` is x'4f' or 0x4f, `variable` @name, `setting` @@name or @@session.name.
 */
export type TokenKind =
  | "word"
  | "identifier"
  | "string"
  | "integer"
  | "decimal"
  | "float"
  | "bytes"
  | "variable"
  | "setting"
  | "hint"
  | "symbol"
  | "end";

export interface Token {
  readonly kind: TokenKind;
  /** The meaning: unescaped text of a string, name without quotes or @, hex digits of `bytes`, symbol as written. */
  readonly text: string;
  /** `text` in capitals for a word, `text` of a symbol, otherwise empty: what a parser compares keywords with. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s/;
const WORD = /[\w$\u0080-\uffff]+/y;
const NUMBER = /0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
const VARIABLE = /@(@?)([\w$.\u0080-\uffff]+|`[^`]*`|'[^']*')/y;
const SYMBOL = /<=>|->>|->|<=|>=|<>|!=|:=|\|\||&&|<<|>>|[-+*/%(),.;=<>!?&|^~:{}]/y;
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", Z: "\x1a", "0": "\0" };

/** Cuts one statement into tokens; the last one is always of kind `end`. Throws 1064. */
export function lex(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  const versioned = { open: false };
  let at = skipBlanks({ sql, from: 0, versioned });
  while (at < sql.length) {
    const found = next(sql, at);
    tokens.push(found);
    at = skipBlanks({ sql, from: found.end, versioned });
  }
  tokens.push(end(sql));
  return tokens;
}

const end = (sql: string): Token => ({ kind: "end", text: "", key: "", start: sql.length, end: sql.length });

interface Place {
  readonly sql: string;
  readonly from: number;
  readonly versioned: { open: boolean };
}

/** Skips blanks and comments. The inside of a versioned comment is part of the statement, as MySQL wants it. */
function skipBlanks({ sql, from, versioned }: Place): number {
  let at = from;
  while (at < sql.length) {
    const two = sql.slice(at, at + 2);
    if (SPACE.test(sql.charAt(at))) at++;
    else if (isLineComment(sql, at)) at = lineEnd(sql, at);
    else if (two === "/*" && sql[at + 2] === "!") {
      at = versionEnd(sql, at + 3);
      versioned.open = true;
    } else if (two === "/*" && sql[at + 2] !== "+") at = commentEnd(sql, at);
    else if (two === "*/" && versioned.open) {
      at += 2;
      versioned.open = false;
    } else break;
  }
  return at;
}

/** `/*!40101`: the number says since which MySQL version the inside counts; all of them are older than OceanBase. */
const versionEnd = (sql: string, at: number) =>
  at + (/^\d{0,6}/.exec(sql.slice(at, at + 6))?.[0].length ?? 0);

/** `-- ` needs a blank behind it: `1--1` is a subtraction. */
export const isLineComment = (sql: string, at: number) =>
  sql[at] === "#" || (sql.startsWith("--", at) && (at + 2 >= sql.length || SPACE.test(sql.charAt(at + 2))));

function lineEnd(sql: string, at: number): number {
  const newline = sql.indexOf("\n", at);
  return newline < 0 ? sql.length : newline + 1;
}

function commentEnd(sql: string, at: number): number {
  const close = sql.indexOf("*/", at + 2);
  if (close < 0) throw syntaxError(sql, at);
  return close + 2;
}

function next(sql: string, at: number): Token {
  const char = sql.charAt(at);
  if (char === "'" || char === '"') return quotedString(sql, at);
  if (char === "`") return quotedName(sql, at);
  if (char === "@") return variable(sql, at);
  if (char === "/" && sql.startsWith("/*+", at)) return hint(sql, at);
  if ((char === "x" || char === "X") && sql[at + 1] === "'") return hexString(sql, at);
  if ((char === "b" || char === "B") && sql[at + 1] === "'") return bitString(sql, at);
  if (/[\d.]/.test(char)) return numberOrWord(sql, at);
  return word(sql, at) ?? symbol(sql, at);
}

function match(pattern: RegExp, sql: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(sql);
}

function token(kind: TokenKind, text: string, span: readonly [number, number]): Token {
  const key = kind === "word" ? text.toUpperCase() : kind === "symbol" ? text : "";
  return { kind, text, key, start: span[0], end: span[1] };
}

function word(sql: string, at: number): Token | undefined {
  const found = match(WORD, sql, at);
  return found ? token("word", found[0], [at, at + found[0].length]) : undefined;
}

function symbol(sql: string, at: number): Token {
  const found = match(SYMBOL, sql, at);
  if (!found) throw syntaxError(sql, at);
  return token("symbol", found[0], [at, at + found[0].length]);
}

/** `1a` is an identifier in MySQL, and `t.1`, too; `.5` is a number, `.` alone a symbol. */
function numberOrWord(sql: string, at: number): Token {
  const found = match(NUMBER, sql, at);
  if (!found) return symbol(sql, at);
  const text = found[0];
  const stop = at + text.length;
  if (/^0x/i.test(text)) return token("bytes", text.slice(2), [at, stop]);
  const name = /[\w$]/.test(sql.charAt(stop)) && /^\d+$/.test(text) ? word(sql, at) : undefined;
  if (name) return name;
  const kind = /e/i.test(text) ? "float" : text.includes(".") ? "decimal" : "integer";
  return token(kind, text, [at, stop]);
}

function quotedString(sql: string, at: number): Token {
  const quote = sql.charAt(at);
  let text = "";
  let from = at + 1;
  for (let i = from; i < sql.length; i++) {
    const char = sql[i];
    if (char === "\\") {
      text += sql.slice(from, i) + escaped(sql.charAt(i + 1));
      from = ++i + 1;
    } else if (char === quote) {
      text += sql.slice(from, i);
      if (sql[i + 1] !== quote) return token("string", text, [at, i + 1]);
      text += quote;
      from = ++i + 1;
    }
  }
  throw syntaxError(sql, at + 1);
}

/** `\%` and `\_` keep their backslash, so that LIKE sees it. */
function escaped(char: string): string {
  if (char === "%" || char === "_") return `\\${char}`;
  return ESCAPES[char] ?? char;
}

function quotedName(sql: string, at: number): Token {
  let i = at + 1;
  while (i < sql.length) {
    if (sql[i] === "`" && sql[i + 1] === "`") i += 2;
    else if (sql[i] === "`") break;
    else i++;
  }
  if (i >= sql.length) throw syntaxError(sql, at);
  return token("identifier", sql.slice(at + 1, i).replaceAll("``", "`"), [at, i + 1]);
}

function variable(sql: string, at: number): Token {
  const found = match(VARIABLE, sql, at);
  if (!found) throw syntaxError(sql, at);
  const name = (found[2] ?? "").replace(/^[`']|[`']$/g, "");
  return token(found[1] ? "setting" : "variable", name, [at, at + found[0].length]);
}

function hint(sql: string, at: number): Token {
  const stop = commentEnd(sql, at);
  return token("hint", sql.slice(at + 3, stop - 2).trim(), [at, stop]);
}

function bitString(sql: string, at: number): Token {
  const found = match(/b'([01]*)'/iy, sql, at);
  if (!found) throw syntaxError(sql, at);
  const bits = found[1] ?? "";
  const bytes = bits.padStart(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  const digits = bytes.map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, "0"));
  return token("bytes", digits.join(""), [at, at + found[0].length]);
}

function hexString(sql: string, at: number): Token {
  const found = match(/x'([0-9a-f]*)'/iy, sql, at);
  if (!found || (found[1] ?? "").length % 2) throw syntaxError(sql, at);
  return token("bytes", found[1] ?? "", [at, at + found[0].length]);
}
