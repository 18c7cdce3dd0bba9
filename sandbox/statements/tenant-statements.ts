import type { Column, Reply } from "../engine.ts";
import { tenantByName, userTenants } from "../model/model.ts";
import { notSupported, refusal } from "../model/refusal.ts";
import {
  alterTenant,
  createTenant,
  dropTenant,
  flashbackTenant,
  purgeTenant,
  type TenantChange,
  type TenantRequest,
} from "../model/tenants.ts";
import { timestampText } from "../model/time.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys, SKIPPED } from "./command.ts";
import { readName, readNames } from "./names.ts";

/** CREATE TENANT. Options may be separated by commas or blanks; SET items are tenant variables. */
export function readCreateTenant(reader: TokenReader): Command {
  const skip = reader.accepts("IF", "NOT", "EXISTS");
  const name = readName(reader);
  let request: TenantRequest = { name };
  while (!reader.atEnd() && !reader.sees("SET")) {
    request = { ...request, ...readOption(reader) };
    reader.accepts(",");
  }
  const variables = reader.accepts("SET") ? readVariables(reader) : new Map<string, string>();
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    if (variables.get("ob_compatibility_mode")?.toUpperCase() === "ORACLE") throw refusal("OB_NOT_SUPPORTED");
    if (skip && tenantByName(sender.model, name)) return SKIPPED;
    createTenant(sender.model, request);
    return DONE;
  };
}

/** Options that a sandbox tenant takes but cannot show an effect of. */
const WITHOUT_EFFECT = ["CHARSET", "COLLATE", "REPLICA_NUM", "COMMENT", "ENABLE_ARBITRATION_SERVICE"];

function readOption(reader: TokenReader): Partial<TenantRequest> {
  const isCharset = reader.accepts("CHARACTER", "SET") || reader.accepts("DEFAULT", "CHARACTER", "SET");
  const key = isCharset ? "CHARSET" : reader.peek().key;
  if (!isCharset) reader.take();
  reader.accepts("=");
  if (key === "RESOURCE_POOL_LIST") return { pools: readList(reader) };
  if (key === "ZONE_LIST") return void readList(reader), {};
  if (key === "PRIMARY_ZONE") return { primaryZone: readName(reader) };
  if (key === "LOCALITY") return { locality: reader.expectString() };
  if (!WITHOUT_EFFECT.includes(key)) throw reader.error();
  reader.take();
  return {};
}

function readList(reader: TokenReader): readonly string[] {
  reader.expect("(");
  const names = readNames(reader);
  reader.expect(")");
  return names;
}

function readVariables(reader: TokenReader): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  do {
    const name = reader.expectName().toLowerCase();
    reader.expect("=");
    variables.set(name, reader.take().text);
  } while (reader.accepts(","));
  return variables;
}

/** DROP TENANT [IF EXISTS] t [FORCE | PURGE]. */
export function readDropTenant(reader: TokenReader): Command {
  const skip = reader.accepts("IF", "EXISTS");
  const name = readName(reader);
  const how = reader.accepts("FORCE") ? "force" : reader.accepts("PURGE") ? "purge" : "delayed";
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    if (skip && !tenantByName(sender.model, name)) return SKIPPED;
    const recyclebin = isOn(sender.session.variable("recyclebin"));
    dropTenant(sender.model, { name, how, recyclebin });
    return DONE;
  };
}

function isOn(value: unknown): boolean {
  return value === 1 || value === "1" || value === 1n || (typeof value === "string" && /^on$/i.test(value));
}

/** PURGE TENANT name. */
export function readPurgeTenant(reader: TokenReader): Command {
  const name = readName(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    purgeTenant(sender.model, name);
    return DONE;
  };
}

/** FLASHBACK TENANT name TO BEFORE DROP [RENAME TO other]. */
export function readFlashbackTenant(reader: TokenReader): Command {
  const name = readName(reader);
  reader.expect("TO", "BEFORE", "DROP");
  const rename = reader.accepts("RENAME", "TO") ? readName(reader) : undefined;
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    flashbackTenant(sender.model, name, rename);
    return DONE;
  };
}

/** ALTER TENANT t RENAME GLOBAL_NAME TO u, or t [SET] with a PRIMARY_ZONE and a LOCALITY; nothing else is carried out. */
export function readAlterTenant(reader: TokenReader): Command {
  const name = readName(reader);
  if (reader.accepts("RENAME", "GLOBAL_NAME", "TO")) {
    const newName = readName(reader);
    reader.expectEnd();
    return alter(name, { newName });
  }
  reader.accepts("SET");
  let change: TenantChange = {};
  while (!reader.atEnd()) {
    const more = readChange(reader);
    if (more === undefined) return refuseAlter;
    change = { ...change, ...more };
    reader.accepts(",");
  }
  reader.expectEnd();
  return alter(name, change);
}

/** Undefined for an option that is not carried out here. */
function readChange(reader: TokenReader): TenantChange | undefined {
  const key = reader.take().key;
  reader.accepts("=");
  if (key === "PRIMARY_ZONE") return { primaryZone: readName(reader) };
  return key === "LOCALITY" ? { locality: reader.expectString() } : undefined;
}

function alter(name: string, change: TenantChange): Command {
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    alterTenant(sender.model, name, change);
    return DONE;
  };
}

const refuseAlter: Command = () => {
  throw notSupported("alter tenant in this sandbox is");
};

const RECYCLEBIN_COLUMNS: readonly Column[] = ["OBJECT_NAME", "ORIGINAL_NAME", "TYPE", "CREATETIME"].map(
  (name) =>
    name === "CREATETIME" ? { name, type: "timestamp", decimals: 6 } : { name, type: "varchar", length: 256 },
);

/** SHOW RECYCLEBIN: of sys, the tenants that were dropped into it. */
export function readShowRecyclebin(reader: TokenReader): Command {
  reader.expectEnd();
  return (sender): Reply => {
    const dropped = isSys(sender) ? userTenants(sender.model).filter((tenant) => tenant.inRecyclebin) : [];
    const rows = dropped.map(({ name, originalName, modifiedAt }) => [
      name,
      originalName ?? "",
      "TENANT",
      timestampText(modifiedAt, sender.session.zoneMinutes),
    ]);
    return { kind: "rows", columns: RECYCLEBIN_COLUMNS, rows };
  };
}
