import type { DatabaseSync } from "node:sqlite";
import { SqlError } from "../../engine.ts";
import type { TenantData } from "../../tenant-data/tenant-data.ts";

export interface TransactionOptions {
  readonly db: DatabaseSync;
  readonly data: TenantData;
  /** The views loaded inside of a transaction are gone when it is rolled back. */
  onRollback(): void;
  /** Definitions that were read while they were being changed are not there after all. */
  onFailedDefinition(): void;
  refuseWrite(): SqlError | undefined;
}

/**
 * A session's transaction over SQLite's. Under READ COMMITTED SQLite is asked to begin only before the first change, and
 * then at once for writing: until then each statement sees the newest commits, and from then on nobody else can commit.
 * Under the stricter levels it begins with the first statement and keeps that snapshot.
 */
export class Transaction {
  readonly #options: TransactionOptions;
  /** What SQLite holds open. */
  #open: "nothing" | "snapshot" | "write" = "nothing";
  #explicit = false;
  #readOnly = false;
  #wantsSnapshot = false;
  autocommit = true;
  /** Level of the transactions to come. */
  snapshotLevel = false;

  constructor(options: TransactionOptions) {
    this.#options = options;
  }

  /** True from BEGIN, or from the first statement without autocommit, to COMMIT. */
  get explicit(): boolean {
    return this.#explicit;
  }

  get sqliteIsOpen(): boolean {
    return this.#open !== "nothing";
  }

  begin(mode: { readonly snapshot: boolean; readonly readOnly: boolean }): void {
    this.commit();
    this.#explicit = true;
    this.#readOnly = mode.readOnly;
    this.#wantsSnapshot = mode.snapshot || this.snapshotLevel;
    if (mode.snapshot) this.#takeSnapshot();
  }

  #takeSnapshot(): void {
    if (this.#open !== "nothing") return;
    this.#options.db.exec("BEGIN");
    this.#open = "snapshot";
    this.#options.db.prepare("SELECT count(*) FROM main.sqlite_schema").get();
  }

  /** To be called before a statement that reads tables. */
  beforeRead(): void {
    this.#joinImplicit();
    if (this.#explicit && this.#wantsSnapshot) this.#takeSnapshot();
  }

  /** Without autocommit the first statement begins a transaction. */
  #joinImplicit(): void {
    if (this.autocommit || this.#explicit) return;
    this.#explicit = true;
    this.#readOnly = false;
    this.#wantsSnapshot = this.snapshotLevel;
  }

  /**
   * Runs a change. `steps` says whether it is one statement of SQLite's, which is atomic by itself, or several.
   * Outside of a transaction the change is committed and captured when `change` returns.
   */
  write<T>(steps: "one" | "many", change: () => T): T {
    const refusal = this.#options.refuseWrite();
    if (refusal) throw refusal;
    this.#joinImplicit();
    if (this.#readOnly && this.#explicit) {
      throw new SqlError(1792, "25006", "Cannot execute statement in a READ ONLY transaction.");
    }
    if (this.#explicit) return this.#writeInside(steps, change);
    const result = steps === "one" ? change() : this.#atomically(change);
    this.#options.data.captureCommit();
    return result;
  }

  #writeInside<T>(steps: "one" | "many", change: () => T): T {
    if (this.#wantsSnapshot) this.#takeSnapshot();
    if (this.#open === "nothing") {
      this.#options.db.exec("BEGIN IMMEDIATE");
      this.#open = "write";
    }
    return steps === "one" ? change() : this.#inSavepoint(change);
  }

  #atomically<T>(change: () => T): T {
    const { db } = this.#options;
    db.exec("BEGIN IMMEDIATE");
    this.#open = "write";
    try {
      const result = change();
      db.exec("COMMIT");
      return result;
    } catch (error) {
      this.#rollbackSqlite();
      throw error;
    } finally {
      this.#open = "nothing";
    }
  }

  #inSavepoint<T>(change: () => T): T {
    const { db } = this.#options;
    db.exec("SAVEPOINT statement_of_session");
    try {
      const result = change();
      db.exec("RELEASE statement_of_session");
      return result;
    } catch (error) {
      if (db.isTransaction) db.exec("ROLLBACK TO statement_of_session; RELEASE statement_of_session");
      throw error;
    }
  }

  /** A definition change: commits what is open and is a transaction of its own. */
  define(change: () => void): void {
    this.commit();
    const refusal = this.#options.refuseWrite();
    if (refusal) throw refusal;
    try {
      this.#atomically(change);
    } catch (error) {
      this.#options.onFailedDefinition();
      throw error;
    }
    this.#options.data.captureCommit();
  }

  /** SELECT … FOR UPDATE inside of a transaction takes the lock. */
  lock(): void {
    this.#joinImplicit();
    if (this.#explicit) this.write("one", () => undefined);
  }

  savepoint(name: string): void {
    this.#joinImplicit();
    if (!this.#explicit) return;
    if (this.#wantsSnapshot) this.#takeSnapshot();
    if (this.#open === "nothing") {
      this.#options.db.exec("BEGIN IMMEDIATE");
      this.#open = "write";
    }
    this.#options.db.exec(`SAVEPOINT ${savepointName(name)}`);
  }

  rollbackTo(name: string): void {
    this.#onSavepoint(name, `ROLLBACK TO ${savepointName(name)}`);
    this.#options.onRollback();
  }

  release(name: string): void {
    this.#onSavepoint(name, `RELEASE ${savepointName(name)}`);
  }

  #onSavepoint(name: string, sql: string): void {
    const unknown = new SqlError(1305, "42000", "savepoint does not exist");
    if (this.#open === "nothing") throw unknown;
    try {
      this.#options.db.exec(sql);
    } catch {
      throw unknown;
    }
  }

  commit(): void {
    const wrote = this.#open === "write" || this.#open === "snapshot";
    if (wrote) this.#options.db.exec("COMMIT");
    this.#end();
    if (wrote) this.#options.data.captureCommit();
  }

  rollback(): void {
    if (this.#open !== "nothing") this.#rollbackSqlite();
    this.#end();
  }

  #rollbackSqlite(): void {
    if (this.#options.db.isTransaction) this.#options.db.exec("ROLLBACK");
    this.#options.onRollback();
  }

  #end(): void {
    this.#open = "nothing";
    this.#explicit = false;
    this.#readOnly = false;
    this.#wantsSnapshot = false;
  }
}

const savepointName = (name: string) => `"user.${name.toLowerCase().replaceAll('"', '""')}"`;
