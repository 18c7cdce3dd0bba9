import type { Connection } from "../engine.ts";
import { openWorkload, sessionOf, type Workload } from "../workload/workload.ts";
import type { CommitOne } from "./workloads.ts";

export interface WorkloadPlace {
  readonly seed: number;
  /** A session of root in the tenant. */
  readonly connect: (tenantId: number) => Connection;
}

/** The shop of sandbox/workload in each tenant that works, each with a session of its own. */
export function workloadCommits({ seed, connect }: WorkloadPlace): CommitOne {
  const open = new Map<number, Workload>();
  return (tenantId, at) => {
    const workload = open.get(tenantId) ?? openWorkload(sessionOf(connect(tenantId)), { seed });
    open.set(tenantId, workload);
    workload.commitOne(at);
  };
}
