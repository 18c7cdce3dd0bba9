import type { ClusterResources, ServerRoom } from "./cluster.ts";
import { type HistorySketch, historyOf } from "./history.fixture.ts";
import type { TenantInventory } from "./inventory.ts";
import type { BackupJob, RestoreJob } from "./job.ts";
import { NO_SCN } from "./scn.ts";
import type { Tenant } from "./tenant.ts";

/** A tenant, a cluster and jobs for tests: healthy, unless a test says otherwise. */

export interface TenantSketch extends HistorySketch {
  readonly tenant?: Partial<Tenant>;
  readonly destinations?: Partial<TenantInventory["destinations"]>;
  readonly jobs?: readonly BackupJob[];
}

export function inventoryOf(sketch: TenantSketch = {}): TenantInventory {
  return {
    tenant: {
      id: 1006,
      name: "shop",
      kind: "user",
      statusWord: "NORMAL",
      isNormal: true,
      role: "primary",
      logMode: "archivelog",
      locality: "FULL{1}@zone1",
      primaryZone: "RANDOM",
      createdAt: null,
      compatible: null,
      mode: "mysql",
      syncScn: null,
      unitCount: 1,
      ...sketch.tenant,
    },
    destinations: {
      data: "file:///data",
      archive: "file:///archive1001",
      pieceSwitchInterval: "1d",
      ...sketch.destinations,
    },
    backupJobs: sketch.jobs ?? [],
    ...historyOf(sketch),
  };
}

export function backupJobOf(job: Partial<BackupJob>): BackupJob {
  return {
    id: 1,
    setId: 1,
    isHistory: false,
    status: "running",
    statusWord: "RUNNING",
    phaseWord: null,
    type: "full",
    plusArchivelog: false,
    startedBySys: true,
    startedAt: null,
    endedAt: null,
    description: "",
    resultCode: 0,
    comment: "",
    path: "file:///data",
    progress: null,
    ...job,
  };
}

export function restoreJobOf(job: Partial<RestoreJob>): RestoreJob {
  return {
    id: 1,
    isHistory: false,
    status: "running",
    statusWord: "RESTORING",
    targetTenant: "other",
    sourceTenant: "shop",
    sourceCluster: "prod",
    restoreScn: NO_SCN,
    startedAt: null,
    endedAt: null,
    description: "",
    comment: "",
    destinations: "",
    fraction: null,
    totalBytes: null,
    finishedBytes: null,
    ...job,
  };
}

const GIB = 2 ** 30;

export function serverOf(zone: string, room: Partial<ServerRoom> = {}): ServerRoom {
  return {
    address: `${zone}:2882`,
    zone,
    statusWord: "ACTIVE",
    isActive: true,
    cpu: { total: 8, assigned: 2 },
    memoryBytes: { total: 16 * GIB, assigned: 2 * GIB },
    logDiskBytes: { total: 40 * GIB, assigned: 4 * GIB },
    dataDiskBytes: { total: 100 * GIB, assigned: 10 * GIB },
    ...room,
  };
}

export function resourcesOf(servers: readonly ServerRoom[]): ClusterResources {
  return {
    servers,
    unitConfigs: [
      { name: "small", maxCpu: 1, minCpu: 1, memoryBytes: 2 * GIB, logDiskBytes: 6 * GIB },
      { name: "sys_unit_config", maxCpu: 2, minCpu: 2, memoryBytes: GIB, logDiskBytes: 2 * GIB },
    ],
    pools: [{ name: "sys_pool", tenantId: 1, unitConfigName: "sys_unit_config", unitCount: 1, zones: [] }],
  };
}
