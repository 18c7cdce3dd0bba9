import type { Reply } from "../../engine.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Core } from "./core.ts";

const OK: Reply = { kind: "ok" };

/** BEGIN, START TRANSACTION, COMMIT, ROLLBACK, SAVEPOINT and RELEASE; undefined when the statement is none of them. */
export function runTransaction(core: Core, reader: TokenReader): Reply | undefined {
  const { transaction } = core;
  if (reader.accepts("BEGIN")) {
    reader.accepts("WORK");
    transaction.begin({ snapshot: false, readOnly: isReadOnly(core) });
  } else if (reader.accepts("START", "TRANSACTION")) start(core, reader);
  else if (reader.accepts("COMMIT")) {
    ending(reader);
    core.answering(() => transaction.commit());
  } else if (reader.accepts("ROLLBACK")) rollback(core, reader);
  else if (reader.accepts("SAVEPOINT")) core.answering(() => transaction.savepoint(reader.expectName()));
  else if (reader.accepts("RELEASE", "SAVEPOINT")) transaction.release(reader.expectName());
  else return undefined;
  reader.expectEnd();
  return OK;
}

const isReadOnly = (core: Core) => core.variables.number("tx_read_only") === 1;

function ending(reader: TokenReader): void {
  reader.accepts("WORK");
  reader.accepts("AND", "NO", "CHAIN");
  reader.accepts("NO", "RELEASE");
}

function start(core: Core, reader: TokenReader): void {
  let snapshot = false;
  let readOnly = isReadOnly(core);
  do {
    if (reader.accepts("WITH", "CONSISTENT", "SNAPSHOT")) snapshot = true;
    else if (reader.accepts("READ", "ONLY")) readOnly = true;
    else if (reader.accepts("READ", "WRITE")) readOnly = false;
  } while (reader.accepts(","));
  core.answering(() => core.transaction.begin({ snapshot, readOnly }));
}

function rollback(core: Core, reader: TokenReader): void {
  if (!reader.accepts("TO") && !reader.accepts("WORK", "TO")) {
    ending(reader);
    return core.transaction.rollback();
  }
  reader.accepts("SAVEPOINT");
  core.transaction.rollbackTo(reader.expectName());
}
