import { type Reply, SqlError } from "../../engine.ts";
import type { Delete, FromItem, Update } from "../ast.ts";
import type { TableDefinition } from "../catalog/table-definition.ts";
import {
  compileDelete,
  compileJoinedDelete,
  compileJoinedUpdate,
  compileUpdate,
  type JoinedUpdate,
  type UpdateSql,
} from "../compile/change.ts";
import type { Compilation, Compiled, SqliteValue } from "../compile/compilation.ts";
import type { Core } from "./core.ts";
import { duplicateEntry, findByKey, keyOfColumns } from "./duplicate-key.ts";
import type { Plan } from "./plan.ts";
import { doubledColumns } from "./sqlite-error.ts";

const asOneTable = (from: FromItem, targets: number) =>
  from.kind === "table" && targets === 0 ? from : undefined;

interface Counts {
  readonly matched: number;
  readonly changed: number;
}

export function planUpdate(core: Core, update: Update, compilation: Compilation): Plan {
  const context = { compilation, slots: core.slots };
  const table = asOneTable(update.from, 0);
  const run = table
    ? oneTable(core, compileUpdate(update, table, context))
    : severalTables(core, compileJoinedUpdate(update, context));
  return {
    run: (literals) => {
      core.views.load(compilation.views);
      const counts = core.answering(() => core.transaction.write("many", () => run(literals)));
      return updated(core, counts);
    },
  };
}

function updated(core: Core, { matched, changed }: Counts): Reply {
  core.rowCount = BigInt(changed);
  return {
    kind: "ok",
    affectedRows: changed,
    matchedRows: matched,
    info: `Rows matched: ${matched}  Changed: ${changed}  Warnings: 0`,
  };
}

type Run = (literals: readonly string[]) => Counts;

function oneTable(core: Core, sql: UpdateSql): Run {
  return (literals) => {
    const matched = Number(core.rows(sql.count, literals)[0]?.[0] ?? 0);
    if (matched === 0) return { matched, changed: 0 };
    const changed = guarded(core, sql, literals);
    return { matched, changed };
  };
}

function guarded(core: Core, sql: UpdateSql, literals: readonly string[]): number {
  try {
    return core.run(sql.update, literals);
  } catch (error) {
    const columns = doubledColumns(error);
    if (!columns) throw error;
    throw doubled(core, { ...sql, columns }, core.rows(sql.values, literals));
  }
}

interface Doubled {
  readonly table: TableDefinition;
  readonly assigned: readonly string[];
  readonly columns: readonly string[];
}

/** The first row whose new key belongs to another row already, or to a row that was changed before it. */
function doubled(
  core: Core,
  { table, assigned, columns }: Doubled,
  rows: readonly (readonly SqliteValue[])[],
): SqlError {
  const key = keyOfColumns(table, columns);
  const places = columns.map((name) =>
    assigned.findIndex((other) => other.toLowerCase() === name.toLowerCase()),
  );
  const known = key && places.every((place) => place >= 0);
  const before = new Set<string>();
  for (const [rowId, ...values] of known ? rows : []) {
    const own = places.map((place) => values[place] ?? null);
    const tuple = own.map((value) => String(value).toLowerCase()).join("\0");
    const other = key && findByKey(core, table, { key, values: own });
    if (key && (before.has(tuple) || (other !== undefined && other !== rowId)))
      return duplicateEntry(core, table, { key, values: own });
    before.add(tuple);
  }
  return new SqlError(1062, "23000", `Duplicate entry for key '${key?.name ?? columns.join("-")}'`);
}

function severalTables(core: Core, sql: JoinedUpdate): Run {
  return (literals) => {
    const rows = core.rows(sql.values, literals);
    let changed = 0;
    for (const row of rows) changed += core.runValues(sql.update, row);
    return { matched: rows.length, changed };
  };
}

export function planDelete(core: Core, statement: Delete, compilation: Compilation): Plan {
  const table = asOneTable(statement.from, statement.targets.length);
  if (table)
    return deletion(core, compilation, {
      steps: "one",
      run: simple(core, compileDelete(statement, table, compilation)),
    });
  const tables = compileJoinedDelete(statement, compilation);
  const run = (literals: readonly string[]) => {
    // All rows are found before the first is deleted.
    const found = tables.map((each) => ({ ...each, rows: core.rows(each.rowIds, literals) }));
    let deleted = 0;
    for (const { remove, rows } of found) for (const row of rows) deleted += core.runValues(remove, row);
    return deleted;
  };
  return deletion(core, compilation, { steps: "many", run });
}

const simple = (core: Core, compiled: Compiled) => (literals: readonly string[]) =>
  core.run(compiled, literals);

interface Deletion {
  readonly steps: "one" | "many";
  readonly run: (literals: readonly string[]) => number;
}

function deletion(core: Core, compilation: Compilation, { steps, run }: Deletion): Plan {
  return {
    run: (literals) => {
      core.views.load(compilation.views);
      const deleted = core.answering(() => core.transaction.write(steps, () => run(literals)));
      core.rowCount = BigInt(deleted);
      return { kind: "ok", affectedRows: deleted };
    },
  };
}
