import type { Version } from "./version.ts";

/** A cluster that Holdfast watches. `name` is ours and unique here; `clusterName` is what the cluster calls itself. */
export interface Cluster {
  readonly name: string;
  readonly clusterName: string;
  readonly version: Version;
  /** `@@version_comment`, shown as it is. A sandbox says here that it is one. */
  readonly versionComment: string;
}

/** One OBServer with its room, from GV$OB_SERVERS (4.x): what units have reserved and what is there. */
export interface ServerRoom {
  readonly address: string;
  readonly zone: string;
  readonly statusWord: string;
  readonly isActive: boolean;
  readonly cpu: Room;
  readonly memoryBytes: Room;
  readonly logDiskBytes: Room;
  readonly dataDiskBytes: Room;
}

export interface Room {
  readonly total: number;
  /** Reserved by units (data disk: in use). Free is `total - assigned`. */
  readonly assigned: number;
}

/** A unit config of DBA_OB_UNIT_CONFIGS. */
export interface UnitConfig {
  readonly name: string;
  readonly maxCpu: number;
  readonly minCpu: number;
  readonly memoryBytes: number;
  readonly logDiskBytes: number;
}

/** A resource pool of DBA_OB_RESOURCE_POOLS; `tenantId` is null while no tenant holds it. */
export interface ResourcePool {
  readonly name: string;
  readonly tenantId: number | null;
  readonly unitConfigName: string;
  readonly unitCount: number;
  readonly zones: readonly string[];
}

export interface ClusterResources {
  readonly servers: readonly ServerRoom[];
  readonly unitConfigs: readonly UnitConfig[];
  readonly pools: readonly ResourcePool[];
}
