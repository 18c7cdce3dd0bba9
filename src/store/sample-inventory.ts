import type { ArchivePiece, ArchiveRound } from "../domain/archive.ts";
import type { BackupSet } from "../domain/backup-set.ts";
import type { ClusterResources } from "../domain/cluster.ts";
import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import type { BackupJob, RestoreJob } from "../domain/job.ts";
import { NO_RESULT, type Operation } from "../domain/operation.ts";
import type { RestoreActions } from "../domain/restore-plan.ts";
import { type Micros, NO_SCN, scn } from "../domain/scn.ts";
import type { Tenant } from "../domain/tenant.ts";
import type { NewCluster } from "./store.ts";

/** Plausible things for the store's tests, each changed by what a test is about. */
export const START: Micros = 1_764_000_000_000_000;
const START_SCN = scn(1_764_000_000_000_000_001n);
const VERSION = { numbers: [4, 2, 5, 1], build: "2025010112000000000000" } as const;

export function newCluster(name: string): NewCluster {
  return {
    name,
    host: "127.0.0.1",
    port: 2881,
    user: "root@sys",
    password: `secret of ${name}`,
    clusterName: `ob_${name}`,
    version: VERSION,
    versionComment: "OceanBase 4.2.5.1",
    addedAt: START,
  };
}

export function aTenant(id: number, name: string): Tenant {
  return {
    id,
    name,
    kind: "user",
    statusWord: "NORMAL",
    isNormal: true,
    role: "primary",
    logMode: "archivelog",
    locality: "FULL{1}@zone1",
    primaryZone: "RANDOM",
    createdAt: START,
    compatible: { numbers: [4, 2, 5, 1], build: undefined },
    mode: "mysql",
    syncScn: START_SCN,
    unitCount: 1,
  };
}

export function aSet(id: number): BackupSet {
  return {
    id,
    type: id % 7 === 1 ? "full" : "incremental",
    previousFullId: 0,
    previousIncrementalId: 0,
    status: "succeeded",
    fileStatus: "available",
    statusWords: "SUCCESS / AVAILABLE",
    startReplayScn: scn(START_SCN + BigInt(id)),
    minRestoreScn: scn(START_SCN + BigInt(id) * 3n),
    startedAt: START,
    endedAt: null,
    inputBytes: 1_000_000 + id,
    outputBytes: 9_007_199_254_740_991,
    path: "file:///backup/data",
    plusArchivelog: false,
    encrypted: true,
    tenantCompatible: VERSION,
    clusterVersion: null,
  };
}

export function aRound(id: number): ArchiveRound {
  return {
    destId: 1001,
    id,
    status: "doing",
    statusWord: "PREPARE",
    startScn: START_SCN,
    checkpointScn: scn(18446744073709551615n),
    startedAt: START,
    path: "file:///backup/archive",
    inputBytes: 1,
    outputBytes: 2,
    comment: "",
    interruption: null,
  };
}

export function aPiece(id: number): ArchivePiece {
  return {
    destId: 1001,
    roundId: 1,
    id,
    startScn: scn(START_SCN + BigInt(id)),
    endScn: scn(START_SCN + BigInt(id) + 1n),
    checkpointScn: NO_SCN,
    fileStatus: "available",
    statusWords: "FROZEN / AVAILABLE",
    inputBytes: 10,
    outputBytes: 5,
    path: `file:///backup/archive/piece_d1001r1p${id}`,
  };
}

export function aBackupJob(id: number): BackupJob {
  return {
    id,
    setId: id,
    isHistory: true,
    status: "completed",
    statusWord: "INIT",
    phaseWord: null,
    type: "full",
    plusArchivelog: true,
    startedBySys: true,
    startedAt: START,
    endedAt: START + 1,
    description: "op-0123456789",
    resultCode: -4016,
    comment: 'it\'s "quoted" \u{1F600} 备份',
    path: "file:///backup/data",
    progress: { fraction: 0.1, inputBytes: 1, outputBytes: 2 },
  };
}

export function aRestoreJob(id: number): RestoreJob {
  return {
    id,
    isHistory: false,
    status: "running",
    statusWord: "RESTORE_PRE",
    targetTenant: "shop2",
    sourceTenant: "shop",
    sourceCluster: "elsewhere",
    restoreScn: START_SCN,
    startedAt: null,
    endedAt: null,
    description: "",
    comment: "",
    destinations: "file:///backup/data,file:///backup/archive",
    fraction: 0.25,
    totalBytes: 100,
    finishedBytes: null,
  };
}

export const RESOURCES: ClusterResources = {
  servers: [],
  unitConfigs: [{ name: "u1", maxCpu: 1.5, minCpu: 1, memoryBytes: 2 ** 31, logDiskBytes: 2 ** 33 }],
  pools: [{ name: "p1", tenantId: null, unitConfigName: "u1", unitCount: 1, zones: ["zone1", "zone2"] }],
};

export function aTenantInventory(
  id: number,
  name: string,
  rest: Partial<TenantInventory> = {},
): TenantInventory {
  return {
    tenant: aTenant(id, name),
    destinations: { data: "file:///backup/data", archive: null, pieceSwitchInterval: "1d" },
    sets: [aSet(1), aSet(2)],
    rounds: [aRound(1)],
    pieces: [aPiece(1), aPiece(2)],
    backupJobs: [aBackupJob(2), aBackupJob(1)],
    ...rest,
  };
}

export function anInventory(
  tenants: readonly TenantInventory[],
  rest: Partial<ClusterInventory> = {},
): ClusterInventory {
  return {
    observedAt: START + 1_000_000,
    clusterNow: scn(START_SCN + 7n),
    cluster: { clusterName: "ob_prod", version: VERSION, versionComment: "OceanBase 4.2.5.1" },
    tenants,
    restoreJobs: [aRestoreJob(2), aRestoreJob(1)],
    resources: RESOURCES,
    ...rest,
  };
}

export function anOperation(id: string, rest: Partial<Operation> = {}): Operation {
  return {
    id: `op-${id}`,
    requestId: `request-${id}`,
    kind: "back-up",
    cluster: "prod",
    tenant: "shop",
    request: { kind: "back-up", type: "full", plusArchivelog: false },
    phase: "requested",
    outcome: null,
    steps: [],
    progress: null,
    result: NO_RESULT,
    problem: null,
    requestedAt: START,
    endedAt: null,
    cancelRequestedAt: null,
    revision: 1,
    ...rest,
  };
}

function someActions(id: string): RestoreActions {
  return {
    unit: null,
    pool: { name: `pool_${id}`, unit: "u1", unitCount: 1, zones: ["zone1"] },
    restore: {
      targetTenant: "shop_copy",
      dataUri: "file:///backup/data",
      archiveUri: null,
      until: START_SCN,
      pool: `pool_${id}`,
      locality: null,
      primaryZone: null,
      concurrency: null,
      signature: `op-${id}`,
      decryptionPasswords: [],
    },
    activate: true,
  };
}

export function aRestore(
  id: string,
  source: { readonly cluster: string; readonly tenant: string },
): Operation {
  const target = {
    cluster: "lab",
    tenant: "shop_copy",
    zones: ["zone1"],
    unit: { cpu: 1.5, memoryBytes: 2 ** 31, logDiskBytes: 2 ** 33 },
    unitCount: 1,
    primaryZone: null,
    concurrency: null,
  };
  return anOperation(id, {
    kind: "restore",
    cluster: target.cluster,
    tenant: target.tenant,
    request: { kind: "restore", source, until: START_SCN, target, activate: true, actions: someActions(id) },
  });
}

/** How a tenant is told that a pass no longer found: its rounds ended with it. */
export function dropped(inventory: TenantInventory): TenantInventory {
  const rounds = inventory.rounds.map(
    (round) => ({ ...round, status: "stopped", statusWord: "DROPPED" }) as const,
  );
  return { ...inventory, rounds, tenant: { ...inventory.tenant, statusWord: "DROPPED", isNormal: false } };
}
