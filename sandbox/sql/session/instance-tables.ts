import type { TableDefinition } from "../catalog/table-definition.ts";
import type { Process } from "../session-options.ts";
import type { Core } from "./core.ts";
import { longTextColumn, numberColumn, type ResultTable, textColumn } from "./result-table.ts";

/** What SHOW and information_schema say of the instance rather than of its tables. */
export const engines = (): ResultTable => ({
  columns: ["Engine", "Support", "Comment", "Transactions", "XA", "Savepoints"].map((name) =>
    textColumn(name),
  ),
  rows: [["OceanBase", "YES", "Supports transactions", "YES", "YES", "YES"]],
});

export const charsets = (): ResultTable => ({
  columns: [
    textColumn("Charset"),
    textColumn("Description"),
    textColumn("Default collation"),
    numberColumn("Maxlen"),
  ],
  rows: [
    ["binary", "Binary pseudo charset", "binary", 1],
    ["utf8mb4", "UTF-8 Unicode", "utf8mb4_general_ci", 4],
  ],
});

export const collations = (): ResultTable => ({
  columns: [
    textColumn("Collation"),
    textColumn("Charset"),
    numberColumn("Id"),
    ...["Default", "Compiled"].map((name) => textColumn(name)),
    numberColumn("Sortlen"),
  ],
  rows: [
    ["utf8mb4_general_ci", "utf8mb4", 45, "Yes", "Yes", 1],
    ["utf8mb4_bin", "utf8mb4", 46, "", "Yes", 1],
    ["binary", "binary", 63, "Yes", "Yes", 1],
  ],
});

export const status = (): ResultTable => ({
  columns: [textColumn("Variable_name", 128), textColumn("Value", 1024)],
  rows: [
    ["Threads_connected", "1"],
    ["Uptime", "1"],
    ["Ssl_cipher", ""],
    ["Ssl_version", ""],
  ],
});

export function processList(core: Core): readonly Process[] {
  const own = core.options;
  const alone: Process = {
    id: own.connectionId,
    user: own.user,
    host: own.clientAddress,
    database: core.database,
    command: "Query",
    seconds: 0,
    state: "ACTIVE",
    info: "SHOW PROCESSLIST",
  };
  return own.processes?.() ?? [alone];
}

export function processes(core: Core, full: boolean): ResultTable {
  return {
    columns: [
      numberColumn("Id"),
      ...["User", "Host", "db", "Command"].map((name) => textColumn(name)),
      numberColumn("Time"),
      textColumn("State"),
      longTextColumn("Info"),
    ],
    rows: processList(core).map((one) => [
      one.id,
      one.user,
      one.host,
      one.database ?? null,
      one.command,
      one.seconds,
      one.state,
      full ? one.info : (one.info?.slice(0, 100) ?? null),
    ]),
  };
}

const INDEX_NAMES = [
  "Table",
  "Non_unique",
  "Key_name",
  "Seq_in_index",
  "Column_name",
  "Collation",
  "Cardinality",
] as const;
const INDEX_REST = [
  "Sub_part",
  "Packed",
  "Null",
  "Index_type",
  "Comment",
  "Index_comment",
  "Visible",
] as const;
const COUNTED = new Set<string>(["Non_unique", "Seq_in_index", "Cardinality", "Sub_part"]);

export function indexRows(table: TableDefinition): ResultTable {
  const nullable = new Set(
    table.columns.filter((column) => column.nullable).map(({ name }) => name.toLowerCase()),
  );
  const rows = table.keys.flatMap((key) =>
    key.columns.map(({ name, prefix }, i) => {
      const start = [table.name, key.kind === "index" ? 1 : 0, key.name, i + 1, name, "A", null];
      const isNullable = nullable.has(name.toLowerCase()) ? "YES" : "";
      return [...start, prefix ?? null, null, isNullable, "BTREE", "available", key.comment ?? "", "YES"];
    }),
  );
  return {
    columns: [...INDEX_NAMES, ...INDEX_REST].map((name) =>
      COUNTED.has(name) ? numberColumn(name) : textColumn(name),
    ),
    rows,
  };
}
