import type {
  ColumnDefinition,
  KeyDefinition,
  TableDefinition,
  ViewDefinition,
} from "../catalog/table-definition.ts";
import { isTemporal, typeText } from "../data-type.ts";
import { quoteBackticks } from "./quote-backticks.ts";

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

function columnText(column: ColumnDefinition): string {
  const { type } = column;
  const parts = [`  ${quoteBackticks(column.name)} ${typeText(type)}`];
  if (type.collation !== undefined) parts.push(`COLLATE ${type.collation}`);
  if (!column.nullable) parts.push("NOT NULL");
  else if (type.name === "timestamp") parts.push("NULL");
  const value = defaultText(column);
  if (value !== undefined) parts.push(`DEFAULT ${value}`);
  if (column.onUpdate !== undefined) parts.push(`ON UPDATE ${nowText(column.onUpdate)}`);
  if (column.autoIncrement) parts.push("AUTO_INCREMENT");
  if (column.comment) parts.push(`COMMENT ${quoted(column.comment)}`);
  return parts.join(" ");
}

export const nowText = (scale: number) => (scale > 0 ? `CURRENT_TIMESTAMP(${scale})` : "CURRENT_TIMESTAMP");

/** A column that takes NULL has NULL as its default, a text, a blob and a JSON too. */
function defaultText(column: ColumnDefinition): string | undefined {
  const { default: value, type } = column;
  if (value?.kind === "now") return nowText(value.scale);
  if (value?.kind === "text") return quoted(value.text);
  if (!column.nullable || column.autoIncrement) return undefined;
  return isTemporal(type) || value === undefined || value.kind === "null" ? "NULL" : undefined;
}

function keyText(key: KeyDefinition): string {
  const columns = key.columns.map(
    ({ name, prefix }) => `${quoteBackticks(name)}${prefix === undefined ? "" : `(${prefix})`}`,
  );
  const list = `(${columns.join(", ")})`;
  if (key.kind === "primary") return `  PRIMARY KEY ${list}`;
  const word = key.kind === "unique" ? "UNIQUE KEY" : "KEY";
  const comment = key.comment === undefined ? "" : ` COMMENT ${quoted(key.comment)}`;
  // OceanBase prints where an index lies and its block size (SHOW CREATE TABLE of a 4.x tenant).
  return `  ${word} ${quoteBackticks(key.name)} ${list} BLOCK_SIZE 16384 LOCAL${comment}`;
}

export interface CreateTableFacts {
  readonly nextAutoIncrement: bigint | undefined;
  /** Of the 4.3.5 line, which says more; unsure since which of its patches. */
  readonly isLate: boolean;
}

/** SHOW CREATE TABLE, laid out as OceanBase 4.x prints it; the options behind the bracket are its defaults. */
export function createTableText(
  table: TableDefinition,
  { nextAutoIncrement, isLate }: CreateTableFacts,
): string {
  const lines = [...table.columns.map(columnText), ...table.keys.map(keyText)];
  const counter =
    nextAutoIncrement === undefined
      ? []
      : [`AUTO_INCREMENT = ${nextAutoIncrement} AUTO_INCREMENT_MODE = 'ORDER'`];
  const options = [
    ...(isLate ? ["ORGANIZATION INDEX"] : []),
    ...counter,
    "DEFAULT CHARSET = utf8mb4",
    ...(table.collation === undefined ? [] : [`COLLATE = ${table.collation}`]),
    storageOptions(isLate),
    ...(table.comment === undefined ? [] : [`COMMENT = ${quoted(table.comment)}`]),
  ];
  return `CREATE TABLE ${quoteBackticks(table.name)} (\n${lines.join(",\n")}\n) ${options.join(" ")}`;
}

/** What every table of the sandbox has, as SHOW CREATE TABLE and SHOW TABLE STATUS name it. */
export function storageOptions(isLate: boolean): string {
  const macroFilter = isLate ? "ENABLE_MACRO_BLOCK_BLOOM_FILTER = FALSE " : "";
  return `ROW_FORMAT = DYNAMIC COMPRESSION = 'zstd_1.3.8' REPLICA_NUM = 3 BLOCK_SIZE = 16384 USE_BLOOM_FILTER = FALSE ${macroFilter}TABLET_SIZE = 134217728 PCTFREE = 0`;
}

export function createViewText(view: ViewDefinition): string {
  const columns = view.columns.length > 0 ? ` (${view.columns.map(quoteBackticks).join(", ")})` : "";
  return `CREATE VIEW ${quoteBackticks(view.name)}${columns} AS ${view.query}`;
}
