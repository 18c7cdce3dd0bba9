import { interruptRound } from "../model/archive.ts";
import { type Model, tenantByName } from "../model/model.ts";
import { currentRound } from "../model/rounds.ts";
import type { Tenant } from "../model/state.ts";

export interface BackupFailure {
  /** Negative, as RESULT carries it: -4016. */
  readonly code: number;
  /** Instead of the comment that the kernel would write. */
  readonly comment?: string;
}

/** What can be made to go wrong. Losing a file needs nothing here: delete it below the storage root. */
export interface Faults {
  /** The tenant's log is recycled before it was archived (9087): its round becomes INTERRUPTED. */
  interruptArchive(tenant: string): void;
  /** The tenant's next data backup ends FAILED. */
  failNextBackup(tenant: string, failure: BackupFailure): void;
}

export function clusterFaults(model: Model): Faults {
  return {
    interruptArchive(name) {
      const tenant = known(model, name);
      const round = currentRound(model, tenant.id);
      if (round?.status !== "DOING") throw new Error(`${name} has no archive round in DOING`);
      model.media.data(tenant.id).recycleRedo();
      interruptRound(model, round);
    },
    failNextBackup(name, { code, comment }) {
      const tenant = known(model, name);
      const ids = model.state.faults.all().map((fault) => fault.id);
      const id = Math.max(0, ...ids) + 1;
      const fault = { id, tenantId: tenant.id, kind: "fail-backup", code, comment: comment ?? null } as const;
      model.state.faults.put(fault);
    },
  };
}

function known(model: Model, name: string): Tenant {
  const tenant = tenantByName(model, name);
  if (tenant?.type !== "USER") throw new Error(`there is no user tenant ${name}`);
  return tenant;
}
