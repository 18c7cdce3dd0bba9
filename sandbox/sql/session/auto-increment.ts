import { quotedTable, quoteName, storedName } from "../catalog/names.ts";
import type { TableDefinition } from "../catalog/table-definition.ts";
import type { SqliteValue } from "../compile/compilation.ts";
import { type Core, rowsOf } from "./core.ts";

/**
 * The value of an AUTO_INCREMENT column: what was given, or the next one for NULL and 0. The highest value given out is
 * remembered by all sessions of the tenant, so a rolled back one is not given out twice; what other means have stored is
 * seen in the column itself. After a restart, or in a restored tenant, counting goes on behind the highest value stored.
 */
export function autoIncrement(core: Core, table: TableDefinition, given: SqliteValue): SqliteValue {
  const name = storedName(table.database, table.name);
  const highest = core.catalog.autoIncrement.get(name);
  if (given !== null && (given !== 0n || keepsZero(core))) {
    if (typeof given === "bigint" && highest !== undefined && given > highest)
      core.catalog.autoIncrement.set(name, given);
    return given;
  }
  const next = maximum(highest ?? firstBefore(table), stored(core, table)) + 1n;
  core.catalog.autoIncrement.set(name, next);
  if (core.generatedId === 0n) core.generatedId = next;
  return next;
}

/** Dumps set it before they fill tables. */
const keepsZero = (core: Core) => core.variables.text("sql_mode").includes("NO_AUTO_VALUE_ON_ZERO");

const maximum = (a: bigint, b: bigint) => (a > b ? a : b);
const firstBefore = (table: TableDefinition) => BigInt(table.autoIncrement ?? "1") - 1n;

function stored(core: Core, table: TableDefinition): bigint {
  const column = table.columns.find(({ autoIncrement: counts }) => counts);
  if (!column) return 0n;
  const sql = `SELECT max(${quoteName(column.name)}) FROM ${quotedTable(table)}`;
  const value = rowsOf(core.prepare(sql), [])[0]?.[0];
  return typeof value === "bigint" && value > 0n ? value : 0n;
}
