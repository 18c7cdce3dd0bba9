import { notAllowed, notSupported, refusal } from "../model/refusal.ts";
import type { Tenant } from "../model/state.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, isSys } from "./command.ts";
import { knownTenant, readDescription, readName } from "./names.ts";
import { readKey, readUntil } from "./restore-statements.ts";

/**
 * RECOVER TABLE db.t, db.*, *.* TO [TENANT [=]] t FROM '…' [UNTIL …] WITH '…' [WITH KEY …] [REMAP …] [DESCRIPTION [=] 's'],
 * since 4.2.1. Parsed and checked as OceanBase does; then refused, because single tables are not recovered here.
 */
export function readRecoverTable(reader: TokenReader): Command {
  readList(reader, readTable);
  reader.expect("TO");
  if (reader.accepts("TENANT")) reader.accepts("=");
  const target = readName(reader);
  reader.expect("FROM");
  reader.expectString();
  readUntil(reader);
  reader.expect("WITH");
  reader.expectString();
  readKey(reader);
  const remapped = readRemaps(reader);
  readDescription(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    refuseTarget(knownTenant(sender.model, target));
    for (const kind of remapped) {
      if (remapped.indexOf(kind) !== remapped.lastIndexOf(kind))
        throw notAllowed(`duplicate REMAP ${kind} is`);
    }
    throw notSupported("recover table in this sandbox is");
  };
}

function refuseTarget(tenant: Tenant): void {
  if (tenant.type !== "USER") throw refusal("OB_INVALID_ARGUMENT", "TENANT, it must be user tenant");
  if (tenant.role === "STANDBY") throw notSupported("recover table to standby tenant is");
}

function readList(reader: TokenReader, readOne: (reader: TokenReader) => void): void {
  do readOne(reader);
  while (reader.accepts(","));
}

/** `db.t`, `db.*` or `*.*`. */
function readTable(reader: TokenReader): void {
  if (reader.accepts("*")) return reader.expect(".", "*");
  reader.expectName();
  reader.expect(".");
  if (!reader.accepts("*")) reader.expectName();
}

const REMAPS: ReadonlyMap<string, (reader: TokenReader) => void> = new Map([
  ["TABLE", readTableRemap],
  ["TABLEGROUP", readNameRemap],
  ["TABLESPACE", readNameRemap],
]);

/** The kinds of the REMAP clauses, in order. */
function readRemaps(reader: TokenReader): readonly string[] {
  const kinds: string[] = [];
  while (reader.accepts("REMAP")) {
    const read = REMAPS.get(reader.peek().key);
    if (read === undefined) throw reader.error();
    kinds.push(reader.take().key);
    readList(reader, read);
  }
  return kinds;
}

/** `a.b:c.d`, `a.b:c` or `a.*:c.*`. */
function readTableRemap(reader: TokenReader): void {
  readTable(reader);
  reader.expect(":");
  reader.expectName();
  if (!reader.accepts(".")) return;
  if (!reader.accepts("*")) reader.expectName();
}

function readNameRemap(reader: TokenReader): void {
  reader.expectName();
  reader.expect(":");
  reader.expectName();
}

/** CANCEL RECOVER TABLE t. What OceanBase says where none runs is not known. */
export function readCancelRecoverTable(reader: TokenReader): Command {
  const target = readName(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    knownTenant(sender.model, target);
    throw notSupported("recover table in this sandbox is");
  };
}
