import type { Column, ColumnType } from "../engine.ts";
import type { ByteWriter } from "./byte-writer.ts";
import { CHARSET, FIELD_FLAG } from "./protocol.ts";

interface WireType {
  readonly code: number;
  /** Display width where the column does not say one; characters for texts. */
  readonly length: number;
  readonly charset: number;
  readonly flags?: number;
}

const { binary, utf8mb4 } = CHARSET;
const BLOB_LENGTH = 65535;
const LONG_LENGTH = 4294967295;

/** Codes as MySQL's `enum_field_types`; OceanBase sends texts longer than a varchar as BLOB (252) with a text charset. */
const WIRE_TYPE: Record<ColumnType, WireType> = {
  tinyint: { code: 1, length: 4, charset: binary },
  smallint: { code: 2, length: 6, charset: binary },
  mediumint: { code: 9, length: 9, charset: binary },
  int: { code: 3, length: 11, charset: binary },
  bigint: { code: 8, length: 20, charset: binary },
  float: { code: 4, length: 12, charset: binary },
  double: { code: 5, length: 22, charset: binary },
  decimal: { code: 246, length: 33, charset: binary },
  date: { code: 10, length: 10, charset: binary },
  time: { code: 11, length: 10, charset: binary },
  datetime: { code: 12, length: 19, charset: binary },
  timestamp: { code: 7, length: 19, charset: binary },
  year: { code: 13, length: 4, charset: binary, flags: FIELD_FLAG.unsigned },
  char: { code: 254, length: 255, charset: utf8mb4 },
  varchar: { code: 253, length: 1024, charset: utf8mb4 },
  binary: { code: 254, length: 255, charset: binary },
  varbinary: { code: 253, length: 1024, charset: binary },
  longtext: { code: 252, length: LONG_LENGTH, charset: utf8mb4, flags: FIELD_FLAG.blob },
  blob: { code: 252, length: BLOB_LENGTH, charset: binary, flags: FIELD_FLAG.blob },
  json: { code: 245, length: LONG_LENGTH, charset: binary, flags: FIELD_FLAG.blob },
  null: { code: 6, length: 0, charset: binary },
};

const TEMPORAL = new Set<ColumnType>(["time", "datetime", "timestamp"]);
const NOT_FIXED = 31;

function decimals(column: Column): number {
  if (column.decimals !== undefined) return column.decimals;
  return column.type === "double" || column.type === "float" ? NOT_FIXED : 0;
}

function width(column: Column, wire: WireType): number {
  if (column.length !== undefined) {
    const bytes = wire.charset === CHARSET.utf8mb4 ? column.length * 4 : column.length;
    return Math.min(bytes, LONG_LENGTH);
  }
  const fraction = decimals(column);
  return TEMPORAL.has(column.type) && fraction > 0 ? wire.length + 1 + fraction : wire.length;
}

function flags(column: Column, wire: WireType): number {
  let bits = (wire.flags ?? 0) | (wire.charset === binary ? FIELD_FLAG.binary : 0);
  if (column.nullable === false) bits |= FIELD_FLAG.notNull;
  if (column.primaryKey) bits |= FIELD_FLAG.primaryKey;
  if (column.unsigned) bits |= FIELD_FLAG.unsigned;
  return bits;
}

/** Writes a Protocol::ColumnDefinition41 without its frame. */
export function writeColumn(writer: ByteWriter, column: Column): void {
  const wire = WIRE_TYPE[column.type];
  const table = column.table ?? "";
  for (const name of ["def", column.schema ?? "", table, table, column.name, column.name]) {
    writer.lengthEncodedText(name);
  }
  writer.uint(12, 1);
  writer.uint(wire.charset, 2);
  writer.uint(width(column, wire), 4);
  writer.uint(wire.code, 1);
  writer.uint(flags(column, wire), 2);
  writer.uint(decimals(column), 1);
  writer.uint(0, 2);
}
