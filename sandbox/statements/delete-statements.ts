import { addDeletePolicy, cancelDeletion, dropDeletePolicy } from "../model/clean.ts";
import { tenantById, userTenants } from "../model/model.ts";
import { notSupported } from "../model/refusal.ts";
import type { Tenant } from "../model/state.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys, type Sender } from "./command.ts";
import { knownUsers, readDescription, readTenantClause } from "./names.ts";

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
  const [tenant, ...more] = knownUsers(sender.model, names ?? []);
  if (tenant === undefined) throw notSupported(`Too little ${ONLY_ONE}`);
  if (more.length > 0) throw notSupported(`Too many ${ONLY_ONE}`);
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
    } else cancelDeletion(model, names ? knownUsers(model, names) : userTenants(model));
    return DONE;
  };
}

/**
 * DELETE OBSOLETE BACKUP, DELETE BACKUPSET n, DELETE BACKUPPIECE n: refused by OceanBase itself before 4.4.2. To sys 4.2.1.9
 * says of the last two that a tenant must be named, also when one is.
 */
export function readDelete(reader: TokenReader): Command {
  const obsolete = reader.accepts("OBSOLETE");
  if (obsolete) reader.expect("BACKUP");
  else if (reader.accepts("BACKUPSET") || reader.accepts("BACKUPPIECE")) reader.expectInteger();
  else throw reader.error();
  if (reader.accepts("COPY")) reader.expectInteger();
  readTenantClause(reader);
  readDescription(reader);
  reader.expectEnd();
  return (sender) => {
    const isNamed = obsolete || !isSys(sender) || sender.model.version.line !== "4.2.1";
    throw notSupported(isNamed ? "function is" : "need to specify a tenant name");
  };
}
