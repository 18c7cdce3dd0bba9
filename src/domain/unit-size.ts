import { bytesText } from "./bytes-text.ts";
import type { RestoreTarget, UnitSize } from "./operation.ts";
import { Problem } from "./problem.ts";
import type { TargetCluster } from "./restore-target.ts";

const GIB = 2 ** 30;

/**
 * OceanBase 4.x takes no smaller unit (4659, seen on 4.2.1.9). A cluster may ask for more memory through its hidden
 * parameter __min_full_resource_pool_memory, which the inventory does not know; it then refuses with 1235.
 */
const LEAST: UnitSize = { cpu: 1, memoryBytes: GIB, logDiskBytes: 2 * GIB };

/** The size of the unit that is to be used: of an existing config, or as ordered. */
export function judgeUnit(unit: RestoreTarget["unit"], cluster: TargetCluster): UnitSize {
  if ("name" in unit) return sizeOfExisting(unit.name, cluster);
  refuseBelow(unit.cpu < LEAST.cpu, { part: "CPU", found: String(unit.cpu), least: String(LEAST.cpu) });
  refuseBelow(unit.memoryBytes < LEAST.memoryBytes, {
    part: "memory",
    found: bytesText(unit.memoryBytes),
    least: bytesText(LEAST.memoryBytes),
  });
  refuseBelow(unit.logDiskBytes < LEAST.logDiskBytes, {
    part: "log disk",
    found: bytesText(unit.logDiskBytes),
    least: bytesText(LEAST.logDiskBytes),
  });
  return unit;
}

function sizeOfExisting(name: string, cluster: TargetCluster): UnitSize {
  const config = cluster.resources.unitConfigs.find((each) => each.name === name);
  if (config) {
    return { cpu: config.maxCpu, memoryBytes: config.memoryBytes, logDiskBytes: config.logDiskBytes };
  }
  const known = cluster.resources.unitConfigs.map((each) => each.name);
  throw new Problem("unit-unknown", {
    found: `Cluster ${cluster.name} has no unit specification ${name}.`,
    remedy: known.length > 0 ? `Choose from ${known.join(", ")}, or give a size.` : "Give a size.",
    values: { cluster: cluster.name, unit: name, units: known },
  });
}

function refuseBelow(
  isBelow: boolean,
  { part, found, least }: { readonly part: string; readonly found: string; readonly least: string },
): void {
  if (!isBelow) return;
  throw new Problem("unit-too-small", {
    found: `The unit has ${found} ${part}; OceanBase takes at least ${least}.`,
    remedy: `Give it ${least} ${part} or more.`,
    values: { part, found, least },
  });
}
