import { type Reply, SqlError } from "../../engine.ts";
import { SYSTEM_SCHEMAS } from "../compile/from.ts";
import { notSupported, syntaxError, unknownDatabase } from "../errors.ts";
import { TokenReader } from "../token-reader.ts";
import type { Core } from "./core.ts";
import { runDefinition } from "./run-definition.ts";
import { runSet } from "./run-set.ts";
import { runShow } from "./run-show.ts";
import { runTransaction } from "./run-transaction.ts";

const OK: Reply = { kind: "ok" };

/** Statements that say nothing about data and change nothing in the sandbox. */
const NOTHING_TO_DO = [
  ["ANALYZE", "TABLE"],
  ["OPTIMIZE", "TABLE"],
  ["UNLOCK", "TABLES"],
] as const;

/** Everything but SELECT, INSERT, REPLACE, UPDATE and DELETE. */
export function runStatement(core: Core, sql: string): Reply {
  const reader = new TokenReader(sql);
  while (reader.peek().kind === "hint") reader.take();
  if (reader.atEnd()) return empty(reader);
  if (reader.accepts("SET")) return runSet(core, reader);
  if (reader.accepts("USE")) return use(core, reader);
  const answer = runTransaction(core, reader) ?? runShow(core, reader) ?? runDefinition(core, reader);
  if (answer) return answer;
  if (reader.sees("FLUSH")) throw flushRefused(core, reader);
  if (NOTHING_TO_DO.some((words) => reader.sees(...words))) return OK;
  if (reader.sees("LOCK", "TABLES") || reader.sees("LOCK", "TABLE")) return lockTables(core);
  throw isKnownWord(reader.peek().key) ? notSupported(`${reader.peek().key} statement`) : reader.error();
}

/** Not even parsed by 4.2.1.9; parsed and refused by the 4.3.5 line. */
function flushRefused(core: Core, reader: TokenReader): SqlError {
  if (!core.isLate) return syntaxError(reader.sql, reader.peek().start);
  return new SqlError(1235, "0A000", "This statement is not supported");
}

/**
 * Dumps put it around the rows of each table. It ends the open transaction, as in MySQL, and holds nothing: unsure whether
 * a given OceanBase 4.x really locks here.
 */
function lockTables(core: Core): Reply {
  core.answering(() => core.transaction.commit());
  return OK;
}

/** A versioned comment alone is a statement without effect; nothing at all is an error. */
function empty(reader: TokenReader): Reply {
  if (reader.sql.includes("/*")) return OK;
  throw new SqlError(1065, "42000", "Query was empty");
}

const KNOWN = new Set(
  (
    "CALL GRANT REVOKE CREATE ALTER DROP RENAME LOAD PREPARE EXECUTE DEALLOCATE HANDLER KILL XA CHECK REPAIR CHECKSUM EXPLAIN " +
    "DO HELP INSTALL UNINSTALL PURGE RESET CHANGE MERGE LOCK UNLOCK ANALYZE OPTIMIZE FLASHBACK TABLE VALUES BINLOG CACHE SHOW"
  ).split(" "),
);
const isKnownWord = (word: string) => KNOWN.has(word);

function use(core: Core, reader: TokenReader): Reply {
  const name = reader.expectName();
  reader.expectEnd();
  requireDatabase(core, name);
  core.database = name.toLowerCase();
  return { kind: "ok", database: core.database };
}

export function requireDatabase(core: Core, name: string): void {
  if (!SYSTEM_SCHEMAS.has(name.toLowerCase()) && !core.catalog.hasDatabase(name)) throw unknownDatabase(name);
}
