import { LockWait, SqlError } from "../../engine.ts";

/** Codes of sqlite3.h. */
const BUSY = 5;
const BUSY_SNAPSHOT = 517;
const CONSTRAINT_NOT_NULL = 1299;
const UNIQUE_CODES = new Set([1555, 2067, 2579]);

interface SqliteFailure extends Error {
  readonly errcode: number;
}

const isSqliteFailure = (error: unknown): error is SqliteFailure =>
  error instanceof Error && "errcode" in error;

/** The columns of the key that a failed statement would have doubled; undefined for every other failure. */
export function doubledColumns(error: unknown): readonly string[] | undefined {
  if (!isSqliteFailure(error) || !UNIQUE_CODES.has(error.errcode)) return undefined;
  const list = error.message.replace(/^UNIQUE constraint failed: /, "");
  return list.split(", ").map(lastPart);
}

/** `shop.orders.id` is column id of the SQLite table "shop.orders"; a column's own name may hold points, too. */
const lastPart = (name: string) => name.split(".").slice(2).join(".");

/** What OceanBase would have answered to a failure of SQLite. */
export function toSqlError(error: unknown, lockWaitMs: number): unknown {
  if (error instanceof SqlError || !isSqliteFailure(error)) return error;
  if (error.errcode === BUSY) return new LockWait(lockWaitMs);
  if (error.errcode === BUSY_SNAPSHOT)
    return new SqlError(6235, "25000", "can't serialize access for this transaction");
  if (error.errcode === CONSTRAINT_NOT_NULL) {
    return new SqlError(
      1048,
      "23000",
      `Column '${lastPart(error.message.replace(/^NOT NULL constraint failed: /, ""))}' cannot be null`,
    );
  }
  if (error.message.includes("integer overflow"))
    return new SqlError(1690, "22003", "BIGINT value is out of range");
  return new SqlError(1235, "0A000", `Not supported feature or function (${error.message})`);
}
