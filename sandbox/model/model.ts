import type { Media } from "./media.ts";
import type { ClusterState, Counters, Facts, Ids, Tenant } from "./state.ts";
import type { Micros } from "./time.ts";
import type { ObVersion } from "./version.ts";

/** A cluster at one moment: what it is, what it writes to, and what time it is there. */
export interface Model {
  readonly state: ClusterState;
  /** Changes when the cluster is upgraded. */
  version: ObVersion;
  readonly media: Media;
  /** The moment being lived. Every statement and every step of a state machine sees exactly one. */
  now: Micros;
  /** Where the sandbox listens; its servers say RPC port = SQL port + 1. */
  sqlPort: number;
  /** A new SCN above all that the cluster gave out before. */
  freshScn(): bigint;
}

export const SYS_TENANT_ID = 1;

/** The first ids that a user object gets: user tenants 1002, 1004, …, pools and units from 1001. */
export const FIRST_USER_ID = 1001;

export function factsOf({ state }: Model): Facts {
  const facts = state.facts.get("cluster");
  if (facts === undefined) throw new Error("the cluster has no facts: it was never created");
  return facts;
}

/** Takes the next number of one of the cluster's sequences; `step` 2 for tenants, whose META$ tenant takes one too. */
export function nextId(model: Model, sequence: keyof Ids, step = 1): number {
  const facts = factsOf(model);
  const id = facts.ids[sequence];
  model.state.facts.put({ ...facts, ids: { ...facts.ids, [sequence]: id + step } });
  return id;
}

export function countersOf({ state }: Model, tenantId: number): Counters {
  return (
    state.counters.get(tenantId) ?? {
      tenantId,
      jobId: 0,
      taskId: 0,
      setId: 0,
      destId: 1000,
      roundId: 0,
      pieceId: 0,
    }
  );
}

/** Counts one of a tenant's numbers up and returns the new one. */
export function nextCount(model: Model, tenantId: number, name: Exclude<keyof Counters, "tenantId">): number {
  const counters = countersOf(model, tenantId);
  const value = counters[name] + 1;
  model.state.counters.put({ ...counters, [name]: value });
  return value;
}

export function tenantById({ state }: Model, id: number): Tenant | undefined {
  return state.tenants.get(id);
}

/** Tenant names are compared without case; META$ tenants are found too. */
export function tenantByName({ state }: Model, name: string): Tenant | undefined {
  const wanted = name.toLowerCase();
  return state.tenants.find((tenant) => tenant.name.toLowerCase() === wanted);
}

export function userTenants({ state }: Model): readonly Tenant[] {
  return state.tenants.where((tenant) => tenant.type === "USER");
}

export function putTenant(model: Model, tenant: Tenant, changes: Partial<Tenant>): Tenant {
  return model.state.tenants.put({ ...tenant, ...changes, modifiedAt: model.now });
}
