import type { ColumnType } from "../engine.ts";

/** A column type as MySQL declares it. */
export type TypeName =
  | "tinyint"
  | "smallint"
  | "mediumint"
  | "int"
  | "bigint"
  | "float"
  | "double"
  | "decimal"
  | "date"
  | "time"
  | "datetime"
  | "timestamp"
  | "year"
  | "char"
  | "varchar"
  | "binary"
  | "varbinary"
  | "tinytext"
  | "text"
  | "mediumtext"
  | "longtext"
  | "tinyblob"
  | "blob"
  | "mediumblob"
  | "longblob"
  | "json"
  | "enum"
  | "set";

export interface DataType {
  readonly name: TypeName;
  /** Characters, bytes, digits (decimal) or display width (integers) as declared. */
  readonly length?: number;
  /** Digits behind the point, of decimals and of the seconds of times. */
  readonly scale?: number;
  readonly unsigned?: boolean;
  readonly zerofill?: boolean;
  /** Members of an enum or set. */
  readonly members?: readonly string[];
  /** As declared; the table's or utf8mb4_general_ci otherwise. */
  readonly collation?: string;
}

const INTEGER_BITS: Partial<Record<TypeName, number>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  bigint: 64,
};

export const integerBits = (type: DataType) => INTEGER_BITS[type.name];

/** Length limits of the text and blob families in bytes. */
export const LONG_LIMIT: Partial<Record<TypeName, number>> = {
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  longtext: 4_294_967_295,
  tinyblob: 255,
  blob: 65_535,
  mediumblob: 16_777_215,
  longblob: 4_294_967_295,
};

/** What OceanBase prints for a type in DESC, SHOW CREATE TABLE and information_schema. */
export function typeText(type: DataType): string {
  const sign = `${type.unsigned ? " unsigned" : ""}${type.zerofill ? " zerofill" : ""}`;
  if (type.members)
    return `${type.name}(${type.members.map((member) => `'${member.replaceAll("'", "''")}'`).join(",")})`;
  if (type.name === "decimal") return `decimal(${type.length ?? 10},${type.scale ?? 0})${sign}`;
  if (type.name === "double" || type.name === "float") return `${type.name}${sizeText(type)}${sign}`;
  const width = type.length ?? DEFAULT_WIDTH[type.name]?.[type.unsigned ? 1 : 0];
  if (isTemporal(type)) return type.scale ? `${type.name}(${type.scale})` : type.name;
  if (type.name in LONG_LIMIT || width === undefined) return type.name;
  return `${type.name}(${width})${sign}`;
}

const sizeText = (type: DataType) => (type.length === undefined ? "" : `(${type.length},${type.scale ?? 0})`);

/** Display widths, signed and unsigned. */
const DEFAULT_WIDTH: Partial<Record<TypeName, readonly [number, number]>> = {
  tinyint: [4, 3],
  smallint: [6, 5],
  mediumint: [9, 8],
  int: [11, 10],
  bigint: [20, 20],
  year: [4, 4],
  char: [1, 1],
  binary: [1, 1],
};

export const isTemporal = (type: DataType) =>
  type.name === "time" || type.name === "datetime" || type.name === "timestamp";

const WIRE_NAME = {
  tinytext: "longtext",
  text: "longtext",
  mediumtext: "longtext",
  tinyblob: "blob",
  mediumblob: "blob",
  longblob: "blob",
  enum: "char",
  set: "char",
} as const;

const isRenamed = (name: TypeName): name is keyof typeof WIRE_NAME => name in WIRE_NAME;

/** The type under which the wire announces a column. */
export const wireType = ({ name }: DataType): ColumnType => (isRenamed(name) ? WIRE_NAME[name] : name);
