import { SqlError } from "../../engine.ts";
import type { Assignment, Expression, Insert } from "../ast.ts";
import { quotedTable, quoteName, rowIdName } from "../catalog/names.ts";
import { rowIdColumn } from "../catalog/storage.ts";
import { type ColumnDefinition, columnNamed, type TableDefinition } from "../catalog/table-definition.ts";
import { cannotBeNull, unknownColumn } from "../errors.ts";
import * as types from "../sql-type.ts";
import { toStored } from "../values/store.ts";
import type { Compilation, Compiled, SqliteValue } from "./compilation.ts";
import { compileDefault, now } from "./default.ts";
import { storedColumn, tableSource } from "./from.ts";
import { compileQuery } from "./query.ts";
import { emptyScope, type Scope } from "./scope.ts";
import { type StoreSlots, storeExpression } from "./store-expression.ts";
import { translation } from "./translation.ts";
import { nullOf, type Typed, typed } from "./typed.ts";

export interface InsertContext {
  readonly compilation: Compilation;
  readonly table: TableDefinition;
  readonly slots: StoreSlots;
  /** The row that ON DUPLICATE KEY UPDATE looks at, while it does. */
  readonly current: CurrentRow;
  /** The value for an AUTO_INCREMENT column: what was given, or the next one for NULL and 0. */
  autoIncrement(given: SqliteValue): SqliteValue;
}

export interface CurrentRow {
  rowId: SqliteValue;
  inserted: readonly SqliteValue[];
}

/** One row to insert. */
export interface RowSql {
  readonly insert: Compiled;
  /** The same values as a SELECT, for statements that must know them. */
  readonly values: Compiled;
  /** All values are parameters: binding them gives the row. */
  readonly isBound: boolean;
}

export interface InsertSql {
  readonly rows: readonly RowSql[];
  /** INSERT … SELECT: the rows to store, and the statement that stores them all at once. */
  readonly query?: { readonly insert: Compiled; readonly values: Compiled };
  /** Inserts one row of stored values, in the table's column order. */
  readonly insertValues: string;
  /** ON DUPLICATE KEY UPDATE of the current row. */
  readonly update?: Compiled;
}

export function compileInsert(insert: Insert, context: InsertContext): InsertSql {
  const { compilation, table } = context;
  const columns = targetColumns(insert, table);
  const verb = insert.ignore ? "INSERT OR IGNORE" : "INSERT";
  const names = table.columns.map(({ name }) => quoteName(name)).join(", ");
  const into = `${verb} INTO ${quotedTable(table)} (${names})`;
  const marks = table.columns.map((_, i) => `?${i + 1}`).join(", ");
  const insertValues = `${into} VALUES (${marks})`;
  const update =
    insert.onDuplicate.length > 0 ? { update: compileOnDuplicate(insert.onDuplicate, context) } : {};
  if ("kind" in insert.source) {
    const values = querySql(insert, { ...context, columns });
    const query = { insert: compilation.finish(`${into} ${values}`), values: compilation.finish(values) };
    return { rows: [], query, insertValues, ...update };
  }
  const rows = insert.source.map((row, i) =>
    compileRow({ row, number: i + 1, into, columns, insert }, context),
  );
  return { rows, insertValues, ...update };
}

/** The columns that the statement gives values for; all of them when it names none. */
function targetColumns({ columns }: Insert, table: TableDefinition): readonly ColumnDefinition[] {
  if (!columns || columns.length === 0) return table.columns;
  const seen = new Set<string>();
  return columns.map((name) => {
    const column = columnNamed(table, name);
    if (!column) throw unknownColumn(name, "field list");
    if (seen.has(name.toLowerCase())) throw new SqlError(1110, "42000", `Column '${name}' specified twice`);
    seen.add(name.toLowerCase());
    return column;
  });
}

const wrongCount = (row: number) =>
  new SqlError(1136, "21S01", `Column count doesn't match value count at row ${row}`);

interface Row {
  readonly row: readonly Expression[];
  readonly number: number;
  readonly into: string;
  readonly columns: readonly ColumnDefinition[];
  readonly insert: Insert;
}

function compileRow({ row, number, into, columns, insert }: Row, context: InsertContext): RowSql {
  const { compilation, table } = context;
  const allDefaults = row.length === 0 && (insert.columns ?? []).length === 0;
  if (!allDefaults && row.length !== columns.length) throw wrongCount(number);
  const given = new Map<ColumnDefinition, Expression>();
  if (!allDefaults)
    for (const [i, column] of columns.entries()) given.set(column, row[i] ?? { kind: "null" });
  const cells = table.columns.map((column) => {
    const expression = given.get(column);
    const value = expression
      ? givenValue(expression, { column, given }, context)
      : compileDefault(column, compilation);
    return cellSql(value, { column, row: number, ignore: insert.ignore }, context);
  });
  const list = cells.join(", ");
  return {
    insert: compilation.finish(`${into} VALUES (${list})`),
    values: compilation.finish(`SELECT ${list}`),
    isBound: cells.every((cell) => /^\uf8ff\d+\uf8ff$/.test(cell)),
  };
}

interface Given {
  readonly column: ColumnDefinition;
  readonly given: ReadonlyMap<ColumnDefinition, Expression>;
}

/** An expression may name columns that were given before it: INSERT INTO t (a, b) VALUES (1, a + 1). */
function givenValue(expression: Expression, { column, given }: Given, context: InsertContext): Typed {
  const { compilation, table } = context;
  const scope: Scope = {
    ...emptyScope(compilation),
    defaults: (name) => {
      const wanted = name === undefined ? column : columnNamed(table, name);
      return wanted && compileDefault(wanted, compilation);
    },
    sources: [
      {
        alias: table.name,
        database: table.database,
        hidden: new Set(),
        columns: earlierColumns({ column, given }, context),
      },
    ],
  };
  return translation.expression(expression, scope);
}

function earlierColumns({ column, given }: Given, context: InsertContext): { name: string; value: Typed }[] {
  const names: { name: string; value: Typed }[] = [];
  for (const [other, expression] of given) {
    if (other === column) break;
    const isPlain = expression.kind === "literal" || expression.kind === "null";
    if (isPlain)
      names.push({
        name: other.name,
        value: translation.expression(expression, emptyScope(context.compilation)),
      });
  }
  return names;
}

interface Cell {
  readonly column: ColumnDefinition;
  readonly row: number;
  readonly ignore: boolean;
}

function cellSql(value: Typed, { column, row, ignore }: Cell, context: InsertContext): string {
  const { compilation, slots } = context;
  if (column.autoIncrement) return autoIncrementSql(value, { column, row, slots }, context);
  const stored = storeExpression(value, { column, row, slots }, compilation);
  if (column.nullable) return stored;
  if (ignore) return `coalesce(${stored}, ${implicitDefault(column)})`;
  return column === rowIdColumn(context.table) ? rowIdSql(stored, { value, column, compilation }) : stored;
}

interface RequiredCell {
  readonly value: Typed;
  readonly column: ColumnDefinition;
  readonly compilation: Compilation;
}

/** SQLite makes up a row id for a NULL, whatever the column was declared. */
function rowIdSql(stored: string, { value, column, compilation }: RequiredCell): string {
  if (value.literal || value.compute) return stored;
  if (value.type.kind === "null") throw cannotBeNull(column.name);
  return `my_required(${stored}, ${compilation.constant(column.name)})`;
}

function autoIncrementSql(
  value: Typed,
  target: Parameters<typeof storeExpression>[1],
  context: InsertContext,
): string {
  const { compilation } = context;
  if (value.type.kind === "null") return compilation.computed(() => context.autoIncrement(null));
  const stored = storeExpression(value, target, compilation);
  if (!value.literal) return autoIncrementCall(stored, context);
  const { literal } = value;
  const { column, row } = target;
  const { zoneMinutes } = compilation.around;
  return compilation.literal(literal, (text) =>
    context.autoIncrement(toStored(text, { column, row, zoneMinutes })),
  );
}

/** What INSERT IGNORE puts in place of a NULL that the column does not take. */
function implicitDefault({ type }: ColumnDefinition): string {
  const { kind } = types.columnType(type);
  if (kind === "int" || kind === "double" || kind === "time") return "0";
  if (kind === "date") return "'0000-00-00'";
  if (kind === "datetime") return "'0000-00-00 00:00:00.000000'";
  if (kind === "decimal") return "'0'";
  return kind === "bytes" ? "x''" : "''";
}

function querySql(
  insert: Insert,
  context: InsertContext & { readonly columns: readonly ColumnDefinition[] },
): string {
  const { compilation, table, columns, slots } = context;
  if (!("kind" in insert.source)) return "";
  const query = compileQuery(insert.source, emptyScope(compilation));
  if (query.columns.length !== columns.length) throw wrongCount(1);
  const cells = table.columns.map((column) => {
    const at = columns.indexOf(column);
    const type = query.columns[at]?.type;
    const value = type ? typed(`c${at}`, type) : compileDefault(column, compilation);
    if (!column.autoIncrement) return cellSql(value, { column, row: 1, ignore: insert.ignore }, context);
    const given = storeExpression(type ? value : nullOf(), { column, row: 1, slots }, compilation);
    return autoIncrementCall(given, context);
  });
  // WHERE true keeps an ON CONFLICT of SQLite's grammar away, and the subquery keeps rows in their order.
  return `SELECT ${cells.join(", ")} FROM (${query.sql}) WHERE true`;
}

/** Changes the current row; VALUES(column) is what would have been inserted. */
function compileOnDuplicate(assignments: readonly Assignment[], context: InsertContext): Compiled {
  const { compilation, table, slots } = context;
  const [from, source] = tableSource(table, table.name, compilation);
  const alias = from.split(" AS ").at(-1) ?? "";
  const inserted = (name: string): Typed | undefined => {
    const at = table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
    const column = table.columns[at];
    return (
      column &&
      storedColumn(
        compilation.computed(() => context.current.inserted[at] ?? null),
        column,
        compilation,
      )
    );
  };
  const scope: Scope = { ...emptyScope(compilation), sources: [source], insertedValues: inserted };
  const sets = new Map<string, string>();
  for (const { column: path, value } of assignments) {
    const column = columnNamed(table, path.at(-1) ?? "");
    if (!column) throw unknownColumn(path.join("."), "field list");
    const compiled =
      value.kind === "default" ? compileDefault(column, compilation) : translation.expression(value, scope);
    sets.set(column.name, storeExpression(compiled, { column, row: 1, slots }, compilation));
  }
  const changed = [...sets]
    .map(([name, sql]) => `${alias}.${quoteName(name)} IS NOT ${sql} COLLATE BINARY`)
    .join(" OR ");
  for (const column of table.columns) {
    if (column.onUpdate !== undefined && !sets.has(column.name))
      sets.set(
        column.name,
        storeExpression(now(column.onUpdate, compilation), { column, row: 1, slots }, compilation),
      );
  }
  const list = [...sets].map(([name, sql]) => `${quoteName(name)} = ${sql}`).join(", ");
  const rowId = compilation.computed(() => context.current.rowId);
  return compilation.finish(
    `UPDATE ${from} SET ${list} WHERE ${alias}.${rowIdName(table.columns)} = ${rowId} AND (${changed})`,
  );
}

function autoIncrementCall(given: string, { compilation, table }: InsertContext): string {
  return `my_auto_increment(${given}, ${compilation.constant(table.database)}, ${compilation.constant(table.name)})`;
}
