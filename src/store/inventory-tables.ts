import type { ArchivePiece, ArchiveRound } from "../domain/archive.ts";
import type { BackupSet } from "../domain/backup-set.ts";
import type { BackupJob, RestoreJob } from "../domain/job.ts";
import type { Micros } from "../domain/scn.ts";
import type { Destinations, Tenant } from "../domain/tenant.ts";
import { flag, nullable, plain, record, scnColumn } from "./columns.ts";
import { inventoryTable } from "./inventory-table.ts";

/** A tenant's row: what the cluster says of it, and since when it is no longer there. */
export interface TenantFacts extends Tenant {
  readonly destinations: Destinations;
  /** When a pass first missed it; null while the cluster has it. */
  readonly goneAt: Micros | null;
}

const OF_CLUSTER = ["cluster"] as const;
const OF_TENANT = ["cluster", "tenant_id"] as const;

export const TENANTS = inventoryTable<TenantFacts>("tenant", OF_CLUSTER, {
  key: ["id"],
  columns: {
    id: plain(),
    name: plain(),
    kind: plain(),
    statusWord: plain(),
    isNormal: flag,
    role: plain(),
    logMode: plain(),
    locality: plain(),
    primaryZone: plain(),
    createdAt: plain(),
    compatible: nullable(record()),
    mode: plain(),
    syncScn: nullable(scnColumn),
    unitCount: plain(),
    destinations: record(),
    goneAt: plain(),
  },
});

export const SETS = inventoryTable<BackupSet>("backup_set", OF_TENANT, {
  key: ["id"],
  columns: {
    id: plain(),
    type: plain(),
    previousFullId: plain(),
    previousIncrementalId: plain(),
    status: plain(),
    fileStatus: plain(),
    statusWords: plain(),
    startReplayScn: scnColumn,
    minRestoreScn: scnColumn,
    startedAt: plain(),
    endedAt: plain(),
    inputBytes: plain(),
    outputBytes: plain(),
    path: plain(),
    plusArchivelog: flag,
    encrypted: flag,
    tenantCompatible: nullable(record()),
    clusterVersion: nullable(record()),
  },
});

export const ROUNDS = inventoryTable<ArchiveRound>("archive_round", OF_TENANT, {
  key: ["destId", "id"],
  columns: {
    destId: plain(),
    id: plain(),
    status: plain(),
    statusWord: plain(),
    startScn: scnColumn,
    checkpointScn: scnColumn,
    startedAt: plain(),
    path: plain(),
    inputBytes: plain(),
    outputBytes: plain(),
    comment: plain(),
    interruption: plain(),
  },
});

export const PIECES = inventoryTable<ArchivePiece>("archive_piece", OF_TENANT, {
  key: ["destId", "roundId", "id"],
  columns: {
    destId: plain(),
    roundId: plain(),
    id: plain(),
    startScn: scnColumn,
    endScn: scnColumn,
    checkpointScn: scnColumn,
    fileStatus: plain(),
    statusWords: plain(),
    inputBytes: plain(),
    outputBytes: plain(),
    path: plain(),
  },
});

export const BACKUP_JOBS = inventoryTable<BackupJob>("backup_job", OF_TENANT, {
  key: ["id"],
  columns: {
    id: plain(),
    setId: plain(),
    isHistory: flag,
    status: plain(),
    statusWord: plain(),
    phaseWord: plain(),
    type: plain(),
    plusArchivelog: flag,
    startedBySys: flag,
    startedAt: plain(),
    endedAt: plain(),
    description: plain(),
    resultCode: plain(),
    comment: plain(),
    path: plain(),
    progress: nullable(record()),
  },
});

export const RESTORE_JOBS = inventoryTable<RestoreJob>("restore_job", OF_CLUSTER, {
  key: ["id"],
  columns: {
    id: plain(),
    isHistory: flag,
    status: plain(),
    statusWord: plain(),
    targetTenant: plain(),
    sourceTenant: plain(),
    sourceCluster: plain(),
    restoreScn: scnColumn,
    startedAt: plain(),
    endedAt: plain(),
    description: plain(),
    comment: plain(),
    destinations: plain(),
    fraction: plain(),
    totalBytes: plain(),
    finishedBytes: plain(),
  },
});
