import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import * as clustersInventoriesOperations from "./migrations/0001-clusters-inventories-operations.ts";
import { StoreRefusal } from "./refusal.ts";
import type { Schema } from "./schema.ts";

/** In order; only ever added to at the end. There is no way back: an older program refuses a newer database. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-clusters-inventories-operations": clustersInventoriesOperations,
};

/** Throws StoreRefusal, before anything is touched, when a newer program has been here. */
export async function migrate(
  db: Kysely<Schema>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  await refuseNewer(db, migrations);
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error("the database could not be brought up to date", { cause: error });
}

async function refuseNewer(db: Kysely<Schema>, known: Readonly<Record<string, Migration>>): Promise<void> {
  const applied = await appliedMigrations(db);
  const unknown = applied.filter((name) => !(name in known));
  if (unknown.length === 0) return;
  throw new StoreRefusal(
    `the database was written by a newer Holdfast (it has ${unknown.join(", ")}, this program knows ` +
      `${Object.keys(known).at(-1)}); start the newer program, or choose another --dir`,
  );
}

/** Kysely's own table, asked directly: its list of migrations leaves out the ones that it does not know. */
async function appliedMigrations(db: Kysely<Schema>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return [];
  const rows = await db
    .withTables<{ kysely_migration: { readonly name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .orderBy("name")
    .execute();
  return rows.map((row) => row.name);
}
