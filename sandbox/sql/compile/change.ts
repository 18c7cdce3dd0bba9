import { SqlError } from "../../engine.ts";
import type { Assignment, Delete, FromItem, TableName, Update } from "../ast.ts";
import { quotedTable, quoteName, rowIdName } from "../catalog/names.ts";
import { columnNamed, type TableDefinition } from "../catalog/table-definition.ts";
import { noDatabase, noSuchTable, notSupported, unknownColumn } from "../errors.ts";
import type { Compilation, Compiled } from "./compilation.ts";
import { compileDefault, now } from "./default.ts";
import { compileFrom, SYSTEM_SCHEMAS, tableSource } from "./from.ts";
import { orderSql } from "./function-call.ts";
import { limitSql } from "./limit.ts";
import { currentDatabase, emptyScope, type Scope, type Source } from "./scope.ts";
import { type StoreSlots, storeExpression } from "./store-expression.ts";
import { translation } from "./translation.ts";
import { asCondition, type Typed } from "./typed.ts";

/** The table that a statement changes. Throws 1146, 1049 and, for system views, 1235. */
export function tableToChange(name: TableName, compilation: Compilation): TableDefinition {
  const database = name.database ?? compilation.around.database;
  if (database === undefined) throw noDatabase();
  if (SYSTEM_SCHEMAS.has(database.toLowerCase())) throw systemTable(database, name.table);
  const found = compilation.around.catalog.find(database, name.table);
  if (!found) throw noSuchTable(database, name.table);
  if (found.kind === "view") throw notSupported("changing rows through a view");
  return found;
}

/** As OceanBase answers a user who would write into its own tables. */
export const systemTable = (database: string, table: string) =>
  new SqlError(1142, "42000", `update command denied to user for table '${database}.${table}'`);

export interface UpdateSql {
  readonly table: TableDefinition;
  /** How many rows the WHERE clause finds. */
  readonly count: Compiled;
  /** Changes those of them that would become different. */
  readonly update: Compiled;
  /** Row ids and new values of the assigned columns, to say which key was doubled. */
  readonly values: Compiled;
  readonly assigned: readonly string[];
}

export interface ChangeContext {
  readonly compilation: Compilation;
  readonly slots: StoreSlots;
}

/** UPDATE of one table. */
export function compileUpdate(
  statement: Update,
  from: Extract<FromItem, { kind: "table" }>,
  context: ChangeContext,
): UpdateSql {
  const { compilation } = context;
  const table = tableToChange(from.name, compilation);
  const [fromSql, source] = tableSource(table, from.alias ?? from.name.table, compilation);
  const scope: Scope = { ...emptyScope(compilation), sources: [source] };
  const where = whichRows(statement, { fromSql, table, scope });
  const sets = compileAssignments(statement.assignments, { table, scope }, context);
  const alias = aliasOf(fromSql);
  const changed = [...sets]
    .map(([name, sql]) => `${alias}.${quoteName(name)} IS NOT ${sql} COLLATE BINARY`)
    .join(" OR ");
  const assigned = [...sets.keys()];
  const values = `SELECT ${[`${alias}.${rowIdName(table.columns)}`, ...sets.values()].join(", ")} FROM ${fromSql} WHERE ${where}`;
  const verb = statement.ignore ? "UPDATE OR IGNORE" : "UPDATE";
  const list = [...withOnUpdate(sets, table, context)]
    .map(([name, sql]) => `${quoteName(name)} = ${sql}`)
    .join(", ");
  return {
    table,
    assigned,
    count: compilation.finish(`SELECT count(*) FROM ${fromSql} WHERE ${where}`),
    update: compilation.finish(`${verb} ${fromSql} SET ${list} WHERE ${where} AND (${changed})`),
    values: compilation.finish(values),
  };
}

const aliasOf = (fromSql: string) => fromSql.split(" AS ").at(-1) ?? "";

/** A column on the right that was assigned before has its new value already, as in MySQL. */
function compileAssignments(
  assignments: readonly Assignment[],
  { table, scope }: { readonly table: TableDefinition; readonly scope: Scope },
  { compilation, slots }: ChangeContext,
): Map<string, string> {
  const sets = new Map<string, string>();
  let seeing = scope;
  for (const { column: path, value } of assignments) {
    const column = columnNamed(table, path.at(-1) ?? "");
    if (!column) throw unknownColumn(path.join("."), "field list");
    const compiled: Typed =
      value.kind === "default" ? compileDefault(column, compilation) : translation.expression(value, seeing);
    const sql = storeExpression(compiled, { column, row: 1, slots }, compilation);
    sets.set(column.name, sql);
    seeing = { ...seeing, sources: seeing.sources.map((source) => replaced(source, column.name, sql)) };
  }
  return sets;
}

function replaced(source: Source, name: string, sql: string): Source {
  const columns = source.columns.map((column) => {
    if (column.name !== name) return column;
    const old = column.value.sql;
    // A TIMESTAMP is read through my_shift_zone(…): only the stored value inside of it is another.
    const stored = /^my_shift_zone\((.*), (-?\d+)\)$/.exec(old);
    return {
      ...column,
      value: { ...column.value, sql: stored ? `my_shift_zone(${sql}, ${stored[2]})` : sql },
    };
  });
  return { ...source, columns };
}

function withOnUpdate(
  sets: ReadonlyMap<string, string>,
  table: TableDefinition,
  { compilation, slots }: ChangeContext,
): Map<string, string> {
  const all = new Map(sets);
  for (const column of table.columns) {
    if (column.onUpdate === undefined || all.has(column.name)) continue;
    all.set(
      column.name,
      storeExpression(now(column.onUpdate, compilation), { column, row: 1, slots }, compilation),
    );
  }
  return all;
}

interface Where {
  readonly fromSql: string;
  readonly table: TableDefinition;
  readonly scope: Scope;
}

type Which = Pick<Update, "where" | "orderBy" | "limit">;

/** The condition for SQLite. ORDER BY and LIMIT choose row ids in a query of their own. */
function whichRows({ where, orderBy, limit }: Which, { fromSql, table, scope }: Where): string {
  const { compilation } = scope;
  const condition = where
    ? asCondition(translation.expression(where, { ...scope, clause: "where clause" }), compilation)
    : "true";
  if (!limit) return condition;
  const rowId = `${aliasOf(fromSql)}.${rowIdName(table.columns)}`;
  const order =
    orderBy.length > 0 ? ` ORDER BY ${orderSql(orderBy, { ...scope, clause: "order clause" })}` : "";
  return `${rowId} IN (SELECT ${rowId} FROM ${fromSql} WHERE ${condition}${order}${limitSql(limit, scope)})`;
}

/** DELETE of one table. */
export function compileDelete(
  statement: Delete,
  from: Extract<FromItem, { kind: "table" }>,
  compilation: Compilation,
): Compiled {
  const table = tableToChange(from.name, compilation);
  const [fromSql, source] = tableSource(table, from.alias ?? from.name.table, compilation);
  const scope: Scope = { ...emptyScope(compilation), sources: [source] };
  return compilation.finish(
    `DELETE FROM ${fromSql} WHERE ${whichRows(statement, { fromSql, table, scope })}`,
  );
}

/** One table of a DELETE over several: which of its rows the join finds, and how to delete one. */
export interface JoinedDelete {
  readonly rowIds: Compiled;
  readonly remove: string;
}

export function compileJoinedDelete(statement: Delete, compilation: Compilation): JoinedDelete[] {
  const scope = emptyScope(compilation);
  const from = compileFrom(statement.from, scope);
  const inside: Scope = { ...scope, sources: from.sources, clause: "where clause" };
  const where = statement.where
    ? ` WHERE ${asCondition(translation.expression(statement.where, inside), compilation)}`
    : "";
  return statement.targets.map((target) => {
    const { table, alias } = joinedTable(target, from.sources, inside);
    const rowId = rowIdName(table.columns);
    return {
      rowIds: compilation.finish(`SELECT DISTINCT ${alias}.${rowId} FROM ${from.sql}${where}`),
      remove: `DELETE FROM ${quotedTable(table)} WHERE ${rowId} = ?1`,
    };
  });
}

function joinedTable(
  target: TableName,
  sources: readonly Source[],
  scope: Scope,
): { readonly table: TableDefinition; readonly alias: string } {
  const source = sources.find(
    ({ alias, database }) =>
      alias.toLowerCase() === target.table.toLowerCase() &&
      (target.database === undefined || database?.toLowerCase() === target.database.toLowerCase()),
  );
  const origin = source?.columns[0]?.value.origin;
  if (!source || !origin)
    throw new SqlError(1109, "42S02", `Unknown table '${target.table}' in MULTI DELETE`);
  const alias = /^(?:my_shift_zone\()?(t\d+)\./.exec(source.columns[0]?.value.sql ?? "")?.[1];
  const database = source.database ?? currentDatabase(scope);
  const table =
    alias === undefined
      ? undefined
      : scope.compilation.around.catalog.find(database ?? "", source.table ?? "");
  if (!table || table.kind === "view" || alias === undefined)
    throw notSupported("DELETE from this kind of table");
  return { table, alias };
}

export interface JoinedUpdate {
  readonly table: TableDefinition;
  readonly assigned: readonly string[];
  /** Row id and new values, one row for each row found. */
  readonly values: Compiled;
  /** Takes the row id and the new values; changes the row only where it becomes different. */
  readonly update: string;
}

/** UPDATE over several tables that changes one of them. */
export function compileJoinedUpdate(statement: Update, context: ChangeContext): JoinedUpdate {
  const { compilation } = context;
  if (statement.assignments.length === 0 || statement.limit)
    throw notSupported("UPDATE over several tables with LIMIT");
  const from = compileFrom(statement.from, emptyScope(compilation));
  const scope: Scope = { ...emptyScope(compilation), sources: from.sources };
  const targets = new Set(statement.assignments.map(({ column }) => targetOf(column, from.sources).alias));
  const [alias = ""] = targets;
  if (targets.size > 1) throw notSupported("UPDATE that changes several tables");
  const { table, alias: sqlAlias } = joinedTable({ database: undefined, table: alias }, from.sources, scope);
  const own: Scope = { ...scope, clause: "where clause" };
  const sets = compileAssignments(statement.assignments, { table, scope }, context);
  const where = statement.where
    ? ` WHERE ${asCondition(translation.expression(statement.where, own), compilation)}`
    : "";
  const rowId = rowIdName(table.columns);
  const names = [...sets.keys()];
  const list = names.map((name, i) => `${quoteName(name)} = ?${i + 2}`);
  const changed = names.map((name, i) => `${quoteName(name)} IS NOT ?${i + 2} COLLATE BINARY`);
  if (table.columns.some((column) => column.onUpdate !== undefined))
    throw notSupported("UPDATE over several tables with ON UPDATE");
  return {
    table,
    assigned: names,
    values: compilation.finish(
      `SELECT ${[`${sqlAlias}.${rowId}`, ...sets.values()].join(", ")} FROM ${from.sql}${where} GROUP BY 1`,
    ),
    update: `UPDATE ${quotedTable(table)} SET ${list.join(", ")} WHERE ${rowId} = ?1 AND (${changed.join(" OR ")})`,
  };
}

function targetOf(path: readonly string[], sources: readonly Source[]): Source {
  const [name = "", table] = path.toReversed().map((part) => part.toLowerCase());
  const found = sources.filter(
    (source) =>
      (table === undefined || source.alias.toLowerCase() === table) &&
      source.columns.some((column) => column.name.toLowerCase() === name),
  );
  const [only] = found;
  if (!only) throw unknownColumn(path.join("."), "field list");
  if (found.length > 1)
    throw new SqlError(1052, "23000", `Column '${path.join(".")}' in field list is ambiguous`);
  return only;
}
