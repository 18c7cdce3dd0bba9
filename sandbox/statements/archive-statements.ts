import { SqlError } from "../engine.ts";
import { setLogMode } from "../model/archive.ts";
import { userTenants } from "../model/model.ts";
import { notSupported, refusal } from "../model/refusal.ts";
import type { Tenant } from "../model/state.ts";
import type { TokenReader } from "../sql/token-reader.ts";
import { type Command, DONE, isSys, type Sender } from "./command.ts";
import { knownTenant, readDescription, readTenantClause } from "./names.ts";

type LogMode = Tenant["logMode"];

/** [NO]ARCHIVELOG [TENANT [=] t, t | ALL] [DESCRIPTION [=] 's']. */
export function readLogMode(reader: TokenReader, logMode: LogMode): Command {
  const names = readTenantClause(reader);
  readDescription(reader);
  reader.expectEnd();
  return (sender) => {
    if (!isSys(sender)) {
      if (names) throw refusal("OB_ERR_NO_PRIVILEGE");
      setLogMode(sender.model, currentRow(sender), logMode);
      return DONE;
    }
    if (names === undefined || names.some((name) => name.toUpperCase() === "ALL")) setForAll(sender, logMode);
    else for (const name of names) setForOne(sender, name, logMode);
    return DONE;
  };
}

/** From sys for all: single failures stay hidden. */
function setForAll({ model }: Sender, logMode: LogMode): void {
  for (const tenant of userTenants(model)) {
    try {
      setLogMode(model, tenant, logMode);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
    }
  }
}

/** 4.2.1.9: sys as a target and a second ARCHIVELOG from sys are answered OK, a second NOARCHIVELOG is not. */
function setForOne({ model }: Sender, name: string, logMode: LogMode): void {
  if (/^ALL_(USER|META)$/i.test(name))
    throw notSupported("use all_user/all_meta in 'ALTER SYSTEM ARCHIVELOG' syntax is");
  const tenant = knownTenant(model, name);
  if (tenant.type !== "USER") return;
  if (logMode === "ARCHIVELOG" && tenant.logMode === "ARCHIVELOG") return;
  setLogMode(model, tenant, logMode);
}

function currentRow({ model, tenant }: Sender): Tenant {
  return model.state.tenants.get(tenant.id) ?? tenant;
}
