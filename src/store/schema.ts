import type { ArchivePiece, ArchiveRound } from "../domain/archive.ts";
import type { BackupSet } from "../domain/backup-set.ts";
import type { BackupJob, RestoreJob } from "../domain/job.ts";
import type { OperationKind, Outcome, Phase } from "../domain/operation.ts";
import type { Micros } from "../domain/scn.ts";
import type { Row } from "./columns.ts";
import type { TenantFacts } from "./inventory-tables.ts";
import type { Change } from "./store.ts";

/**
 * The database, for every backend: texts, whole numbers and doubles. Times are microseconds since 1970 UTC, SCNs twenty
 * digits, records JSON.
 */
export interface Schema {
  cluster: ClusterRow;
  tenant: OfCluster & Row<TenantFacts>;
  backup_set: OfTenant & Row<BackupSet>;
  archive_round: OfTenant & Row<ArchiveRound>;
  archive_piece: OfTenant & Row<ArchivePiece>;
  backup_job: OfTenant & Row<BackupJob>;
  restore_job: OfCluster & Row<RestoreJob>;
  operation: OperationRow;
  operation_secret: { readonly operation: string; readonly sealed: string };
  change_log: ChangeRow;
}

interface OfCluster {
  readonly cluster: string;
}

interface OfTenant extends OfCluster {
  readonly tenant_id: number;
}

export interface ClusterRow {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user_name: string;
  readonly sealed_password: string;
  readonly cluster_name: string;
  readonly version: string;
  readonly version_comment: string;
  readonly added_at: Micros;
  readonly observed_at: Micros | null;
  readonly cluster_now: string | null;
  readonly unobserved_since: Micros | null;
  readonly unobserved_problem: string | null;
  /** ClusterResources as JSON. */
  readonly resources: string | null;
}

/** The operation whole in `record`; the other columns are what rows are found, counted and guarded by. */
export interface OperationRow {
  readonly id: string;
  readonly request_id: string;
  /** The number of the change that announced the request: the order in which operations came. */
  readonly sequence: number;
  readonly kind: OperationKind;
  readonly cluster: string;
  readonly tenant: string;
  /** For a restore: where the data comes from. */
  readonly source_cluster: string | null;
  readonly source_tenant: string | null;
  readonly phase: Phase;
  readonly outcome: Outcome | null;
  /** The kind while active, null once ended. Unique together with cluster and tenant, since nulls differ. */
  readonly active_kind: OperationKind | null;
  readonly requested_at: Micros;
  readonly revision: number;
  readonly record: string;
}

export interface ChangeRow {
  readonly number: number;
  readonly at: Micros;
  readonly topic: Change["topic"];
  readonly cluster: string;
  readonly tenant: string | null;
  readonly operation: string | null;
}
