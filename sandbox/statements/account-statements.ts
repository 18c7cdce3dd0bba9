import type { SqlError } from "../engine.ts";
import { tenantById } from "../model/model.ts";
import { refusal } from "../model/refusal.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { hashOf, type StoredAccount } from "./accounts.ts";
import { type Command, DONE, type Sender } from "./command.ts";
import { readName } from "./names.ts";

/** `user` or `user@host`; every host is one account here. */
function readUser(reader: TokenReader): string {
  const name = readName(reader);
  if (reader.peek().kind === "variable") reader.take();
  return name;
}

/** 4688 in a standby tenant: its users are those of its source. */
function refuseStandby({ model, tenant }: Sender): void {
  if (tenantById(model, tenant.id)?.role !== "PRIMARY") throw refusal("OB_STANDBY_READ_ONLY");
}

/** SET PASSWORD [FOR user] = 'pw' | PASSWORD('pw'). */
export function readSetPassword(reader: TokenReader): Command {
  const user = reader.accepts("FOR") ? readUser(reader) : undefined;
  reader.expect("=");
  const wrapped = reader.accepts("PASSWORD", "(");
  const password = reader.expectString();
  if (wrapped) reader.expect(")");
  reader.expectEnd();
  return changePassword(user, password);
}

/** ALTER USER user IDENTIFIED BY 'pw'. */
export function readAlterUser(reader: TokenReader): Command {
  const skip = reader.accepts("IF", "EXISTS");
  const user = readUser(reader);
  reader.expect("IDENTIFIED", "BY");
  const password = reader.expectString();
  reader.expectEnd();
  return (sender) => {
    if (skip && !sender.accounts.find(sender.tenant.id, user)) return DONE;
    return changePassword(user, password)(sender);
  };
}

function changePassword(user: string | undefined, password: string): Command {
  return (sender) => {
    refuseStandby(sender);
    const name = user ?? sender.session.user;
    const account = sender.accounts.find(sender.tenant.id, name);
    if (account === undefined) throw refusal("OB_ERR_USER_NOT_EXIST");
    sender.accounts.put(sender.tenant.id, { ...account, passwordHash: hashOf(password) });
    return DONE;
  };
}

/** CREATE USER [IF NOT EXISTS] user [IDENTIFIED BY 'pw']. */
export function readCreateUser(reader: TokenReader): Command {
  const skip = reader.accepts("IF", "NOT", "EXISTS");
  const name = readUser(reader);
  const password = reader.accepts("IDENTIFIED", "BY") ? reader.expectString() : "";
  reader.expectEnd();
  return (sender) => {
    refuseStandby(sender);
    if (sender.accounts.find(sender.tenant.id, name)) {
      if (skip) return DONE;
      throw userFailure("CREATE USER", name);
    }
    sender.accounts.put(sender.tenant.id, { name, passwordHash: hashOf(password), privileges: [] });
    return DONE;
  };
}

/** DROP USER [IF EXISTS] user. */
export function readDropUser(reader: TokenReader): Command {
  const skip = reader.accepts("IF", "EXISTS");
  const name = readUser(reader);
  reader.expectEnd();
  return (sender) => {
    refuseStandby(sender);
    if (!sender.accounts.find(sender.tenant.id, name)) {
      if (skip) return DONE;
      throw userFailure("DROP USER", name);
    }
    sender.accounts.remove(sender.tenant.id, name);
    return DONE;
  };
}

/** 1396 for a user that is missing, too. */
function userFailure(verb: string, name: string): SqlError {
  return refusal("OB_ERR_USER_EXIST", `Operation ${verb} failed for '${name}'@'%'`);
}

/**
 * GRANT privileges ON what TO user, REVOKE privileges ON what FROM user. The sandbox asks for ALTER SYSTEM (or ALL) where
 * OceanBase does; it lets every user read and write rows, whatever stands behind ON.
 */
export function readGrant(reader: TokenReader, verb: "GRANT" | "REVOKE"): Command {
  const privileges = [readPrivilege(reader)];
  while (reader.accepts(",")) privileges.push(readPrivilege(reader));
  reader.expect("ON");
  while (!reader.atEnd() && !reader.sees("TO") && !reader.sees("FROM")) reader.take();
  reader.expect(verb === "GRANT" ? "TO" : "FROM");
  const user = readUser(reader);
  reader.accepts("WITH", "GRANT", "OPTION");
  reader.expectEnd();
  return (sender) => {
    refuseStandby(sender);
    const account = sender.accounts.find(sender.tenant.id, user);
    if (account === undefined) throw refusal("OB_ERR_USER_NOT_EXIST");
    sender.accounts.put(sender.tenant.id, changed(account, privileges, verb));
    return DONE;
  };
}

function readPrivilege(reader: TokenReader): string {
  const words: string[] = [];
  while (reader.peek().kind === "word" && !reader.sees("ON")) words.push(reader.take().key);
  if (words.length === 0) throw reader.error();
  return words.join(" ").replace(/ PRIVILEGES$/, "");
}

function changed(
  account: StoredAccount,
  privileges: readonly string[],
  verb: "GRANT" | "REVOKE",
): StoredAccount {
  const rest = account.privileges.filter((privilege) => !privileges.includes(privilege));
  return { ...account, privileges: verb === "GRANT" ? [...rest, ...privileges] : rest };
}

/** Whether a user may send ALTER SYSTEM and the statements about resources and tenants (else 1227). */
export function mayAlterSystem(account: StoredAccount | undefined): boolean {
  return (
    account?.privileges.some((privilege) => ["ALL", "ALTER SYSTEM", "SUPER"].includes(privilege)) ?? false
  );
}
