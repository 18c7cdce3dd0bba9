import { SqlError } from "../../engine.ts";
import { quotedTable, quoteName, rowIdName } from "../catalog/names.ts";
import { type KeyDefinition, type TableDefinition, uniqueKeys } from "../catalog/table-definition.ts";
import type { SqliteValue } from "../compile/compilation.ts";
import { columnType } from "../sql-type.ts";
import { doubleText } from "../values/double.ts";
import { shiftZone, shown, timeText } from "../values/temporal.ts";
import type { Core } from "./core.ts";
import { rowsOf } from "./core.ts";

/** A row as it is to be stored, by the table's column order. */
export type StoredRow = readonly SqliteValue[];

/** The key whose columns SQLite named in its message. */
export function keyOfColumns(table: TableDefinition, columns: readonly string[]): KeyDefinition | undefined {
  const wanted = columns.map((name) => name.toLowerCase()).join("\0");
  return uniqueKeys(table).find(
    (key) => key.columns.map(({ name }) => name.toLowerCase()).join("\0") === wanted,
  );
}

/** The values of a key's columns in a row; undefined when one is NULL, which equals nothing. */
export function keyValues(
  table: TableDefinition,
  key: KeyDefinition,
  row: StoredRow,
): SqliteValue[] | undefined {
  const values = key.columns.map(
    ({ name }) =>
      row[table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase())] ?? null,
  );
  return values.includes(null) ? undefined : values;
}

/** Row id of the row that has these values in the key. */
export function findByKey(
  core: Core,
  table: TableDefinition,
  { key, values }: KeyedValues,
): SqliteValue | undefined {
  const rowId = rowIdName(table.columns);
  const conditions = key.columns.map(({ name }, i) => `${quoteName(name)} = ?${i + 1}`);
  const sql = `SELECT ${rowId} FROM ${quotedTable(table)} WHERE ${conditions.join(" AND ")}`;
  return rowsOf(core.prepare(sql), values)[0]?.[0];
}

export interface KeyedValues {
  readonly key: KeyDefinition;
  readonly values: readonly SqliteValue[];
}

/** MySQL's 1062, in its words, with the values as a client would read them. */
export function duplicateEntry(core: Core, table: TableDefinition, { key, values }: KeyedValues): SqlError {
  const texts = key.columns.map(({ name }, i) => {
    const column = table.columns.find((other) => other.name.toLowerCase() === name.toLowerCase());
    return column ? clientText(values[i] ?? null, columnType(column.type), core.zoneMinutes) : "";
  });
  return new SqlError(1062, "23000", `Duplicate entry '${texts.join("-")}' for key '${key.name}'`);
}

function clientText(value: SqliteValue, type: ReturnType<typeof columnType>, zone: number): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  if (type.kind === "datetime")
    return shown(type.wire === "timestamp" ? shiftZone(String(value), zone) : String(value), type.scale);
  if (type.kind === "time") return timeText(BigInt(String(value)), type.scale);
  return typeof value === "number" ? doubleText(value) : String(value);
}
