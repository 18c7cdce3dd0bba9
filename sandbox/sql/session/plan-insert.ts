import { type Reply, SqlError } from "../../engine.ts";
import type { Insert } from "../ast.ts";
import { quotedTable, rowIdName } from "../catalog/names.ts";
import { type TableDefinition, uniqueKeys } from "../catalog/table-definition.ts";
import { tableToChange } from "../compile/change.ts";
import type { Compilation, SqliteValue } from "../compile/compilation.ts";
import { compileInsert, type InsertSql, type RowSql } from "../compile/insert.ts";
import { autoIncrement } from "./auto-increment.ts";
import type { Core } from "./core.ts";
import { duplicateEntry, findByKey, keyOfColumns, keyValues, type StoredRow } from "./duplicate-key.ts";
import type { Plan } from "./plan.ts";
import { doubledColumns } from "./sqlite-error.ts";

interface InsertRun {
  readonly core: Core;
  readonly table: TableDefinition;
  readonly insert: Insert;
  readonly sql: InsertSql;
  readonly literals: readonly string[];
}

interface Count {
  readonly affected: number;
  readonly inserted: number;
  readonly duplicates: number;
}

export function planInsert(core: Core, insert: Insert, compilation: Compilation): Plan {
  const table = tableToChange(insert.table, compilation);
  const context = {
    compilation,
    table,
    slots: core.slots,
    current: core.current,
    autoIncrement: (given: SqliteValue) => autoIncrement(core, table, given),
  };
  const sql = compileInsert(insert, context);
  const looksAtRows = insert.replace || insert.onDuplicate.length > 0;
  const steps = sql.rows.length === 1 && !looksAtRows && !sql.query ? "one" : "many";
  return {
    run: (literals) => {
      core.generatedId = 0n;
      core.views.load(compilation.views);
      const run = { core, table, insert, sql, literals };
      const count = core.answering(() =>
        core.transaction.write(steps, () => (looksAtRows ? byRow(run) : insertAll(run))),
      );
      return reply(run, count);
    },
  };
}

function reply({ core, sql, insert }: InsertRun, { affected, inserted, duplicates }: Count): Reply {
  if (core.generatedId !== 0n) core.lastInsertId = core.generatedId;
  core.rowCount = BigInt(affected);
  const several = sql.rows.length > 1 || sql.query !== undefined;
  const records = sql.query ? inserted + duplicates : sql.rows.length;
  const info = several
    ? { info: `Records: ${records}  Duplicates: ${duplicates}  Warnings: ${insert.ignore ? duplicates : 0}` }
    : {};
  return { kind: "ok", affectedRows: affected, insertId: core.generatedId, ...info };
}

function insertAll(run: InsertRun): Count {
  const { core, sql, literals } = run;
  let inserted = 0;
  const { query } = sql;
  if (query) inserted = guarded(run, query, () => core.run(query.insert, literals));
  for (const row of sql.rows) inserted += guarded(run, row, () => core.run(row.insert, literals));
  const wanted = sql.query ? inserted : sql.rows.length;
  return { affected: inserted, inserted, duplicates: wanted - inserted };
}

/** Says which key was doubled, which SQLite does not: its message names columns, not values. */
function guarded(run: InsertRun, source: Pick<RowSql, "values">, insert: () => number): number {
  try {
    return insert();
  } catch (error) {
    const columns = doubledColumns(error);
    if (!columns) throw error;
    const { core, table, literals } = run;
    throw doubled(run, columns, core.rows(source.values, literals)) ?? duplicateOf(table, columns);
  }
}

const duplicateOf = (table: TableDefinition, columns: readonly string[]) =>
  new SqlError(
    1062,
    "23000",
    `Duplicate entry for key '${keyOfColumns(table, columns)?.name ?? columns.join("-")}'`,
  );

/** The first row whose key is in the table or in a row before it. */
function doubled(
  { core, table }: InsertRun,
  columns: readonly string[],
  rows: readonly StoredRow[],
): SqlError | undefined {
  const key = keyOfColumns(table, columns);
  if (!key) return undefined;
  const before = new Set<string>();
  for (const row of rows) {
    const values = keyValues(table, key, row);
    if (!values) continue;
    const tuple = values.map((value) => String(value).toLowerCase()).join("\0");
    if (before.has(tuple) || findByKey(core, table, { key, values }) !== undefined)
      return duplicateEntry(core, table, { key, values });
    before.add(tuple);
  }
  return undefined;
}

/** REPLACE and ON DUPLICATE KEY UPDATE look for each row's keys before they insert it. */
function byRow(run: InsertRun): Count {
  const { insert } = run;
  let affected = 0;
  let duplicates = 0;
  let count = 0;
  for (const row of storedRows(run)) {
    count++;
    const change = insert.replace ? replaceRow(run, row) : insertOrUpdate(run, row);
    affected += change.affected;
    duplicates += change.duplicates;
  }
  return { affected, inserted: count - duplicates, duplicates };
}

function* storedRows({ core, sql, literals }: InsertRun): Generator<StoredRow> {
  if (sql.query) yield* core.rows(sql.query.values, literals);
  for (const row of sql.rows) {
    if (row.isBound) yield row.insert.bind(literals);
    else yield* core.rows(row.values, literals);
  }
}

interface Change {
  readonly affected: number;
  readonly duplicates: number;
}

/** Each row that had to go counts beside the one that came. */
function replaceRow({ core, table, sql }: InsertRun, row: StoredRow): Change {
  let removed = 0;
  for (const key of uniqueKeys(table)) {
    const values = keyValues(table, key, row);
    const rowId = values && findByKey(core, table, { key, values });
    if (rowId === undefined) continue;
    removed += core.runValues(`DELETE FROM ${quotedTable(table)} WHERE ${rowIdName(table.columns)} = ?1`, [
      rowId,
    ]);
  }
  core.runValues(sql.insertValues, row);
  return { affected: removed + 1, duplicates: removed > 0 ? 1 : 0 };
}

/** 1 for a new row, 2 for a changed one, 0 for one that stays as it is. */
function insertOrUpdate({ core, table, sql, literals }: InsertRun, row: StoredRow): Change {
  for (const key of uniqueKeys(table)) {
    const values = keyValues(table, key, row);
    const rowId = values && findByKey(core, table, { key, values });
    if (rowId === undefined || !sql.update) continue;
    core.current.rowId = rowId;
    core.current.inserted = row;
    return { affected: core.run(sql.update, literals) * 2, duplicates: 1 };
  }
  core.runValues(sql.insertValues, row);
  return { affected: 1, duplicates: 0 };
}
