import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Catalog } from "../catalog/catalog.ts";
import {
  Compilation,
  type Compiled,
  type Setting,
  type SqliteValue,
  type Surroundings,
} from "../compile/compilation.ts";
import type { CurrentRow } from "../compile/insert.ts";
import type { StoreSlots } from "../compile/store-expression.ts";
import { zoneMinutes } from "../functions/date-functions.ts";
import type { SessionOptions } from "../session-options.ts";
import type { SystemView } from "../system-views.ts";
import { fromNanoseconds, instantText } from "../values/temporal.ts";
import { toSqlError } from "./sqlite-error.ts";
import { isLateVersion } from "./system-variables.ts";
import type { Transaction } from "./transaction.ts";
import { scopedName, type Variables } from "./variables.ts";
import type { ViewLoader } from "./view-loader.ts";

const MAX_PREPARED = 400;

/** The parts of one session, for the statements that run in it. */
export class Core {
  readonly options: SessionOptions;
  readonly db: DatabaseSync;
  readonly catalog: Catalog;
  readonly variables: Variables;
  readonly slots: StoreSlots;
  readonly transaction: Transaction;
  readonly views: ViewLoader;
  readonly #findView: (schema: string, name: string) => SystemView | undefined;
  readonly #viewNames: (schema: string) => readonly string[];
  readonly #prepared = new Map<string, StatementSync>();
  readonly current: CurrentRow = { rowId: null, inserted: [] };
  database: string | undefined;
  /** The result of a SHOW while its WHERE clause is asked. */
  shownResult: SystemView | undefined;
  lastInsertId = 0n;
  /** The first AUTO_INCREMENT value of the statement that runs; 0 when it made none. */
  generatedId = 0n;
  rowCount = -1n;
  /** Nanoseconds: NOW() is one time throughout a statement. */
  statementTime = 0n;

  constructor(parts: CoreParts) {
    this.options = parts.options;
    this.db = parts.db;
    this.catalog = parts.catalog;
    this.variables = parts.variables;
    this.slots = parts.slots;
    this.transaction = parts.transaction;
    this.views = parts.views;
    this.#findView = parts.findView;
    this.#viewNames = parts.viewNames;
    this.database = parts.options.database?.toLowerCase();
  }

  /** Of the 4.3.5 line or later. */
  get isLate(): boolean {
    return isLateVersion(this.options.versionText.replace(/^.*-v/, ""));
  }

  get zoneMinutes(): number {
    return zoneMinutes(this.variables.text("time_zone")) ?? 480;
  }

  /** How long a statement waits for a lock: the query timeout, which is in microseconds. */
  get lockWaitMs(): number {
    return Math.max(0, this.variables.number("ob_query_timeout") / 1000);
  }

  compilation(): Compilation {
    return this.compilationIn(this.database);
  }

  /** With another current database: what a view was made in. */
  compilationIn(database: string | undefined): Compilation {
    return new Compilation(this.#surroundings(database));
  }

  systemView(schema: string, name: string): SystemView | undefined {
    return this.#findView(schema.toLowerCase(), name);
  }

  systemViewNames(schema: string): readonly string[] {
    return this.#viewNames(schema);
  }

  #surroundings(database: string | undefined): Surroundings {
    return {
      catalog: this.catalog,
      database,
      zoneMinutes: this.zoneMinutes,
      systemView: (schema, name) => this.systemView(schema, name),
      now: () => this.timeText(this.statementTime),
      userVariable: (name) => this.variables.user.get(name.toLowerCase()) ?? null,
      setting: (name) => this.#setting(name),
    };
  }

  /** Some variables are asked of the session itself. */
  #setting(path: string): Setting {
    const { name } = scopedName(path);
    const value = this.variables.at(path);
    const kind = this.variables.about(name)?.kind ?? "text";
    if (name === "last_insert_id" || name === "identity") return { value: this.lastInsertId, kind };
    if (name === "timestamp" && Number(value) === 0)
      return { value: `${this.statementTime / 1_000_000_000n}`, kind };
    return { value, kind };
  }

  /** In the session's zone, in stored form. */
  timeText(ns: bigint): string {
    return instantText(fromNanoseconds(ns + BigInt(this.zoneMinutes) * 60_000_000_000n));
  }

  prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known) return known;
    const statement = this.db.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    if (this.#prepared.size >= MAX_PREPARED) {
      const [oldest] = this.#prepared.keys();
      if (oldest !== undefined) this.#prepared.delete(oldest);
    }
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** All rows of a compiled query, as arrays. */
  rows(compiled: Compiled, literals: readonly string[]): SqliteValue[][] {
    const values = compiled.bind(literals);
    return this.answering(() => rowsOf(this.prepare(compiled.sql), values));
  }

  /** Runs a compiled change; how many rows it touched. */
  run(compiled: Compiled, literals: readonly string[]): number {
    return this.runValues(compiled.sql, compiled.bind(literals));
  }

  runValues(sql: string, values: readonly SqliteValue[]): number {
    return Number(this.prepare(sql).run(...values).changes);
  }

  /** Turns what SQLite throws into what OceanBase would have answered. */
  answering<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toSqlError(error, this.lockWaitMs);
    }
  }
}

export interface CoreParts {
  readonly options: SessionOptions;
  readonly db: DatabaseSync;
  readonly catalog: Catalog;
  readonly variables: Variables;
  readonly slots: StoreSlots;
  readonly transaction: Transaction;
  readonly views: ViewLoader;
  readonly findView: (schema: string, name: string) => SystemView | undefined;
  readonly viewNames: (schema: string) => readonly string[];
}

/** With setReturnArrays(true) a row is an array, which the types of node:sqlite do not say. */
export function rowsOf(statement: StatementSync, values: readonly SqliteValue[]): SqliteValue[][] {
  const rows: unknown = statement.all(...values);
  return rows as SqliteValue[][];
}
