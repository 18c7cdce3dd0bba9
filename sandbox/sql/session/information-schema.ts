import type { Value } from "../../engine.ts";
import type { Definition, TableDefinition } from "../catalog/table-definition.ts";
import { SYSTEM_SCHEMAS } from "../compile/from.ts";
import { notSupported } from "../errors.ts";
import type { SystemView } from "../system-views.ts";
import type { Core } from "./core.ts";
import { type Described, describe, describeDefinition } from "./describe-table.ts";
import { informationSchemaColumns } from "./information-schema-columns.ts";
import { charsets, collations, engines, indexRows, processList } from "./instance-tables.ts";
import { countRows, namesIn, nextAutoIncrement } from "./run-show.ts";

/** A row by its columns' names; what it does not name is NULL. */
type Row = Readonly<Record<string, Value>>;

const CATALOG = "def";
const COLLATION = "utf8mb4_general_ci";

const allSchemas = (core: Core) => [...SYSTEM_SCHEMAS, ...core.catalog.databases()].toSorted();

const everyDefinition = (core: Core): readonly Definition[] =>
  core.catalog.databases().flatMap((name) => core.catalog.inDatabase(name));

const everyTable = (core: Core): readonly TableDefinition[] =>
  everyDefinition(core).filter((definition) => definition.kind === "table");

const schemata = (core: Core): readonly Row[] =>
  allSchemas(core).map((name) => ({
    CATALOG_NAME: CATALOG,
    SCHEMA_NAME: name,
    DEFAULT_CHARACTER_SET_NAME: "utf8mb4",
    DEFAULT_COLLATION_NAME: COLLATION,
    DEFAULT_ENCRYPTION: "NO",
  }));

function tableRow(core: Core, schema: string, [name, kind]: readonly [string, string]): Row {
  const found = core.catalog.find(schema, name);
  const table = found?.kind === "table" ? found : undefined;
  return {
    TABLE_CATALOG: CATALOG,
    TABLE_SCHEMA: schema,
    TABLE_NAME: name,
    TABLE_TYPE: kind,
    ENGINE: table ? "InnoDB" : "MEMORY",
    ROW_FORMAT: kind === "VIEW" ? null : "DYNAMIC",
    TABLE_ROWS: table ? countRows(core, table) : 0,
    AVG_ROW_LENGTH: 0,
    DATA_LENGTH: 0,
    INDEX_LENGTH: core.isLate ? 0 : null,
    AUTO_INCREMENT: table ? (nextAutoIncrement(core, table) ?? null) : null,
    TABLE_COLLATION: table?.collation ?? COLLATION,
    TABLE_COMMENT: table ? (table.comment ?? "") : kind === "VIEW" ? "VIEW" : "",
    AUTO_SPLIT: "FALSE",
    AUTO_SPLIT_TABLET_SIZE: 0,
    ORGANIZATION: "INDEX",
  };
}

const tables = (core: Core): readonly Row[] =>
  allSchemas(core).flatMap((schema) => namesIn(core, schema).map((name) => tableRow(core, schema, name)));

interface Measures {
  readonly characters?: bigint;
  readonly octets?: bigint;
  readonly precision?: bigint;
  readonly scale?: bigint;
  readonly seconds?: bigint;
}

const both = (length: bigint): Measures => ({ characters: length, octets: length });

/** As information_schema tells them of these declarations, whatever stands in brackets. */
const FIXED_MEASURES: Readonly<Record<string, Measures>> = {
  tinytext: both(255n),
  tinyblob: both(255n),
  text: both(65535n),
  blob: both(65535n),
  mediumtext: both(16777215n),
  mediumblob: both(16777215n),
  longtext: both(536870911n),
  longblob: both(536870911n),
  json: both(536870911n),
  float: { precision: 12n },
  double: { precision: 22n },
};
const INTEGERS = /^(?:tinyint|smallint|mediumint|int|bigint)$/;

/** Lengths, digits and fractions, read from the declaration. An integer's precision is its display width. */
function measures(type: string): Measures {
  const [, word = type, first, , second] = /^(\w+)(?:\((\d+)(,(\d+))?\))?/.exec(type) ?? [];
  const given = first === undefined ? undefined : BigInt(first);
  if (/^(?:datetime|timestamp|time)$/.test(word)) return { seconds: given ?? 0n };
  if (FIXED_MEASURES[word]) return FIXED_MEASURES[word];
  if (given === undefined) return {};
  if (word.endsWith("char")) return { characters: given, octets: given * 4n };
  if (word.endsWith("binary")) return both(given);
  if (INTEGERS.test(word)) return { precision: given, scale: 0n };
  return word === "decimal" ? { precision: given, scale: BigInt(second ?? 0) } : {};
}

interface Place {
  readonly schema: string;
  readonly table: string;
  readonly position: number;
}

function columnRow({ schema, table, position }: Place, one: Described): Row {
  const { characters, octets, precision, scale, seconds } = measures(one.type);
  return {
    TABLE_CATALOG: CATALOG,
    TABLE_SCHEMA: schema,
    TABLE_NAME: table,
    COLUMN_NAME: one.name,
    ORDINAL_POSITION: position,
    COLUMN_DEFAULT: one.default,
    IS_NULLABLE: one.nullable ? "YES" : "NO",
    DATA_TYPE: /^\w+/.exec(one.type)?.[0] ?? one.type,
    CHARACTER_MAXIMUM_LENGTH: characters ?? null,
    CHARACTER_OCTET_LENGTH: octets ?? null,
    NUMERIC_PRECISION: precision ?? null,
    NUMERIC_SCALE: scale ?? null,
    DATETIME_PRECISION: seconds ?? null,
    CHARACTER_SET_NAME: one.collation === null ? null : "utf8mb4",
    COLLATION_NAME: one.collation,
    COLUMN_TYPE: one.type,
    COLUMN_KEY: one.key,
    EXTRA: one.extra.toLowerCase(),
    PRIVILEGES: "select,insert,update,reference",
    COLUMN_COMMENT: one.comment,
    GENERATION_EXPRESSION: "",
  };
}

/** A view whose tables are gone has no columns to tell of. */
function describedOrNothing(core: Core, definition: Definition): Described[] {
  try {
    return describeDefinition(core, definition);
  } catch {
    return [];
  }
}

function columns(core: Core): readonly Row[] {
  const rows = (schema: string, table: string, described: readonly Described[]) =>
    described.map((one, i) => columnRow({ schema, table, position: i + 1 }, one));
  const own = everyDefinition(core).flatMap((definition) =>
    rows(definition.database, definition.name, describedOrNothing(core, definition)),
  );
  const system = [...SYSTEM_SCHEMAS].flatMap((schema) =>
    core.systemViewNames(schema).flatMap((name) => {
      // Also where DESC says NO (4.2.1.9).
      const described = describe(core, schema, name).map((one) => ({ ...one, nullable: true }));
      return rows(schema, name, described);
    }),
  );
  return [...system, ...own];
}

const statistics = (core: Core): readonly Row[] =>
  everyTable(core).flatMap((table) => {
    const { columns: heads, rows } = indexRows(table);
    const at = (row: readonly Value[], name: string) =>
      row[heads.findIndex((head) => head.name === name)] ?? null;
    return rows.map((row) => ({
      TABLE_CATALOG: CATALOG,
      TABLE_SCHEMA: table.database,
      TABLE_NAME: table.name,
      NON_UNIQUE: at(row, "Non_unique"),
      INDEX_SCHEMA: table.database,
      INDEX_NAME: at(row, "Key_name"),
      SEQ_IN_INDEX: at(row, "Seq_in_index"),
      COLUMN_NAME: at(row, "Column_name"),
      COLLATION: "A",
      SUB_PART: at(row, "Sub_part"),
      NULLABLE: at(row, "Null"),
      INDEX_TYPE: "BTREE",
      COMMENT: "VALID",
      INDEX_COMMENT: at(row, "Key_name") === "PRIMARY" ? (table.comment ?? "") : at(row, "Index_comment"),
      IS_VISIBLE: "YES",
    }));
  });

const views = (core: Core): readonly Row[] =>
  everyDefinition(core).flatMap((view) =>
    view.kind === "view"
      ? [
          {
            TABLE_CATALOG: CATALOG,
            TABLE_SCHEMA: view.database,
            TABLE_NAME: view.name,
            VIEW_DEFINITION: view.query,
            CHECK_OPTION: "NONE",
            IS_UPDATABLE: "YES",
            DEFINER: "root@%",
            SECURITY_TYPE: "NONE",
            CHARACTER_SET_CLIENT: "utf8mb4",
            COLLATION_CONNECTION: COLLATION,
          },
        ]
      : [],
  );

const constraintsOf = (core: Core) =>
  everyTable(core).flatMap((table) =>
    table.keys.filter(({ kind }) => kind !== "index").map((key) => ({ table, key })),
  );

const keyColumnUsage = (core: Core): readonly Row[] =>
  constraintsOf(core).flatMap(({ table, key }) =>
    key.columns.map(({ name }, i) => ({
      CONSTRAINT_CATALOG: CATALOG,
      CONSTRAINT_SCHEMA: table.database,
      CONSTRAINT_NAME: key.name,
      TABLE_CATALOG: CATALOG,
      TABLE_SCHEMA: table.database,
      TABLE_NAME: table.name,
      COLUMN_NAME: name,
      ORDINAL_POSITION: i + 1,
    })),
  );

const constraints = (core: Core): readonly Row[] =>
  constraintsOf(core).map(({ table, key }) => ({
    CONSTRAINT_CATALOG: CATALOG,
    CONSTRAINT_SCHEMA: table.database,
    CONSTRAINT_NAME: key.name,
    TABLE_SCHEMA: table.database,
    TABLE_NAME: table.name,
    CONSTRAINT_TYPE: key.kind === "primary" ? "PRIMARY KEY" : "UNIQUE",
    ENFORCED: "YES",
  }));

const processlist = (core: Core): readonly Row[] =>
  processList(core).map((one) => ({
    ID: one.id,
    USER: one.user,
    HOST: one.host,
    DB: one.database ?? null,
    COMMAND: one.command,
    TIME: one.seconds,
    STATE: one.state,
    INFO: one.info,
  }));

const characterSets = (): readonly Row[] =>
  charsets().rows.map(([name = null, description = null, collation = null, length = null]) => ({
    CHARACTER_SET_NAME: name,
    DEFAULT_COLLATE_NAME: collation,
    DESCRIPTION: description,
    MAXLEN: length,
  }));

const collationRows = (): readonly Row[] =>
  collations().rows.map(
    ([name = null, charset = null, id = null, chosen = null, compiled = null, length = null]) => ({
      COLLATION_NAME: name,
      CHARACTER_SET_NAME: charset,
      ID: id,
      IS_DEFAULT: chosen,
      IS_COMPILED: compiled,
      SORTLEN: length,
    }),
  );

const engineRows = (): readonly Row[] => {
  const { columns: heads, rows } = engines();
  return rows.map((row) => Object.fromEntries(heads.map(({ name }, i) => [name, row[i] ?? null])));
};

const variables =
  (scope: "global" | "session") =>
  (core: Core): readonly Row[] =>
    core.variables.shown(scope).map(([name, value]) => ({ VARIABLE_NAME: name, VARIABLE_VALUE: value }));

/** What the sandbox has and does not list here. */
const UNANSWERED = new Set(
  (
    "USER_PRIVILEGES SCHEMA_PRIVILEGES TABLE_PRIVILEGES COLUMN_PRIVILEGES VIEW_TABLE_USAGE GLOBAL_STATUS SESSION_STATUS " +
    "QUERY_RESPONSE_TIME"
  ).split(" "),
);

/** The views named in neither list are empty: the sandbox has no routines, triggers, events, partitions or files. */
const MAKERS: Readonly<Record<string, (core: Core) => readonly Row[]>> = {
  SCHEMATA: schemata,
  TABLES: tables,
  COLUMNS: columns,
  STATISTICS: statistics,
  VIEWS: views,
  KEY_COLUMN_USAGE: keyColumnUsage,
  TABLE_CONSTRAINTS: constraints,
  ENGINES: engineRows,
  CHARACTER_SETS: characterSets,
  COLLATIONS: collationRows,
  COLLATION_CHARACTER_SET_APPLICABILITY: collationRows,
  PROCESSLIST: processlist,
  GLOBAL_VARIABLES: variables("global"),
  SESSION_VARIABLES: variables("session"),
};

/** Loaded anew for each statement: their rows follow the catalogue and the session. */
export function informationSchemaView(core: Core, name: string): SystemView | undefined {
  const key = name.toUpperCase();
  const heads = informationSchemaColumns(key, core.isLate);
  if (heads === undefined) return undefined;
  const rows = () => {
    if (UNANSWERED.has(key)) throw notSupported(`view information_schema.${key}`);
    return (MAKERS[key]?.(core) ?? []).map((row) => heads.map((head) => row[head.name] ?? null));
  };
  return { name: key, columns: heads, rows };
}
