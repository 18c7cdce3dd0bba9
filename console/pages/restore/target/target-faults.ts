import type { MessageKey } from "../../../messages/catalogue.ts";
import type { RestoreForm } from "../use-restore-form.ts";

export interface TargetFault {
  readonly of: "tenant" | "zones";
  readonly says: MessageKey;
}

/** What can be told without the server; everything else is told by the plan. */
export function targetFaults(
  form: Pick<RestoreForm, "proposal" | "resources" | "takenNames">,
): readonly TargetFault[] {
  const { tenant, zones } = form.proposal;
  const faults: TargetFault[] = [];
  if (tenant.trim() === "") faults.push({ of: "tenant", says: "wizard.name.empty" });
  if (form.takenNames.includes(tenant)) faults.push({ of: "tenant", says: "wizard.name.taken" });
  if (form.resources !== null && zones.length === 0) faults.push({ of: "zones", says: "wizard.zones.none" });
  return faults;
}
