import type { DatabaseSync } from "node:sqlite";
import type { TenantData } from "../../tenant-data/tenant-data.ts";
import type { Definition } from "./table-definition.ts";

/*
 * What MySQL knows of tables and SQLite does not (types, defaults, comments, views) stands in two tables of the tenant's
 * own file, so that a restored tenant brings it along. Their names have no point and so cannot meet a user's table.
 */
const CREATE = `
  CREATE TABLE IF NOT EXISTS catalog_databases (name TEXT PRIMARY KEY, shown TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS catalog_tables (database TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
    PRIMARY KEY (database, name)) WITHOUT ROWID;
  INSERT OR IGNORE INTO catalog_databases VALUES ('test', 'test'), ('mysql', 'mysql');`;

const HAS_CATALOG = "SELECT count(*) FROM main.sqlite_schema WHERE name = 'catalog_tables'";

/** What all sessions of a tenant share in memory. */
interface Shared {
  /** Grows with every change of a definition: plans and definitions read before it are stale. */
  epoch: number;
  /** The highest value given out for each AUTO_INCREMENT column, by stored table name. */
  readonly autoIncrement: Map<string, bigint>;
}

const sharedByTenant = new WeakMap<TenantData, Shared>();

function sharedOf(data: TenantData): Shared {
  const known = sharedByTenant.get(data);
  if (known) return known;
  const fresh: Shared = { epoch: 0, autoIncrement: new Map() };
  sharedByTenant.set(data, fresh);
  return fresh;
}

/** The databases, tables and views of a tenant, as one session reads them. */
export class Catalog {
  readonly #db: DatabaseSync;
  readonly #shared: Shared;
  #readAt = -1;
  #definitions = new Map<string, Definition>();
  #databases = new Map<string, string>();

  constructor(db: DatabaseSync, data: TenantData) {
    this.#db = db;
    this.#shared = sharedOf(data);
  }

  get epoch(): number {
    return this.#shared.epoch;
  }

  get autoIncrement(): Map<string, bigint> {
    return this.#shared.autoIncrement;
  }

  get exists(): boolean {
    return this.#db.prepare(HAS_CATALOG).get()?.["count(*)"] !== 0;
  }

  /** Makes the catalogue of a tenant that has none yet, with the databases that OceanBase makes. */
  create(): void {
    this.#db.exec(CREATE);
    this.changed();
  }

  /** To be called when a definition was written, and when that was rolled back. */
  changed(): void {
    this.#shared.epoch++;
  }

  #read(): void {
    if (this.#readAt === this.#shared.epoch) return;
    const databases = this.exists
      ? this.#db.prepare("SELECT name, shown FROM main.catalog_databases").all()
      : [];
    this.#databases = new Map(databases.map(({ name, shown }) => [String(name), String(shown)]));
    this.#definitions = new Map();
    const tables = this.exists
      ? this.#db.prepare("SELECT database, name, definition FROM main.catalog_tables").all()
      : [];
    for (const { database, name, definition } of tables) {
      const read: Definition = JSON.parse(String(definition));
      this.#definitions.set(`${String(database)}\0${String(name)}`, read);
    }
    this.#readAt = this.#shared.epoch;
  }

  databases(): readonly string[] {
    this.#read();
    return [...this.#databases.values()].toSorted();
  }

  hasDatabase(name: string): boolean {
    this.#read();
    return this.#databases.has(name.toLowerCase());
  }

  find(database: string, name: string): Definition | undefined {
    this.#read();
    return this.#definitions.get(`${database.toLowerCase()}\0${name.toLowerCase()}`);
  }

  /** Sorted by name. */
  inDatabase(database: string): readonly Definition[] {
    this.#read();
    const found = [...this.#definitions.values()].filter(
      (definition) => definition.database === database.toLowerCase(),
    );
    return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  addDatabase(name: string): void {
    this.#db
      .prepare("INSERT INTO main.catalog_databases VALUES (?, ?)")
      .run(name.toLowerCase(), name.toLowerCase());
    this.changed();
  }

  removeDatabase(name: string): void {
    this.#db.prepare("DELETE FROM main.catalog_databases WHERE name = ?").run(name.toLowerCase());
    this.#db.prepare("DELETE FROM main.catalog_tables WHERE database = ?").run(name.toLowerCase());
    this.changed();
  }

  put(definition: Definition): void {
    this.#db
      .prepare("INSERT OR REPLACE INTO main.catalog_tables VALUES (?, ?, ?)")
      .run(definition.database, definition.name, JSON.stringify(definition));
    this.changed();
  }

  remove(database: string, name: string): void {
    this.#db
      .prepare("DELETE FROM main.catalog_tables WHERE database = ? AND name = ?")
      .run(database.toLowerCase(), name.toLowerCase());
    this.changed();
  }
}
