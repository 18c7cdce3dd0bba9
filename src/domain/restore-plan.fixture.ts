import type { TenantSketch } from "./inventory.fixture.ts";
import { inventoryOf, resourcesOf, serverOf } from "./inventory.fixture.ts";
import type { RestoreTarget } from "./operation.ts";
import { Problem, type ProblemBody } from "./problem.ts";
import { type PlanInput, planRestore, type RestoreOrder } from "./restore-plan.ts";
import type { TargetCluster } from "./restore-target.ts";
import { scn } from "./scn.ts";
import { readVersion, type Version } from "./version.ts";

/** A tenant with an interrupted round, and a cluster with room for it. */

export const GIB = 2 ** 30;

export function version(text: string): Version {
  const found = readVersion(text);
  if (!found) throw new Error(`no version: ${text}`);
  return found;
}

export const zones = ["zone1", "zone2", "zone3"];

export const shop: TenantSketch = {
  sets: [
    { id: 1, at: 150, bytes: 1000 },
    { id: 2, at: 250, onto: [1, 1], bytes: 10 },
    { id: 3, at: 900, bytes: 2000 },
  ],
  rounds: [
    { id: 1, start: 100, checkpoint: 380, status: "interrupted", comment: "log stream 1001 interrupted" },
    { id: 2, start: 800, checkpoint: 1500 },
  ],
  pieces: [
    { id: 1, round: 1, start: 100, end: 200, bytes: 7 },
    { id: 2, round: 1, start: 200, end: 300, bytes: 8 },
    { id: 3, round: 1, start: 300, end: 400, checkpoint: 380, bytes: 9 },
    { id: 4, round: 2, start: 800, end: 1800, checkpoint: 1500 },
  ],
};

interface Sketch {
  readonly source?: TenantSketch;
  readonly until?: number | "latest";
  readonly to?: Partial<RestoreTarget>;
  readonly order?: Partial<RestoreOrder>;
  readonly cluster?: Partial<TargetCluster>;
  readonly versions?: { readonly source?: string; readonly target?: string };
}

export function input(sketch: Sketch = {}): PlanInput {
  const until = sketch.until ?? 350;
  return {
    order: {
      source: { cluster: "prod", tenant: "shop" },
      until: until === "latest" ? until : scn(until),
      target: {
        cluster: "lab",
        tenant: "shop_copy",
        zones: [],
        unit: { cpu: 2, memoryBytes: 2 * GIB, logDiskBytes: 6 * GIB },
        unitCount: 1,
        primaryZone: null,
        concurrency: null,
        ...sketch.to,
      },
      activate: false,
      decryptionPasswords: [],
      ...sketch.order,
    },
    signature: "op-0123456789",
    source: {
      version: version(sketch.versions?.source ?? "4.2.5.1"),
      tenant: inventoryOf(sketch.source ?? shop),
      now: scn(2000),
    },
    target: {
      name: "lab",
      version: version(sketch.versions?.target ?? "4.3.5.0"),
      resources: resourcesOf(zones.map((zone) => serverOf(zone))),
      tenantNames: ["sys", "Taken"],
      restoreJobs: [],
      ...sketch.cluster,
    },
  };
}

export const plan = (sketch?: Sketch) => planRestore(input(sketch));

export function refusalOf(sketch: Sketch): ProblemBody {
  try {
    plan(sketch);
  } catch (error) {
    if (error instanceof Problem) return error.body;
    throw error;
  }
  throw new Error("the plan was not refused");
}
