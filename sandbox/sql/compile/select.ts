import { SqlError } from "../../engine.ts";
import type { Expression, Limit, OrderItem, Select, SelectItem } from "../ast.ts";
import { unknownColumn } from "../errors.ts";
import type { Compilation } from "./compilation.ts";
import { compileFrom, type FromSql } from "./from.ts";
import { aggregates } from "./function-call.ts";
import { limitSql, positionOf } from "./limit.ts";
import { emptyScope, type Scope, type SourceColumn } from "./scope.ts";
import { type OutputColumn, type QuerySql, translation } from "./translation.ts";
import { asCondition, groupKey, sortKey, type Typed } from "./typed.ts";

export interface Tail {
  readonly orderBy: readonly OrderItem[];
  readonly limit: Limit | undefined;
}

interface Item {
  readonly name: string;
  readonly value: Typed;
  readonly expression: Expression | undefined;
  readonly aliased: boolean;
}

export function compileSelect(select: Select, tail: Tail, parent: Scope): QuerySql {
  const { compilation } = parent;
  const from = select.from ? compileFrom(select.from, emptyScope(compilation, parent)) : undefined;
  const scope: Scope = {
    ...emptyScope(compilation, parent),
    sources: from?.sources ?? [],
    windows: new Map(select.windows.map(({ name, window }) => [name.toLowerCase(), window])),
  };
  const items = select.items.flatMap((item) => expand(item, from, scope));
  const parts = [
    `SELECT ${select.distinct ? "DISTINCT " : ""}${items.map((item, i) => itemSql(item, i, select)).join(", ")}`,
    from?.sql ? `FROM ${from.sql}` : "",
    whereSql(select, items, scope),
    groupSql(select, items, scope),
    orderSql(tail.orderBy, items, scope),
    limitSql(tail.limit, scope).trim(),
  ];
  return { sql: parts.filter((part) => part !== "").join(" "), columns: items.map(outputColumn) };
}

function outputColumn({ name, value }: Item): OutputColumn {
  return { name, type: value.type, origin: value.origin };
}

function itemSql({ value }: Item, index: number, { distinct }: Select): string {
  return `${distinct ? groupKey(value) : value.sql} AS c${index}`;
}

function expand(item: SelectItem, from: FromSql | undefined, scope: Scope): Item[] {
  if (item.kind === "star")
    return starColumns(item.table, from, scope).map(({ name, value }) => ({
      name,
      value,
      expression: undefined,
      aliased: false,
    }));
  const value = translation.expression(item.expression, scope);
  // A column that is named by its text is another plan when a literal in that text is another.
  if (!item.aliased && item.expression.kind !== "column") scope.compilation.pinRange(item.ordinals);
  return [{ name: item.name, value, expression: item.expression, aliased: item.aliased }];
}

function starColumns(
  path: readonly string[],
  from: FromSql | undefined,
  scope: Scope,
): readonly SourceColumn[] {
  if (!from || from.sources.length === 0) throw new SqlError(1096, "HY000", "No tables used");
  const [table, database] = path.toReversed().map((part) => part.toLowerCase());
  if (table === undefined) return from.star;
  const source = scope.sources.find(
    ({ alias, database: own }) =>
      alias.toLowerCase() === table && (database === undefined || own?.toLowerCase() === database),
  );
  if (!source) throw new SqlError(1051, "42S02", `Unknown table '${path.join(".")}'`);
  return source.columns;
}

const aliasesOf = (items: readonly Item[]) => {
  const aliases = new Map<string, Typed>();
  for (const { name, value } of items)
    if (!aliases.has(name.toLowerCase())) aliases.set(name.toLowerCase(), value);
  return aliases;
};

/** HAVING without groups and aggregates filters rows like WHERE, and SQLite wants it there. */
function whereSql(select: Select, items: readonly Item[], scope: Scope): string {
  const conditions: string[] = [];
  if (select.where) {
    if (aggregates(select.where)) throw new SqlError(1111, "HY000", "Invalid use of group function");
    conditions.push(
      asCondition(
        translation.expression(select.where, { ...scope, clause: "where clause" }),
        scope.compilation,
      ),
    );
  }
  if (select.having && !isGrouped(select)) conditions.push(havingSql(select.having, items, scope));
  return conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
}

const isGrouped = (select: Select) =>
  select.groupBy.length > 0 ||
  (select.having !== undefined && aggregates(select.having)) ||
  select.items.some((item) => item.kind === "expression" && aggregates(item.expression));

function havingSql(having: Expression, items: readonly Item[], scope: Scope): string {
  const seeing: Scope = { ...scope, clause: "having clause", aliases: aliasesOf(items), aliasesFirst: true };
  return asCondition(translation.expression(having, seeing), scope.compilation);
}

function groupSql(select: Select, items: readonly Item[], scope: Scope): string {
  if (!isGrouped(select)) return "";
  const seeing: Scope = { ...scope, clause: "group statement", aliases: aliasesOf(items) };
  const keys = select.groupBy.map((expression) =>
    groupKey(itemAt(expression, items, seeing) ?? translation.expression(expression, seeing)),
  );
  const group = keys.length > 0 ? `GROUP BY ${keys.join(", ")}` : "";
  const having = select.having ? `HAVING ${havingSql(select.having, items, scope)}` : "";
  return `${group} ${having}`.trim();
}

function itemAt(
  expression: Expression,
  items: readonly Item[],
  { compilation, clause }: { readonly compilation: Compilation; readonly clause: string },
): Typed | undefined {
  const position = positionOf(expression, compilation);
  if (position === undefined) return undefined;
  const item = items[position - 1];
  if (!item) throw unknownColumn(String(position), clause);
  return item.value;
}

function orderSql(orderBy: readonly OrderItem[], items: readonly Item[], scope: Scope): string {
  if (orderBy.length === 0) return "";
  const seeing: Scope = { ...scope, clause: "order clause", aliases: aliasesOf(items), aliasesFirst: true };
  const keys = orderBy.map(({ expression, descending }) => {
    const value = itemAt(expression, items, seeing) ?? translation.expression(expression, seeing);
    return `${sortKey(value)}${descending ? " DESC" : ""}`;
  });
  return `ORDER BY ${keys.join(", ")}`;
}
