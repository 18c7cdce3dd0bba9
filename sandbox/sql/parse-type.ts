import { requireCharset, requireCollation } from "./charset.ts";
import type { DataType, TypeName } from "./data-type.ts";
import { notSupported } from "./errors.ts";
import type { TokenReader } from "./token-reader.ts";

const TYPE_NAMES: Record<string, TypeName> = {
  TINYINT: "tinyint",
  BOOL: "tinyint",
  BOOLEAN: "tinyint",
  SMALLINT: "smallint",
  MEDIUMINT: "mediumint",
  INT: "int",
  INTEGER: "int",
  BIGINT: "bigint",
  SERIAL: "bigint",
  FLOAT: "float",
  DOUBLE: "double",
  REAL: "double",
  DECIMAL: "decimal",
  DEC: "decimal",
  NUMERIC: "decimal",
  FIXED: "decimal",
  NUMBER: "decimal",
  DATE: "date",
  TIME: "time",
  DATETIME: "datetime",
  TIMESTAMP: "timestamp",
  YEAR: "year",
  CHAR: "char",
  CHARACTER: "char",
  NCHAR: "char",
  VARCHAR: "varchar",
  NVARCHAR: "varchar",
  BINARY: "binary",
  VARBINARY: "varbinary",
  TINYTEXT: "tinytext",
  TEXT: "text",
  MEDIUMTEXT: "mediumtext",
  LONGTEXT: "longtext",
  TINYBLOB: "tinyblob",
  BLOB: "blob",
  MEDIUMBLOB: "mediumblob",
  LONGBLOB: "longblob",
  JSON: "json",
  ENUM: "enum",
  SET: "set",
};

/** Types that OceanBase has and the sandbox cannot keep exactly. */
const REFUSED = new Set([
  "BIT",
  "GEOMETRY",
  "POINT",
  "LINESTRING",
  "POLYGON",
  "VECTOR",
  "ROARINGBITMAP",
  "ARRAY",
  "MAP",
]);

/** The type of a column definition, with the attributes that belong to it (UNSIGNED, CHARACTER SET, COLLATE). */
export function parseColumnType(reader: TokenReader): DataType {
  const word = reader.peek().key;
  if (REFUSED.has(word)) throw notSupported(`column type ${word}`);
  const name = TYPE_NAMES[word];
  if (!name) throw reader.error();
  reader.take();
  if (name === "double") reader.accepts("PRECISION");
  if (word === "CHARACTER" && reader.accepts("VARYING"))
    return attributes(reader, { name: "varchar", ...size(reader) });
  if (name === "enum" || name === "set") return attributes(reader, { name, members: members(reader) });
  if (word === "BOOL" || word === "BOOLEAN") return { name, length: 1 };
  return attributes(reader, sized(name, size(reader)));
}

interface Size {
  readonly length?: number;
  readonly scale?: number;
}

function size(reader: TokenReader): Size {
  if (!reader.accepts("(")) return {};
  const length = Number(reader.expectInteger());
  const scale = reader.accepts(",") ? Number(reader.expectInteger()) : undefined;
  reader.expect(")");
  return scale === undefined ? { length } : { length, scale };
}

const TEMPORAL = new Set<TypeName>(["time", "datetime", "timestamp"]);

function sized(name: TypeName, given: Size): DataType {
  if (TEMPORAL.has(name)) return { name, scale: given.length ?? 0 };
  if (name === "decimal") return { name, length: given.length ?? 10, scale: given.scale ?? 0 };
  // FLOAT(30) is a way to write DOUBLE.
  if ((name === "float" || name === "double") && given.scale !== undefined)
    throw notSupported(`${name.toUpperCase()} with a number of digits`);
  if (name === "float") return { name: (given.length ?? 0) > 24 ? "double" : "float" };
  return { name, ...given };
}

function members(reader: TokenReader): string[] {
  const found: string[] = [];
  reader.expect("(");
  do found.push(reader.expectString());
  while (reader.accepts(","));
  reader.expect(")");
  return found;
}

function attributes(reader: TokenReader, plain: DataType): DataType {
  let type = plain;
  for (;;) {
    if (reader.accepts("UNSIGNED")) type = { ...type, unsigned: true };
    else if (reader.sees("ZEROFILL")) throw notSupported("ZEROFILL");
    else if (reader.accepts("BINARY")) type = { ...type, collation: "utf8mb4_bin" };
    else if (reader.accepts("CHARACTER", "SET") || reader.accepts("CHARSET"))
      type = withCharset(type, reader.take().text);
    else if (reader.accepts("COLLATE")) type = { ...type, collation: requireCollation(reader.take().text) };
    else if (!reader.accepts("SIGNED")) return type;
  }
}

const BINARY_TWIN: Partial<Record<TypeName, TypeName>> = {
  char: "binary",
  varchar: "varbinary",
  tinytext: "tinyblob",
  text: "blob",
  mediumtext: "mediumblob",
  longtext: "longblob",
};

function withCharset(type: DataType, charset: string): DataType {
  requireCharset(charset);
  if (charset.toLowerCase() !== "binary") return type;
  return { ...type, name: BINARY_TWIN[type.name] ?? type.name };
}

/** The type words of CAST and CONVERT. */
export function parseCastType(reader: TokenReader): DataType {
  if (reader.accepts("SIGNED")) return reader.accepts("INTEGER") || reader.accepts("INT"), { name: "bigint" };
  if (reader.accepts("UNSIGNED")) {
    return reader.accepts("INTEGER") || reader.accepts("INT"), { name: "bigint", unsigned: true };
  }
  const word = reader.peek().key;
  const type = parseColumnType(reader);
  if (type.name === "char" || type.name === "varchar") return { ...type, name: "varchar" };
  if (type.name === "binary" || type.name === "varbinary") return { ...type, name: "varbinary" };
  if (CAST_NAMES.has(type.name)) return type;
  throw notSupported(`CAST to ${word}`);
}

const CAST_NAMES = new Set<TypeName>([
  "decimal",
  "double",
  "float",
  "date",
  "time",
  "datetime",
  "json",
  "year",
]);
