import type { Model } from "./model.ts";
import type { Tenant } from "./state.ts";

const FIRST_USER_STREAM = 1001;

/** How many units a tenant has in each zone. */
export function unitNumOf({ state }: Model, tenant: Tenant): number {
  const owner = tenant.type === "META" ? tenant.id + 1 : tenant.id;
  return state.pools.find((pool) => pool.tenantId === owner)?.unitNum ?? 1;
}

/**
 * The log streams of a tenant: 1, and of a user tenant one for each group of its units. OceanBase makes as many more as the
 * primary zone has zones of first priority, and spreads them; here all rows lie in 1001, which also carries all bytes.
 */
export function streamsOf(model: Model, tenant: Tenant): readonly number[] {
  if (tenant.type !== "USER") return [1];
  const users = Array.from({ length: unitNumOf(model, tenant) }, (_, index) => FIRST_USER_STREAM + index);
  return [1, ...users];
}

/** The unit group of a stream; 0 for stream 1, which belongs to none. */
export function unitGroupOf({ state }: Model, tenant: Tenant, stream: number): number {
  if (stream < FIRST_USER_STREAM) return 0;
  const pools = state.pools.where((pool) => pool.tenantId === tenant.id).map((pool) => pool.id);
  const units = state.units.where((unit) => pools.includes(unit.poolId));
  const groups = [...new Set(units.map((unit) => unit.groupId))].toSorted((a, b) => a - b);
  return groups[stream - FIRST_USER_STREAM] ?? 0;
}
