import { notAllowed, notSupported, refusal } from "../model/refusal.ts";
import { restoreOrigin } from "../model/restore-origin.ts";
import type { Tenant } from "../model/state.ts";
import { versionNumber } from "../model/version.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys } from "./command.ts";
import { knownTenant, readDescription, readName } from "./names.ts";
import { readKey, readUntil } from "./restore-statements.ts";
import { decryptionOf } from "./setting-statements.ts";

/** `db.t`, `db.*` (no table) or `*.*` (neither). */
interface Item {
  readonly database?: string;
  readonly table?: string;
  /** `db.t:p`. */
  readonly partitioned: boolean;
}

/**
 * RECOVER TABLE db.t, db.*, *.* TO [TENANT [=]] t FROM '…' [UNTIL …] WITH '…' [WITH KEY …] [REMAP …] [DESCRIPTION [=] 's'],
 * since 4.2.1. Parsed and checked as OceanBase does; then refused, because single tables are not recovered here.
 */
export function readRecoverTable(reader: TokenReader): Command {
  const items = readList(reader, readItem);
  const target = readTarget(reader);
  reader.expect("FROM");
  const from = reader.expectString();
  readUntil(reader);
  reader.expect("WITH");
  reader.expectString();
  readKey(reader);
  const remaps = readRemaps(reader);
  readDescription(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw notAllowed("user tenant initiate recover table is");
    refuseTarget(knownTenant(sender.model, target));
    refuseItems(items);
    refuseDoubled(remaps);
    restoreOrigin(sender.model, { from, sources: [], passwords: decryptionOf(sender) });
    throw notSupported("recover table in this sandbox is");
  };
}

function readTarget(reader: TokenReader): string {
  reader.expect("TO");
  if (reader.accepts("TENANT")) reader.accepts("=");
  return readName(reader);
}

function refuseTarget(tenant: Tenant): void {
  if (tenant.type !== "USER") throw refusal("OB_INVALID_ARGUMENT");
  if (tenant.role === "STANDBY") throw notSupported("recover table to standby tenant is");
  if (versionNumber(tenant.compatible) < versionNumber("4.2.1")) {
    throw notSupported("Tenant COMPATIBLE is below 4.2.1.0, recover table is");
  }
}

/** A whole database overlaps its tables; `*.*` overlaps nothing (4.2.1.9). */
function refuseItems(items: readonly Item[]): void {
  if (items.some((item) => item.partitioned)) throw notSupported("recover partition");
  for (const [index, item] of items.entries()) {
    const other = items.slice(0, index).find((earlier) => overlap(earlier, item));
    if (other) throw refusal("OB_BACKUP_CONFLICT_VALUE", shown(item), shown(other));
  }
}

function overlap(a: Item, b: Item): boolean {
  if (a.database === undefined || a.database.toLowerCase() !== b.database?.toLowerCase()) return false;
  return a.table === undefined || b.table === undefined || a.table.toLowerCase() === b.table.toLowerCase();
}

function shown({ database = "", table }: Item): string {
  return table === undefined ? `\`${database}\`` : `\`${database}\`.\`${table}\``;
}

/** Whether what is remapped is recovered at all, 4.2.1.9 does not ask before it has looked at the backup. */
function refuseDoubled(kinds: readonly string[]): void {
  const doubled = kinds.find((kind, index) => kinds.indexOf(kind) < index);
  if (doubled !== undefined) throw notAllowed(`duplicate REMAP ${doubled} is`);
}

function readList<Read>(reader: TokenReader, readOne: (reader: TokenReader) => Read): readonly Read[] {
  const found = [readOne(reader)];
  while (reader.accepts(",")) found.push(readOne(reader));
  return found;
}

function readItem(reader: TokenReader): Item {
  const item = readTable(reader);
  const partitioned = item.table !== undefined && reader.accepts(":");
  if (partitioned) reader.expectName();
  return { ...item, partitioned };
}

function readTable(reader: TokenReader): Item {
  if (reader.accepts("*")) {
    reader.expect(".", "*");
    return { partitioned: false };
  }
  const database = reader.expectName();
  reader.expect(".");
  if (reader.accepts("*")) return { database, partitioned: false };
  return { database, table: reader.expectName(), partitioned: false };
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
  if (reader.accepts(".") && !reader.accepts("*")) reader.expectName();
}

function readNameRemap(reader: TokenReader): void {
  reader.expectName();
  reader.expect(":");
  reader.expectName();
}

/** CANCEL RECOVER TABLE t: there is never such a job here, and without one it has no effect. */
export function readCancelRecoverTable(reader: TokenReader): Command {
  const target = readName(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    knownTenant(sender.model, target);
    return DONE;
  };
}
