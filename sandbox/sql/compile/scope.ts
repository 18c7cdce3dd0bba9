import type { Window } from "../ast.ts";
import { ambiguousColumn, unknownColumn } from "../errors.ts";
import type { SqlType } from "../sql-type.ts";
import type { Compilation } from "./compilation.ts";
import type { Typed } from "./typed.ts";

/** A common table expression: what it is called in SQLite and what its columns c0, c1, … are. */
export interface CteSource {
  readonly alias: string;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
}

export interface SourceColumn {
  readonly name: string;
  readonly value: Typed;
}

/** A table, view or derived table of a FROM clause. */
export interface Source {
  readonly alias: string;
  readonly database: string | undefined;
  /** The stored table's own name; absent for all that is no stored table. */
  readonly table?: string;
  readonly columns: readonly SourceColumn[];
  /** Names that a USING or NATURAL join shows from the other side only. */
  readonly hidden: ReadonlySet<string>;
}

/** The names an expression can see. */
export interface Scope {
  readonly compilation: Compilation;
  readonly sources: readonly Source[];
  readonly parent: Scope | undefined;
  /** For the error message: field list, where clause, on clause, group statement, having clause, order clause. */
  readonly clause: string;
  /** Where names without a database are looked up; absent: the parent's, at last the session's current one. */
  readonly database?: string | undefined;
  readonly ctes?: ReadonlyMap<string, CteSource>;
  /** Names of select items, where they may be used (HAVING, ORDER BY, GROUP BY). */
  readonly aliases?: ReadonlyMap<string, Typed>;
  /** Aliases win over columns in ORDER BY, columns over aliases elsewhere. */
  readonly aliasesFirst?: boolean;
  readonly windows?: ReadonlyMap<string, Window>;
  /** VALUES(column) of ON DUPLICATE KEY UPDATE. */
  readonly insertedValues?: (column: string) => Typed | undefined;
  /** DEFAULT and DEFAULT(column). */
  readonly defaults?: (column: string | undefined) => Typed | undefined;
}

/** A scope without sources, inside of `parent` or at the top. */
export const emptyScope = (compilation: Compilation, parent?: Scope): Scope => ({
  compilation,
  sources: [],
  parent,
  clause: "field list",
});

export function currentDatabase(scope: Scope): string | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent)
    if (at.database !== undefined) return at.database;
  return scope.compilation.around.database;
}

export function findCte(scope: Scope, name: string): CteSource | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const found = at.ctes?.get(name.toLowerCase());
    if (found) return found;
  }
  return undefined;
}

function columnsNamed(scope: Scope, path: readonly string[]): Typed[] {
  const [name = "", table, database] = path.toReversed().map((part) => part.toLowerCase());
  const found: Typed[] = [];
  for (const source of scope.sources) {
    if (table !== undefined && source.alias.toLowerCase() !== table) continue;
    if (database !== undefined && source.database?.toLowerCase() !== database) continue;
    if (table === undefined && source.hidden.has(name)) continue;
    for (const column of source.columns) if (column.name.toLowerCase() === name) found.push(column.value);
  }
  return found;
}

/** Looks a column up, first here, then in the queries around. Throws 1054 and 1052. */
export function resolveColumn(scope: Scope, path: readonly string[]): Typed {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const alias = path.length === 1 ? at.aliases?.get((path[0] ?? "").toLowerCase()) : undefined;
    if (alias && at.aliasesFirst) return alias;
    const found = columnsNamed(at, path);
    if (found.length > 1) throw ambiguousColumn(path.join("."), scope.clause);
    const value = found[0] ?? alias;
    if (value) return value;
  }
  throw unknownColumn(path.join("."), scope.clause);
}
