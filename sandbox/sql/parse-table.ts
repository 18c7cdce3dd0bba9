import { SqlError } from "../engine.ts";
import type { TableName } from "./ast.ts";
import type {
  ColumnDefinition,
  Default,
  KeyColumn,
  KeyDefinition,
  TableDefinition,
} from "./catalog/table-definition.ts";
import { requireCharset, requireCollation } from "./charset.ts";
import { checkTable } from "./check-table.ts";
import { notSupported } from "./errors.ts";
import type { Token } from "./lex.ts";
import { parseTableName } from "./parse-query.ts";
import { parseColumnType } from "./parse-type.ts";
import type { TokenReader } from "./token-reader.ts";

type Draft = { -readonly [Key in keyof ColumnDefinition]: ColumnDefinition[Key] };

export interface TableDraft {
  readonly columns: ColumnDefinition[];
  readonly keys: KeyDefinition[];
}

/** The part of CREATE TABLE behind the name. */
export function parseCreateTable(
  reader: TokenReader,
  name: { readonly database: string; readonly name: string },
): TableDefinition {
  if (!reader.sees("(")) throw notSupported("CREATE TABLE … SELECT");
  reader.expect("(");
  const draft: TableDraft = { columns: [], keys: [] };
  do parseElement(reader, draft);
  while (reader.accepts(","));
  reader.expect(")");
  const options = parseTableOptions(reader);
  if (reader.sees("PARTITION")) throw notSupported("PARTITION BY");
  if (reader.sees("AS") || reader.sees("SELECT")) throw notSupported("CREATE TABLE … SELECT");
  reader.expectEnd();
  return finishTable({ kind: "table", ...name, ...draft, ...options });
}

/** Key columns must exist and primary ones take no NULL; keys without a name are called after their first column. */
export function finishTable(table: TableDefinition): TableDefinition {
  const names = new Set<string>();
  for (const column of table.columns) {
    if (names.has(column.name.toLowerCase()))
      throw new SqlError(1060, "42S21", `Duplicate column name '${column.name}'`);
    names.add(column.name.toLowerCase());
  }
  if (table.keys.filter(({ kind }) => kind === "primary").length > 1)
    throw new SqlError(1062, "23000", "Duplicated primary key");
  for (const column of table.keys.flatMap((key) => key.columns)) {
    if (!names.has(column.name.toLowerCase()))
      throw new SqlError(1072, "42000", `Key column '${column.name}' doesn't exist in table`);
  }
  const primary = new Set(
    table.keys.find(({ kind }) => kind === "primary")?.columns.map(({ name }) => name.toLowerCase()),
  );
  checkTable(table);
  const columns = table.columns.map((column) =>
    primary.has(column.name.toLowerCase()) ? withoutNull(column) : withTableCollation(column, table),
  );
  return { ...table, columns, keys: withNames(table.keys) };
}

function withoutNull(column: ColumnDefinition): ColumnDefinition {
  const { default: value, ...rest } = column;
  return { ...rest, nullable: false, ...(value && value.kind !== "null" ? { default: value } : {}) };
}

const TEXTS = new Set(["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"]);

function withTableCollation(column: ColumnDefinition, { collation }: TableDefinition): ColumnDefinition {
  if (!collation || column.type.collation !== undefined || !TEXTS.has(column.type.name)) return column;
  return { ...column, type: { ...column.type, collation } };
}

function withNames(keys: readonly KeyDefinition[]): KeyDefinition[] {
  const taken = new Set(keys.map(({ name }) => name.toLowerCase()).filter((name) => name !== ""));
  const seen = new Set<string>();
  return keys.map((key) => {
    const name = key.name === "" ? freeName(key.columns[0]?.name ?? "key", taken) : key.name;
    taken.add(name.toLowerCase());
    if (seen.has(name.toLowerCase())) throw new SqlError(1061, "42000", `Duplicate key name '${name}'`);
    seen.add(name.toLowerCase());
    return { ...key, name };
  });
}

function freeName(base: string, taken: ReadonlySet<string>): string {
  let name = base;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${base}_${i}`;
  return name;
}

/** A column, a key or a constraint, entered into the draft. */
export function parseElement(reader: TokenReader, draft: TableDraft): void {
  const key = parseKey(reader);
  if (key) draft.keys.push(key);
  else draft.columns.push(parseColumn(reader, draft.keys));
}

/** Undefined when a column stands here. */
export function parseKey(reader: TokenReader): KeyDefinition | undefined {
  const name = reader.accepts("CONSTRAINT") && !isKeyWord(reader.peek()) ? reader.expectName() : "";
  if (reader.sees("FOREIGN")) throw notSupported("FOREIGN KEY");
  if (reader.sees("CHECK")) throw notSupported("CHECK");
  if (reader.sees("FULLTEXT") || reader.sees("SPATIAL") || reader.sees("VECTOR", "INDEX"))
    throw notSupported(`${reader.peek().key} key`);
  if (reader.accepts("PRIMARY", "KEY")) return parseKeyBody(reader, { name: "PRIMARY", kind: "primary" });
  if (reader.accepts("UNIQUE")) {
    reader.acceptsAny("INDEX", "KEY");
    return parseKeyBody(reader, { name, kind: "unique" });
  }
  const isIndex =
    reader.sees("INDEX") || (reader.sees("KEY") && reader.peek(1).key !== "(") || reader.sees("KEY", "(");
  if (!isIndex) return undefined;
  reader.take();
  return parseKeyBody(reader, { name, kind: "index" });
}

const isKeyWord = ({ key }: Token) =>
  key === "PRIMARY" || key === "UNIQUE" || key === "FOREIGN" || key === "CHECK";

/** A prefix that must be unique is not kept; one that only makes looking faster is. */
function refuseUniquePrefix({ kind, columns }: Pick<KeyDefinition, "kind" | "columns">): void {
  if (kind !== "index" && columns.some(({ prefix }) => prefix !== undefined))
    throw notSupported("unique key on a prefix");
}

function parseKeyBody(reader: TokenReader, start: Pick<KeyDefinition, "name" | "kind">): KeyDefinition {
  skipIndexType(reader);
  const named = start.kind !== "primary" && !reader.sees("(") ? reader.expectName() : start.name;
  skipIndexType(reader);
  const columns = parseKeyColumns(reader);
  refuseUniquePrefix({ kind: start.kind, columns });
  const comment = parseKeyOptions(reader);
  return { kind: start.kind, name: named, columns, ...(comment === undefined ? {} : { comment }) };
}

function skipIndexType(reader: TokenReader): void {
  if (reader.accepts("USING")) reader.take();
}

function parseKeyColumns(reader: TokenReader): KeyColumn[] {
  const columns: KeyColumn[] = [];
  reader.expect("(");
  do {
    if (reader.sees("(")) throw notSupported("index on an expression");
    const name = reader.expectName();
    const prefix = reader.accepts("(") ? Number(reader.expectInteger()) : undefined;
    if (prefix !== undefined) reader.expect(")");
    reader.acceptsAny("ASC", "DESC");
    columns.push(prefix === undefined ? { name } : { name, prefix });
  } while (reader.accepts(","));
  reader.expect(")");
  return columns;
}

/** Options of OceanBase's indexes say how they are kept; only the comment is remembered. */
function parseKeyOptions(reader: TokenReader): string | undefined {
  let comment: string | undefined;
  for (;;) {
    if (reader.accepts("COMMENT")) comment = reader.expectString();
    else if (reader.accepts("USING")) reader.take();
    else if (reader.accepts("BLOCK_SIZE") || reader.accepts("KEY_BLOCK_SIZE")) takeOptionValue(reader);
    else if (!reader.accepts("LOCAL") && !reader.accepts("GLOBAL") && !reader.accepts("VISIBLE"))
      return comment;
  }
}

function takeOptionValue(reader: TokenReader): Token {
  reader.accepts("=");
  return reader.take();
}

export function parseColumn(reader: TokenReader, keys: KeyDefinition[]): ColumnDefinition {
  const name = reader.expectName();
  const serial = reader.sees("SERIAL");
  const type = parseColumnType(reader);
  const column: Draft = { name, type, nullable: true };
  if (serial) {
    Object.assign(column, { type: { ...type, unsigned: true }, nullable: false, autoIncrement: true });
    keys.push({ kind: "unique", name: "", columns: [{ name }] });
  }
  while (parseAttribute(reader, column, keys));
  return column;
}

/** One attribute of a column; false when none stands here. */
function parseAttribute(reader: TokenReader, column: Draft, keys: KeyDefinition[]): boolean {
  if (reader.accepts("NOT", "NULL")) column.nullable = false;
  else if (reader.accepts("NULL")) column.nullable = true;
  else if (reader.accepts("DEFAULT")) column.default = parseDefault(reader);
  else if (reader.accepts("ON", "UPDATE")) column.onUpdate = parseNow(reader);
  else if (reader.accepts("AUTO_INCREMENT")) Object.assign(column, { autoIncrement: true, nullable: false });
  else if (reader.accepts("COMMENT")) column.comment = reader.expectString();
  else if (reader.accepts("COLLATE"))
    column.type = { ...column.type, collation: requireCollation(reader.take().text) };
  else return parseKeyAttribute(reader, column, keys);
  return true;
}

function parseKeyAttribute(reader: TokenReader, column: Draft, keys: KeyDefinition[]): boolean {
  if (reader.sees("GENERATED") || reader.sees("AS", "(")) throw notSupported("generated column");
  if (reader.sees("CHECK") || reader.sees("REFERENCES") || reader.sees("CONSTRAINT"))
    throw notSupported(reader.peek().key);
  if (reader.accepts("PRIMARY", "KEY") || reader.accepts("KEY")) {
    keys.push({ kind: "primary", name: "PRIMARY", columns: [{ name: column.name }] });
    return true;
  }
  if (!reader.accepts("UNIQUE")) return false;
  reader.accepts("KEY");
  keys.push({ kind: "unique", name: "", columns: [{ name: column.name }] });
  return true;
}

export function parseDefault(reader: TokenReader): Default {
  if (reader.accepts("NULL")) return { kind: "null" };
  if (reader.accepts("TRUE")) return { kind: "text", text: "1" };
  if (reader.accepts("FALSE")) return { kind: "text", text: "0" };
  const negative = reader.accepts("-");
  const { kind, text } = reader.peek();
  if (kind === "string" || kind === "integer" || kind === "decimal" || kind === "float") {
    reader.take();
    return { kind: "text", text: negative ? `-${text}` : text };
  }
  if (reader.sees("(")) throw notSupported("DEFAULT with an expression");
  return { kind: "now", scale: parseNow(reader) };
}

/** CURRENT_TIMESTAMP, NOW() and their kin, with how many digits. */
function parseNow(reader: TokenReader): number {
  const words = ["CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"];
  if (!words.some((word) => reader.accepts(word))) throw reader.error();
  if (!reader.accepts("(")) return 0;
  const scale = reader.sees(")") ? 0 : Number(reader.expectInteger());
  reader.expect(")");
  return scale;
}

type Options = Pick<TableDefinition, "autoIncrement" | "collation" | "comment">;

/** Options that follow the columns. What says how OceanBase keeps the table (engine, compression, replicas) is dropped. */
export function parseTableOptions(reader: TokenReader): Options {
  let options: Options = {};
  for (;;) {
    reader.accepts(",");
    if (reader.accepts("AUTO_INCREMENT"))
      options = { ...options, autoIncrement: takeOptionValue(reader).text };
    else if (reader.accepts("COMMENT")) options = { ...options, comment: takeOptionValue(reader).text };
    else if (reader.accepts("COLLATE") || reader.accepts("DEFAULT", "COLLATE")) {
      options = { ...options, collation: requireCollation(takeOptionValue(reader).text) };
    } else if (acceptsCharset(reader)) requireCharset(takeOptionValue(reader).text);
    else if (!skipTableOption(reader)) return options;
  }
}

const acceptsCharset = (reader: TokenReader) =>
  reader.accepts("DEFAULT", "CHARSET") ||
  reader.accepts("DEFAULT", "CHARACTER", "SET") ||
  reader.accepts("CHARSET") ||
  reader.accepts("CHARACTER", "SET");

const DROPPED = new Set(
  (
    "ENGINE ROW_FORMAT COMPRESSION REPLICA_NUM BLOCK_SIZE KEY_BLOCK_SIZE USE_BLOOM_FILTER TABLET_SIZE PCTFREE TABLEGROUP PRIMARY_ZONE " +
    "LOCALITY ORGANIZATION STATS_PERSISTENT STATS_AUTO_RECALC STATS_SAMPLE_PAGES CHECKSUM DELAY_KEY_WRITE MAX_ROWS MIN_ROWS " +
    "AVG_ROW_LENGTH PACK_KEYS PARALLEL DUPLICATE_SCOPE TABLE_MODE AUTO_INCREMENT_MODE PROGRESSIVE_MERGE_NUM"
  ).split(" "),
);

function skipTableOption(reader: TokenReader): boolean {
  if (!DROPPED.has(reader.peek().key)) return false;
  reader.take();
  takeOptionValue(reader);
  return true;
}

/** The part of CREATE INDEX behind the word INDEX. */
export function parseCreateIndex(
  reader: TokenReader,
  kind: "unique" | "index",
): { readonly key: KeyDefinition; readonly table: TableName } {
  const name = reader.expectName();
  skipIndexType(reader);
  reader.expect("ON");
  const table = parseTableName(reader);
  const columns = parseKeyColumns(reader);
  refuseUniquePrefix({ kind, columns });
  const comment = parseKeyOptions(reader);
  reader.expectEnd();
  return { key: { kind, name, columns, ...(comment === undefined ? {} : { comment }) }, table };
}
