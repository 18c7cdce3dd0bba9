import { type Reply, SqlError } from "../../engine.ts";
import { quotedTable, quoteName, storedIndexName, storedName } from "../catalog/names.ts";
import { createStatements } from "../catalog/storage.ts";
import { type ColumnDefinition, columnNamed, type TableDefinition } from "../catalog/table-definition.ts";
import type { Compilation, Compiled } from "../compile/compilation.ts";
import { compileDefault } from "../compile/default.ts";
import { storedColumn } from "../compile/from.ts";
import { storeExpression } from "../compile/store-expression.ts";
import { literalTyped, type Typed } from "../compile/typed.ts";
import { noSuchTable, notSupported, unknownColumn } from "../errors.ts";
import { parseTableName } from "../parse-query.ts";
import {
  finishTable,
  parseColumn,
  parseDefault,
  parseElement,
  parseKey,
  parseTableOptions,
  type TableDraft,
} from "../parse-table.ts";
import { columnType } from "../sql-type.ts";
import type { TokenReader } from "../token-reader.ts";
import { type Core, rowsOf } from "./core.ts";
import { duplicateEntry, keyOfColumns } from "./duplicate-key.ts";
import { doubledColumns } from "./sqlite-error.ts";

/** What ALTER TABLE makes of a table, and which old column each new one takes its values from. */
interface Alteration {
  readonly table: TableDefinition;
  /** New name → old name, in small letters; a column that is absent is new. */
  readonly origin: ReadonlyMap<string, string>;
}

export function runAlterTable(core: Core, table: TableDefinition, reader: TokenReader): Reply {
  if (reader.acceptsAny("DISABLE", "ENABLE")) {
    // Dumps put it around the rows: it would only say when indexes are filled.
    reader.expect("KEYS");
    reader.expectEnd();
    return { kind: "ok" };
  }
  const origin = new Map(table.columns.map(({ name }) => [name.toLowerCase(), name.toLowerCase()]));
  let alteration: Alteration = { table, origin };
  do alteration = alterOnce(alteration, core, reader);
  while (reader.accepts(","));
  reader.expectEnd();
  rebuild(core, { from: table, to: finishTable(alteration.table), origin: alteration.origin });
  return { kind: "ok" };
}

function alterOnce(alteration: Alteration, core: Core, reader: TokenReader): Alteration {
  if (reader.accepts("ADD")) return addElement(alteration, reader);
  if (reader.accepts("DROP")) return dropElement(alteration, reader);
  if (reader.accepts("MODIFY")) return changeColumn(alteration, reader, "modify");
  if (reader.accepts("CHANGE")) return changeColumn(alteration, reader, "change");
  if (reader.accepts("RENAME")) return rename(alteration, core, reader);
  if (reader.accepts("ALTER")) return alterDefault(alteration, reader);
  if (reader.sees("PARTITION") || reader.sees("CONVERT") || reader.sees("ORDER"))
    throw notSupported(`ALTER TABLE … ${reader.peek().key}`);
  const before = reader.mark();
  const options = parseTableOptions(reader);
  if (reader.mark() === before) throw reader.error();
  return { ...alteration, table: { ...alteration.table, ...options } };
}

const isNamed = (name: string) => (other: { readonly name: string }) =>
  other.name.toLowerCase() === name.toLowerCase();
const without = <T extends { readonly name: string }>(list: readonly T[], name: string) =>
  list.filter((one) => !isNamed(name)(one));

function addElement({ table, origin }: Alteration, reader: TokenReader): Alteration {
  const key = parseKey(reader);
  if (key?.kind === "primary" && table.keys.some(({ kind }) => kind === "primary"))
    throw new SqlError(1068, "42000", "Multiple primary key defined");
  if (key) return { table: { ...table, keys: [...table.keys, key] }, origin };
  reader.accepts("COLUMN");
  const draft: TableDraft = { columns: [], keys: [...table.keys] };
  if (reader.accepts("(")) {
    do parseElement(reader, draft);
    while (reader.accepts(","));
    reader.expect(")");
    return { table: { ...table, columns: [...table.columns, ...draft.columns], keys: draft.keys }, origin };
  }
  const column = parseColumn(reader, draft.keys);
  return { table: { ...table, columns: placed(table.columns, column, reader), keys: draft.keys }, origin };
}

/** FIRST, AFTER x, or at the end. */
function placed(
  columns: readonly ColumnDefinition[],
  column: ColumnDefinition,
  reader: TokenReader,
  at = columns.length,
): ColumnDefinition[] {
  let place = at;
  if (reader.accepts("FIRST")) place = 0;
  else if (reader.accepts("AFTER")) {
    const name = reader.expectName();
    place = columns.findIndex(isNamed(name)) + 1;
    if (place === 0) throw unknownColumn(name, "alter table");
  }
  return columns.toSpliced(place, 0, column);
}

export const cannotDrop = (name: string) =>
  new SqlError(1091, "42000", `Can't DROP '${name}'; check that column/key exists`);

function dropElement({ table, origin }: Alteration, reader: TokenReader): Alteration {
  if (reader.accepts("PRIMARY", "KEY")) return dropKey({ table, origin }, "PRIMARY");
  if (reader.accepts("INDEX") || reader.accepts("KEY"))
    return dropKey({ table, origin }, reader.expectName());
  if (
    reader.sees("FOREIGN") ||
    reader.sees("CONSTRAINT") ||
    reader.sees("CHECK") ||
    reader.sees("PARTITION")
  ) {
    throw notSupported(`ALTER TABLE … DROP ${reader.peek().key}`);
  }
  reader.accepts("COLUMN");
  const name = reader.expectName();
  if (!columnNamed(table, name)) throw cannotDrop(name);
  const columns = without(table.columns, name);
  if (columns.length === 0)
    throw new SqlError(
      1090,
      "42000",
      "You can't delete all columns with ALTER TABLE; use DROP TABLE instead",
    );
  const keys = table.keys
    .map((key) => ({ ...key, columns: without(key.columns, name) }))
    .filter((key) => key.columns.length > 0);
  return {
    table: { ...table, columns, keys },
    origin: new Map([...origin].filter(([own]) => own !== name.toLowerCase())),
  };
}

function dropKey({ table, origin }: Alteration, name: string): Alteration {
  if (!table.keys.some(isNamed(name))) throw cannotDrop(name);
  return { table: { ...table, keys: without(table.keys, name) }, origin };
}

/** MODIFY keeps the name, CHANGE gives the old one first. */
function changeColumn(
  { table, origin }: Alteration,
  reader: TokenReader,
  form: "modify" | "change",
): Alteration {
  reader.accepts("COLUMN");
  const oldName = form === "change" ? reader.expectName() : reader.peek().text;
  const at = table.columns.findIndex(isNamed(oldName));
  if (at < 0) throw unknownColumn(oldName, table.name);
  const draft: TableDraft = { columns: [], keys: [...table.keys] };
  const column = parseColumn(reader, draft.keys);
  const columns = placed(table.columns.toSpliced(at, 1), column, reader, at);
  return renamedColumn({ table: { ...table, columns, keys: draft.keys }, origin }, oldName, column.name);
}

/** Keys follow the column, and so do its values. */
function renamedColumn({ table, origin }: Alteration, from: string, to: string): Alteration {
  const keys = table.keys.map((key) => ({
    ...key,
    columns: key.columns.map((column) => (isNamed(from)(column) ? { ...column, name: to } : column)),
  }));
  const moved = new Map([...origin].filter(([own]) => own !== from.toLowerCase()));
  const source = origin.get(from.toLowerCase());
  if (source !== undefined) moved.set(to.toLowerCase(), source);
  return { table: { ...table, keys }, origin: moved };
}

function rename(alteration: Alteration, core: Core, reader: TokenReader): Alteration {
  const { table } = alteration;
  if (reader.accepts("COLUMN")) {
    const from = reader.expectName();
    reader.expect("TO");
    const to = reader.expectName();
    if (!columnNamed(table, from)) throw unknownColumn(from, table.name);
    const columns = table.columns.map((column) => (isNamed(from)(column) ? { ...column, name: to } : column));
    return renamedColumn({ ...alteration, table: { ...table, columns } }, from, to);
  }
  if (reader.accepts("INDEX") || reader.accepts("KEY")) {
    const from = reader.expectName();
    reader.expect("TO");
    const to = reader.expectName();
    if (!table.keys.some(isNamed(from)))
      throw new SqlError(1176, "42000", `Key '${from}' doesn't exist in table '${table.name}'`);
    return {
      ...alteration,
      table: { ...table, keys: table.keys.map((key) => (isNamed(from)(key) ? { ...key, name: to } : key)) },
    };
  }
  reader.acceptsAny("TO", "AS");
  const { database = core.database ?? table.database, table: name } = parseTableName(reader);
  if (core.catalog.find(database, name)) throw new SqlError(1050, "42S01", `Table '${name}' already exists`);
  return { ...alteration, table: { ...table, database: database.toLowerCase(), name: name.toLowerCase() } };
}

function alterDefault({ table, origin }: Alteration, reader: TokenReader): Alteration {
  if (reader.sees("INDEX")) throw notSupported("ALTER INDEX");
  reader.accepts("COLUMN");
  const name = reader.expectName();
  if (!columnNamed(table, name)) throw unknownColumn(name, table.name);
  const value = reader.accepts("SET", "DEFAULT")
    ? parseDefault(reader)
    : (reader.expect("DROP", "DEFAULT"), undefined);
  const columns = table.columns.map((column) => {
    if (!isNamed(name)(column)) return column;
    const { default: _, ...rest } = column;
    return value ? { ...rest, default: value } : rest;
  });
  return { table: { ...table, columns }, origin };
}

export interface Rebuild {
  readonly from: TableDefinition;
  readonly to: TableDefinition;
  /** As in Alteration; absent: every column keeps its name. */
  readonly origin?: ReadonlyMap<string, string>;
}

const ASIDE = 'main."catalog rebuilds this"';

/** Makes the table anew and fills it from the old one. Values that do not fit the new types fail the statement, as they do in MySQL. */
export function rebuild(core: Core, { from, to, origin }: Rebuild): void {
  if (!core.catalog.find(from.database, from.name)) throw noSuchTable(from.database, from.name);
  finishTable(to);
  const compilation = core.compilation();
  const cells = to.columns.map((column) => movedValue(column, { core, from, origin, compilation }));
  const copy = compilation.finish(`INSERT INTO ${quotedTable(to)} SELECT ${cells.join(", ")} FROM ${ASIDE}`);
  core.answering(() =>
    core.transaction.define(() => {
      core.db.exec(`ALTER TABLE ${quotedTable(from)} RENAME TO "catalog rebuilds this"`);
      for (const key of from.keys)
        core.db.exec(`DROP INDEX IF EXISTS main.${quoteName(storedIndexName(from, key.name))}`);
      for (const sql of createStatements(to)) core.db.exec(sql);
      copyRows({ core, from, to, copy });
      core.db.exec(`DROP TABLE ${ASIDE}`);
      core.catalog.remove(from.database, from.name);
      core.catalog.put(to);
    }),
  );
  moveCounter(core, from, to);
}

interface Copy {
  readonly core: Core;
  readonly from: TableDefinition;
  readonly to: TableDefinition;
  readonly copy: Compiled;
}

/** Rows that a new key tells to be the same: 1062, with the first pair that is found. */
function copyRows({ core, from, to, copy }: Copy): void {
  try {
    core.run(copy, []);
  } catch (error) {
    const columns = doubledColumns(error);
    const key = columns && keyOfColumns(to, columns);
    if (key?.kind === "primary") throw new SqlError(1062, "23000", "Duplicated primary key");
    if (!key || !columns?.every((name) => columnNamed(from, name))) throw error;
    const list = columns.map(quoteName).join(", ");
    const sql = `SELECT ${list} FROM ${ASIDE} GROUP BY ${list} HAVING count(*) > 1 LIMIT 1`;
    throw duplicateEntry(core, to, { key, values: rowsOf(core.prepare(sql), [])[0] ?? [] });
  }
}

function moveCounter(core: Core, from: TableDefinition, to: TableDefinition): void {
  const counter = core.catalog.autoIncrement.get(storedName(from.database, from.name));
  core.catalog.autoIncrement.delete(storedName(from.database, from.name));
  const wanted =
    to.autoIncrement !== undefined && to.autoIncrement !== from.autoIncrement
      ? BigInt(to.autoIncrement) - 1n
      : undefined;
  const next = wanted ?? counter;
  if (next !== undefined) core.catalog.autoIncrement.set(storedName(to.database, to.name), next);
}

interface Move {
  readonly core: Core;
  readonly from: TableDefinition;
  readonly origin: Rebuild["origin"];
  readonly compilation: Compilation;
}

function movedValue(column: ColumnDefinition, { core, from, origin, compilation }: Move): string {
  const source = origin ? origin.get(column.name.toLowerCase()) : column.name.toLowerCase();
  const old = source === undefined ? undefined : columnNamed(from, source);
  const target = { column, row: 1, slots: core.slots };
  if (!old) return storeExpression(newValue(column, compilation), target, compilation);
  if (JSON.stringify(old.type) === JSON.stringify(column.type)) return quoteName(old.name);
  return storeExpression(storedColumn(quoteName(old.name), old, compilation), target, compilation);
}

/** Rows that are there already get the default, or the type's zero where NULL is not allowed. */
function newValue(column: ColumnDefinition, compilation: Compilation): Typed {
  if (column.default || column.nullable) return compileDefault(column, compilation);
  const { kind } = columnType(column.type);
  const zero =
    kind === "int" || kind === "decimal" || kind === "double" || kind === "time"
      ? "0"
      : kind === "date" || kind === "datetime"
        ? "0000-00-00"
        : "";
  return literalTyped(
    { form: "string", text: kind === "json" ? "null" : zero, ordinal: -1, negative: false },
    compilation,
  );
}
