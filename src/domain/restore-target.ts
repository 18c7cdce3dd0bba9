import type { ClusterResources } from "./cluster.ts";
import type { RestoreJob } from "./job.ts";
import type { RestoreTarget } from "./operation.ts";
import { Problem } from "./problem.ts";
import type { PassedGuard, ZoneRoom } from "./restore-plan.ts";
import { judgeRoom } from "./room.ts";
import { judgeUnit } from "./unit-size.ts";
import type { Version } from "./version.ts";

/** The cluster that a restore goes into, as it was observed last. */
export interface TargetCluster {
  readonly name: string;
  readonly version: Version;
  readonly resources: ClusterResources;
  readonly tenantNames: readonly string[];
  readonly restoreJobs: readonly RestoreJob[];
}

export interface JudgedTarget {
  readonly zones: readonly string[];
  readonly room: readonly ZoneRoom[];
  readonly guards: readonly PassedGuard[];
}

/** Name, zones, unit and room. Throws what does not pass. */
export function judgeTarget(
  target: RestoreTarget,
  { cluster, dataBytes }: { readonly cluster: TargetCluster; readonly dataBytes: number },
): JudgedTarget {
  const name = judgeName(target.tenant, cluster);
  const zones = zonesOf(target, cluster);
  const unit = judgeUnit(target.unit, cluster);
  const { room, guard } = judgeRoom({
    zones,
    unit,
    unitCount: target.unitCount,
    dataBytes,
    servers: cluster.resources.servers,
  });
  return { zones, room, guards: [name, guard, ...otherRestores(cluster)] };
}

/** Letters, digits and underscores, at most 63 of them: what every version takes without quotes (CREATE TENANT). */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
/** OceanBase reads these as itself or as "every tenant". */
const RESERVED: readonly string[] = ["sys", "all", "all_user", "all_meta"];

function judgeName(name: string, cluster: TargetCluster): PassedGuard {
  const lower = name.toLowerCase();
  if (!NAME.test(name) || RESERVED.includes(lower)) {
    throw new Problem("target-name-invalid", {
      found: `${JSON.stringify(name)} cannot be the name of a tenant.`,
      remedy:
        "Use 1 to 63 letters, digits and underscores, not beginning with a digit; sys, all, all_user and all_meta are reserved.",
      values: { tenant: name },
    });
  }
  const taken = cluster.tenantNames.find((each) => each.toLowerCase() === lower);
  if (taken !== undefined) throw nameTaken(name, { cluster, by: `there is a tenant ${taken} already` });
  // The kernel compares these without regard to case too (9014).
  const job = runningJobs(cluster).find((each) => each.targetTenant.toLowerCase() === lower);
  if (job) throw nameTaken(name, { cluster, by: `restore job ${job.id} is making ${job.targetTenant}` });
  return { name: "name", isTight: false, found: `${name} is free in ${cluster.name}.` };
}

function nameTaken(
  name: string,
  { cluster, by }: { readonly cluster: TargetCluster; readonly by: string },
): Problem {
  return new Problem("target-name-taken", {
    found: `${name} is not free in cluster ${cluster.name}: ${by}.`,
    remedy: "Choose another name; a restore always makes a new tenant.",
    values: { tenant: name, cluster: cluster.name },
  });
}

function runningJobs({ restoreJobs }: TargetCluster): readonly RestoreJob[] {
  return restoreJobs.filter((job) => !job.isHistory);
}

/** Every zone of the cluster where none was named. */
function zonesOf(target: RestoreTarget, cluster: TargetCluster): readonly string[] {
  const known = [...new Set(cluster.resources.servers.map((server) => server.zone))].toSorted();
  const zones = target.zones.length === 0 ? known : [...new Set(target.zones)];
  // RANDOM and lists such as `z1,z2;z3` are OceanBase's own ways to write a primary zone.
  const primary = target.primaryZone?.split(/[,;]/).map((zone) => zone.trim()) ?? [];
  const strange = [
    ...zones.filter((zone) => !known.includes(zone)),
    ...primary.filter((zone) => zone.toUpperCase() !== "RANDOM" && !zones.includes(zone)),
  ];
  if (zones.length > 0 && strange.length === 0) return zones;
  throw new Problem("target-zone-unknown", {
    found:
      strange.length > 0
        ? `${strange.join(", ")}: not among the zones of this restore in cluster ${cluster.name}.`
        : `No server of cluster ${cluster.name} was seen yet, so no zone is known.`,
    remedy: known.length > 0 ? `Choose from ${known.join(", ")}.` : "Wait for the next observation.",
    values: { cluster: cluster.name, unknown: strange, zones: known },
  });
}

function otherRestores(cluster: TargetCluster): readonly PassedGuard[] {
  const others = runningJobs(cluster);
  if (others.length === 0) return [];
  const names = others.map((job) => job.targetTenant).join(", ");
  return [{ name: "parallel", isTight: true, found: `Also being restored into ${cluster.name}: ${names}.` }];
}

/** `base`, or `base_2`, `base_3` … where it is taken; names are compared without regard to case. */
export function firstFreeName(base: string, taken: readonly { readonly name: string }[]): string {
  const names = new Set(taken.map(({ name }) => name.toLowerCase()));
  const candidates = [base, ...taken.map((_, i) => `${base}_${i + 2}`)];
  return candidates.find((name) => !names.has(name.toLowerCase())) ?? base;
}
