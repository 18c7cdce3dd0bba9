import { finalJob } from "./backup-end.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { factsOf, type Model, nextId, putTenant, SYS_TENANT_ID, tenantById, tenantByName } from "./model.ts";
import { notAllowed, notSupported, refusal } from "./refusal.ts";
import { poolByName } from "./resources.ts";
import type { Pool, Tenant, TenantRole, TenantStatus } from "./state.ts";
import type { Table } from "./table.ts";
import { DEFAULT_OFFSET_MINUTES, UNLIMITED_SCN } from "./time.ts";

export interface TenantRequest {
  readonly name: string;
  /** Empty or absent: 1210. */
  readonly pools?: readonly string[];
  readonly primaryZone?: string;
  readonly locality?: string;
}

/** A new user tenant, ready at once (the kernel takes half a minute and more). Throws 5156, 1210, 4650, 4626, 4672. */
export function createTenant(model: Model, request: TenantRequest): Tenant {
  const tenant = addTenant(model, request, { status: "NORMAL", role: "PRIMARY" });
  model.media.createTenant(tenant.id);
  return tenant;
}

/** What a tenant that is made now starts as. */
export interface Beginning {
  readonly status: TenantStatus;
  readonly role: TenantRole | null;
}

/** The rows of a new tenant and its META$ tenant, and its pools granted; the caller brings the data. */
export function addTenant(model: Model, request: TenantRequest, beginning: Beginning): Tenant {
  if (tenantByName(model, request.name)) throw refusal("OB_TENANT_EXIST", request.name);
  const pools = freePools(model, request.pools);
  refuseMixedPools(pools);
  const zones = zonesOf(pools);
  const locality = localityText(request.locality, zones);
  const primaryZone = request.primaryZone ?? "RANDOM";
  refuseForeignZone(primaryZone, zones);
  const id = nextId(model, "tenant", 2) + 1;
  const common = { primaryZone, locality, name: request.name, id };
  model.state.tenants.put({
    ...newTenant(model, common),
    id: id - 1,
    name: `META$${id}`,
    type: "META",
  });
  const tenant = model.state.tenants.put({ ...newTenant(model, common), ...beginning });
  grant(model, pools, id);
  return tenant;
}

type NewTenant = Pick<Tenant, "id" | "name" | "primaryZone" | "locality">;

function newTenant(model: Model, { id, name, primaryZone, locality }: NewTenant): Tenant {
  return {
    id,
    name,
    type: "USER",
    createdAt: model.now,
    modifiedAt: model.now,
    primaryZone,
    locality,
    status: "NORMAL",
    inRecyclebin: false,
    locked: false,
    role: "PRIMARY",
    switchoverStatus: "NORMAL",
    switchoverEpoch: 0,
    logMode: "NOARCHIVELOG",
    recoveryUntilScn: UNLIMITED_SCN,
    standbyScn: null,
    compatible: model.version.text,
    timeZoneMinutes: DEFAULT_OFFSET_MINUTES,
    nextAt: null,
  };
}

/** The sys tenant, its pool and its unit, as a bootstrap leaves them. */
export function bootstrapSys(model: Model, zones: readonly string[]): void {
  const locality = zones.map((zone) => `FULL{1}@${zone}`).join(", ");
  const sys = { id: SYS_TENANT_ID, name: "sys", primaryZone: "RANDOM", locality };
  model.state.tenants.put({ ...newTenant(model, sys), type: "SYS" });
  model.media.createTenant(SYS_TENANT_ID);
}

/** Pools as named, all existing and free. */
export function freePools(model: Model, names: readonly string[] | undefined): readonly Pool[] {
  if (names === undefined || names.length === 0) throw refusal("OB_MISS_ARGUMENT", "resource_pool_list");
  return names.map((name) => {
    const pool = poolByName(model, name);
    if (pool === undefined) throw refusal("OB_RESOURCE_POOL_NOT_EXIST", name);
    if (pool.tenantId !== null) throw refusal("OB_RESOURCE_POOL_ALREADY_GRANTED", name);
    return pool;
  });
}

/** Pools of one tenant stand in different zones and have the same number of units (4.0 and later). */
function refuseMixedPools(pools: readonly Pool[]): void {
  const zones = pools.flatMap((pool) => pool.zones);
  if (new Set(zones).size < zones.length) throw refusal("OB_INVALID_ARGUMENT", "resource_pool_list");
  if (new Set(pools.map((pool) => pool.unitNum)).size > 1) {
    throw notSupported("create tenant with different unit num in its pools is");
  }
}

function zonesOf(pools: readonly Pool[]): readonly string[] {
  return [...new Set(pools.flatMap((pool) => pool.zones))].toSorted();
}

/** `F@zone1,F@zone2` as the view prints it. 4672 for a zone where the tenant would have no unit. */
function localityText(asked: string | undefined, zones: readonly string[]): string {
  if (asked === undefined || asked.trim() === "") return zones.map((zone) => `FULL{1}@${zone}`).join(", ");
  const wanted = asked.split(",").map((part) => {
    const found = /^\s*(?:F|FULL)(?:\{1\})?\s*@\s*([^\s@]+)\s*$/i.exec(part);
    if (found?.[1] === undefined) throw refusal("OB_INVALID_ARGUMENT", "locality");
    return found[1];
  });
  if (wanted.some((zone) => !zones.includes(zone))) throw refusal("OB_REPLICA_NUM_NOT_ENOUGH");
  return wanted.map((zone) => `FULL{1}@${zone}`).join(", ");
}

function refuseForeignZone(primaryZone: string, zones: readonly string[]): void {
  if (primaryZone.toUpperCase() === "RANDOM") return;
  const named = primaryZone.split(/[;,]/).map((zone) => zone.trim());
  if (named.some((zone) => !zones.includes(zone))) throw refusal("OB_INVALID_ARGUMENT", "primary zone");
}

/** A unit group for each unit number: the tenant's units of all zones that belong together carry the same. */
function grant(model: Model, pools: readonly Pool[], tenantId: number): void {
  const most = Math.max(...pools.map((pool) => pool.unitNum));
  const groups = Array.from({ length: most }, () => nextId(model, "unitGroup"));
  for (const pool of pools) {
    model.state.pools.put({ ...pool, tenantId, modifiedAt: model.now });
    for (const zone of pool.zones) {
      const units = model.state.units.where((unit) => unit.poolId === pool.id && unit.zone === zone);
      for (const [index, unit] of units.entries()) {
        model.state.units.put({ ...unit, groupId: groups[index] ?? 0 });
      }
    }
  }
}

export type TenantChange = Pick<TenantRequest, "primaryZone" | "locality"> & { readonly newName?: string };

/** ALTER TENANT: a new name, primary zone or locality, at once. Throws 5157, 5156, 4672, 1210. */
export function alterTenant(model: Model, name: string, change: TenantChange): void {
  const tenant = tenantByName(model, name);
  if (tenant === undefined) throw refusal("OB_TENANT_NOT_EXIST", name);
  const { newName, primaryZone, locality } = change;
  if (newName !== undefined && tenantByName(model, newName)) throw refusal("OB_TENANT_EXIST", newName);
  const zones = zonesOf(model.state.pools.where((pool) => pool.tenantId === tenant.id));
  if (primaryZone !== undefined) refuseForeignZone(primaryZone, zones);
  putTenant(model, tenant, {
    ...(newName === undefined ? {} : { name: newName }),
    ...(primaryZone === undefined ? {} : { primaryZone }),
    ...(locality === undefined ? {} : { locality: localityText(locality, zones) }),
  });
}

export interface DropRequest {
  readonly name: string;
  readonly how: "delayed" | "force" | "purge";
  /** The session's `recyclebin`. */
  readonly recyclebin: boolean;
}

/**
 * Throws 5157, and 1235 for a restoring tenant without FORCE. With FORCE it is gone at once; without, it is DROPPING for
 * long (the kernel's statement hangs meanwhile, here it returns), unless the recycle bin is on. Pools become free, never
 * dropped.
 */
export function dropTenant(model: Model, { name, how, recyclebin }: DropRequest): void {
  const tenant = tenantByName(model, name);
  if (tenant === undefined) throw refusal("OB_TENANT_NOT_EXIST", name);
  if (tenant.type !== "USER") throw notAllowed("drop system or meta tenant is");
  if (how === "force") return removeTenant(model, tenant);
  if (tenant.status === "RESTORE") throw notSupported("should drop tenant force, delay drop tenant");
  if (how === "delayed" && recyclebin) recycleTenant(model, tenant);
  else putTenant(model, tenant, { status: "DROPPING", nextAt: model.now + DURATIONS.delayedDrop });
}

function recycleTenant(model: Model, tenant: Tenant): void {
  const name = `RECYCLE_$_${factsOf(model).clusterId}_${model.now}`;
  putTenant(model, tenant, { name, inRecyclebin: true, originalName: tenant.name });
}

/** PURGE TENANT: what lies in the recycle bin goes for good. */
export function purgeTenant(model: Model, name: string): void {
  const tenant = tenantByName(model, name);
  if (!tenant?.inRecyclebin) throw refusal("OB_TENANT_NOT_EXIST", name);
  removeTenant(model, tenant);
}

/** FLASHBACK TENANT name TO BEFORE DROP [RENAME TO other]. */
export function flashbackTenant(model: Model, name: string, rename: string | undefined): void {
  const tenant = tenantByName(model, name);
  if (!tenant?.inRecyclebin) throw refusal("OB_TENANT_NOT_EXIST", name);
  const { originalName, ...rest } = tenant;
  const back = rename ?? originalName ?? name;
  if (tenantByName(model, back)) throw refusal("OB_TENANT_EXIST", back);
  model.state.tenants.put({ ...rest, name: back, inRecyclebin: false, modifiedAt: model.now });
}

/**
 * Takes the tenant, its META$ tenant and all that their own tables held; files below destinations stay. A backup that runs
 * goes with them, and its parent ends COMPLETED with RESULT 0 (4.2.1.9).
 */
export function removeTenant(model: Model, tenant: Tenant): void {
  const { state } = model;
  for (const job of state.jobs.where((row) => row.tenantId === tenant.id && row.endedAt === null)) {
    finalJob(model, job, { status: "COMPLETED", code: 0, comment: "" });
  }
  model.media.dropTenant(tenant.id);
  for (const pool of state.pools.where((held) => held.tenantId === tenant.id)) {
    state.pools.put({ ...pool, tenantId: null, modifiedAt: model.now });
    for (const unit of state.units.where((held) => held.poolId === pool.id)) {
      state.units.put({ ...unit, groupId: 0 });
    }
  }
  for (const table of tablesOfTenants(model)) table.removeOf(tenant.id);
  for (const job of state.restores.where((row) => row.tenantId === tenant.id && row.sysFinishedAt === null)) {
    state.restores.put({ ...job, nextAt: model.now + DURATIONS.restoreCanceled });
  }
  const meta = tenantById(model, tenant.id - 1);
  if (meta) state.tenants.remove(meta);
  state.tenants.remove(tenant);
  recordEvent(model, {
    module: "tenant",
    event: "drop_tenant_end",
    values: { tenant_id: tenant.id, tenant_name: tenant.name },
  });
}

/** A table whose rows belong to one tenant each. */
interface OwnedTable {
  removeOf(tenantId: number): void;
}

function owned<Row extends { readonly tenantId: number }>(table: Table<Row>): OwnedTable {
  return {
    removeOf(tenantId) {
      for (const row of table.where((held) => held.tenantId === tenantId)) table.remove(row);
    },
  };
}

function tablesOfTenants({ state }: Model): readonly OwnedTable[] {
  return [
    owned(state.parameters),
    owned(state.counters),
    owned(state.archiveDests),
    owned(state.dataDests),
    owned(state.storageInfos),
    owned(state.rounds),
    owned(state.pieces),
    owned(state.jobs),
    owned(state.tasks),
    owned(state.sets),
    owned(state.deletePolicies),
    owned(state.deleteJobs),
    owned(state.deleteJobHistory),
    owned(state.deleteTasks),
    owned(state.deleteTaskHistory),
    owned(state.restoreSources),
    owned(state.faults),
    owned(state.workloads),
  ];
}
