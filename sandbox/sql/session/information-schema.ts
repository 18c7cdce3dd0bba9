import type { Column, Value } from "../../engine.ts";
import type { Definition, TableDefinition } from "../catalog/table-definition.ts";
import { SYSTEM_SCHEMAS } from "../compile/from.ts";
import type { SystemView } from "../system-views.ts";
import type { Core } from "./core.ts";
import { type Described, describe, describeDefinition } from "./describe-table.ts";
import { charsets, collations, engines, indexRows, processList } from "./instance-tables.ts";
import { longTextColumn, numberColumn, type ResultTable, textColumn, timeColumn } from "./result-table.ts";
import { countRows, namesIn, nextAutoIncrement } from "./run-show.ts";

type Row = readonly Value[];

interface Maker {
  readonly columns: readonly Column[];
  rows(core: Core): readonly Row[];
}

const CATALOG = "def";

/** Columns by a word: `name` text, `name#` number, `name@` time, `name*` long text. */
function columnsOf(words: string): readonly Column[] {
  return words.split(" ").map((word) => {
    const name = word.replace(/[#@*]$/, "");
    if (word.endsWith("#")) return numberColumn(name);
    if (word.endsWith("@")) return timeColumn(name);
    return word.endsWith("*") ? longTextColumn(name) : textColumn(name, 512);
  });
}

const allSchemas = (core: Core) => [...SYSTEM_SCHEMAS, ...core.catalog.databases()].toSorted();

const everyDefinition = (core: Core): readonly Definition[] =>
  core.catalog.databases().flatMap((name) => core.catalog.inDatabase(name));

const everyTable = (core: Core): readonly TableDefinition[] =>
  everyDefinition(core).filter((definition) => definition.kind === "table");

const SCHEMATA_COLUMNS = columnsOf(
  "CATALOG_NAME SCHEMA_NAME DEFAULT_CHARACTER_SET_NAME DEFAULT_COLLATION_NAME SQL_PATH",
);
const schemata: Maker = {
  columns: SCHEMATA_COLUMNS,
  rows: (core) => allSchemas(core).map((name) => [CATALOG, name, "utf8mb4", "utf8mb4_general_ci", null]),
};

const TABLES_COLUMNS = columnsOf(
  "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE ENGINE VERSION# ROW_FORMAT TABLE_ROWS# AVG_ROW_LENGTH# DATA_LENGTH# MAX_DATA_LENGTH# " +
    "INDEX_LENGTH# DATA_FREE# AUTO_INCREMENT# CREATE_TIME@ UPDATE_TIME@ CHECK_TIME@ TABLE_COLLATION CHECKSUM# CREATE_OPTIONS TABLE_COMMENT",
);

/** ENGINE to AUTO_INCREMENT of a system view (4.2.1.9), which has a CREATE_TIME and UPDATE_TIME there and none here. */
const SYSTEM_VIEW: Row = ["MEMORY", null, "DYNAMIC", 0, 0, 0, null, null, null, null];

function tableRow(core: Core, schema: string, [name, kind]: readonly [string, string]): Row {
  const found = core.catalog.find(schema, name);
  const table = found?.kind === "table" ? found : undefined;
  const next = table ? (nextAutoIncrement(core, table) ?? null) : null;
  const count = table ? countRows(core, table) : null;
  const engine = table
    ? ["OceanBase", null, "DYNAMIC", count, 0, 0, null, null, null, next]
    : kind === "SYSTEM VIEW"
      ? SYSTEM_VIEW
      : Array.from({ length: 10 }, () => null);
  const isStored = table !== undefined || kind === "SYSTEM VIEW";
  const comment = table ? (table.comment ?? "") : kind === "VIEW" ? "VIEW" : "";
  return [
    CATALOG,
    schema,
    name,
    kind,
    ...engine,
    null,
    null,
    null,
    isStored ? (table?.collation ?? "utf8mb4_general_ci") : null,
    null,
    table ? "" : null,
    comment,
  ];
}

const tables: Maker = {
  columns: TABLES_COLUMNS,
  rows: (core) =>
    allSchemas(core).flatMap((schema) => namesIn(core, schema).map((name) => tableRow(core, schema, name))),
};

const COLUMNS_COLUMNS = columnsOf(
  "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION# COLUMN_DEFAULT* IS_NULLABLE DATA_TYPE CHARACTER_MAXIMUM_LENGTH# " +
    "CHARACTER_OCTET_LENGTH# NUMERIC_PRECISION# NUMERIC_SCALE# DATETIME_PRECISION# CHARACTER_SET_NAME COLLATION_NAME COLUMN_TYPE* COLUMN_KEY " +
    "EXTRA PRIVILEGES COLUMN_COMMENT* GENERATION_EXPRESSION*",
);

const DIGITS: Record<string, number> = { tinyint: 3, smallint: 5, mediumint: 7, int: 10, bigint: 19 };

/** Lengths as information_schema tells them, read from the declaration. */
function measures(type: string): Row {
  const [, word = type, first, , second] = /^(\w+)(?:\((\d+)(,(\d+))?\))?/.exec(type) ?? [];
  const given = first === undefined ? null : BigInt(first);
  if (word.endsWith("char")) return [given, given === null ? null : given * 4n, null, null, null];
  if (word.endsWith("binary")) return [given, given, null, null, null];
  if (word === "longtext" || word === "longblob") return [4294967295n, 4294967295n, null, null, null];
  if (word in DIGITS) return [null, null, BigInt(DIGITS[word] ?? 0), 0n, null];
  if (word === "decimal") return [null, null, given, BigInt(second ?? 0), null];
  if (/^(datetime|timestamp|time)$/.test(word)) return [null, null, null, null, given ?? 0n];
  return [null, null, null, null, null];
}

function columnRow(schema: string, table: string, one: Described, position: number): Row {
  const charset = one.collation === null ? null : "utf8mb4";
  const word = /^\w+/.exec(one.type)?.[0] ?? one.type;
  const start = [CATALOG, schema, table, one.name, position, one.default, one.nullable ? "YES" : "NO", word];
  const end = [charset, one.collation, one.type, one.key, one.extra, PRIVILEGES, one.comment, ""];
  return [...start, ...measures(one.type), ...end];
}

const PRIVILEGES = "SELECT,INSERT,UPDATE,REFERENCES";

/** A view whose tables are gone has no columns to tell of. */
function describedOrNothing(core: Core, definition: Definition): Described[] {
  try {
    return describeDefinition(core, definition);
  } catch {
    return [];
  }
}

/** Of system views IS_NULLABLE is always YES, also where DESC says NO (4.2.1.9). */
function columnRows(core: Core): readonly Row[] {
  const own = everyDefinition(core).flatMap((definition) =>
    describedOrNothing(core, definition).map((one, i) =>
      columnRow(definition.database, definition.name, one, i + 1),
    ),
  );
  const system = [...SYSTEM_SCHEMAS].flatMap((schema) =>
    core
      .systemViewNames(schema)
      .flatMap((name) =>
        describe(core, schema, name).map((one, i) =>
          columnRow(schema, name, { ...one, nullable: true }, i + 1),
        ),
      ),
  );
  return [...system, ...own];
}

const STATISTICS_COLUMNS = columnsOf(
  "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME NON_UNIQUE# INDEX_SCHEMA INDEX_NAME SEQ_IN_INDEX# COLUMN_NAME COLLATION CARDINALITY# SUB_PART# " +
    "PACKED NULLABLE INDEX_TYPE COMMENT INDEX_COMMENT IS_VISIBLE",
);
const statistics: Maker = {
  columns: STATISTICS_COLUMNS,
  rows: (core) =>
    everyTable(core).flatMap((table) =>
      indexRows(table).rows.map(([name = null, nonUnique = null, ...rest]) => [
        CATALOG,
        table.database,
        name,
        nonUnique,
        table.database,
        ...rest,
      ]),
    ),
};

const VIEWS_COLUMNS = columnsOf(
  "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME VIEW_DEFINITION* CHECK_OPTION IS_UPDATABLE DEFINER SECURITY_TYPE CHARACTER_SET_CLIENT COLLATION_CONNECTION",
);
const views: Maker = {
  columns: VIEWS_COLUMNS,
  rows: (core) =>
    everyDefinition(core).flatMap((view) =>
      view.kind === "view"
        ? [
            [
              CATALOG,
              view.database,
              view.name,
              view.query,
              "NONE",
              "NO",
              "",
              "",
              "utf8mb4",
              "utf8mb4_general_ci",
            ],
          ]
        : [],
    ),
};

const USAGE_COLUMNS = columnsOf(
  "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION# " +
    "POSITION_IN_UNIQUE_CONSTRAINT# REFERENCED_TABLE_SCHEMA REFERENCED_TABLE_NAME REFERENCED_COLUMN_NAME",
);
const keyColumnUsage: Maker = {
  columns: USAGE_COLUMNS,
  rows: (core) =>
    everyTable(core).flatMap((table) =>
      table.keys
        .filter(({ kind }) => kind !== "index")
        .flatMap((key) =>
          key.columns.map(({ name }, i) => [
            CATALOG,
            table.database,
            key.name,
            CATALOG,
            table.database,
            table.name,
            name,
            i + 1,
            null,
            null,
            null,
            null,
          ]),
        ),
    ),
};

const CONSTRAINT_COLUMNS = columnsOf(
  "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_SCHEMA TABLE_NAME CONSTRAINT_TYPE",
);
const constraints: Maker = {
  columns: CONSTRAINT_COLUMNS,
  rows: (core) =>
    everyTable(core).flatMap((table) =>
      table.keys
        .filter(({ kind }) => kind !== "index")
        .map((key) => [
          CATALOG,
          table.database,
          key.name,
          table.database,
          table.name,
          key.kind === "primary" ? "PRIMARY KEY" : "UNIQUE",
        ]),
    ),
};

const PROCESS_COLUMNS = columnsOf("ID# USER HOST DB COMMAND TIME# STATE INFO*");
const processlist: Maker = {
  columns: PROCESS_COLUMNS,
  rows: (core) =>
    processList(core).map((one) => [
      one.id,
      one.user,
      one.host,
      one.database ?? null,
      one.command,
      one.seconds,
      one.state,
      one.info,
    ]),
};

const VARIABLE_COLUMNS = columnsOf("VARIABLE_NAME VARIABLE_VALUE*");
const variables = (scope: "global" | "session"): Maker => ({
  columns: VARIABLE_COLUMNS,
  rows: (core) => core.variables.shown(scope),
});

const none = (words: string): Maker => ({ columns: columnsOf(words), rows: () => [] });

/** A table of SHOW with its columns in capitals, as information_schema names them. */
const fixed = ({ columns, rows }: ResultTable, names: string): Maker => ({
  columns: columns.map((column, i) => ({ ...column, name: names.split(" ")[i] ?? column.name })),
  rows: () => rows,
});

const MAKERS: Readonly<Record<string, Maker>> = {
  SCHEMATA: schemata,
  TABLES: tables,
  COLUMNS: { columns: COLUMNS_COLUMNS, rows: columnRows },
  STATISTICS: statistics,
  VIEWS: views,
  KEY_COLUMN_USAGE: keyColumnUsage,
  TABLE_CONSTRAINTS: constraints,
  REFERENTIAL_CONSTRAINTS: none(
    "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME UNIQUE_CONSTRAINT_SCHEMA UNIQUE_CONSTRAINT_NAME MATCH_OPTION UPDATE_RULE DELETE_RULE TABLE_NAME REFERENCED_TABLE_NAME",
  ),
  ENGINES: fixed(engines(), "ENGINE SUPPORT COMMENT TRANSACTIONS XA SAVEPOINTS"),
  CHARACTER_SETS: fixed(charsets(), "CHARACTER_SET_NAME DESCRIPTION DEFAULT_COLLATE_NAME MAXLEN"),
  COLLATIONS: fixed(collations(), "COLLATION_NAME CHARACTER_SET_NAME ID IS_DEFAULT IS_COMPILED SORTLEN"),
  PROCESSLIST: processlist,
  GLOBAL_VARIABLES: variables("global"),
  SESSION_VARIABLES: variables("session"),
  ROUTINES: none(
    "SPECIFIC_NAME ROUTINE_CATALOG ROUTINE_SCHEMA ROUTINE_NAME ROUTINE_TYPE DATA_TYPE ROUTINE_DEFINITION* DEFINER",
  ),
  PARAMETERS: none(
    "SPECIFIC_CATALOG SPECIFIC_SCHEMA SPECIFIC_NAME ORDINAL_POSITION# PARAMETER_MODE PARAMETER_NAME DATA_TYPE ROUTINE_TYPE",
  ),
  TRIGGERS: none(
    "TRIGGER_CATALOG TRIGGER_SCHEMA TRIGGER_NAME EVENT_MANIPULATION EVENT_OBJECT_SCHEMA EVENT_OBJECT_TABLE ACTION_STATEMENT* ACTION_TIMING DEFINER",
  ),
  EVENTS: none("EVENT_CATALOG EVENT_SCHEMA EVENT_NAME DEFINER EVENT_TYPE STATUS"),
  PARTITIONS: none(
    "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME PARTITION_NAME SUBPARTITION_NAME PARTITION_METHOD PARTITION_EXPRESSION TABLE_ROWS#",
  ),
  FILES: none(
    "FILE_ID# FILE_NAME FILE_TYPE TABLESPACE_NAME LOGFILE_GROUP_NAME ENGINE TOTAL_EXTENTS# INITIAL_SIZE# EXTENT_SIZE# EXTRA",
  ),
  CHECK_CONSTRAINTS: none("CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME CHECK_CLAUSE*"),
};

export const INFORMATION_SCHEMA_NAMES: readonly string[] = Object.keys(MAKERS);

/** Loaded anew for each statement: their rows follow the catalogue and the session. */
export function informationSchemaView(core: Core, name: string): SystemView | undefined {
  const key = name.toUpperCase();
  const maker = MAKERS[key];
  return maker && { name: key, columns: maker.columns, rows: () => maker.rows(core) };
}
