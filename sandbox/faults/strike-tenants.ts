import { factsOf, putTenant, tenantById, tenantByName } from "../model/model.ts";
import { dropTenant } from "../model/tenants.ts";
import { UNLIMITED_SCN } from "../model/time.ts";
import { obVersion } from "../model/version.ts";
import type { ClusterFault } from "./fault.ts";
import { type Ground, type Strike, tenantsMeant } from "./ground.ts";

type Of<Kind extends string> = Extract<ClusterFault, { readonly kind: Kind }>;

/** Another person sends DROP TENANT … FORCE. Files below its destinations stay, its rows go. */
export function dropOne({ model }: Ground, name: string | undefined): Strike {
  const tenant = tenantsMeant(model, name).at(0);
  if (tenant === undefined) return "waits";
  dropTenant(model, { name: tenant.name, how: "force", recyclebin: false });
  return { whom: tenant.name };
}

/**
 * Another person sends ALTER TENANT … RENAME GLOBAL_NAME TO. The id stays. The format files below its destinations bear
 * the old name; that the kernel compares the name (9081 at the next job or round) was read, not seen.
 */
export function renameTenant({ model }: Ground, { tenant: name, to }: Of<"tenant-renamed">): Strike {
  const tenant = tenantsMeant(model, name).find(({ status }) => status === "NORMAL");
  if (tenant === undefined || tenantByName(model, to) !== undefined) return "waits";
  putTenant(model, tenant, { name: to });
  return { whom: tenant.name };
}

/**
 * Another person switches the roles: the tenant is a STANDBY, writes are refused (4688), and its rows and its archive
 * stay. That a round of a standby goes on archiving is OceanBase's; that its checkpoint moves on without a source of log
 * is the sandbox's.
 */
export function switchOver({ model }: Ground, name: string | undefined): Strike {
  const normal = tenantsMeant(model, name).filter(({ status }) => status === "NORMAL");
  const tenant = normal.find(({ role }) => role === "PRIMARY");
  if (tenant === undefined) return "waits";
  model.media.data(tenant.id);
  putTenant(model, tenant, {
    role: "STANDBY",
    standbyScn: model.freshScn(),
    switchoverEpoch: model.now,
    nextAt: null,
  });
  return {
    whom: tenant.name,
    end() {
      const now = tenantById(model, tenant.id);
      if (now?.role !== "STANDBY" || now.status !== "NORMAL") return;
      const epoch = { switchoverEpoch: model.now, recoveryUntilScn: UNLIMITED_SCN };
      putTenant(model, now, { role: "PRIMARY", standbyScn: null, nextAt: null, ...epoch });
    },
  };
}

/**
 * Every server is another version at once, and COMPATIBLE of each tenant with it; a real upgrade goes zone by zone and
 * raises COMPATIBLE last. Lines that were open are down, as after a restart of the servers.
 */
export function upgradeCluster({ model, plan }: Ground, { to }: Of<"upgraded">): Strike {
  model.version = obVersion(to);
  model.state.facts.put({ ...factsOf(model), version: to });
  for (const tenant of model.state.tenants.all()) putTenant(model, tenant, { compatible: to });
  plan.dropLines();
  return { whom: "the cluster" };
}
