import type { ArchivePiece, ArchiveRound } from "./archive.ts";
import type { BackupSet } from "./backup-set.ts";
import type { Cluster, ClusterResources } from "./cluster.ts";
import type { BackupJob, RestoreJob } from "./job.ts";
import type { Micros, Scn } from "./scn.ts";
import type { Destinations, Tenant } from "./tenant.ts";

/** Our copy of what one cluster's views said in one pass, with the time it was taken. */
export interface ClusterInventory {
  /** Our clock when the last of the pass's statements had answered. */
  readonly observedAt: Micros;
  /** The cluster's own clock in the same pass; delays are measured against this one, never against ours. */
  readonly clusterNow: Scn;
  readonly cluster: Omit<Cluster, "name">;
  readonly tenants: readonly TenantInventory[];
  readonly restoreJobs: readonly RestoreJob[];
  readonly resources: ClusterResources;
}

export interface TenantInventory extends BackupHistory {
  readonly tenant: Tenant;
  readonly destinations: Destinations;
  /** Running ones first, then newest first. */
  readonly backupJobs: readonly BackupJob[];
  /** When a pass first missed the tenant; absent while the cluster has it. */
  readonly goneAt?: Micros;
}

/** Everything that decides to which instants a tenant can be restored. In no particular order. */
export interface BackupHistory {
  readonly sets: readonly BackupSet[];
  readonly rounds: readonly ArchiveRound[];
  readonly pieces: readonly ArchivePiece[];
}
