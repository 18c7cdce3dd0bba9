import path from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type ClusterState, emptyState } from "./state.ts";
import type { Table } from "./table.ts";

/** Marks a bigint in the JSON of a row; no text that OceanBase takes begins with it. */
const BIGINT_MARK = "\u0001";

type AnyTable = Table<object>;

/**
 * Of the rows here and of the files beside them (tenants' data, sets, pieces). Goes up with every change after which an
 * older cluster would be misread: it is refused then, since a piece that is not recognised would be written anew.
 */
const FORMAT = 2;

/**
 * The cluster's rows on disk: one SQLite file, one row per row. Each save is one transaction, so a kill leaves the
 * cluster as it was at a moment between two steps.
 */
export class StateFile {
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  /** Throws when another process has the file open, or a sandbox of another format wrote it. */
  constructor(file: string) {
    this.#database = openAlone(file);
    checkFormat(this.#database, file);
    this.#database.exec(
      "CREATE TABLE IF NOT EXISTS row (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, json TEXT NOT NULL, UNIQUE (kind, key))",
    );
    this.#put = this.#database.prepare(
      "INSERT INTO row (kind, key, json) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET json = excluded.json",
    );
    this.#remove = this.#database.prepare("DELETE FROM row WHERE kind = ? AND key = ?");
  }

  /** Rows come back in the order in which they were first put. */
  load(): ClusterState {
    const state = emptyState();
    const tables = new Map<string, AnyTable>(tablesOf(state));
    for (const { kind, json } of this.#database.prepare("SELECT kind, json FROM row ORDER BY id").iterate()) {
      tables.get(String(kind))?.load(parseRow(String(json)));
    }
    return state;
  }

  /** Writes what changed since the last save. */
  save(state: ClusterState): void {
    const changes = tablesOf(state).flatMap(([kind, table]) =>
      table.takeChanges().map((change) => ({ kind, ...change })),
    );
    if (changes.length === 0) return;
    this.#database.exec("BEGIN IMMEDIATE");
    for (const { kind, key, row } of changes) {
      if (row === undefined) this.#remove.run(kind, key);
      else this.#put.run(kind, key, rowText(row));
    }
    this.#database.exec("COMMIT");
  }

  close(): void {
    this.#database.close();
  }
}

function checkFormat(database: DatabaseSync, file: string): void {
  const isNew = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'row'").get() === undefined;
  if (isNew) database.exec(`PRAGMA user_version = ${FORMAT}`);
  const found = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (found === FORMAT) return;
  database.close();
  throw new Error(
    `${path.dirname(file)} was made by another version of the sandbox (format ${found}, this one reads ${FORMAT}). Nothing was touched: choose another --dir, or remove that folder`,
  );
}

const BUSY = 5;
/** One that was told to stop, or whose parent died, needs a moment to end. */
const PATIENCE_MS = 3_000;

function openAlone(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: PATIENCE_MS });
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    database.exec("BEGIN IMMEDIATE; COMMIT");
    return database;
  } catch (error) {
    database.close();
    const isBusy = error instanceof Error && "errcode" in error && error.errcode === BUSY;
    throw isBusy ? new Error(`another sandbox is running in ${path.dirname(file)}`, { cause: error }) : error;
  }
}

function tablesOf(state: ClusterState): readonly [string, AnyTable][] {
  return Object.entries(state);
}

function rowText(row: object): string {
  return JSON.stringify(row, (_, value) => (typeof value === "bigint" ? `${BIGINT_MARK}${value}` : value));
}

function parseRow(json: string): object {
  return JSON.parse(json, (_, value) =>
    typeof value === "string" && value.startsWith(BIGINT_MARK) ? BigInt(value.slice(1)) : value,
  );
}
