import { SqlError } from "../engine.ts";

/** How much of the statement OceanBase quotes behind "near". */
const NEAR_LENGTH = 80;

export function syntaxError(sql: string, offset: number): SqlError {
  const near = sql.slice(offset, offset + NEAR_LENGTH);
  const line = sql.slice(0, offset).split("\n").length;
  return new SqlError(
    1064,
    "42000",
    "You have an error in your SQL syntax; check the manual that corresponds to your OceanBase version " +
      `for the right syntax to use near '${near}' at line ${line}`,
  );
}

/** The sandbox refuses what it cannot answer exactly: OB_NOT_SUPPORTED, -4007. */
export const notSupported = (what: string) => new SqlError(1235, "0A000", `${what} not supported`);

export const unknownDatabase = (name: string) => new SqlError(1049, "42000", `Unknown database '${name}'`);

export const cannotBeNull = (column: string) =>
  new SqlError(1048, "23000", `Column '${column}' cannot be null`);

export const noDatabase = () => new SqlError(1046, "3D000", "No database selected");

export const noSuchTable = (database: string, table: string) =>
  new SqlError(1146, "42S02", `Table '${database}.${table}' doesn't exist`);

/** What information_schema does not have. */
export const unknownTable = (schema: string, table: string) =>
  new SqlError(1109, "42S02", `Unknown table '${table}' in ${schema}`);

export const unknownColumn = (name: string, clause: string) =>
  new SqlError(1054, "42S22", `Unknown column '${name}' in '${clause}'`);

export const ambiguousColumn = (name: string, clause: string) =>
  new SqlError(1052, "23000", `Column '${name}' in ${clause} is ambiguous`);
