/**
 * All databases of a tenant live in one SQLite file, so that one redo stream carries them: table t of database d is the
 * SQLite table "d.t". Points and signs that would make that ambiguous are escaped. Names are compared without case
 * (lower_case_table_names = 1).
 */
const escape = (name: string) =>
  name.toLowerCase().replace(/[%."]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);

/** SQLite keeps the names that begin so to itself. */
const isTaken = (name: string) => name.startsWith("sqlite_");

export function storedName(database: string, table: string): string {
  const name = `${escape(database)}.${escape(table)}`;
  return isTaken(name) ? `%${name}` : name;
}

export const storedIndexName = (table: { readonly database: string; readonly name: string }, key: string) =>
  `${storedName(table.database, table.name)}.${escape(key)}`;

export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;

export const quotedTable = (table: { readonly database: string; readonly name: string }) =>
  `main.${quoteName(storedName(table.database, table.name))}`;

/** A name of the row id that none of the table's columns hides. */
export function rowIdName(columns: readonly { readonly name: string }[]): string {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  return ["_rowid_", "rowid", "oid"].find((name) => !taken.has(name)) ?? "_rowid_";
}
