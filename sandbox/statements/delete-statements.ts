import { addDeletePolicy, cancelDeletion, dropDeletePolicy } from "../model/clean.ts";
import { tenantById, userTenants } from "../model/model.ts";
import { notSupported, refusal } from "../model/refusal.ts";
import type { Tenant } from "../model/state.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys, type Sender } from "./command.ts";
import { knownTenant, readDescription, readTenantClause } from "./names.ts";

/** ADD DELETE BACKUP POLICY [=] 'default' RECOVERY_WINDOW [=] '7d' [REDUNDANCY [=] 1] [BACKUP_COPIES [=] n] [TENANT [=] t]. */
export function readAddPolicy(reader: TokenReader): Command {
  const name = readPolicyName(reader);
  const recoveryWindow = readItem(reader, "RECOVERY_WINDOW", () => reader.expectString());
  const redundancy = readItem(reader, "REDUNDANCY", () => reader.expectInteger());
  readItem(reader, "BACKUP_COPIES", () => reader.expectInteger());
  const tenants = readTenantClause(reader);
  reader.expectEnd();
  const request = {
    name,
    ...(recoveryWindow === undefined ? {} : { recoveryWindow }),
    ...(redundancy === undefined ? {} : { redundancy }),
  };
  return (sender) => {
    addDeletePolicy(sender.model, policyTenant(sender, tenants), request);
    return DONE;
  };
}

/** DROP DELETE BACKUP POLICY [=] 'default' [TENANT [=] t]. A running job goes on. */
export function readDropPolicy(reader: TokenReader): Command {
  const name = readPolicyName(reader);
  const tenants = readTenantClause(reader);
  reader.expectEnd();
  return (sender) => {
    dropDeletePolicy(sender.model, policyTenant(sender, tenants), name);
    return DONE;
  };
}

function readPolicyName(reader: TokenReader): string {
  reader.expect("DELETE", "BACKUP", "POLICY");
  reader.accepts("=");
  return reader.expectString();
}

function readItem<Value>(reader: TokenReader, word: string, read: () => Value): Value | undefined {
  if (!reader.accepts(word)) return undefined;
  reader.accepts("=");
  return read();
}

const ONLY_ONE = "tenant names specified, only one tenant name can be specified";

/** Sys names exactly one tenant, a user tenant none. */
function policyTenant(sender: Sender, names: readonly string[] | undefined): Tenant {
  if (!isSys(sender)) {
    if (names) throw notSupported("user tenant cannot specify tenant names");
    return tenantById(sender.model, sender.tenant.id) ?? sender.tenant;
  }
  const [name, ...more] = names ?? [];
  if (name === undefined) throw notSupported(`Too little ${ONLY_ONE}`);
  if (more.length > 0) throw notSupported(`Too many ${ONLY_ONE}`);
  const tenant = knownTenant(sender.model, name);
  if (tenant.type !== "USER") throw refusal("OB_NOT_SUPPORTED");
  return tenant;
}

/** CANCEL DELETE BACKUP [TENANT [=] t, t]. From sys without a name: of all. */
export function readCancelDelete(reader: TokenReader): Command {
  const names = readTenantClause(reader);
  reader.expectEnd();
  return (sender) => {
    const { model } = sender;
    if (!isSys(sender)) {
      if (names) throw notSupported("user tenant cannot specify tenant names");
      cancelDeletion(model, [sender.tenant]);
    } else cancelDeletion(model, names?.map((name) => knownTenant(model, name)) ?? userTenants(model));
    return DONE;
  };
}

/** DELETE OBSOLETE BACKUP, DELETE BACKUPSET n, DELETE BACKUPPIECE n: refused by OceanBase itself before 4.4.2. */
export function readDelete(reader: TokenReader): Command {
  if (reader.accepts("OBSOLETE")) reader.expect("BACKUP");
  else if (reader.accepts("BACKUPSET") || reader.accepts("BACKUPPIECE")) reader.expectInteger();
  else throw reader.error();
  if (reader.accepts("COPY")) reader.expectInteger();
  readTenantClause(reader);
  readDescription(reader);
  reader.expectEnd();
  return () => {
    throw notSupported("function is");
  };
}
