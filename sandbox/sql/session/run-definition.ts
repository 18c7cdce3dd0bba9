import { type Reply, SqlError } from "../../engine.ts";
import type { TableName } from "../ast.ts";
import { quotedTable } from "../catalog/names.ts";
import { createStatements } from "../catalog/storage.ts";
import type { Definition, TableDefinition } from "../catalog/table-definition.ts";
import { requireCharset, requireCollation } from "../charset.ts";
import { SYSTEM_SCHEMAS } from "../compile/from.ts";
import { compileTopQuery } from "../compile/query.ts";
import { noDatabase, noSuchTable, notSupported, unknownDatabase } from "../errors.ts";
import { grammar } from "../grammar.ts";
import { parseNames, parseTableName } from "../parse-query.ts";
import { parseCreateIndex, parseCreateTable } from "../parse-table.ts";
import type { TokenReader } from "../token-reader.ts";
import { cannotDrop, rebuild, runAlterTable } from "./alter-table.ts";
import type { Core } from "./core.ts";

const OK: Reply = { kind: "ok" };

/** CREATE, ALTER, DROP, TRUNCATE and RENAME of databases, tables, views and indexes; undefined for another statement. */
export function runDefinition(core: Core, reader: TokenReader): Reply | undefined {
  if (reader.accepts("CREATE")) return create(core, reader);
  if (reader.accepts("DROP")) return drop(core, reader);
  if (reader.accepts("ALTER", "TABLE"))
    return runAlterTable(core, requireTable(core, parseTableName(reader)), reader);
  if (reader.accepts("ALTER", "DATABASE")) return alterDatabase(reader);
  if (reader.accepts("TRUNCATE")) return truncate(core, reader);
  if (reader.accepts("RENAME", "TABLE")) return renameTables(core, reader);
  return undefined;
}

export interface FullName {
  readonly database: string;
  readonly name: string;
}

/** The database and name that a statement means, in small letters. Throws 1046, 1049 and, for system databases, 1044. */
export function fullName(core: Core, { database = core.database, table }: TableName): FullName {
  if (database === undefined) throw noDatabase();
  if (SYSTEM_SCHEMAS.has(database.toLowerCase())) throw denied(core, database);
  if (!core.catalog.hasDatabase(database)) throw unknownDatabase(database);
  return { database: database.toLowerCase(), name: table.toLowerCase() };
}

const denied = (core: Core, database: string) =>
  new SqlError(1044, "42000", `Access denied for user '${core.options.user}'@'%' to database '${database}'`);

export function requireTable(core: Core, name: TableName): TableDefinition {
  const full = fullName(core, name);
  const found = core.catalog.find(full.database, full.name);
  if (found?.kind !== "table") throw noSuchTable(full.database, full.name);
  return found;
}

function create(core: Core, reader: TokenReader): Reply {
  const replace = reader.accepts("OR", "REPLACE");
  if (reader.accepts("TABLE")) return createTable(core, reader);
  if (reader.accepts("DATABASE") || reader.accepts("SCHEMA")) return createDatabase(core, reader);
  const unique = reader.accepts("UNIQUE");
  if (reader.accepts("INDEX") || reader.accepts("KEY")) return createIndexStatement(core, reader, unique);
  while (
    reader.accepts("ALGORITHM", "=") ||
    reader.accepts("DEFINER", "=") ||
    reader.accepts("SQL", "SECURITY")
  )
    skipViewOption(reader);
  if (reader.accepts("VIEW")) return createView(core, reader, replace);
  throw notSupported(`CREATE ${reader.peek().text}`);
}

/** `UNDEFINED`, `root@%`, `INVOKER`: they say how and for whom, which the sandbox does not tell apart. */
function skipViewOption(reader: TokenReader): void {
  reader.take();
  while (
    !reader.atEnd() &&
    !reader.sees("SQL") &&
    !reader.sees("VIEW") &&
    !reader.sees("ALGORITHM") &&
    !reader.sees("DEFINER")
  )
    reader.take();
}

const ifNotExists = (reader: TokenReader) => reader.accepts("IF", "NOT", "EXISTS");
const ifExists = (reader: TokenReader) => reader.accepts("IF", "EXISTS");

function createDatabase(core: Core, reader: TokenReader): Reply {
  const mayExist = ifNotExists(reader);
  const name = reader.expectName();
  skipDatabaseOptions(reader);
  const exists = SYSTEM_SCHEMAS.has(name.toLowerCase()) || core.catalog.hasDatabase(name);
  if (exists && mayExist) return { kind: "ok", affectedRows: 1 };
  if (exists) throw new SqlError(1007, "HY000", `Can't create database '${name}'; database exists`);
  core.answering(() => core.transaction.define(() => core.catalog.addDatabase(name)));
  return { kind: "ok", affectedRows: 1 };
}

/** Charset, collation and read-write mode: all databases of the sandbox are utf8mb4. */
function skipDatabaseOptions(reader: TokenReader): void {
  if (/\bREAD\s+ONLY\b/i.test(reader.sql)) throw notSupported("database that is read only");
  const words = ["DEFAULT", "CHARACTER", "SET", "CHARSET", "COLLATE", "=", "READ", "WRITE", "ONLY"];
  while (!reader.atEnd()) {
    if (words.some((word) => reader.accepts(word))) continue;
    if (reader.previous().kind !== "word" && reader.previous().key !== "=") throw reader.error();
    if (!words.includes(reader.previous().key)) throw reader.error();
    const { text } = reader.take();
    if (text.includes("_")) requireCollation(text);
    else requireCharset(text);
  }
  reader.expectEnd();
}

function alterDatabase(reader: TokenReader): Reply {
  reader.expectName();
  skipDatabaseOptions(reader);
  return { kind: "ok", affectedRows: 1 };
}

function createTable(core: Core, reader: TokenReader): Reply {
  const mayExist = ifNotExists(reader);
  const full = fullName(core, parseTableName(reader));
  const table = likeTable(core, full, reader) ?? parseCreateTable(reader, full);
  const exists = core.catalog.find(full.database, full.name);
  if (exists && mayExist) return { kind: "ok", warnings: 1 };
  if (exists) throw tableExists(full.name);
  core.answering(() =>
    core.transaction.define(() => {
      for (const sql of createStatements(table)) core.db.exec(sql);
      core.catalog.put(table);
    }),
  );
  return OK;
}

const tableExists = (name: string) => new SqlError(1050, "42S01", `Table '${name}' already exists`);

/** CREATE TABLE a LIKE b */
function likeTable(core: Core, full: FullName, reader: TokenReader): TableDefinition | undefined {
  const inParentheses = reader.sees("(", "LIKE");
  if (!inParentheses && !reader.sees("LIKE")) return undefined;
  reader.accepts("(");
  reader.expect("LIKE");
  const { autoIncrement: _, ...pattern } = requireTable(core, parseTableName(reader));
  reader.accepts(")");
  reader.expectEnd();
  return { ...pattern, ...full };
}

function createIndexStatement(core: Core, reader: TokenReader, unique: boolean): Reply {
  const { key, table: name } = parseCreateIndex(reader, unique ? "unique" : "index");
  const table = requireTable(core, name);
  rebuild(core, { from: table, to: { ...table, keys: [...table.keys, key] } });
  return OK;
}

function createView(core: Core, reader: TokenReader, replace: boolean): Reply {
  const full = fullName(core, parseTableName(reader));
  const columns = reader.sees("(") ? parseNames(reader) : [];
  reader.expect("AS");
  const start = reader.peek().start;
  const query = grammar.query(reader);
  const text = reader.sql.slice(start, reader.previous().end);
  if (reader.accepts("WITH")) throw notSupported("WITH CHECK OPTION");
  reader.expectEnd();
  const made = compileTopQuery(query, core.compilation());
  if (columns.length > 0 && columns.length !== made.columns.length) {
    throw new SqlError(1353, "HY000", "View's SELECT and view's field list have different column counts");
  }
  const exists = core.catalog.find(full.database, full.name);
  if (exists && !(replace && exists.kind === "view")) throw tableExists(full.name);
  const view: Definition = {
    kind: "view",
    ...full,
    columns,
    query: text,
    from: core.database ?? full.database,
  };
  core.answering(() => core.transaction.define(() => core.catalog.put(view)));
  return OK;
}

function drop(core: Core, reader: TokenReader): Reply {
  if (reader.accepts("TEMPORARY", "TABLE") || reader.accepts("TABLE"))
    return dropTables(core, reader, "table");
  if (reader.accepts("VIEW")) return dropTables(core, reader, "view");
  if (reader.accepts("DATABASE") || reader.accepts("SCHEMA")) return dropDatabase(core, reader);
  if (!reader.accepts("INDEX")) throw notSupported(`DROP ${reader.peek().text}`);
  const name = reader.expectName();
  reader.expect("ON");
  const table = requireTable(core, parseTableName(reader));
  reader.expectEnd();
  const keys = table.keys.filter((key) => key.name.toLowerCase() !== name.toLowerCase());
  if (keys.length === table.keys.length) throw cannotDrop(name);
  rebuild(core, { from: table, to: { ...table, keys } });
  return OK;
}

function dropTables(core: Core, reader: TokenReader, kind: Definition["kind"]): Reply {
  const mayLack = ifExists(reader);
  const names: FullName[] = [];
  do names.push(fullName(core, parseTableName(reader)));
  while (reader.accepts(","));
  reader.acceptsAny("RESTRICT", "CASCADE");
  reader.expectEnd();
  const found = names
    .map((name) => core.catalog.find(name.database, name.name))
    .filter((one) => one?.kind === kind);
  const missing = names.filter((name) => core.catalog.find(name.database, name.name)?.kind !== kind);
  if (missing.length > 0 && !mayLack) {
    const list = missing.map(({ database, name }) => `${database}.${name}`).join(",");
    throw new SqlError(1051, "42S02", `Unknown table '${list}'`);
  }
  core.answering(() =>
    core.transaction.define(() =>
      removeAll(
        core,
        found.filter((one) => one !== undefined),
      ),
    ),
  );
  return { kind: "ok", warnings: missing.length };
}

function removeAll(core: Core, definitions: readonly Definition[]): void {
  for (const definition of definitions) {
    if (definition.kind === "table") core.db.exec(`DROP TABLE ${quotedTable(definition)}`);
    core.catalog.remove(definition.database, definition.name);
    core.catalog.autoIncrement.delete(`${definition.database}.${definition.name}`);
  }
}

function dropDatabase(core: Core, reader: TokenReader): Reply {
  const mayLack = ifExists(reader);
  const name = reader.expectName().toLowerCase();
  reader.expectEnd();
  if (SYSTEM_SCHEMAS.has(name)) throw denied(core, name);
  if (!core.catalog.hasDatabase(name)) {
    if (mayLack) return OK;
    throw new SqlError(1008, "HY000", `Can't drop database '${name}'; database doesn't exist`);
  }
  const inside = core.catalog.inDatabase(name);
  core.answering(() =>
    core.transaction.define(() => {
      removeAll(core, inside);
      core.catalog.removeDatabase(name);
    }),
  );
  if (core.database === name) core.database = undefined;
  return { kind: "ok", affectedRows: inside.length };
}

function truncate(core: Core, reader: TokenReader): Reply {
  reader.accepts("TABLE");
  const table = requireTable(core, parseTableName(reader));
  reader.expectEnd();
  core.answering(() => core.transaction.define(() => core.db.exec(`DELETE FROM ${quotedTable(table)}`)));
  core.catalog.autoIncrement.delete(`${table.database}.${table.name}`);
  return OK;
}

function renameTables(core: Core, reader: TokenReader): Reply {
  do {
    const table = requireTable(core, parseTableName(reader));
    reader.expect("TO");
    const full = fullName(core, parseTableName(reader));
    if (core.catalog.find(full.database, full.name)) throw tableExists(full.name);
    rebuild(core, { from: table, to: { ...table, ...full } });
  } while (reader.accepts(","));
  reader.expectEnd();
  return OK;
}
