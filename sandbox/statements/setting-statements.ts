import { setArchiveState } from "../model/archive.ts";
import { setArchiveDest, setDataDest } from "../model/destinations.ts";
import { type Model, tenantById, userTenants } from "../model/model.ts";
import { checkParameter, setParameter } from "../model/parameters.ts";
import { notSupported, refusal } from "../model/refusal.ts";
import type { Tenant } from "../model/state.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys, type Sender } from "./command.ts";
import { knownTenant, readName } from "./names.ts";

interface Item {
  readonly name: string;
  readonly value: string;
  readonly tenant: string | undefined;
}

/** ALTER SYSTEM SET a = b [TENANT = t] [, …]; the words before have been read. */
export function readAlterSystemSet(reader: TokenReader): Command {
  const items = [readItem(reader)];
  while (reader.accepts(",")) items.push(readItem(reader));
  reader.expectEnd();
  return (sender) =>
    items.some(isBackupItem) ? setBackupItems(sender, items) : setParameters(sender, items);
}

function readItem(reader: TokenReader): Item {
  const name = reader.expectName().toLowerCase();
  reader.accepts("=");
  const value = readValue(reader);
  let tenant: string | undefined;
  for (let clauses = 0; clauses < SET_CLAUSES.length && SET_CLAUSES.includes(reader.peek().key); clauses++) {
    const clause = reader.take().key;
    reader.accepts("=");
    const text = clause === "SCOPE" || clause === "COMMENT" ? reader.take().text : readName(reader);
    if (clause === "TENANT") tenant = text;
  }
  return { name, value, tenant };
}

const SET_CLAUSES = ["COMMENT", "SCOPE", "SERVER", "ZONE", "TENANT"];
const VALUE_KINDS = ["string", "integer", "decimal", "float", "word", "identifier"];

function readValue(reader: TokenReader): string {
  const minus = reader.accepts("-") ? "-" : "";
  if (!VALUE_KINDS.includes(reader.peek().kind)) throw reader.error();
  return minus + reader.take().text;
}

const BACKUP_ITEM = /^(log_archive_dest(_state)?(_[1-8])?|data_backup_dest)$/;

function isBackupItem({ name }: Item): boolean {
  return BACKUP_ITEM.test(name);
}

/** Several in one statement are set one after the other, and what an earlier one did stays (4.2.1.9). */
function setBackupItems(sender: Sender, items: readonly Item[]) {
  if (!items.every(isBackupItem)) {
    const mixed =
      "backup configuration items cannot be set together with non data backup configuration items";
    throw notSupported(mixed);
  }
  for (const item of items) setBackupItem(sender, item);
  return DONE;
}

function setBackupItem(sender: Sender, item: Item): void {
  const target = backupTarget(sender, item.tenant);
  const set = BACKUP_SETTERS.get(item.name);
  if (set === undefined) throw refusal("OB_NOT_SUPPORTED");
  set(sender.model, target, item.value);
}

const BACKUP_SETTERS = new Map<string, (model: Model, tenant: Tenant, value: string) => void>([
  ["log_archive_dest", setArchiveDest],
  ["data_backup_dest", setDataDest],
  ["log_archive_dest_state", setState],
]);

function setState(model: Model, tenant: Tenant, value: string): void {
  const state = value.toUpperCase();
  if (state !== "ENABLE" && state !== "DEFER") throw refusal("OB_INVALID_ARGUMENT");
  setArchiveState(model, tenant, state);
}

/** Sys must name a user tenant (1235), a user tenant must name none (1227). */
function backupTarget(sender: Sender, name: string | undefined): Tenant {
  if (!isSys(sender)) {
    if (name !== undefined) throw refusal("OB_ERR_NO_PRIVILEGE");
    return tenantById(sender.model, sender.tenant.id) ?? sender.tenant;
  }
  if (name === undefined) throw refusal("OB_NOT_SUPPORTED");
  const tenant = knownTenant(sender.model, name);
  if (tenant.type !== "USER") throw refusal("OB_NOT_SUPPORTED");
  return tenant;
}

function setParameters(sender: Sender, items: readonly Item[]) {
  const changes = items.flatMap((item) =>
    parameterTargets(sender, item.tenant).map((tenant) => ({ name: item.name, value: item.value, tenant })),
  );
  for (const change of changes) checkParameter(sender.model, change);
  for (const change of changes) setParameter(sender.model, change);
  return DONE;
}

function parameterTargets(sender: Sender, name: string | undefined): readonly Tenant[] {
  if (name === undefined) return [sender.tenant];
  if (!isSys(sender)) throw refusal("OB_ERR_NO_PRIVILEGE");
  if (name.toUpperCase() === "ALL" || name.toUpperCase() === "ALL_USER") return userTenants(sender.model);
  return [knownTenant(sender.model, name)];
}

/**
 * SET ENCRYPTION ON IDENTIFIED BY 'pw' ONLY: a word of the session, for its next backups. There is no other form, no OFF
 * either: 4.2.1.9 and the 4.3.5 line answer 1064.
 */
export function readSetEncryption(reader: TokenReader): Command {
  reader.expect("ON");
  reader.expect("IDENTIFIED", "BY");
  const password = reader.expectString();
  reader.expect("ONLY");
  reader.expectEnd();
  return ({ session }) => {
    session.words.set(ENCRYPTION, password);
    return DONE;
  };
}

const ENCRYPTION = "encryption";
const DECRYPTION = "decryption";

export function encryptionOf({ session }: Sender): string | undefined {
  const password = session.words.get(ENCRYPTION);
  return typeof password === "string" ? password : undefined;
}

/** SET DECRYPTION IDENTIFIED BY 'p1', 'p2'. */
export function readSetDecryption(reader: TokenReader): Command {
  reader.expect("IDENTIFIED", "BY");
  const passwords = [reader.expectString()];
  while (reader.accepts(",")) passwords.push(reader.expectString());
  reader.expectEnd();
  return ({ session }) => {
    session.words.set(DECRYPTION, passwords);
    return DONE;
  };
}

export function decryptionOf({ session }: Sender): readonly string[] {
  const passwords = session.words.get(DECRYPTION);
  return Array.isArray(passwords) ? passwords.map(String) : [];
}
