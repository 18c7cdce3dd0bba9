import { SqlError } from "../engine.ts";
import { type ColumnDefinition, columnNamed, type TableDefinition } from "./catalog/table-definition.ts";
import { type DataType, isTemporal, type TypeName } from "./data-type.ts";
import { columnType } from "./sql-type.ts";
import { toStored } from "./values/store.ts";

/** What OceanBase refuses in a definition, as 4.2.1.9 and the 4.3.5 line word it. */
export function checkTable(table: TableDefinition): void {
  for (const column of table.columns) checkColumn(column);
  if (table.columns.filter(({ autoIncrement }) => autoIncrement).length > 1) {
    const words = "Incorrect table definition; there can be only one auto column";
    throw new SqlError(1075, "42000", words);
  }
  for (const { name, prefix } of table.keys.flatMap((key) => key.columns)) {
    const column = columnNamed(table, name);
    if (column) checkKeyColumn(column, prefix);
  }
}

const MAX_DIGITS = 65;
const MAX_SCALE = 30;
const MAX_FRACTION = 6;

function checkColumn(column: ColumnDefinition): void {
  const { name, type } = column;
  checkLength(name, type);
  checkDigits(name, type);
  if (isTemporal(type) && (type.scale ?? 0) > MAX_FRACTION)
    throw tooPrecise(type.scale ?? 0, name, MAX_FRACTION);
  if (type.collation !== undefined && !COLLATION.test(type.collation))
    throw new SqlError(1273, "HY000", `Unknown collation: '${type.collation}'`);
  checkDefault(column);
}

const COLLATION = /^(?:binary|[a-z0-9]+_[a-z0-9_]+)$/;

/** In characters of a text, in bytes otherwise. */
const MAX_LENGTH: Partial<Record<TypeName, number>> = {
  char: 256,
  binary: 256,
  varchar: 262_144,
  varbinary: 1_048_576,
};

function checkLength(column: string, { name, length = 0 }: DataType): void {
  const most = MAX_LENGTH[name];
  if (most === undefined || length <= most) return;
  const words = `Column length too big for column '${column}' (max = ${most})`;
  throw new SqlError(1074, "42000", words);
}

function checkDigits(column: string, { name, length = 10, scale = 0 }: DataType): void {
  if (name !== "decimal") return;
  if (length > MAX_DIGITS) throw tooPrecise(length, column, MAX_DIGITS);
  if (scale > MAX_SCALE) {
    const words = `Too big scale ${scale} specified for column '${column}'. Maximum is ${MAX_SCALE}.`;
    throw new SqlError(1425, "42000", words);
  }
  if (scale <= length) return;
  const words = `For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column '${column}').`;
  throw new SqlError(1427, "42000", words);
}

const tooPrecise = (digits: number, column: string, most: number) =>
  new SqlError(
    1426,
    "42000",
    `Too big precision ${digits} specified for column '${column}'. Maximum is ${most}.`,
  );

function checkDefault(column: ColumnDefinition): void {
  const value = column.default;
  const wrong = new SqlError(1067, "42000", `Invalid default value for '${column.name}'`);
  if (value?.kind === "null" && !column.nullable) throw wrong;
  if (value?.kind !== "text") return;
  try {
    toStored(value.text, { column, row: 1, zoneMinutes: 0 });
  } catch {
    throw wrong;
  }
}

function checkKeyColumn({ name, type }: ColumnDefinition, prefix: number | undefined): void {
  const { wire, kind } = columnType(type);
  if ((wire === "longtext" || wire === "blob" || kind === "json") && prefix === undefined)
    throw new SqlError(1167, "42000", `The used storage engine can't index column '${name}'`);
  if (prefix === undefined || kind === "text" || kind === "bytes") return;
  const words =
    "Incorrect prefix key; the used key part isn't a string, the used length is longer than the key part, or the storage engine doesn't support unique prefix keys";
  throw new SqlError(1089, "HY000", words);
}
