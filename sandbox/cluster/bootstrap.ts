import { FIRST_USER_ID, type Model, SYS_TENANT_ID } from "../model/model.ts";
import { GIB, SERVERS } from "../model/resources.ts";
import type { Capacity } from "../model/state.ts";
import { bootstrapSys } from "../model/tenants.ts";
import { clusterIdOf } from "./cluster-options.ts";

export interface Birth {
  readonly name: string;
  readonly version: string;
  readonly capacity: Capacity;
  readonly serversPerZone?: number;
}

const UNLIMITED_IOPS = 9223372036854775807n;

/** What a bootstrap leaves: facts, the sys tenant with its unit, its pool and a unit in each zone. */
export function bootstrap(model: Model, { name, version, capacity, serversPerZone = 1 }: Birth): void {
  const { state, now } = model;
  state.facts.put({
    name,
    clusterId: clusterIdOf(name),
    version,
    createdAt: now,
    now,
    capacity,
    serversPerZone,
    ids: {
      tenant: FIRST_USER_ID,
      unitConfig: FIRST_USER_ID,
      pool: FIRST_USER_ID,
      unit: FIRST_USER_ID,
      unitGroup: FIRST_USER_ID,
      event: 1,
      rootserviceJob: 1,
    },
    story: null,
  });
  const born = { createdAt: now, modifiedAt: now };
  state.unitConfigs.put({
    ...born,
    id: 1,
    name: "sys_unit_config",
    maxCpu: 2,
    minCpu: 2,
    memoryBytes: GIB,
    logDiskBytes: 2 * GIB,
    maxIops: UNLIMITED_IOPS,
    minIops: UNLIMITED_IOPS,
    iopsWeight: 2,
  });
  const zones = SERVERS.map((server) => server.zone);
  state.pools.put({
    ...born,
    id: 1,
    name: "sys_pool",
    tenantId: SYS_TENANT_ID,
    unitNum: 1,
    unitConfigId: 1,
    zones,
  });
  for (const server of SERVERS) {
    state.units.put({ id: server.id, poolId: 1, zone: server.zone, groupId: 1, createdAt: now });
  }
  bootstrapSys(model, zones);
}
