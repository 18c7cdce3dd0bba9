import type { SqlError } from "../engine.ts";
import { type Model, tenantById } from "../model/model.ts";
import { notSupported, refusal } from "../model/refusal.ts";
import { badTime } from "../model/restore-words.ts";
import { activateStandby, type RecoverUntil, recoverStandby } from "../model/standby.ts";
import type { Tenant } from "../model/state.ts";
import { scnFromText } from "../model/time.ts";
import { isSince } from "../model/version.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys, type Sender } from "./command.ts";
import { knownTenant, readOneTenant } from "./names.ts";
import { readUntil } from "./restore-statements.ts";

/** ACTIVATE STANDBY [TENANT [=] t] [VERIFY]. */
export function readActivate(reader: TokenReader): Command {
  reader.expect("STANDBY");
  const name = readOneTenant(reader);
  const verify = reader.accepts("VERIFY");
  reader.expectEnd();
  return (sender) => {
    const tenant = targetOf(sender, name);
    if (!verify) activateStandby(sender.model, tenant);
    return DONE;
  };
}

/** RECOVER STANDBY [TENANT [=] t] UNTIL … | CANCEL. */
export function readRecoverStandby(reader: TokenReader): Command {
  const name = readOneTenant(reader);
  const until = readRecoverUntil(reader);
  reader.expectEnd();
  return (sender) => {
    const tenant = targetOf(sender, name);
    recoverStandby(sender.model, tenant, until(tenant));
    return DONE;
  };
}

function readRecoverUntil(reader: TokenReader): (tenant: Tenant) => RecoverUntil {
  if (reader.accepts("CANCEL")) return () => "cancel";
  if (reader.accepts("UNTIL", "UNLIMITED")) return () => "unlimited";
  const until = readUntil(reader);
  if (until?.kind === "scn") return () => ({ scn: until.scn });
  if (until?.kind !== "time") throw reader.error();
  return (tenant) => {
    const scn = scnFromText(until.text, tenant.timeZoneMinutes);
    if (scn === undefined) throw badTime(until.text);
    return { scn };
  };
}

/** Sys names the tenant, a user tenant is its own. */
export function targetOf(sender: Sender, name: string | undefined): Tenant {
  if (!isSys(sender)) {
    if (name !== undefined) {
      throw refusal("OB_INVALID_ARGUMENT", "tenant name, please don't specify tenant name");
    }
    return tenantById(sender.model, sender.tenant.id) ?? sender.tenant;
  }
  if (name === undefined) throw withoutName(sender.model);
  const tenant = knownTenant(sender.model, name);
  if (tenant.type !== "USER") {
    throw refusal("OB_INVALID_ARGUMENT", "tenant name, only support operating user tenant");
  }
  return tenant;
}

/** 4.2.1.9 as it answered; later lines as their sources have it. */
function withoutName(model: Model): SqlError {
  if (isSince(model.version, "4.3")) return notSupported("omitting tenant name is");
  return refusal("OB_INVALID_ARGUMENT", "tenant name, should specify tenant name");
}
