import type { SqlError } from "../engine.ts";
import { cancelBackup, orderBackup } from "../model/backup.ts";
import { tenantById, userTenants } from "../model/model.ts";
import { notSupported, refusal } from "../model/refusal.ts";
import type { Tenant } from "../model/state.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys, type Sender } from "./command.ts";
import { knownTenant, knownUsers, readDescription, readNames, readTenantClause } from "./names.ts";
import { encryptionOf } from "./setting-statements.ts";

/** Forms of BACKUP that parse and are then refused: of other editions, or given up long ago (4.2.1.9). */
const REFUSED_FORMS = new Map<string, () => SqlError>([
  ["KEY", () => refusal("OB_ERR_PARSE_SQL")],
  ["CLUSTER", () => refusal("OB_NOT_SUPPORTED")],
  ["BACKUPSET", () => notSupported("statement type")],
  ["BACKUPPIECE", () => notSupported("statement type")],
  ["MANAGE", () => refusal("OB_NOT_SUPPORTED")],
]);

/** BACKUP [INCREMENTAL] DATABASE | TENANT [=] t, t [TO 'dest'] [PLUS ARCHIVELOG] [DESCRIPTION [=] 's']. */
export function readBackup(reader: TokenReader): Command {
  const refused = REFUSED_FORMS.get(reader.peek().key);
  if (refused) return () => refuse(refused());
  const incremental = reader.accepts("INCREMENTAL");
  const names = reader.accepts("DATABASE") ? undefined : readExecutors(reader);
  const to = reader.accepts("TO");
  if (to) {
    reader.accepts("=");
    reader.expectString();
  }
  const plusArchivelog = reader.accepts("PLUS", "ARCHIVELOG");
  const description = readDescription(reader) ?? "";
  reader.expectEnd();
  return (sender) => {
    const tenants = executors(sender, names);
    if (to) throw notSupported("backup do not support using specify path");
    const password = encryptionOf(sender);
    orderBackup(sender.model, {
      initiator: tenantById(sender.model, sender.tenant.id) ?? sender.tenant,
      incremental,
      plusArchivelog,
      description,
      ...(tenants ? { tenants } : {}),
      ...(password === undefined ? {} : { password }),
    });
    return DONE;
  };
}

function refuse(error: SqlError): never {
  throw error;
}

function readExecutors(reader: TokenReader): readonly string[] {
  reader.expect("TENANT");
  reader.accepts("=");
  return readNames(reader);
}

function executors(sender: Sender, names: readonly string[] | undefined): readonly Tenant[] | undefined {
  if (names === undefined) return undefined;
  if (!isSys(sender)) throw notSupported("user tenant cannot specify tenant names");
  return names.map((name) => knownTenant(sender.model, name));
}

/** CANCEL BACKUP [TENANT [=] t, t]. From sys without a name: of all. */
export function readCancelBackup(reader: TokenReader): Command {
  const names = readTenantClause(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender) && names) throw refusal("OB_NOT_SUPPORTED");
    const all = () => (names ? knownUsers(sender.model, names) : userTenants(sender.model));
    cancelBackup(sender.model, isSys(sender) ? all() : [sender.tenant]);
    return DONE;
  };
}
