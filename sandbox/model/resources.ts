import { factsOf, type Model, nextId } from "./model.ts";
import { refusal } from "./refusal.ts";
import type { Pool, Unit, UnitConfig } from "./state.ts";

export interface Server {
  readonly id: number;
  readonly zone: string;
  readonly ip: string;
}

/** The first server of each zone. The loopback addresses tell them apart; only the sandbox's own port answers. */
export const SERVERS: readonly Server[] = [
  { id: 1, zone: "zone1", ip: "127.0.0.1" },
  { id: 2, zone: "zone2", ip: "127.0.0.2" },
  { id: 3, zone: "zone3", ip: "127.0.0.3" },
];

/** All servers, those of a bootstrap first: zone by zone, then the second of each zone, and so on. */
export function serversOf(model: Model): readonly Server[] {
  const rounds = Array.from({ length: factsOf(model).serversPerZone ?? 1 }, (_, round) => round);
  return rounds.flatMap((round) => SERVERS.map((first) => laterServer(first, round)));
}

function laterServer(first: Server, round: number): Server {
  const id = first.id + round * SERVERS.length;
  return { ...first, id, ip: `127.0.0.${id}` };
}

/** Where a unit stands. */
export function serverOfUnit({ serverId, zone }: Unit): Server {
  const first = serverOfZone(zone);
  return serverId === undefined ? first : laterServer(first, Math.floor((serverId - 1) / SERVERS.length));
}

export const GIB = 1024 ** 3;
const UNLIMITED_IOPS = 9223372036854775807n;

/** Smallest values, as 4.2.1.9 with `__min_full_resource_pool_memory` = 1G answered. */
const MIN_MEMORY_BYTES = GIB;
const MIN_LOG_DISK_BYTES = 2 * GIB;

export interface UnitRequest {
  readonly name: string;
  readonly maxCpu?: number;
  readonly minCpu?: number;
  readonly memoryBytes?: number;
  readonly logDiskBytes?: number;
  readonly maxIops?: bigint;
  readonly minIops?: bigint;
  readonly iopsWeight?: number;
}

export function unitConfigByName({ state }: Model, name: string): UnitConfig | undefined {
  return state.unitConfigs.find((unit) => unit.name.toLowerCase() === name.toLowerCase());
}

export function poolByName({ state }: Model, name: string): Pool | undefined {
  return state.pools.find((pool) => pool.name.toLowerCase() === name.toLowerCase());
}

/** Throws 1210 for a missing size, 4659 for one below its limit, 4649 for a name that is taken. */
export function createUnitConfig(model: Model, request: UnitRequest): UnitConfig {
  if (unitConfigByName(model, request.name)) throw refusal("OB_RESOURCE_UNIT_EXIST", request.name);
  const { maxCpu, memoryBytes } = request;
  if (maxCpu === undefined) throw refusal("OB_MISS_ARGUMENT", "MAX_CPU");
  if (memoryBytes === undefined) throw refusal("OB_MISS_ARGUMENT", "MEMORY_SIZE");
  const config = {
    maxCpu,
    minCpu: request.minCpu ?? maxCpu,
    memoryBytes,
    logDiskBytes: request.logDiskBytes ?? 3 * memoryBytes,
    maxIops: request.maxIops ?? UNLIMITED_IOPS,
    minIops: request.minIops ?? request.maxIops ?? UNLIMITED_IOPS,
    iopsWeight: request.iopsWeight ?? Math.floor(maxCpu),
  };
  refuseTooSmall(config);
  const id = nextId(model, "unitConfig");
  return model.state.unitConfigs.put({
    id,
    name: request.name,
    createdAt: model.now,
    modifiedAt: model.now,
    ...config,
  });
}

type Sizes = Pick<UnitConfig, "maxCpu" | "minCpu" | "memoryBytes" | "logDiskBytes">;

function refuseTooSmall(sizes: Sizes): void {
  const limits = [
    ["MAX_CPU", sizes.maxCpu, 1],
    ["MIN_CPU", sizes.minCpu, 1],
    ["MEMORY_SIZE", sizes.memoryBytes, MIN_MEMORY_BYTES],
    ["LOG_DISK_SIZE", sizes.logDiskBytes, MIN_LOG_DISK_BYTES],
  ] as const;
  for (const [name, value, least] of limits) {
    if (value < least) throw refusal("OB_RESOURCE_UNIT_VALUE_BELOW_LIMIT", name, least);
  }
  if (sizes.minCpu > sizes.maxCpu) {
    throw refusal("OB_INVALID_ARGUMENT", "MIN_CPU, MIN_CPU is greater than MAX_CPU");
  }
}

/** Throws 4648, 4659, or 4733 where a server that holds such a unit cannot grow it. */
export function alterUnitConfig(model: Model, request: UnitRequest): void {
  const before = unitConfigByName(model, request.name);
  if (before === undefined) throw refusal("OB_RESOURCE_UNIT_NOT_EXIST", request.name);
  const { name: _, ...sizes } = request;
  const after = { ...before, ...sizes, modifiedAt: model.now };
  refuseTooSmall(after);
  model.state.unitConfigs.put(after);
  const full = serversOf(model).find((server) => lackOn(model, server, NOTHING) !== undefined);
  if (full === undefined) return;
  const lack = lackOn(model, full, NOTHING) ?? "MEMORY";
  model.state.unitConfigs.put(before);
  throw notEnough(model, { server: full, units: 1, lack });
}

export function dropUnitConfig(model: Model, name: string): void {
  const config = unitConfigByName(model, name);
  if (config === undefined) throw refusal("OB_RESOURCE_UNIT_NOT_EXIST", name);
  if (model.state.pools.find((pool) => pool.unitConfigId === config.id)) {
    throw refusal("OB_RESOURCE_UNIT_IS_REFERENCED", name);
  }
  model.state.unitConfigs.remove(config);
}

export interface PoolRequest {
  readonly name: string;
  readonly unit?: string;
  readonly unitNum?: number;
  /** Absent: every zone. */
  readonly zones?: readonly string[];
}

export function createPool(model: Model, request: PoolRequest): Pool {
  if (poolByName(model, request.name)) throw refusal("OB_RESOURCE_POOL_EXIST", request.name);
  if (request.unit === undefined) throw refusal("OB_MISS_ARGUMENT", "unit");
  if (request.unitNum === undefined) throw refusal("OB_MISS_ARGUMENT", "unit_num");
  const config = unitConfigByName(model, request.unit);
  if (config === undefined) throw refusal("OB_RESOURCE_UNIT_NOT_EXIST", request.unit);
  const zones = (request.zones ?? SERVERS.map((server) => server.zone)).map(
    (zone) => serverOfZone(zone).zone,
  );
  if (request.unitNum < 1) throw refusal("OB_INVALID_ARGUMENT", "unit_num");
  const servers = roomiestServers(model, { zones, config, unitNum: request.unitNum });
  const pool = model.state.pools.put({
    id: nextId(model, "pool"),
    name: request.name,
    tenantId: null,
    createdAt: model.now,
    modifiedAt: model.now,
    unitNum: request.unitNum,
    unitConfigId: config.id,
    zones,
  });
  for (const server of servers) placeUnit(model, { pool, server, groupId: 0 });
  return pool;
}

interface Placing {
  readonly zones: readonly string[];
  readonly config: UnitConfig;
  readonly unitNum: number;
  /** Servers that hold a unit of the pool already. */
  readonly taken?: readonly number[];
}

/** The emptiest servers of each zone, one unit each. Throws 4656 for more units than servers, 4733 without room. */
function roomiestServers(model: Model, { zones, config, unitNum, taken = [] }: Placing): readonly Server[] {
  return zones.flatMap((zone) => {
    const free = serversOf(model).filter((server) => server.zone === zone && !taken.includes(server.id));
    if (unitNum > free.length) throw refusal("OB_UNIT_NUM_OVER_SERVER_COUNT");
    const memory = (server: Server) => assignedOn(model, server).memoryBytes;
    const chosen = free.toSorted((a, b) => memory(a) - memory(b) || a.id - b.id).slice(0, unitNum);
    for (const server of chosen) refuseWithoutRoom(model, server, config);
    return chosen;
  });
}

interface Placed {
  readonly pool: Pool;
  readonly server: Server;
  readonly groupId: number;
}

function placeUnit(model: Model, { pool, server, groupId }: Placed): void {
  const id = nextId(model, "unit");
  const { zone, id: serverId } = server;
  model.state.units.put({ id, poolId: pool.id, zone, serverId, groupId, createdAt: model.now });
}

/**
 * ALTER RESOURCE TENANT t UNIT_NUM = n: all pools of the tenant at once; new units form groups of their own. The kernel
 * takes its time to move what lies in units that go; here they are gone at once. Throws 4656, 4733.
 */
export function changeUnitNum(model: Model, tenantId: number, unitNum: number): void {
  if (unitNum < 1) throw refusal("OB_INVALID_ARGUMENT", "unit_num");
  const pools = model.state.pools.where((pool) => pool.tenantId === tenantId);
  const added = Math.max(0, ...pools.map((pool) => unitNum - pool.unitNum));
  const groups = Array.from({ length: added }, () => nextId(model, "unitGroup"));
  for (const pool of pools) {
    if (unitNum > pool.unitNum) addUnits(model, pool, groups);
    else removeUnits(model, pool, unitNum);
    model.state.pools.put({ ...pool, unitNum, modifiedAt: model.now });
  }
}

function addUnits(model: Model, pool: Pool, groups: readonly number[]): void {
  const config = model.state.unitConfigs.get(pool.unitConfigId);
  if (config === undefined) throw refusal("OB_ERR_UNEXPECTED");
  const taken = model.state.units
    .where((unit) => unit.poolId === pool.id)
    .map((unit) => serverOfUnit(unit).id);
  const { zones } = pool;
  const servers = roomiestServers(model, { zones, config, taken, unitNum: groups.length });
  for (const [index, server] of servers.entries()) {
    const groupId = groups[index % groups.length] ?? 0;
    placeUnit(model, { pool, server, groupId });
  }
}

/** The youngest group of units goes first. */
function removeUnits(model: Model, pool: Pool, unitNum: number): void {
  const units = model.state.units.where((unit) => unit.poolId === pool.id);
  const groups = [...new Set(units.map((unit) => unit.groupId))].toSorted((a, b) => a - b);
  const gone = groups.slice(unitNum);
  for (const unit of units) if (gone.includes(unit.groupId)) model.state.units.remove(unit);
}

export function serverOfZone(zone: string): Server {
  const server = SERVERS.find((known) => known.zone === zone);
  if (server === undefined) throw refusal("OB_ZONE_INFO_NOT_EXIST", zone);
  return server;
}

/** Gives the pool's units another size. Throws 4650, 4648, 4733. */
export function resizePool(model: Model, name: string, unit: string): void {
  const pool = poolByName(model, name);
  if (pool === undefined) throw refusal("OB_RESOURCE_POOL_NOT_EXIST", name);
  const config = unitConfigByName(model, unit);
  if (config === undefined) throw refusal("OB_RESOURCE_UNIT_NOT_EXIST", unit);
  model.state.pools.put({ ...pool, unitConfigId: config.id, modifiedAt: model.now });
  const full = serversOf(model)
    .map((server) => ({ server, lack: lackOn(model, server, NOTHING) }))
    .find((found) => found.lack !== undefined);
  if (full?.lack === undefined) return;
  model.state.pools.put(pool);
  throw notEnough(model, { server: full.server, units: 1, lack: full.lack });
}

/** Throws 4650 for an unknown pool and 4626 for one that a tenant still holds. */
export function dropPool(model: Model, name: string): void {
  const pool = poolByName(model, name);
  if (pool === undefined) throw refusal("OB_RESOURCE_POOL_NOT_EXIST", name);
  if (pool.tenantId !== null) throw refusal("OB_RESOURCE_POOL_ALREADY_GRANTED", name);
  for (const unit of model.state.units.where((held) => held.poolId === pool.id))
    model.state.units.remove(unit);
  model.state.pools.remove(pool);
}

export interface Assigned {
  readonly minCpu: number;
  readonly maxCpu: number;
  readonly memoryBytes: number;
  readonly logDiskBytes: number;
}

const NOTHING: Assigned = { minCpu: 0, maxCpu: 0, memoryBytes: 0, logDiskBytes: 0 };

/** What the units on a server have reserved: GV$OB_SERVERS' *_ASSIGNED. */
export function assignedOn(model: Model, { id }: Pick<Server, "id">): Assigned {
  const { pools, units, unitConfigs } = model.state;
  let sum = NOTHING;
  for (const unit of units.all()) {
    const pool = serverOfUnit(unit).id === id ? pools.get(unit.poolId) : undefined;
    const config = pool && unitConfigs.get(pool.unitConfigId);
    if (config) sum = plus(sum, config);
  }
  return sum;
}

function plus(sum: Assigned, config: Assigned): Assigned {
  return {
    minCpu: sum.minCpu + config.minCpu,
    maxCpu: sum.maxCpu + config.maxCpu,
    memoryBytes: sum.memoryBytes + config.memoryBytes,
    logDiskBytes: sum.logDiskBytes + config.logDiskBytes,
  };
}

type Lack = "CPU" | "MEMORY" | "LOG_DISK";

function lackOn(model: Model, server: Server, more: Assigned): Lack | undefined {
  const { capacity } = factsOf(model);
  const sum = plus(assignedOn(model, server), more);
  if (sum.minCpu > capacity.cpu || sum.maxCpu > capacity.cpu) return "CPU";
  if (sum.memoryBytes > capacity.memoryBytes) return "MEMORY";
  return sum.logDiskBytes > capacity.logDiskBytes ? "LOG_DISK" : undefined;
}

function refuseWithoutRoom(model: Model, server: Server, config: UnitConfig): void {
  const lack = lackOn(model, server, config);
  if (lack !== undefined) throw notEnough(model, { server, units: 1, lack });
}

interface Shortage {
  readonly server: Server;
  readonly units: number;
  readonly lack: Lack;
}

/** 4733 with the second line that 4.2.1.9 adds. */
function notEnough(model: Model, { server, units, lack }: Shortage) {
  const detail = `server '"${server.ip}:${model.sqlPort + 1}"' ${lack} resource not enough\n`;
  return refusal("OB_ZONE_RESOURCE_NOT_ENOUGH", server.zone, units, detail);
}
