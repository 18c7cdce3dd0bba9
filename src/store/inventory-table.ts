import { type CompiledQuery, type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { type Columns, columnName, type SqlValue } from "./columns.ts";
import type { Schema } from "./schema.ts";

/** Whose a row is: it stands before the row's own columns. */
export type OwnerColumn = "cluster" | "tenant_id";

/** How one kind of thing of an inventory lies in the database. */
export interface InventoryTable<T> {
  readonly name: keyof Schema;
  readonly owner: readonly OwnerColumn[];
  /** Fields that tell one from the other within the owner. */
  readonly key: readonly (keyof T & string)[];
  /** Fields besides the key. */
  readonly rest: readonly (keyof T & string)[];
  readonly columns: Columns<T>;
}

/** A table as far as its statements need it. */
type Layout = Pick<InventoryTable<unknown>, "name" | "owner"> & {
  readonly key: readonly string[];
  readonly rest: readonly string[];
};

/** One row to be written: the values in the order of the verb's statement. */
export interface RowChange {
  readonly table: Layout;
  readonly verb: "insert" | "update" | "delete";
  readonly values: readonly SqlValue[];
}

export function inventoryTable<T>(
  name: keyof Schema,
  owner: readonly OwnerColumn[],
  shape: { readonly key: readonly (keyof T & string)[]; readonly columns: Columns<T> },
): InventoryTable<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Columns<T> has the fields of T and no others
  const fields = Object.keys(shape.columns) as (keyof T & string)[];
  return { name, owner, ...shape, rest: fields.filter((field) => !shape.key.includes(field)) };
}

export function insertion<T>(table: InventoryTable<T>, owner: readonly SqlValue[], item: T): RowChange {
  const values = [...owner, ...valuesOf(table, table.key, item), ...valuesOf(table, table.rest, item)];
  return { table, verb: "insert", values };
}

export function update<T>(table: InventoryTable<T>, owner: readonly SqlValue[], item: T): RowChange {
  const values = [...valuesOf(table, table.rest, item), ...owner, ...valuesOf(table, table.key, item)];
  return { table, verb: "update", values };
}

export function deletion<T>(table: InventoryTable<T>, owner: readonly SqlValue[], item: T): RowChange {
  return { table, verb: "delete", values: [...owner, ...valuesOf(table, table.key, item)] };
}

function valuesOf<T>(table: InventoryTable<T>, fields: readonly (keyof T & string)[], item: T): SqlValue[] {
  return fields.map((field) => table.columns[field].toSql(item[field]));
}

/** Equal as they would lie in the database. */
export function isSame<T>(table: InventoryTable<T>, a: T, b: T): boolean {
  return table.rest.every((field) => {
    if (a[field] === b[field]) return true;
    const column = table.columns[field];
    return column.toSql(a[field]) === column.toSql(b[field]);
  });
}

/** The same thing, unchanged. */
export function isSameRow<T>(table: InventoryTable<T>, a: T, b: T): boolean {
  return table.key.every((field) => a[field] === b[field]) && isSame(table, a, b);
}

export function keyOf<T>(table: InventoryTable<T>, item: T): string {
  return table.key.map((field) => String(item[field])).join(" ");
}

/** Each statement is built once and run with each row's values: a first pass writes ten thousand rows. */
export async function writeRows(tx: Transaction<Schema>, changes: readonly RowChange[]): Promise<void> {
  const statements = new Map<string, CompiledQuery>();
  for (const change of changes) {
    const name = `${change.verb} ${change.table.name}`;
    const statement = statements.get(name) ?? STATEMENT[change.verb](change.table).compile(tx);
    statements.set(name, statement);
    await tx.executeQuery({ ...statement, parameters: change.values });
  }
}

const STATEMENT: Readonly<Record<RowChange["verb"], (table: Layout) => RawBuilder<unknown>>> = {
  insert: (table) => {
    const columns = [...table.owner, ...names(table.key), ...names(table.rest)];
    const places = columns.map(() => sql`${null}`);
    return sql`insert into ${sql.table(table.name)} (${refs(columns)}) values (${sql.join(places)})`;
  },
  update: (table) => {
    const sets = names(table.rest).map((column) => sql`${sql.ref(column)} = ${null}`);
    return sql`update ${sql.table(table.name)} set ${sql.join(sets)} where ${isRow(table)}`;
  },
  delete: (table) => sql`delete from ${sql.table(table.name)} where ${isRow(table)}`,
};

function isRow(table: Layout): RawBuilder<unknown> {
  const terms = [...table.owner, ...names(table.key)].map((column) => sql`${sql.ref(column)} = ${null}`);
  return sql.join(terms, sql` and `);
}

function names(fields: readonly string[]): string[] {
  return fields.map(columnName);
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}

export interface OwnedItem<T> {
  /** Undefined in tables that belong to a cluster alone. */
  readonly tenantId: number | undefined;
  readonly item: T;
}

/** All rows of a cluster, in the order of their keys. */
export async function readRows<T>(
  db: Kysely<Schema>,
  table: InventoryTable<T>,
  cluster: string,
): Promise<readonly OwnedItem<T>[]> {
  const columns = [...table.owner, ...names(table.key), ...names(table.rest)];
  const order = [...table.owner, ...names(table.key)];
  const found = await sql<Record<string, SqlValue>>`
    select ${refs(columns)} from ${sql.table(table.name)} where cluster = ${cluster} order by ${refs(order)}
  `.execute(db);
  const read = [...table.key, ...table.rest].map((field) => ({
    field,
    name: columnName(field),
    column: table.columns[field],
  }));
  return found.rows.map((row) => {
    const item = Object.fromEntries(
      read.map(({ field, name, column }) => [field, column.fromSql(row[name] ?? null)]),
    );
    const tenantId = table.owner.includes("tenant_id") ? Number(row["tenant_id"]) : undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field of T has its column
    return { tenantId, item: item as T };
  });
}
