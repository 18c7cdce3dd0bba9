import type { Expression, Query } from "../ast.ts";
import type { SqlType } from "../sql-type.ts";
import type { Scope } from "./scope.ts";
import type { Origin, Typed } from "./typed.ts";

export interface OutputColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly origin: Origin | undefined;
}

/** A query in SQLite's SQL. Its columns are called c0, c1, … */
export interface QuerySql {
  readonly sql: string;
  readonly columns: readonly OutputColumn[];
}

/** Expressions contain queries and queries expressions: both enter themselves here when they are loaded (see grammar.ts). */
export interface Translation {
  expression(expression: Expression, scope: Scope): Typed;
  /** A query inside of an expression or FROM clause, which may see the columns around it. */
  query(query: Query, parent: Scope): QuerySql;
}

const notLoaded = (): never => {
  throw new Error("compile/query.ts has not been loaded");
};

export const translation: Translation = { expression: notLoaded, query: notLoaded };
