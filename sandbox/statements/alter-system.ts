import { type Model, putTenant } from "../model/model.ts";
import { refusal } from "../model/refusal.ts";
import { becomePrimary, becomeStandby } from "../model/standby.ts";
import type { ObVersion } from "../model/version.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { readLogMode } from "./archive-statements.ts";
import { readBackup, readCancelBackup } from "./backup-statements.ts";
import { type Command, DONE, isSys } from "./command.ts";
import { readAddPolicy, readCancelDelete, readDelete, readDropPolicy } from "./delete-statements.ts";
import { knownTenant, readName, readOneTenant, readTenantClause } from "./names.ts";
import { readCancelRecoverTable, readRecoverTable } from "./recover-table-statements.ts";
import { readCancelRestore, readRestore, readRestoreSource } from "./restore-statements.ts";
import { readAlterSystemSet } from "./setting-statements.ts";
import { readActivate, readRecoverStandby, targetOf } from "./standby-statements.ts";
import { refuseLaterForms } from "./version-gates.ts";

/** What follows ALTER SYSTEM, by its first word. */
const FORMS = new Map<string, (reader: TokenReader) => Command>([
  ["SET", readAlterSystemSet],
  ["ARCHIVELOG", (reader) => readLogMode(reader, "ARCHIVELOG")],
  ["NOARCHIVELOG", (reader) => readLogMode(reader, "NOARCHIVELOG")],
  ["BACKUP", readBackup],
  ["CANCEL", readCancel],
  ["ADD", readAdd],
  ["DROP", readDropPolicy],
  ["CLEAR", (reader) => readRestoreSource(reader, "CLEAR")],
  ["DELETE", readDelete],
  ["RESTORE", readRestore],
  ["RECOVER", readRecover],
  ["ACTIVATE", readActivate],
  ["SWITCHOVER", readSwitchover],
  ["RUN", readUpgradeJob],
  ["MAJOR", readFreeze],
  ["MINOR", readFreeze],
  ["CHANGE", readChange],
]);

/** Words that begin a form which OceanBase knows and this sandbox does not carry out. */
const OTHER_FORMS = [
  "BOOTSTRAP",
  "START",
  "STOP",
  "KILL",
  "FLUSH",
  "REFRESH",
  "RELOAD",
  "SWITCH",
  "REPORT",
  "CLEAN",
  "RESET",
  "ALTER",
  "MODIFY",
  "MIGRATE",
  "TRANSFER",
  "BALANCE",
  "REMOVE",
  "FORCE",
  "UPGRADE",
  "ROLLING",
  "SUSPEND",
  "RESUME",
  "VALIDATE",
  "CREATE",
  "PURGE",
  "CLEAR",
  "CHECKPOINT",
];

export function readAlterSystem(reader: TokenReader, version: ObVersion): Command {
  if (reader.peek().kind === "hint") reader.take();
  refuseLaterForms(reader, version);
  const form = FORMS.get(reader.peek().key);
  if (form !== undefined) {
    reader.take();
    return form(reader);
  }
  if (!OTHER_FORMS.includes(reader.peek().key)) throw reader.error();
  // SUSPEND BACKUP, RESUME BACKUP: 4.2.1.9 knows the words and takes them for wrong arguments.
  const isGivenUp = reader.peek(1).key === "BACKUP" && /^(SUSPEND|RESUME)$/.test(reader.peek().key);
  return () => {
    throw refusal(isGivenUp ? "OB_INVALID_ARGUMENT" : "OB_NOT_SUPPORTED");
  };
}

function readCancel(reader: TokenReader): Command {
  if (reader.accepts("BACKUP")) return readCancelBackup(reader);
  if (reader.accepts("DELETE", "BACKUP")) return readCancelDelete(reader);
  if (reader.accepts("RESTORE")) return readCancelRestore(reader);
  if (reader.accepts("RECOVER", "TABLE")) return readCancelRecoverTable(reader);
  reader.expect("ALL", "BACKUP", "FORCE");
  reader.expectEnd();
  return () => {
    throw refusal("OB_INVALID_ARGUMENT");
  };
}

function readAdd(reader: TokenReader): Command {
  return reader.sees("DELETE") ? readAddPolicy(reader) : readRestoreSource(reader, "ADD");
}

function readRecover(reader: TokenReader): Command {
  if (reader.accepts("STANDBY")) return readRecoverStandby(reader);
  reader.expect("TABLE");
  return readRecoverTable(reader);
}

/** SWITCHOVER TO PRIMARY | STANDBY [TENANT [=] t] [VERIFY]: VERIFY only asks. */
function readSwitchover(reader: TokenReader): Command {
  reader.expect("TO");
  const change = reader.accepts("PRIMARY") ? becomePrimary : becomeStandby;
  if (change === becomeStandby) reader.expect("STANDBY");
  const name = readOneTenant(reader);
  const verify = reader.accepts("VERIFY");
  reader.expectEnd();
  return (sender) => {
    const tenant = targetOf(sender, name);
    if (!verify) change(sender.model, tenant);
    return DONE;
  };
}

/** RUN UPGRADE JOB 'UPGRADE_ALL' TENANT = t: a tenant restored from an older backup takes on the cluster's data version. */
function readUpgradeJob(reader: TokenReader): Command {
  reader.expect("UPGRADE", "JOB");
  const job = reader.expectString();
  const names = readTenantClause(reader) ?? [];
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    if (job.toUpperCase() !== "UPGRADE_ALL") throw refusal("OB_INVALID_ARGUMENT");
    for (const name of names) upgrade(sender.model, name);
    return DONE;
  };
}

function upgrade(model: Model, name: string): void {
  const tenant = knownTenant(model, name);
  if (tenant.role !== "PRIMARY") throw refusal("OB_OP_NOT_ALLOW");
  putTenant(model, tenant, { compatible: model.version.text });
}

/** MAJOR | MINOR FREEZE [TENANT [=] t]: there is nothing to freeze in a sandbox; answered OK as OceanBase does. */
function readFreeze(reader: TokenReader): Command {
  reader.expect("FREEZE");
  const names = readTenantClause(reader) ?? [];
  reader.expectEnd();
  return ({ model }) => {
    for (const name of names) if (!/^ALL(_USER|_META)?$/i.test(name)) knownTenant(model, name);
    return DONE;
  };
}

/** CHANGE EXTERNAL_STORAGE_DEST … (4.3.3): new keys for object storage, which the sandbox does not have. */
function readChange(reader: TokenReader): Command {
  if (!reader.accepts("EXTERNAL_STORAGE_DEST")) return readChangeTenant(reader);
  return () => {
    throw refusal("OB_NOT_SUPPORTED");
  };
}

/** CHANGE TENANT [TENANT_ID =] t, from sys: the views then show that tenant's rows. */
function readChangeTenant(reader: TokenReader): Command {
  reader.expect("TENANT");
  reader.accepts("=");
  const name = readName(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
    sender.changeTenant(knownTenant(sender.model, name));
    return DONE;
  };
}
