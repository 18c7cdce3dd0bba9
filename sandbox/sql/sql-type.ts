import type { ColumnType } from "../engine.ts";
import { type DataType, LONG_LIMIT, wireType } from "./data-type.ts";
import { notSupported } from "./errors.ts";

/**
 * How a value stands in SQLite:
 * `int` integer · `decimal` text like -12.50, or an integer · `double` real · `text` text · `bytes` blob ·
 * `date`, `datetime`, `time` as values/temporal.ts says, datetimes in the session's zone · `json` text as MySQL prints it.
 */
export type Kind =
  | "null"
  | "int"
  | "decimal"
  | "double"
  | "text"
  | "bytes"
  | "date"
  | "datetime"
  | "time"
  | "json";

export interface SqlType {
  readonly kind: Kind;
  /** How the wire announces it. */
  readonly wire: ColumnType;
  /** Characters, bytes or digits; absent means the wire's default. */
  readonly length?: number;
  /** Digits behind the point, of a decimal or of the seconds. */
  readonly scale: number;
  readonly unsigned: boolean;
  /** A text that is compared byte by byte, not by utf8mb4_general_ci. */
  readonly byteWise: boolean;
  /** Sorted and added by its number, which the sandbox does not keep. */
  readonly enumerated?: boolean;
  /** Result of a bit operation: SQLite's negative integers are unsigned ones here. */
  readonly bits?: boolean;
}

const type = (kind: Kind, wire: ColumnType, more: Partial<SqlType> = {}): SqlType => ({
  kind,
  wire,
  scale: 0,
  unsigned: false,
  byteWise: false,
  ...more,
});

export const NULL = type("null", "null", { length: 0 });
export const INT = type("int", "bigint");
/** Comparisons and conditions, and what looks at the parts of a date; LIKE and the words TRUE and FALSE differ. */
export const BOOL = type("int", "int", { length: 1 });
export const SHORT = type("int", "int");
export const LIKE_RESULT = type("int", "bigint", { length: 1 });
export const TRUTH = type("int", "tinyint", { length: 1 });
/** A variable of the session that nobody has set. */
export const UNSET = type("null", "varbinary", { length: 0 });
export const UNSIGNED = type("int", "bigint", { unsigned: true });
export const BITS = type("int", "bigint", { unsigned: true, bits: true });
export const DOUBLE = type("double", "double");
export const DATE = type("date", "date");
export const JSON_TYPE = type("json", "json", { byteWise: true });
export const BYTES = type("bytes", "varbinary", { byteWise: true });
export const LONG_TEXT = type("text", "longtext");

export const decimal = (scale: number, length = 65): SqlType =>
  type("decimal", "decimal", {
    scale: Math.min(scale, 30),
    length: Math.min(Math.max(length, scale + 1), 65),
  });
export const text = (length?: number): SqlType =>
  type("text", "varchar", length === undefined ? {} : { length });
export const datetime = (scale: number): SqlType => type("datetime", "datetime", { scale });
export const time = (scale: number): SqlType => type("time", "time", { scale });

const KINDS: Record<ColumnType, Kind> = {
  tinyint: "int",
  smallint: "int",
  mediumint: "int",
  int: "int",
  bigint: "int",
  year: "int",
  float: "double",
  double: "double",
  decimal: "decimal",
  date: "date",
  time: "time",
  datetime: "datetime",
  timestamp: "datetime",
  char: "text",
  varchar: "text",
  longtext: "text",
  binary: "bytes",
  varbinary: "bytes",
  blob: "bytes",
  json: "json",
  null: "null",
};

export const kindOf = (wire: ColumnType): Kind => KINDS[wire];

const isByteWise = (collation: string | undefined) =>
  collation !== undefined && (collation.endsWith("_bin") || collation === "binary");

/** The type of a stored column. */
export function columnType(declared: DataType): SqlType {
  const wire = wireType(declared);
  const kind = KINDS[wire];
  const limit = LONG_LIMIT[declared.name];
  const length = limit ?? declared.length ?? defaultLength(declared);
  return type(kind, wire, {
    ...(length === undefined || (kind !== "text" && kind !== "bytes" && kind !== "decimal")
      ? {}
      : { length }),
    scale: kind === "int" || kind === "double" ? 0 : (declared.scale ?? 0),
    unsigned: declared.unsigned ?? false,
    byteWise: kind === "bytes" || kind === "json" || isByteWise(declared.collation),
    ...(declared.members
      ? { enumerated: true, length: Math.max(...declared.members.map((member) => member.length), 1) }
      : {}),
  });
}

function defaultLength(declared: DataType): number | undefined {
  if (declared.name === "char" || declared.name === "binary") return 1;
  return declared.name === "decimal" ? 10 : undefined;
}

export function isNumeric({ kind, enumerated }: SqlType): boolean {
  if (enumerated) throw notSupported("number of an ENUM or SET value");
  return kind === "int" || kind === "decimal" || kind === "double";
}

export const isTemporal = ({ kind }: SqlType) => kind === "date" || kind === "datetime" || kind === "time";

const longest = (a: SqlType, b: SqlType): Partial<SqlType> =>
  a.length === undefined || b.length === undefined ? {} : { length: Math.max(a.length, b.length) };

/** The type of an expression that is either of both: IF, CASE, COALESCE, UNION. */
export function unify(a: SqlType, b: SqlType): SqlType {
  if (a.kind === "null") return b;
  if (b.kind === "null") return a;
  if (a.kind === b.kind) return unifySameKind(a, b);
  if (a.enumerated || b.enumerated) return text();
  if (isNumeric(a) && isNumeric(b)) {
    if (a.kind === "double" || b.kind === "double") return DOUBLE;
    return decimal(Math.max(a.scale, b.scale));
  }
  if (isTemporal(a) && isTemporal(b) && a.kind !== "time" && b.kind !== "time")
    return datetime(Math.max(a.scale, b.scale));
  if (a.kind === "bytes" || b.kind === "bytes") return BYTES;
  const isLong = a.wire === "longtext" || b.wire === "longtext" || a.kind === "json" || b.kind === "json";
  return isLong ? LONG_TEXT : text();
}

function unifySameKind(a: SqlType, b: SqlType): SqlType {
  const wire = a.wire === b.wire ? a.wire : WIDEST[a.kind];
  const { length: _, ...rest } = a;
  return {
    ...rest,
    wire,
    ...longest(a, b),
    scale: Math.max(a.scale, b.scale),
    unsigned: a.unsigned && b.unsigned,
    byteWise: a.byteWise || b.byteWise,
  };
}

const WIDEST: Record<Kind, ColumnType> = {
  null: "null",
  int: "bigint",
  decimal: "decimal",
  double: "double",
  text: "longtext",
  bytes: "blob",
  date: "date",
  datetime: "datetime",
  time: "time",
  json: "json",
};
