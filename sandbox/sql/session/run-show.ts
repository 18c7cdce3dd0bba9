import { type Reply, SqlError } from "../../engine.ts";
import { quotedTable, quoteName, storedName } from "../catalog/names.ts";
import type { TableDefinition } from "../catalog/table-definition.ts";
import { SYSTEM_SCHEMAS } from "../compile/from.ts";
import { noDatabase, noSuchTable, notSupported, syntaxError, unknownDatabase } from "../errors.ts";
import { isReserved } from "../parse-atom.ts";
import { parseTableName } from "../parse-query.ts";
import type { TokenReader } from "../token-reader.ts";
import { type Core, rowsOf } from "./core.ts";
import { describe, describedRow } from "./describe-table.ts";
import {
  charsets,
  collations,
  engines,
  indexRows,
  privileges,
  processes,
  status,
} from "./instance-tables.ts";
import { columnsOf, longTextColumn, numberColumn, type ResultTable, textColumn } from "./result-table.ts";
import { createTableText, createViewText, storageOptions } from "./show-create.ts";
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
  const { key, start } = reader.take();
  const show = SHOWS[key];
  if (!show && UNANSWERED.has(key)) throw notSupported(`SHOW ${key}`);
  if (!show) throw syntaxError(reader.sql, start);
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
  namesPattern: true,
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
    namesPattern: true,
    columns,
    rows: names.map((row) => (asked.full ? [...row] : [row[0]])),
  });
}

const STATUS_COLUMNS = columnsOf(
  "Name,Engine,Version#,Row_format,Rows#,Avg_row_length#,Data_length#,Max_data_length!,Index_length!,Data_free!," +
    "Auto_increment#,Create_time@,Update_time@,Check_time!,Collation,Checksum#,Create_options,Comment",
).map((column) =>
  /^(?:Rows|Avg|Data_length|Auto)/.test(column.name) ? { ...column, unsigned: true } : column,
);

function tableStatus(asked: Show): Reply {
  const { core, reader } = asked;
  reader.expect("STATUS");
  const rows = core.catalog.inDatabase(fromDatabase(asked)).map((definition) => {
    if (definition.kind === "view")
      return [definition.name, ...Array.from({ length: 16 }, () => null), "VIEW"];
    const { name, collation = "utf8mb4_general_ci", comment = "" } = definition;
    const next = nextAutoIncrement(core, definition) ?? null;
    const count = countRows(core, definition);
    const start = [name, "oceanbase", 0, "DYNAMIC", count, 0, 0, null, null, null, next];
    return [...start, null, null, null, collation, 0, storageOptions(core.isLate), comment];
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
  if (reader.acceptsAny("PROCEDURE", "FUNCTION"))
    throw new SqlError(1305, "42000", "procedure/function does not exist");
  if (reader.accepts("TRIGGER")) throw new SqlError(1360, "HY000", "Trigger does not exist");
  const kind = reader.acceptsAny("VIEW") ? "View" : (reader.expect("TABLE"), "Table");
  const name = parseTableName(reader);
  reader.expectEnd();
  const database = databaseOf(core, name.database);
  const found = core.catalog.find(database, name.table);
  if (!found) throw noSuchTable(database, name.table);
  if (found.kind === "table" && kind === "View")
    throw new SqlError(1347, "HY000", `'${database}.${found.name}' is not VIEW`);
  if (found.kind === "table") {
    const { isLate } = core;
    const text = createTableText(found, { nextAutoIncrement: nextAutoIncrement(core, found), isLate });
    return {
      kind: "rows",
      columns: [textColumn("Table"), longTextColumn("Create Table")],
      rows: [[found.name, text]],
    };
  }
  const columnList = columnsOf("View,Create View*,character_set_client,collation_connection");
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
  const text = `CREATE DATABASE ${ifNotExists}\`${name}\` DEFAULT CHARACTER SET = utf8mb4 REPLICA_NUM = 3`;
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

const empty = (words: string) => show(() => ({ columns: columnsOf(words), rows: [] }));

/** SHOW CHARACTER SET, SHOW TABLE STATUS: the second word is taken here. */
const second = (word: string, then: (asked: Show) => Reply) => (asked: Show) => {
  asked.reader.expect(word);
  return then(asked);
};

/** Of the session's own user; others' rights are not told here. */
const grants = ({ core, reader }: Show): Reply => {
  const { user } = core.options;
  if (reader.accepts("FOR") && !namesUser(reader, user)) throw notSupported("SHOW GRANTS of another user");
  if (user !== "root") throw notSupported(`SHOW GRANTS of ${user}`);
  reader.expectEnd();
  return {
    kind: "rows",
    columns: [textColumn(`Grants for ${user}@%`, 1024)],
    rows: [[`GRANT ALL PRIVILEGES ON *.* TO '${user}' WITH GRANT OPTION`]],
  };
};

function namesUser(reader: TokenReader, user: string): boolean {
  const { text } = reader.take();
  while (!reader.atEnd()) reader.take();
  return text === user || text.toUpperCase() === "CURRENT_USER";
}

const WARNINGS = "Level,Code#,Message";
const ROUTINES =
  "Db,Name,Type,Definer,Modified@,Created@,Security_type,Comment,character_set_client,collation_connection,Database Collation";
const TRIGGERS =
  "Trigger,Event,Table,Statement*,Timing,Created$,sql_mode*,Definer,character_set_client,collation_connection,Database Collation";

/** SHOW COUNT(*) WARNINGS: the sandbox keeps none. */
function counts({ reader }: Show): Reply {
  reader.expect("(", "*", ")");
  const what = reader.acceptsAny("WARNINGS", "ERRORS");
  if (!what) throw reader.error();
  const name = reader.previous().key === "ERRORS" ? "error_count" : "warning_count";
  reader.expectEnd();
  return { kind: "rows", columns: [numberColumn(`@@session.${name}`)], rows: [[0]] };
}

function tenant({ core, reader }: Show): Reply {
  reader.expectEnd();
  return { kind: "rows", columns: [textColumn("Current_tenant_name")], rows: [[core.options.tenantName]] };
}

/** OceanBase answers them; the sandbox has nothing that it could answer with. Others are no statements (1064). */
const UNANSWERED = new Set(
  (
    "PLUGINS PROFILES PROFILE ENGINE OPEN TABLEGROUPS RECYCLEBIN OUTLINES SEQUENCES TRACE RESTORE QUERY_RESPONSE_TIME " +
    "STORAGE"
  ).split(" "),
);

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
  WARNINGS: empty(WARNINGS),
  ERRORS: empty(WARNINGS),
  COUNT: counts,
  TENANT: tenant,
  PRIVILEGES: show(() => privileges()),
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
    return empty(TRIGGERS)(asked);
  },
  PROCEDURE: second("STATUS", empty(ROUTINES)),
  FUNCTION: second("STATUS", empty(ROUTINES)),
};
