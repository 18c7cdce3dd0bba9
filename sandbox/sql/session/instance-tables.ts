import type { Column } from "../../engine.ts";
import type { TableDefinition } from "../catalog/table-definition.ts";
import type { Process } from "../session-options.ts";
import type { Core } from "./core.ts";
import { columnsOf, numberColumn, type ResultTable, textColumn } from "./result-table.ts";

/** What SHOW and information_schema say of the instance rather than of its tables. */
export const engines = (): ResultTable => ({
  columns: columnsOf("ENGINE,SUPPORT,COMMENT,TRANSACTIONS,XA,SAVEPOINTS"),
  rows: [["InnoDB", "YES", "Supports transactions", "YES", "NO", "YES"]],
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
    columns: processColumns(full),
    rows: processList(core).map((one) => [
      one.id,
      one.user,
      ...(full ? [core.options.tenantName] : []),
      one.host,
      // The word, not a NULL: as both kernels print it.
      one.database ?? "NULL",
      one.command,
      one.seconds,
      one.state,
      full ? one.info : (one.info?.slice(0, 100) ?? null),
      ...(full ? ["127.0.0.1", core.variables.findGlobal("port") ?? 2881, null] : []),
    ]),
  };
}

function processColumns(full: boolean): readonly Column[] {
  const columns = full
    ? "Id#,User,Tenant,Host,db,Command,Time#,State,Info,Ip,Port#,Proxy_sessid#"
    : "Id#,User,Host,db,Command,Time#,State,Info";
  return columnsOf(columns).map((column) =>
    column.name === "Id" || column.name === "Proxy_sessid" ? { ...column, unsigned: true } : column,
  );
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
  "Expression",
] as const;
const COUNTED = new Set<string>(["Non_unique", "Seq_in_index", "Cardinality"]);

export function indexRows(table: TableDefinition): ResultTable {
  const nullable = new Set(
    table.columns.filter((column) => column.nullable).map(({ name }) => name.toLowerCase()),
  );
  const rows = table.keys.flatMap((key) =>
    key.columns.map(({ name, prefix }, i) => {
      const start = [table.name, key.kind === "index" ? 1 : 0, key.name, i + 1, name, "A", null];
      const isNullable = nullable.has(name.toLowerCase()) ? "YES" : "";
      return [
        ...start,
        prefix ?? null,
        null,
        isNullable,
        "BTREE",
        "available",
        key.comment ?? "",
        "YES",
        null,
      ];
    }),
  );
  return {
    columns: [...INDEX_NAMES, ...INDEX_REST].map((name) =>
      COUNTED.has(name) ? numberColumn(name) : textColumn(name),
    ),
    rows,
  };
}

/** As 4.2.1.9 and the 4.3.5 line list them. */
export const privileges = (): ResultTable => ({
  columns: columnsOf("Privilege,Context,Comment"),
  rows: [
    ["Alter", "Tables", "To alter the table"],
    ["Create", "Databases,Tables,Indexes", "To create new databases and tables"],
    ["Create view", "Tables", "To create new views"],
    ["Create user", "Server Admin", "To create new users"],
    ["Delete", "Tables", "To delete existing rows"],
    ["Drop", "Databases,Tables", "To drop databases, tables, and views"],
    [
      "Grant option",
      "Databases,Tables,Functions,Procedures",
      "To give to other users those privileges you possess",
    ],
    ["Index", "Tables", "To create or drop indexes"],
    ["Insert", "Tables", "To insert data into tables"],
    ["Process", "Server Admin", "To view the plain text of currently executing queries"],
    ["Select", "Tables", "To retrieve rows from table"],
    ["Show databases", "Server Admin", "To see all databases with SHOW DATABASES"],
    ["Show view", "Tables", "To see views with SHOW CREATE VIEW"],
    ["Super", "Server Admin", "To use KILL thread, SET GLOBAL, CHANGE MASTER, etc."],
    ["Update", "Tables", "To update existing rows"],
    ["Usage", "Server Admin", "No privileges - allow connect only"],
  ],
});
