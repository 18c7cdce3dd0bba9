import { Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { columnName } from "./columns.ts";
import { BACKUP_JOBS, PIECES, RESTORE_JOBS, ROUNDS, SETS, TENANTS } from "./inventory-tables.ts";
import { type Migration, migrate } from "./migrate.ts";
import type { Schema } from "./schema.ts";
import { openSqlite, sqliteDialect } from "./sqlite.ts";

function newDatabase(): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: sqliteDialect(openSqlite(":memory:")) });
}

function tableNamed(name: string): Migration {
  return {
    up: async (db) => {
      await sql`create table ${sql.table(name)} (x bigint)`.execute(db);
    },
  };
}

const [first, second, third] = [tableNamed("a"), tableNamed("b"), tableNamed("c")];
const failing: Migration = {
  up: async (db) => {
    await third.up(db);
    throw new Error("no room left");
  },
};

async function tablesOf(db: Kysely<Schema>): Promise<readonly string[]> {
  return (await db.introspection.getTables()).map((table) => table.name);
}

test("a database is brought up to date once, and later by what was added since", async () => {
  const db = newDatabase();
  await migrate(db, { "0001-a": first });
  await migrate(db, { "0001-a": first });
  expect(await tablesOf(db)).toEqual(["a", "migration"]);
  await migrate(db, { "0001-a": first, "0002-b": second });
  expect(await tablesOf(db)).toEqual(["a", "b", "migration"]);
  await db.destroy();
});

test("a database that a newer program has written is refused and not touched", async () => {
  const db = newDatabase();
  await migrate(db, { "0001-a": first, "0002-b": second });
  const older = migrate(db, { "0001-a": first });
  await expect(older).rejects.toMatchObject({ name: "StoreRefusal" });
  await expect(older).rejects.toThrow(
    "written by a newer Holdfast (it has 0002-b, this program knows 0001-a)",
  );
  expect(await tablesOf(db)).toEqual(["a", "b", "migration"]);
  await db.destroy();
});

test("a migration that fails leaves nothing behind, and those before it stay", async () => {
  const db = newDatabase();
  await migrate(db, { "0001-a": first });
  const broken = migrate(db, { "0001-a": first, "0002-b": second, "0003-c": failing });
  await expect(broken).rejects.toThrow("no room left");
  expect(await tablesOf(db)).toEqual(["a", "b", "migration"]);
  await migrate(db, { "0001-a": first, "0002-b": second, "0003-c": third });
  expect(await tablesOf(db)).toEqual(["a", "b", "c", "migration"]);
  await db.destroy();
});

test("every field of the domain has its column in the migrated database", async () => {
  const db = newDatabase();
  await migrate(db);
  const tables = await db.introspection.getTables();
  const columns = new Map(tables.map((table) => [table.name, table.columns.map((column) => column.name)]));
  for (const { name, owner, key, rest } of [TENANTS, SETS, ROUNDS, PIECES, BACKUP_JOBS, RESTORE_JOBS]) {
    const expected: readonly string[] = [...owner, ...[...key, ...rest].map(columnName)];
    expect([name, columns.get(name)?.toSorted()]).toEqual([name, expected.toSorted()]);
  }
  await db.destroy();
});
