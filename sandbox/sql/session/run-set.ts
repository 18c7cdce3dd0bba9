import { type Reply, SqlError } from "../../engine.ts";
import { emptyScope } from "../compile/scope.ts";
import { translation } from "../compile/translation.ts";
import { typed } from "../compile/typed.ts";
import { notSupported } from "../errors.ts";
import { grammar } from "../grammar.ts";
import type { VariableValue } from "../session-options.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Core } from "./core.ts";
import { presenters } from "./present.ts";

const OK: Reply = { kind: "ok" };
type Scope = "session" | "global";

const CHARSETS = new Set(["utf8mb4", "utf8", "binary", "gbk", "gb18030", "latin1", "utf16", "ascii"]);

const CARRIED = new Set(["utf8mb4", "utf8", "binary", "default"]);

/** SET in all its forms; the reader stands behind the word. */
export function runSet(core: Core, reader: TokenReader): Reply {
  if (reader.sees("PASSWORD") || reader.sees("ROLE") || reader.sees("DEFAULT", "ROLE"))
    throw notSupported("SET of accounts");
  do setOne(core, reader);
  while (reader.accepts(","));
  reader.expectEnd();
  return OK;
}

function setOne(core: Core, reader: TokenReader): void {
  if (reader.accepts("NAMES")) return setNames(core, reader);
  if (reader.accepts("CHARACTER", "SET") || reader.accepts("CHARSET")) return setNames(core, reader);
  const token = reader.peek();
  if (token.kind === "variable") return setUserVariable(core, reader);
  if (token.kind === "setting") return setSetting(core, reader);
  const scope: Scope = reader.accepts("GLOBAL") ? "global" : "session";
  if (scope === "session") reader.acceptsAny("SESSION", "LOCAL");
  if (reader.accepts("TRANSACTION")) return setTransaction(core, scope, reader);
  const name = reader.expectName();
  assign(core, { scope, name }, reader);
}

/**
 * utf8mb4 is the only charset of the sandbox; others are taken as long as they can carry it. `binary` is what dumps are
 * written and loaded under: bytes come and go as they are.
 */
function setNames(core: Core, reader: TokenReader): void {
  const name = reader.take().text.toLowerCase();
  if (!CHARSETS.has(name) && name !== "default")
    throw new SqlError(1115, "42000", `Unknown character set: '${name}'`);
  if (!CARRIED.has(name)) throw notSupported(`character set ${name}`);
  const charset = name === "binary" ? name : "utf8mb4";
  for (const part of ["client", "connection", "results"])
    core.variables.set("session", `character_set_${part}`, charset);
  core.variables.set("session", "collation_connection", charset === "binary" ? charset : undefined);
  if (reader.accepts("COLLATE")) core.variables.set("session", "collation_connection", reader.take().text);
}

function setUserVariable(core: Core, reader: TokenReader): void {
  const name = reader.take().text.toLowerCase();
  if (!reader.accepts(":=")) reader.expect("=");
  core.variables.user.set(name, evaluate(core, reader));
}

function setSetting(core: Core, reader: TokenReader): void {
  const [first = "", second] = reader.take().text.split(".");
  const scope: Scope = first.toLowerCase() === "global" ? "global" : "session";
  assign(core, { scope, name: second ?? first }, reader);
}

interface Target {
  readonly scope: Scope;
  readonly name: string;
}

function assign(core: Core, { scope, name }: Target, reader: TokenReader): void {
  if (!reader.accepts(":=")) reader.expect("=");
  const value = reader.accepts("DEFAULT") ? undefined : wordOrValue(core, reader);
  if (name.toLowerCase() === "sql_mode") refuseModes(String(value ?? ""));
  core.variables.set(scope, name, value);
  if (scope === "session") applied(core, name.toLowerCase());
}

/** Modes under which a statement would mean something else than the sandbox reads in it. */
const OTHER_LANGUAGE = new Set(
  (
    "ANSI ANSI_QUOTES PIPES_AS_CONCAT NO_BACKSLASH_ESCAPES HIGH_NOT_PRECEDENCE IGNORE_SPACE REAL_AS_FLOAT " +
    "NO_UNSIGNED_SUBTRACTION PAD_CHAR_TO_FULL_LENGTH ORACLE POSTGRESQL MSSQL DB2 MAXDB MYSQL323 MYSQL40"
  ).split(" "),
);

function refuseModes(text: string): void {
  const words = text.toUpperCase().split(",");
  const other = words.map((word) => word.trim()).find((word) => OTHER_LANGUAGE.has(word));
  if (other !== undefined) throw notSupported(`sql_mode ${other}`);
}

/** What a variable does beside being remembered. */
function applied(core: Core, name: string): void {
  const { transaction, variables } = core;
  if (name === "autocommit") {
    const on = variables.number("autocommit") === 1;
    if (on && !transaction.autocommit) transaction.commit();
    transaction.autocommit = on;
  }
  if (name === "tx_isolation" || name === "transaction_isolation")
    transaction.snapshotLevel = keepsSnapshot(core);
}

const keepsSnapshot = (core: Core) =>
  ["REPEATABLE-READ", "SERIALIZABLE"].includes(core.variables.text("tx_isolation"));

/** ON, utf8mb4, READ_COMMITTED stand without quotes. */
function wordOrValue(core: Core, reader: TokenReader): VariableValue {
  const next = reader.peek(1);
  const isAlone = next.kind === "end" || next.key === "," || next.key === ";";
  const { kind, key, text } = reader.peek();
  if (kind !== "word" || !isAlone || key === "NULL") return evaluate(core, reader);
  reader.take();
  return key === "TRUE" ? 1 : key === "FALSE" ? 0 : text;
}

function evaluate(core: Core, reader: TokenReader): VariableValue {
  const compilation = core.compilation();
  const value = translation.expression(grammar.expression(reader), emptyScope(compilation));
  const compiled = compilation.finish(`SELECT ${value.sql} AS c0`);
  core.views.load(compilation.views);
  const row = core.rows(compiled, [])[0] ?? [null];
  const [shown = null] = presenters([{ name: "", type: typed("", value.type).type, origin: undefined }])(row);
  if (shown instanceof Uint8Array) return Buffer.from(shown).toString("utf8");
  return shown;
}

function setTransaction(core: Core, scope: Scope, reader: TokenReader): void {
  do {
    if (reader.accepts("READ", "ONLY")) core.variables.set(scope, "tx_read_only", 1);
    else if (reader.accepts("READ", "WRITE")) core.variables.set(scope, "tx_read_only", 0);
    else core.variables.set(scope, "tx_isolation", isolationLevel(reader));
  } while (reader.accepts(","));
  core.transaction.snapshotLevel = keepsSnapshot(core);
}

function isolationLevel(reader: TokenReader): string {
  reader.expect("ISOLATION", "LEVEL");
  if (reader.accepts("READ", "COMMITTED")) return "READ-COMMITTED";
  if (reader.accepts("READ", "UNCOMMITTED")) return "READ-UNCOMMITTED";
  if (reader.accepts("REPEATABLE", "READ")) return "REPEATABLE-READ";
  reader.expect("SERIALIZABLE");
  return "SERIALIZABLE";
}
