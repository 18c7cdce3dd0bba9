import type { SqlError } from "../engine.ts";
import { syntaxError } from "./errors.ts";
import { lex, type Token } from "./lex.ts";

const LITERAL = new Set(["string", "integer", "decimal", "float"]);
const NOTHING: Token = { kind: "end", text: "", key: "", start: 0, end: 0 };

/** A place in a token list. Keywords are given in capitals. Every `expect…` throws 1064 near the token that stands there. */
export class TokenReader {
  readonly sql: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #fixed = false;
  readonly #fixedOrdinals: number[] = [];
  #ordinals: readonly number[] | undefined;

  constructor(sql: string, tokens: readonly Token[] = lex(sql)) {
    this.sql = sql;
    this.#tokens = tokens;
  }

  /** The text of a view: its literals are part of it. */
  static ofFixedText(sql: string): TokenReader {
    const reader = new TokenReader(sql);
    reader.#fixed = true;
    return reader;
  }

  /** The token `ahead` places further; the end token once the list is exhausted. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] ?? NOTHING;
  }

  take(): Token {
    if (LITERAL.has(this.peek().kind)) this.#fixedOrdinals.push(this.literalOrdinal());
    return this.takeLiteral();
  }

  /** Takes a literal whose value the parser does not look at: it may be another one when the plan is used again. */
  takeLiteral(): Token {
    const token = this.peek();
    if (token.kind !== "end") this.#at++;
    return token;
  }

  /** The literals that became part of the statement's meaning: the digits of a type, a separator, an alias. */
  get fixedOrdinals(): readonly number[] {
    return this.#fixedOrdinals.filter((ordinal) => ordinal >= 0);
  }

  /** Where this reader stands; give it back to `rewind` after a look ahead. */
  mark(): number {
    return this.#at;
  }

  rewind(mark: number): void {
    this.#at = mark;
  }

  /** How many literals (strings and numbers) stand before this place; -1 in a text whose literals never change. */
  literalOrdinal(): number {
    if (this.#fixed) return -1;
    this.#ordinals ??= countLiterals(this.#tokens);
    return this.#ordinals[this.#at] ?? 0;
  }

  /** The literals of the whole statement, in order. */
  literalTexts(): readonly string[] {
    return this.#tokens.filter(({ kind }) => LITERAL.has(kind)).map(({ text }) => text);
  }

  /** The last token taken; its `end` closes the text of what was parsed. */
  previous(): Token {
    return this.#tokens[Math.max(0, this.#at - 1)] ?? NOTHING;
  }

  /** True when the next tokens are exactly these keywords or symbols. */
  sees(...keys: readonly string[]): boolean {
    return keys.every((key, ahead) => this.peek(ahead).key === key);
  }

  /** Takes the keywords or symbols if all of them come next. */
  accepts(...keys: readonly string[]): boolean {
    if (!this.sees(...keys)) return false;
    this.#at += keys.length;
    return true;
  }

  /** Takes one of the keywords or symbols if it comes next. */
  acceptsAny(...keys: readonly string[]): boolean {
    return keys.some((key) => this.accepts(key));
  }

  expect(...keys: readonly string[]): void {
    for (const key of keys) if (!this.accepts(key)) throw this.error();
  }

  /** A bare word or a backquoted name. */
  expectName(): string {
    const token = this.peek();
    if (token.kind !== "word" && token.kind !== "identifier") throw this.error();
    return this.take().text;
  }

  expectString(): string {
    if (this.peek().kind !== "string") throw this.error();
    return this.take().text;
  }

  expectInteger(): bigint {
    if (this.peek().kind !== "integer") throw this.error();
    return BigInt(this.take().text);
  }

  /** Nothing but closing semicolons may be left. */
  expectEnd(): void {
    while (this.accepts(";"));
    if (this.peek().kind !== "end") throw this.error();
  }

  atEnd(): boolean {
    return this.peek().kind === "end" || this.sees(";");
  }

  /** Near the token that stands here; at the end of the text OceanBase quotes the last one. */
  error(): SqlError {
    const here = this.peek().kind === "end" && this.#at > 0 ? this.previous() : this.peek();
    return syntaxError(this.sql, here.start);
  }
}

function countLiterals(tokens: readonly Token[]): readonly number[] {
  let count = 0;
  return tokens.map((token) => (LITERAL.has(token.kind) ? count++ : count));
}
