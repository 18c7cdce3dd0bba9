import { notAllowed, notSupported, refusal } from "../model/refusal.ts";
import type { Tenant } from "../model/state.ts";
import { versionNumber } from "../model/version.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, isSys } from "./command.ts";
import { knownTenant, readDescription, readName } from "./names.ts";
import { readKey, readUntil } from "./restore-statements.ts";

/** `db.t`, `db.*` (no table) or `*.*` (neither). */
interface Item {
  readonly database?: string;
  readonly table?: string;
  /** `db.t:p`. */
  readonly partitioned: boolean;
}

interface Remap {
  readonly kind: string;
  readonly items: readonly Item[];
}

/**
 * RECOVER TABLE db.t, db.*, *.* TO [TENANT [=]] t FROM '…' [UNTIL …] WITH '…' [WITH KEY …] [REMAP …] [DESCRIPTION [=] 's'],
 * since 4.2.1. Parsed and checked as OceanBase does; then refused, because single tables are not recovered here.
 */
export function readRecoverTable(reader: TokenReader): Command {
  const items = readList(reader, readItem);
  const target = readTarget(reader);
  reader.expect("FROM");
  reader.expectString();
  readUntil(reader);
  reader.expect("WITH");
  reader.expectString();
  readKey(reader);
  const remaps = readRemaps(reader);
  readDescription(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw notAllowed("user tenant initiate recover table is");
    if (target === undefined) throw notAllowed("no target tenant specified");
    refuseTarget(knownTenant(sender.model, target));
    refuseItems(items);
    refuseRemaps(items, remaps);
    throw notSupported("recover table in this sandbox is");
  };
}

function readTarget(reader: TokenReader): string | undefined {
  if (!reader.accepts("TO")) return undefined;
  if (reader.accepts("TENANT")) reader.accepts("=");
  return readName(reader);
}

function refuseTarget(tenant: Tenant): void {
  if (tenant.type !== "USER") throw refusal("OB_INVALID_ARGUMENT", "TENANT, it must be user tenant");
  if (tenant.role === "STANDBY") throw notSupported("recover table to standby tenant is");
  if (versionNumber(tenant.compatible) < versionNumber("4.2.1")) {
    throw notSupported("Tenant COMPATIBLE is below 4.2.1.0, recover table is");
  }
}

/** How the kernel prints the two items that overlap is not known; 4017 is said in other places of its source. */
function refuseItems(items: readonly Item[]): void {
  if (items.some((item) => item.partitioned)) throw notSupported("recover partition");
  for (const [index, item] of items.entries()) {
    const other = items.find((earlier, at) => at < index && (covers(earlier, item) || covers(item, earlier)));
    if (other) throw refusal("OB_BACKUP_CONFLICT_VALUE", shown(item), shown(other));
  }
}

function covers(wide: Item, narrow: Item): boolean {
  if (wide.database === undefined) return true;
  if (wide.database.toLowerCase() !== narrow.database?.toLowerCase()) return false;
  return wide.table === undefined || wide.table.toLowerCase() === narrow.table?.toLowerCase();
}

function shown({ database, table }: Item): string {
  const quoted = (name: string | undefined) => (name === undefined ? "*" : `\`${name}\``);
  return `${quoted(database)}.${quoted(table)}`;
}

function refuseRemaps(items: readonly Item[], remaps: readonly Remap[]): void {
  const kinds = remaps.map(({ kind }) => kind);
  const doubled = kinds.find((kind, index) => kinds.indexOf(kind) < index);
  if (doubled !== undefined) throw notAllowed(`duplicate REMAP ${doubled} is`);
  for (const source of remaps.flatMap((remap) => (remap.kind === "TABLE" ? remap.items : []))) {
    if (items.some((item) => covers(item, source))) continue;
    throw notSupported(`remap not exist recover ${source.table === undefined ? "database" : "table"}`);
  }
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

/** What is remapped, of the kinds that name a source; nothing of table groups and table spaces. */
const REMAPS: ReadonlyMap<string, (reader: TokenReader) => readonly Item[]> = new Map([
  ["TABLE", (reader) => [readTableRemap(reader)]],
  ["TABLEGROUP", readNameRemap],
  ["TABLESPACE", readNameRemap],
]);

function readRemaps(reader: TokenReader): readonly Remap[] {
  const remaps: Remap[] = [];
  while (reader.accepts("REMAP")) {
    const read = REMAPS.get(reader.peek().key);
    if (read === undefined) throw reader.error();
    const kind = reader.take().key;
    remaps.push({ kind, items: readList(reader, read).flat() });
  }
  return remaps;
}

/** `a.b:c.d`, `a.b:c` or `a.*:c.*`; gives what stands before the colon. */
function readTableRemap(reader: TokenReader): Item {
  const source = readTable(reader);
  reader.expect(":");
  reader.expectName();
  if (reader.accepts(".") && !reader.accepts("*")) reader.expectName();
  return source;
}

function readNameRemap(reader: TokenReader): readonly Item[] {
  reader.expectName();
  reader.expect(":");
  reader.expectName();
  return [];
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
