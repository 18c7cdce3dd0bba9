import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { type Dialect, SqliteDialect, type SqliteStatement } from "kysely";
import { StoreRefusal } from "./refusal.ts";

/**
 * All that is peculiar to SQLite is in this file; the rest of the folder speaks Kysely. Another backend needs a Kysely
 * dialect, a guard for ended operations, and a way to be alone.
 */

export const IN_MEMORY = ":memory:";

/** Statements kept prepared; the store has fewer than a hundred different ones. */
const PREPARED_AT_MOST = 200;
/** How long a second program waits for the first to let go, as when a service is restarted. */
const BUSY_MS = 3000;
const SQLITE_BUSY = 5;
const SQLITE_NOT_A_DATABASE = 26;

/**
 * One program at a time: the inventory is compared in memory, and two control loops on one memory would send everything
 * twice. The lock is the operating system's and goes with the process, however that ends. `synchronous = full`: an
 * intention that is recorded outlives a power cut, since what is sent afterwards does so as well.
 */
const OPENING = [
  "pragma locking_mode = exclusive",
  "pragma journal_mode = wal",
  "pragma synchronous = full",
  "pragma foreign_keys = on",
];

/** A new file is for its owner alone, and SQLite makes the log beside it alike. Throws StoreRefusal when another program has the database open, or the file is none. */
export function openSqlite(path: string, busyMs = BUSY_MS): DatabaseSync {
  if (path !== IN_MEMORY) closeSync(openSync(path, "a", 0o600));
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    for (const statement of OPENING) database.exec(statement);
    database.exec("begin immediate; commit");
    return database;
  } catch (error) {
    database.close();
    throw refusalOf(error, path);
  }
}

function refusalOf(error: unknown, path: string): unknown {
  const code = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  if (code === SQLITE_BUSY) {
    return new StoreRefusal(
      `${path} is open in another program; stop the other Holdfast or choose another --dir`,
    );
  }
  if (code === SQLITE_NOT_A_DATABASE) {
    return new StoreRefusal(`${path} is not an SQLite database; move it away or choose another --dir`);
  }
  return error;
}

export function sqliteDialect(database: DatabaseSync): Dialect {
  const prepared = new Map<string, SqliteStatement>();
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        const known = prepared.get(sql);
        if (known) return known;
        const statement = prepare(database, sql);
        const oldest = prepared.size < PREPARED_AT_MOST ? undefined : prepared.keys().next().value;
        if (oldest !== undefined) prepared.delete(oldest);
        prepared.set(sql, statement);
        return statement;
      },
    },
  });
}

function prepare(database: DatabaseSync, sql: string): SqliteStatement {
  const statement = database.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(sqlInput)),
    run: (parameters) => statement.run(...parameters.map(sqlInput)),
    iterate: (parameters) => statement.iterate(...parameters.map(sqlInput)),
  };
}

/** A boolean, a date or undefined that got this far is a defect: SQLite has no such values. */
function sqlInput(value: unknown): SQLInputValue {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new TypeError(`not a value for SQL: ${typeof value}`);
}

/** Whatever statement comes, also one written later in error: what has ended stays as it is, and stays. */
const ENDED_STAYS = `
  create trigger if not exists ended_operation_is_not_changed before update on operation when old.phase = 'ended'
  begin select raise(abort, 'an ended operation never changes'); end;
  create trigger if not exists ended_operation_is_not_deleted before delete on operation when old.phase = 'ended'
  begin select raise(abort, 'an ended operation is not deleted'); end;
`;

export function guardEndedOperations(database: DatabaseSync): void {
  database.exec(ENDED_STAYS);
}
