import { factsOf, type Model } from "../model/model.ts";
import { PARAMETERS, type ParameterSeed } from "../model/parameter-seed.ts";
import { parameterValue } from "../model/parameters.ts";
import { assignedOn, GIB, SERVERS, type Server, serverOfUnit, serversOf } from "../model/resources.ts";
import type { Pool, Unit, UnitConfig } from "../model/state.ts";
import { buildVersion } from "../model/version.ts";
import { at, type ViewRow, yesNo } from "./view-row.ts";

export function servers(model: Model): readonly ViewRow[] {
  const { createdAt } = factsOf(model);
  return serversOf(model).map((server) => ({
    SVR_IP: server.ip,
    SVR_PORT: model.sqlPort + 1,
    ID: server.id,
    ZONE: server.zone,
    SQL_PORT: model.sqlPort,
    WITH_ROOTSERVER: yesNo(server.id === 1),
    STATUS: "ACTIVE",
    START_SERVICE_TIME: at(createdAt),
    STOP_TIME: null,
    BLOCK_MIGRATE_IN_TIME: null,
    CREATE_TIME: at(createdAt),
    MODIFY_TIME: at(createdAt),
    BUILD_VERSION: buildVersion(model.version),
    LAST_OFFLINE_TIME: null,
  }));
}

export function zones(model: Model): readonly ViewRow[] {
  const { createdAt } = factsOf(model);
  return SERVERS.map((server) => ({
    ZONE: server.zone,
    CREATE_TIME: at(createdAt),
    MODIFY_TIME: at(createdAt),
    STATUS: "ACTIVE",
    IDC: "",
    REGION: "default_region",
    TYPE: "ReadWrite",
  }));
}

const UNLIMITED = 9223372036854775807n;

function sizes(config: UnitConfig): ViewRow {
  return {
    MAX_CPU: config.maxCpu,
    MIN_CPU: config.minCpu,
    MEMORY_SIZE: config.memoryBytes,
    LOG_DISK_SIZE: config.logDiskBytes,
    DATA_DISK_SIZE: null,
    MAX_IOPS: config.maxIops,
    MIN_IOPS: config.minIops,
    IOPS_WEIGHT: config.iopsWeight,
    MAX_NET_BANDWIDTH: UNLIMITED,
    NET_BANDWIDTH_WEIGHT: 0,
  };
}

export function unitConfigs(model: Model): readonly ViewRow[] {
  return model.state.unitConfigs.all().map((config) => ({
    UNIT_CONFIG_ID: config.id,
    NAME: config.name,
    CREATE_TIME: at(config.createdAt),
    MODIFY_TIME: at(config.modifiedAt),
    ...sizes(config),
  }));
}

export function pools(model: Model): readonly ViewRow[] {
  return model.state.pools.all().map((pool) => ({
    RESOURCE_POOL_ID: pool.id,
    NAME: pool.name,
    TENANT_ID: pool.tenantId,
    CREATE_TIME: at(pool.createdAt),
    MODIFY_TIME: at(pool.modifiedAt),
    UNIT_COUNT: pool.unitNum,
    UNIT_CONFIG_ID: pool.unitConfigId,
    ZONE_LIST: pool.zones.join(";"),
    REPLICA_TYPE: "FULL",
  }));
}

export function units(model: Model): readonly ViewRow[] {
  return model.state.units.all().flatMap((unit) => {
    const pool = model.state.pools.get(unit.poolId);
    const config = pool && model.state.unitConfigs.get(pool.unitConfigId);
    return pool && config ? [unitRow(model, { unit, pool, config })] : [];
  });
}

interface UnitParts {
  readonly unit: Unit;
  readonly pool: Pool;
  readonly config: UnitConfig;
}

function unitRow(model: Model, { unit, pool, config }: UnitParts): ViewRow {
  return {
    UNIT_ID: unit.id,
    TENANT_ID: pool.tenantId,
    STATUS: "ACTIVE",
    RESOURCE_POOL_ID: pool.id,
    UNIT_GROUP_ID: unit.groupId,
    CREATE_TIME: at(unit.createdAt),
    MODIFY_TIME: at(unit.createdAt),
    ZONE: unit.zone,
    SVR_IP: serverOfUnit(unit).ip,
    SVR_PORT: model.sqlPort + 1,
    MIGRATE_FROM_SVR_IP: null,
    MIGRATE_FROM_SVR_PORT: null,
    MANUAL_MIGRATE: null,
    UNIT_CONFIG_ID: config.id,
    ...sizes(config),
  };
}

/** OceanBase allocates data files ahead of need; the sandbox makes these two figures up from the number of tenants. */
const DATA_DISK_ALLOCATED = 2 * GIB;
const DATA_DISK_PER_TENANT = GIB / 16;
const LOG_DISK_PER_TENANT = GIB / 8;

export function serverRooms(model: Model): readonly ViewRow[] {
  return serversOf(model).map((server) => serverRoom(model, server));
}

function serverRoom(model: Model, server: Server): ViewRow {
  const { capacity } = factsOf(model);
  const assigned = assignedOn(model, server);
  const tenants = model.state.units.where((unit) => serverOfUnit(unit).id === server.id).length;
  return {
    SVR_IP: server.ip,
    SVR_PORT: model.sqlPort + 1,
    ZONE: server.zone,
    SQL_PORT: model.sqlPort,
    CPU_CAPACITY: capacity.cpu,
    CPU_CAPACITY_MAX: capacity.cpu,
    CPU_ASSIGNED: assigned.minCpu,
    CPU_ASSIGNED_MAX: assigned.maxCpu,
    MEM_CAPACITY: capacity.memoryBytes,
    MEM_ASSIGNED: assigned.memoryBytes,
    LOG_DISK_CAPACITY: capacity.logDiskBytes,
    LOG_DISK_ASSIGNED: assigned.logDiskBytes,
    LOG_DISK_IN_USE: tenants * LOG_DISK_PER_TENANT,
    DATA_DISK_CAPACITY: capacity.dataDiskBytes,
    DATA_DISK_ASSIGNED: null,
    DATA_DISK_IN_USE: tenants * DATA_DISK_PER_TENANT,
    DATA_DISK_HEALTH_STATUS: "NORMAL",
    MEMORY_LIMIT: capacity.memoryBytes + 2 * GIB,
    DATA_DISK_ALLOCATED,
    DATA_DISK_ABNORMAL_TIME: null,
    SSL_CERT_EXPIRED_TIME: null,
    SS_DATA_DISK_OPERATION_SUGGESTED: null,
    SS_DATA_DISK_SIZE_SUGGESTED: null,
  };
}

export function parameters(model: Model): readonly ViewRow[] {
  const tenantIds = model.state.tenants.all().map((tenant) => tenant.id);
  return serversOf(model).flatMap((server) =>
    PARAMETERS.flatMap((seed) => {
      const owners = seed.scope === "CLUSTER" ? [null] : tenantIds;
      return owners.map((tenantId) => parameterRow(model, { server, seed, tenantId }));
    }),
  );
}

interface ParameterParts {
  readonly server: Server;
  readonly seed: ParameterSeed;
  readonly tenantId: number | null;
}

function parameterRow(model: Model, { server, seed, tenantId }: ParameterParts): ViewRow {
  const value = parameterValue(model, seed, tenantId ?? 1);
  return {
    SVR_IP: server.ip,
    SVR_PORT: model.sqlPort + 1,
    ZONE: server.zone,
    SCOPE: seed.scope,
    TENANT_ID: tenantId,
    NAME: seed.name,
    DATA_TYPE: "NULL",
    VALUE: value,
    INFO: seed.info,
    SECTION: seed.section,
    EDIT_LEVEL: "DYNAMIC_EFFECTIVE",
    DEFAULT_VALUE: seed.value,
    ISDEFAULT: yesNo(value === seed.value),
  };
}
