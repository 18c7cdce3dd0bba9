import type { Expression, Query } from "./ast.ts";
import type { TokenReader } from "./token-reader.ts";

/**
 * Expressions contain queries and queries contain expressions. The parsers of both are in files of their own and meet
 * here: each enters itself when it is loaded, and parse-statement.ts loads them all.
 */
export interface Grammar {
  /** Stops in front of operators that bind no tighter than `power`. */
  expression(reader: TokenReader, power?: number): Expression;
  query(reader: TokenReader): Query;
}

const notLoaded = (): never => {
  throw new Error("parse-statement.ts has not been loaded");
};

export const grammar: Grammar = { expression: notLoaded, query: notLoaded };
