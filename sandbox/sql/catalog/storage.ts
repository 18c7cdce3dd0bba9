import { integerBits } from "../data-type.ts";
import { columnType, type Kind, type SqlType } from "../sql-type.ts";
import { quotedTable, quoteName, storedIndexName } from "./names.ts";
import {
  type ColumnDefinition,
  columnNamed,
  type KeyDefinition,
  primaryKey,
  type TableDefinition,
} from "./table-definition.ts";

/** The affinity under which SQLite keeps each kind exactly as it is given. */
const AFFINITY: Record<Kind, string> = {
  null: "BLOB",
  int: "INTEGER",
  decimal: "TEXT",
  double: "REAL",
  text: "TEXT",
  bytes: "BLOB",
  date: "TEXT",
  datetime: "TEXT",
  time: "INTEGER",
  json: "TEXT",
};

export const collationOf = ({ kind, byteWise }: SqlType) =>
  kind === "text" && !byteWise ? " COLLATE NOCASE" : "";

function columnSql(column: ColumnDefinition): string {
  const type = columnType(column.type);
  const notNull = column.nullable ? "" : " NOT NULL";
  return `${quoteName(column.name)} ${AFFINITY[type.kind]}${notNull}${collationOf(type)}`;
}

/** A single integer key is SQLite's row id itself: no second tree, and less redo for each insert. */
export function rowIdColumn(table: TableDefinition): ColumnDefinition | undefined {
  const key = primaryKey(table);
  const [only] = key?.columns ?? [];
  const column = only && key?.columns.length === 1 ? columnNamed(table, only.name) : undefined;
  return column && integerBits(column.type) !== undefined ? column : undefined;
}

const keyColumns = (key: KeyDefinition) => key.columns.map(({ name }) => quoteName(name)).join(", ");

/** The statements that make the table's SQLite twin. */
export function createStatements(table: TableDefinition): string[] {
  const rowId = rowIdColumn(table);
  const columns = table.columns.map((column) =>
    column === rowId ? `${quoteName(column.name)} INTEGER PRIMARY KEY NOT NULL` : columnSql(column),
  );
  const key = primaryKey(table);
  if (key && !rowId) columns.push(`PRIMARY KEY (${keyColumns(key)})`);
  return [
    `CREATE TABLE ${quotedTable(table)} (${columns.join(", ")})`,
    ...table.keys.filter(({ kind }) => kind !== "primary").map((other) => createIndex(table, other)),
  ];
}

export function createIndex(table: TableDefinition, key: KeyDefinition): string {
  const unique = key.kind === "unique" ? "UNIQUE " : "";
  const on = quotedTable(table).replace(/^main\./, "");
  return `CREATE ${unique}INDEX main.${quoteName(storedIndexName(table, key.name))} ON ${on} (${keyColumns(key)})`;
}
