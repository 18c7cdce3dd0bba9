import { SqlError } from "../../engine.ts";
import type { Compound, Cte, Query, Select } from "../ast.ts";
import * as types from "../sql-type.ts";
import type { Compilation } from "./compilation.ts";
import { limitSql, positionOf } from "./limit.ts";
import { type CteSource, emptyScope, type Scope } from "./scope.ts";
import { compileSelect, type Tail } from "./select.ts";
import { type OutputColumn, type QuerySql, translation } from "./translation.ts";
import { coerce, groupKey, sortKey, typed } from "./typed.ts";

/** Also loads the compiler of expressions. */
import "./expression.ts";

export function compileQuery(query: Query, parent: Scope): QuerySql {
  if (query.ctes.length === 0) return compileBody(query, parent);
  const { scope, sql } = compileCtes(query, parent);
  const body = compileBody(query, scope);
  return { ...body, sql: `${sql} ${body.sql}` };
}

/** The statement's outermost query. */
export const compileTopQuery = (query: Query, compilation: Compilation): QuerySql =>
  compileQuery(query, emptyScope(compilation));

function compileCtes(query: Query, parent: Scope): { readonly scope: Scope; readonly sql: string } {
  const ctes = new Map<string, CteSource>();
  const scope: Scope = { ...emptyScope(parent.compilation, parent), ctes };
  const parts: string[] = [];
  for (const cte of query.ctes) {
    const alias = parent.compilation.nextAlias();
    if (query.recursive) ctes.set(cte.name.toLowerCase(), { alias, columns: recursiveColumns(cte, scope) });
    const { sql, columns } = compileQuery(cte.query, scope);
    ctes.set(cte.name.toLowerCase(), { alias, columns: renamed(cte, columns) });
    parts.push(`${alias}(${columns.map((_, i) => `c${i}`).join(", ")}) AS (${sql})`);
  }
  return { scope, sql: `WITH ${query.recursive ? "RECURSIVE " : ""}${parts.join(", ")}` };
}

function renamed(cte: Cte, columns: readonly OutputColumn[]): CteSource["columns"] {
  if (cte.columns.length > 0 && cte.columns.length !== columns.length) {
    throw new SqlError(1353, "HY000", "View's SELECT and view's field list have different column counts");
  }
  return columns.map(({ name, type }, i) => ({ name: cte.columns[i] ?? name, type }));
}

/** The part that does not refer to the expression itself says what its columns are, as in MySQL. */
function recursiveColumns(cte: Cte, scope: Scope): CteSource["columns"] {
  const { body } = cte.query;
  const seed = body.kind === "compound" ? body.left : body;
  const asQuery: Query =
    seed.kind === "query" ? seed : { ...cte.query, body: seed, ctes: [], orderBy: [], limit: undefined };
  return renamed(cte, compileQuery(asQuery, scope).columns);
}

function compileBody(query: Query, parent: Scope): QuerySql {
  const { body, orderBy, limit } = query;
  if (body.kind === "select") return compileSelect(body, { orderBy, limit }, parent);
  const inner = body.kind === "query" ? compileQuery(body, parent) : compileCompound(body, parent);
  if (orderBy.length === 0 && !limit) return inner;
  return ordered(inner, { orderBy, limit }, parent);
}

/** ORDER BY and LIMIT of a UNION see its columns only. */
function ordered(inner: QuerySql, { orderBy, limit }: Tail, parent: Scope): QuerySql {
  const { compilation } = parent;
  const columns = inner.columns.map(({ name, type }, i) => ({ name, value: typed(`c${i}`, type) }));
  const scope: Scope = {
    ...emptyScope(compilation, parent),
    sources: [{ alias: "", database: undefined, columns, hidden: new Set() }],
    clause: "order clause",
  };
  const keys = orderBy.map(({ expression, descending }) => {
    const position = positionOf(expression, compilation);
    const value =
      position === undefined ? translation.expression(expression, scope) : columns[position - 1]?.value;
    if (!value) throw new SqlError(1054, "42S22", `Unknown column '${position}' in 'order clause'`);
    return `${sortKey(value)}${descending ? " DESC" : ""}`;
  });
  const names = inner.columns.map((_, i) => `c${i}`).join(", ");
  const order = keys.length > 0 ? ` ORDER BY ${keys.join(", ")}` : "";
  return { ...inner, sql: `SELECT ${names} FROM (${inner.sql})${order}${limitSql(limit, parent)}` };
}

function compileCompound({ operator, left, right }: Compound, parent: Scope): QuerySql {
  const { compilation } = parent;
  const [a, b] = [compilePart(left, parent), compilePart(right, parent)];
  if (a.columns.length !== b.columns.length) {
    throw new SqlError(1222, "21000", "The used SELECT statements have a different number of columns");
  }
  const columns = a.columns.map(({ name, type }, i) => ({
    name,
    type: types.unify(type, b.columns[i]?.type ?? type),
    origin: undefined,
  }));
  const distinct = operator !== "UNION ALL";
  const sides = [a, b].map((side) => converted(side, { columns, distinct }, compilation));
  return { sql: sides.join(` ${operator} `), columns };
}

function compilePart(part: Query | Select, parent: Scope): QuerySql {
  if (part.kind === "select") return compileSelect(part, { orderBy: [], limit: undefined }, parent);
  const inner = compileQuery(part, parent);
  const isPlain = part.ctes.length === 0 && part.orderBy.length === 0 && !part.limit;
  if (isPlain && part.body.kind === "select") return inner;
  return { ...inner, sql: `SELECT * FROM (${inner.sql})` };
}

interface Wanted {
  readonly columns: readonly OutputColumn[];
  readonly distinct: boolean;
}

/** One side of a UNION under the common types. Untouched where nothing changes: a recursive query needs it so. */
function converted(side: QuerySql, { columns, distinct }: Wanted, compilation: Compilation): string {
  const values = columns.map(({ type }, i) => {
    const own = typed(`c${i}`, side.columns[i]?.type ?? type);
    const sql = coerce(own, type, compilation);
    return distinct ? groupKey(typed(sql, type)) : sql;
  });
  if (values.every((sql, i) => sql === `c${i}`)) return side.sql;
  return `SELECT ${values.map((sql, i) => `${sql} AS c${i}`).join(", ")} FROM (${side.sql})`;
}

translation.query = compileQuery;
