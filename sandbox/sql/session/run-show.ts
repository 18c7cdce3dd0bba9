import { type Reply, SqlError } from "../../engine.ts";
import { quotedTable, quoteName, storedName } from "../catalog/names.ts";
import type { TableDefinition } from "../catalog/table-definition.ts";
import { SYSTEM_SCHEMAS } from "../compile/from.ts";
import { noDatabase, noSuchTable, notSupported, unknownDatabase } from "../errors.ts";
import { isReserved } from "../parse-atom.ts";
import { parseTableName } from "../parse-query.ts";
import type { TokenReader } from "../token-reader.ts";
import { type Core, rowsOf } from "./core.ts";
import { describe, describedRow } from "./describe-table.ts";
import { charsets, collations, engines, indexRows, processes, status } from "./instance-tables.ts";
import { longTextColumn, numberColumn, type ResultTable, textColumn } from "./result-table.ts";
import { createTableText, createViewText } from "./show-create.ts";
import { filtered } from "./show-filter.ts";

/** SHOW, DESC and DESCRIBE; undefined for another statement and for a SHOW that is not known here. */
export function runShow(core: Core, reader: TokenReader): Reply | undefined {
  const isDescribe =
    reader.sees("DESC") ||
    reader.sees("DESCRIBE") ||
    (reader.sees("EXPLAIN") && reader.peek(1).kind !== "end");
  if (isDescribe) return runDescribe(core, reader);
  if (!reader.accepts("SHOW")) return undefined;
  const full = reader.accepts("FULL") || (reader.accepts("EXTENDED"), false);
  const scope = reader.accepts("GLOBAL") ? "global" : "session";
  if (scope === "session") reader.acceptsAny("SESSION", "LOCAL");
  const { key } = reader.take();
  const show = SHOWS[key];
  if (!show) throw notSupported(`SHOW ${key}`);
  return show({ core, reader, full, scope });
}

interface Show {
  readonly core: Core;
  readonly reader: TokenReader;
  readonly full: boolean;
  readonly scope: "global" | "session";
}

function runDescribe(core: Core, reader: TokenReader): Reply {
  const word = reader.take().key;
  if (isReserved(reader.peek()) || reader.peek().key === "EXTENDED" || reader.peek().key === "FORMAT") {
    throw notSupported(`${word} of a statement`);
  }
  const name = parseTableName(reader);
  const column = reader.atEnd() ? undefined : reader.take().text.toLowerCase();
  reader.expectEnd();
  const database = databaseOf(core, name.database);
  const rows = describe(core, database, name.table).filter(
    (one) => column === undefined || one.name.toLowerCase() === column,
  );
  return { kind: "rows", columns: DESCRIBED, rows: rows.map(describedRow) };
}

const DESCRIBED = ["Field", "Type", "Null", "Key", "Default", "Extra"].map((name) => textColumn(name));

function databaseOf(core: Core, given: string | undefined): string {
  const database = given ?? core.database;
  if (database === undefined) throw noDatabase();
  if (!SYSTEM_SCHEMAS.has(database.toLowerCase()) && !core.catalog.hasDatabase(database))
    throw unknownDatabase(database);
  return database.toLowerCase();
}

/** FROM db or IN db */
function fromDatabase({ core, reader }: Show): string {
  return databaseOf(core, reader.acceptsAny("FROM", "IN") ? reader.expectName() : undefined);
}

const show = (make: (asked: Show) => ResultTable) => (asked: Show) =>
  filtered(asked.core, asked.reader, make(asked));

const databases = show(({ core }) => ({
  columns: [textColumn("Database", 128)],
  rows: [...SYSTEM_SCHEMAS, ...core.catalog.databases()].toSorted().map((name) => [name]),
}));

/** Names in a database with what each is. */
export function namesIn(
  core: Core,
  database: string,
): readonly (readonly [string, "BASE TABLE" | "VIEW" | "SYSTEM VIEW"])[] {
  if (SYSTEM_SCHEMAS.has(database))
    return core.systemViewNames(database).map((name) => [name, "SYSTEM VIEW"]);
  return core.catalog
    .inDatabase(database)
    .map(({ name, kind }) => [name, kind === "view" ? "VIEW" : "BASE TABLE"]);
}

function tables(asked: Show): Reply {
  if (asked.reader.sees("STATUS")) return tableStatus(asked);
  const database = fromDatabase(asked);
  const names = namesIn(asked.core, database);
  const first = textColumn(`Tables_in_${database}`, 128);
  const columns = asked.full ? [first, textColumn("Table_type", 16)] : [first];
  return filtered(asked.core, asked.reader, {
    columns,
    rows: names.map((row) => (asked.full ? [...row] : [row[0]])),
  });
}

const STATUS_COLUMNS = [
  ...["Name", "Engine"].map((name) => textColumn(name)),
  numberColumn("Version"),
  textColumn("Row_format"),
  ...[
    "Rows",
    "Avg_row_length",
    "Data_length",
    "Max_data_length",
    "Index_length",
    "Data_free",
    "Auto_increment",
  ].map(numberColumn),
  ...["Create_time", "Update_time", "Check_time", "Collation"].map((name) => textColumn(name)),
  numberColumn("Checksum"),
  ...["Create_options", "Comment"].map((name) => textColumn(name)),
];

function tableStatus(asked: Show): Reply {
  const { core, reader } = asked;
  reader.expect("STATUS");
  const rows = core.catalog.inDatabase(fromDatabase(asked)).map((definition) => {
    if (definition.kind === "view")
      return [definition.name, ...Array.from({ length: 16 }, () => null), "VIEW"];
    const { name, collation = "utf8mb4_general_ci", comment = "" } = definition;
    const next = nextAutoIncrement(core, definition) ?? null;
    return [
      name,
      "oceanbase",
      null,
      "DYNAMIC",
      countRows(core, definition),
      0,
      0,
      null,
      null,
      null,
      next,
      null,
      null,
      null,
      collation,
      null,
      "",
      comment,
    ];
  });
  return filtered(core, reader, { columns: STATUS_COLUMNS, rows });
}

export function countRows(core: Core, table: TableDefinition): bigint {
  const count = rowsOf(core.prepare(`SELECT count(*) FROM ${quotedTable(table)}`), [])[0]?.[0];
  return typeof count === "bigint" ? count : 0n;
}

export function nextAutoIncrement(core: Core, table: TableDefinition): bigint | undefined {
  const column = table.columns.find(({ autoIncrement }) => autoIncrement);
  if (!column) return undefined;
  const stored = rowsOf(
    core.prepare(`SELECT max(${quoteName(column.name)}) FROM ${quotedTable(table)}`),
    [],
  )[0]?.[0];
  const given =
    core.catalog.autoIncrement.get(storedName(table.database, table.name)) ??
    BigInt(table.autoIncrement ?? "1") - 1n;
  return (typeof stored === "bigint" && stored > given ? stored : given) + 1n;
}

function showColumns(asked: Show): Reply {
  const { core, reader, full } = asked;
  if (!reader.acceptsAny("FROM", "IN")) throw reader.error();
  const name = parseTableName(reader);
  const database = reader.acceptsAny("FROM", "IN") ? reader.expectName() : name.database;
  const described = describe(core, databaseOf(core, database), name.table);
  if (!full) return filtered(core, reader, { columns: DESCRIBED, rows: described.map(describedRow) });
  const order = ["Field", "Type", "Collation", "Null", "Key", "Default", "Extra", "Privileges", "Comment"];
  const rows = described.map((one) => {
    const [field = null, type = null, ...rest] = describedRow(one);
    return [field, type, one.collation, ...rest, "SELECT,INSERT,UPDATE,REFERENCES", one.comment];
  });
  return filtered(core, reader, { columns: order.map((column) => textColumn(column)), rows });
}

function create({ core, reader }: Show): Reply {
  if (reader.acceptsAny("DATABASE", "SCHEMA")) return createDatabase(core, reader);
  const kind = reader.acceptsAny("VIEW") ? "View" : (reader.expect("TABLE"), "Table");
  const name = parseTableName(reader);
  reader.expectEnd();
  const database = databaseOf(core, name.database);
  const found = core.catalog.find(database, name.table);
  if (!found) throw noSuchTable(database, name.table);
  if (found.kind === "table" && kind === "View")
    throw new SqlError(1347, "HY000", `'${database}.${found.name}' is not VIEW`);
  if (found.kind === "table") {
    const text = createTableText(found, nextAutoIncrement(core, found));
    return {
      kind: "rows",
      columns: [textColumn("Table"), longTextColumn("Create Table")],
      rows: [[found.name, text]],
    };
  }
  const columnList = ["View", "Create View", "character_set_client", "collation_connection"].map(
    longTextColumn,
  );
  return {
    kind: "rows",
    columns: columnList,
    rows: [[found.name, createViewText(found), "utf8mb4", "utf8mb4_general_ci"]],
  };
}

function createDatabase(core: Core, reader: TokenReader): Reply {
  const ifNotExists = reader.accepts("IF", "NOT", "EXISTS") ? "/*!32312 IF NOT EXISTS*/ " : "";
  const name = databaseOf(core, reader.expectName());
  reader.expectEnd();
  const text = `CREATE DATABASE ${ifNotExists}\`${name}\` DEFAULT CHARACTER SET = utf8mb4`;
  return {
    kind: "rows",
    columns: [textColumn("Database"), textColumn("Create Database", 1024)],
    rows: [[name, text]],
  };
}

function indexes(asked: Show): Reply {
  const { core, reader } = asked;
  if (!reader.acceptsAny("FROM", "IN")) throw reader.error();
  const name = parseTableName(reader);
  const database = databaseOf(core, reader.acceptsAny("FROM", "IN") ? reader.expectName() : name.database);
  const found = core.catalog.find(database, name.table);
  if (found?.kind !== "table") throw noSuchTable(database, name.table);
  return filtered(core, reader, indexRows(found));
}

const variables = show(({ core, scope }) => ({
  columns: [textColumn("Variable_name", 128), textColumn("Value", 4096)],
  rows: core.variables.shown(scope),
}));

const empty = (...names: readonly string[]) =>
  show(() => ({ columns: names.map((name) => textColumn(name)), rows: [] }));

/** SHOW CHARACTER SET, SHOW TABLE STATUS: the second word is taken here. */
const second = (word: string, then: (asked: Show) => Reply) => (asked: Show) => {
  asked.reader.expect(word);
  return then(asked);
};

const grants = ({ core, reader }: Show): Reply => {
  if (reader.accepts("FOR")) while (!reader.atEnd()) reader.take();
  reader.expectEnd();
  const { user } = core.options;
  return {
    kind: "rows",
    columns: [textColumn(`Grants for ${user}@%`, 1024)],
    rows: [[`GRANT ALL PRIVILEGES ON *.* TO '${user}'`]],
  };
};

const WARNING_COLUMNS = ["Level", "Code", "Message"] as const;
const EVENT_COLUMNS = ["Db", "Name", "Definer", "Time zone", "Type", "Execute at"] as const;
const ROUTINE_COLUMNS = [
  "Db",
  "Name",
  "Type",
  "Definer",
  "Modified",
  "Created",
  "Security_type",
  "Comment",
] as const;
const TRIGGER_COLUMNS = [
  "Trigger",
  "Event",
  "Table",
  "Statement",
  "Timing",
  "Created",
  "sql_mode",
  "Definer",
] as const;

const SHOWS: Readonly<Record<string, (asked: Show) => Reply>> = {
  DATABASES: databases,
  SCHEMAS: databases,
  TABLES: tables,
  TABLE: tables,
  COLUMNS: showColumns,
  FIELDS: showColumns,
  CREATE: create,
  INDEX: indexes,
  INDEXES: indexes,
  KEYS: indexes,
  VARIABLES: variables,
  STATUS: show(() => status()),
  WARNINGS: empty(...WARNING_COLUMNS),
  ERRORS: empty(...WARNING_COLUMNS),
  PROCESSLIST: show(({ core, full }) => processes(core, full)),
  ENGINES: show(() => engines()),
  CHARSET: show(() => charsets()),
  CHARACTER: second(
    "SET",
    show(() => charsets()),
  ),
  COLLATION: show(() => collations()),
  GRANTS: grants,
  TRIGGERS: (asked) => {
    fromDatabase(asked);
    return empty(...TRIGGER_COLUMNS)(asked);
  },
  EVENTS: (asked) => {
    fromDatabase(asked);
    return empty(...EVENT_COLUMNS)(asked);
  },
  PROCEDURE: second("STATUS", empty(...ROUTINE_COLUMNS)),
  FUNCTION: second("STATUS", empty(...ROUTINE_COLUMNS)),
};
