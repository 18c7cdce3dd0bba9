import type { MessageKey } from "../../../messages/catalogue.ts";
import type { RestoreForm } from "../use-restore-form.ts";

export interface TargetFault {
  readonly of: "tenant" | "zones";
  readonly says: MessageKey;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What can be told without the server, with its reason; everything else is told by the plan. */
export function targetFaults(
  form: Pick<RestoreForm, "proposal" | "resources" | "takenNames">,
): readonly TargetFault[] {
  const { tenant, zones, cluster } = form.proposal;
  const faults: TargetFault[] = [];
  const says = nameFault(tenant);
  // OceanBase compares the names of tenants without regard to case.
  const taken = form.takenNames.find((name) => name.toLowerCase() === tenant.toLowerCase());
  if (says) faults.push({ of: "tenant", says, values: { tenant, length: tenant.length } });
  else if (taken)
    faults.push({ of: "tenant", says: "wizard.name.taken", values: { cluster, tenant: taken } });
  if (form.resources !== null && zones.length === 0) {
    faults.push({ of: "zones", says: "wizard.zones.none", values: {} });
  }
  return faults;
}

const LONGEST_NAME = 63;
/** OceanBase reads these as itself or as "every tenant". */
const RESERVED: readonly string[] = ["sys", "all", "all_user", "all_meta"];

/** The server's rule for a name, told in parts: `judgeName` in the domain's restore target. */
function nameFault(name: string): MessageKey | null {
  if (name.trim() === "") return "wizard.name.empty";
  if (/\s/.test(name)) return "wizard.name.blank";
  if (!/^\w+$/.test(name)) return "wizard.name.characters";
  if (/^\d/.test(name)) return "wizard.name.digit";
  if (name.length > LONGEST_NAME) return "wizard.name.long";
  return RESERVED.includes(name.toLowerCase()) ? "wizard.name.reserved" : null;
}
