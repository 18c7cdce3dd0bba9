import { type Kysely, type QueryExecutorProvider, sql } from "kysely";
import { up as clustersInventoriesOperations } from "./migrations/0001-clusters-inventories-operations.ts";
import { up as rememberInterruptions } from "./migrations/0002-remember-interruptions.ts";
import { StoreRefusal } from "./refusal.ts";
import type { Schema } from "./schema.ts";

/** A migration runs statements and is given nothing else: the schema of today is not that of its day. */
export interface Migration {
  readonly up: (db: QueryExecutorProvider) => Promise<void>;
}

/** In order; only ever added to at the end. There is no way back: an older program refuses a newer database. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-clusters-inventories-operations": { up: clustersInventoriesOperations },
  "0002-remember-interruptions": { up: rememberInterruptions },
};

/**
 * Each migration and the note that it was made are one transaction. Kysely's own migrator runs without one on SQLite: a
 * kill in the middle would leave half a migration that never completes. (On MySQL, where DDL commits by itself, a
 * migration must be such that it can be run again.)
 *
 * Throws StoreRefusal, before anything is touched, when a newer program has been here.
 */
export async function migrate(
  db: Kysely<Schema>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<void> {
  const applied = await appliedMigrations(db);
  refuseNewer(applied, Object.keys(migrations));
  for (const [name, migration] of Object.entries(migrations)) {
    if (applied.includes(name)) continue;
    await db.transaction().execute(async (tx) => {
      await migration.up(tx);
      await sql`insert into migration (name) values (${name})`.execute(tx);
    });
  }
}

async function appliedMigrations(db: Kysely<Schema>): Promise<readonly string[]> {
  await sql`create table if not exists migration (name varchar(128) not null primary key)`.execute(db);
  const { rows } = await sql<{ readonly name: string }>`select name from migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

function refuseNewer(applied: readonly string[], known: readonly string[]): void {
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new StoreRefusal(
    `the database was written by a newer Holdfast (it has ${unknown.join(", ")}, this program knows ` +
      `${known.at(-1)}); start the newer program, or choose another --dir`,
  );
}
