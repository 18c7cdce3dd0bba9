import { factsOf, type Model, SYS_TENANT_ID, tenantById } from "./model.ts";
import { type ParameterSeed, parameterSeed } from "./parameter-seed.ts";
import { notAllowed, refusal } from "./refusal.ts";
import type { Tenant } from "./state.ts";
import { durationOf, type Micros } from "./time.ts";

/** 0 stands for the cluster in the rows of parameters. */
const CLUSTER_SCOPE = 0;

const SIZE_UNITS: Readonly<Record<string, number>> = {
  B: 1,
  K: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
  T: 1024 ** 4,
};

/** `5G`, `512MB` or a number of bytes; undefined when it is none. */
export function sizeOf(text: string): number | undefined {
  const found = /^\s*(\d+(?:\.\d+)?)\s*([BKMGT])?B?\s*$/i.exec(text);
  if (found === null) return undefined;
  return Math.floor(Number(found[1]) * (SIZE_UNITS[(found[2] ?? "B").toUpperCase()] ?? 1));
}

/** The value in force, as SHOW PARAMETERS prints it. */
export function parameterValue(model: Model, seed: ParameterSeed, tenantId: number): string {
  const scope = seed.scope === "CLUSTER" ? CLUSTER_SCOPE : tenantId;
  const set = model.state.parameters.get(scope, seed.name);
  if (set) return set.value;
  if (seed.name === "cluster") return factsOf(model).name;
  if (seed.name === "cluster_id") return String(factsOf(model).clusterId);
  if (seed.name === "compatible") return tenantById(model, tenantId)?.compatible ?? model.version.text;
  return seed.value;
}

export function durationParameter(model: Model, tenantId: number, name: string): Micros {
  const seed = parameterSeed(name);
  return (seed && durationOf(parameterValue(model, seed, tenantId))) ?? 0;
}

export interface ParameterChange {
  readonly name: string;
  readonly value: string;
  /** Whose; sys means the cluster for cluster parameters. */
  readonly tenant: Tenant;
}

/** Refuses what `setParameter` would refuse, so that a statement with several items changes all or none. */
export function checkParameter(model: Model, { name, value, tenant }: ParameterChange): ParameterSeed {
  const seed = parameterSeed(name);
  if (seed === undefined || seed.readOnly) throw refusal("OB_ERR_SYS_CONFIG_UNKNOWN");
  if (seed.scope === "CLUSTER" && tenant.id !== SYS_TENANT_ID) throw refusal("OB_ERR_NO_PRIVILEGE");
  refuseValue(seed, value);
  const needsDest = seed.name === "archive_lag_target" && tenant.id !== SYS_TENANT_ID;
  if (needsDest && model.state.archiveDests.get(tenant.id) === undefined) {
    throw notAllowed("log_archive_dest has not been set, set archive_lag_target is");
  }
  return seed;
}

export function setParameter(model: Model, change: ParameterChange): void {
  const seed = checkParameter(model, change);
  const tenantId = seed.scope === "CLUSTER" ? CLUSTER_SCOPE : change.tenant.id;
  const value = seed.kind === "boolean" ? capitalised(change.value) : change.value;
  model.state.parameters.put({ tenantId, name: seed.name, value });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

/** 4179 for a text that is no value of its kind, 4147 for one out of range (4.2.1.9). */
function refuseValue({ kind, range }: ParameterSeed, text: string): void {
  if (kind === "text") return;
  const value = kind === "boolean" ? booleanOf(text) : numberOf(kind, text);
  if (value === undefined) throw refusal("OB_OP_NOT_ALLOW");
  if (range !== undefined && (value < range[0] || value > range[1])) throw refusal("OB_INVALID_CONFIG");
}

function booleanOf(text: string): number | undefined {
  return /^(true|false)$/i.test(text) ? 1 : undefined;
}

function numberOf(kind: "time" | "size" | "integer", text: string): number | undefined {
  if (kind === "time") return durationOf(text);
  if (kind === "size") return sizeOf(text);
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}
