import type {
  ArchiveDest,
  BackupJob,
  BackupSet,
  BackupTask,
  DataDest,
  Piece,
  RestoreJob,
  RestoreSource,
  Round,
  StorageInfo,
} from "./backup-rows.ts";
import type { DeleteJob, DeletePolicy, DeleteTask } from "./clean-rows.ts";
import { Table } from "./table.ts";
import type { Micros } from "./time.ts";

/** What the cluster is. One row. */
export interface Facts {
  readonly name: string;
  readonly clusterId: number;
  readonly version: string;
  readonly createdAt: Micros;
  /** The last moment that the cluster lived through; its clock never goes back behind it. */
  readonly now: Micros;
  readonly capacity: Capacity;
  /** Servers in each of the three zones; absent: 1. */
  readonly serversPerZone?: number;
  readonly ids: Ids;
  readonly story: StoryProgress | null;
}

/** What each server has for units. */
export interface Capacity {
  readonly cpu: number;
  readonly memoryBytes: number;
  readonly logDiskBytes: number;
  readonly dataDiskBytes: number;
}

/** The next free numbers of the cluster. */
export interface Ids {
  readonly tenant: number;
  readonly unitConfig: number;
  readonly pool: number;
  readonly unit: number;
  readonly unitGroup: number;
  readonly event: number;
  /** Rootservice jobs; a restore's JOB_ID is one of them. */
  readonly rootserviceJob: number;
}

export interface StoryProgress {
  readonly startedAt: Micros;
  readonly endsAt: Micros;
  readonly nextStep: number;
}

export interface UnitConfig {
  readonly id: number;
  readonly name: string;
  readonly createdAt: Micros;
  readonly modifiedAt: Micros;
  readonly maxCpu: number;
  readonly minCpu: number;
  readonly memoryBytes: number;
  readonly logDiskBytes: number;
  readonly maxIops: bigint;
  readonly minIops: bigint;
  readonly iopsWeight: number;
}

export interface Pool {
  readonly id: number;
  readonly name: string;
  readonly tenantId: number | null;
  readonly createdAt: Micros;
  readonly modifiedAt: Micros;
  readonly unitNum: number;
  readonly unitConfigId: number;
  readonly zones: readonly string[];
}

export interface Unit {
  readonly id: number;
  readonly poolId: number;
  readonly zone: string;
  /** Absent: the first of its zone. */
  readonly serverId?: number;
  readonly groupId: number;
  readonly createdAt: Micros;
}

export type TenantType = "SYS" | "USER" | "META";
export type TenantStatus = "NORMAL" | "RESTORE" | "DROPPING";
export type TenantRole = "PRIMARY" | "STANDBY" | "RESTORE";

export interface Tenant {
  readonly id: number;
  readonly name: string;
  readonly type: TenantType;
  readonly createdAt: Micros;
  readonly modifiedAt: Micros;
  readonly primaryZone: string;
  readonly locality: string;
  readonly status: TenantStatus;
  readonly inRecyclebin: boolean;
  /** Its name before it went into the recycle bin. */
  readonly originalName?: string;
  readonly locked: boolean;
  /** Null in the first moment of a restore and after an early failure (quirk 2 of the view). */
  readonly role: TenantRole | null;
  readonly switchoverStatus: string;
  readonly switchoverEpoch: number;
  readonly logMode: "ARCHIVELOG" | "NOARCHIVELOG";
  readonly recoveryUntilScn: bigint;
  /** Where the data of a standby or restoring tenant stands; null for a primary, which stands at now. */
  readonly standbyScn: bigint | null;
  readonly compatible: string;
  readonly timeZoneMinutes: number;
  /** When a standby looks for more log or a dropped tenant goes; null while neither waits. */
  readonly nextAt: Micros | null;
}

export interface Parameter {
  /** 0: the cluster. */
  readonly tenantId: number;
  readonly name: string;
  readonly value: string;
}

/** The numbers that a tenant has used up. The sys tenant has its own. */
export interface Counters {
  readonly tenantId: number;
  readonly jobId: number;
  readonly taskId: number;
  readonly setId: number;
  readonly destId: number;
  readonly roundId: number;
  readonly pieceId: number;
}

export interface RootserviceEvent {
  readonly id: number;
  readonly at: Micros;
  readonly module: string;
  readonly event: string;
  readonly values: readonly (readonly [string, string])[];
  readonly extra: string;
}

/** A fault that waits for its moment. Kept with the cluster, so that a stopped sandbox does not forget it. */
export interface Fault {
  readonly id: number;
  readonly tenantId: number;
  readonly kind: "fail-backup";
  readonly code: number;
  readonly comment: string | null;
}

/** A live workload in a tenant: it goes on until it is set to 0 or the tenant is no more. */
export interface Workload {
  readonly tenantId: number;
  readonly commitsPerHour: number;
  /** When its next commit is due. */
  readonly nextAt: Micros;
}

export interface ClusterState {
  readonly facts: Table<Facts>;
  readonly unitConfigs: Table<UnitConfig>;
  readonly pools: Table<Pool>;
  readonly units: Table<Unit>;
  readonly tenants: Table<Tenant>;
  readonly parameters: Table<Parameter>;
  readonly counters: Table<Counters>;
  readonly archiveDests: Table<ArchiveDest>;
  readonly dataDests: Table<DataDest>;
  readonly storageInfos: Table<StorageInfo>;
  readonly rounds: Table<Round>;
  readonly pieces: Table<Piece>;
  readonly jobs: Table<BackupJob>;
  readonly tasks: Table<BackupTask>;
  readonly sets: Table<BackupSet>;
  readonly deletePolicies: Table<DeletePolicy>;
  readonly deleteJobs: Table<DeleteJob>;
  readonly deleteJobHistory: Table<DeleteJob>;
  readonly deleteTasks: Table<DeleteTask>;
  readonly deleteTaskHistory: Table<DeleteTask>;
  readonly restores: Table<RestoreJob>;
  readonly restoreSources: Table<RestoreSource>;
  readonly events: Table<RootserviceEvent>;
  readonly faults: Table<Fault>;
  readonly workloads: Table<Workload>;
}

const byId = (row: { readonly id: number }) => String(row.id);
const byJob = (row: { readonly tenantId: number; readonly jobId: number }) => `${row.tenantId}/${row.jobId}`;
const byTask = (row: { readonly tenantId: number; readonly taskId: number }) =>
  `${row.tenantId}/${row.taskId}`;
const byTenant = (row: { readonly tenantId: number }) => String(row.tenantId);

export function emptyState(): ClusterState {
  return {
    facts: new Table<Facts>(() => "cluster"),
    unitConfigs: new Table<UnitConfig>(byId),
    pools: new Table<Pool>(byId),
    units: new Table<Unit>(byId),
    tenants: new Table<Tenant>(byId),
    parameters: new Table<Parameter>((row) => `${row.tenantId}/${row.name}`),
    counters: new Table<Counters>(byTenant),
    archiveDests: new Table<ArchiveDest>(byTenant),
    dataDests: new Table<DataDest>(byTenant),
    storageInfos: new Table<StorageInfo>((row) => `${row.tenantId}/${row.destId}`),
    rounds: new Table<Round>((row) => `${row.tenantId}/${row.roundId}`),
    pieces: new Table<Piece>((row) => `${row.tenantId}/${row.pieceId}`),
    jobs: new Table<BackupJob>(byJob),
    tasks: new Table<BackupTask>(byTask),
    sets: new Table<BackupSet>((row) => `${row.tenantId}/${row.setId}`),
    deletePolicies: new Table<DeletePolicy>(byTenant),
    deleteJobs: new Table<DeleteJob>(byJob),
    deleteJobHistory: new Table<DeleteJob>(byJob),
    deleteTasks: new Table<DeleteTask>(byTask),
    deleteTaskHistory: new Table<DeleteTask>(byTask),
    restores: new Table<RestoreJob>((row) => String(row.jobId)),
    restoreSources: new Table<RestoreSource>(byTenant),
    events: new Table<RootserviceEvent>(byId),
    faults: new Table<Fault>(byId),
    workloads: new Table<Workload>(byTenant),
  };
}
