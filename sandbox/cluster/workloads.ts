import { SqlError } from "../engine.ts";
import { type Model, tenantById, tenantByName } from "../model/model.ts";
import type { Workload } from "../model/state.ts";
import { HOUR, type Micros } from "../model/time.ts";

/** One commit of the live workload in a tenant, at a moment. Throws SqlError. */
export type CommitOne = (tenantId: number, at: Micros) => void;

/** Behind by more than this, a workload lets the missed commits go: a laptop that slept does not catch up. */
const MOST_MISSED: Micros = HOUR / 60;

/** Commits per hour, from now on; 0 ends it. */
export function setWorkload(model: Model, tenantName: string, commitsPerHour: number): void {
  const tenant = tenantByName(model, tenantName);
  if (tenant?.type !== "USER") throw new Error(`there is no user tenant ${tenantName}`);
  const { workloads } = model.state;
  const before = workloads.get(tenant.id);
  if (commitsPerHour > 0) {
    const nextAt = model.now + HOUR / commitsPerHour;
    workloads.put({ tenantId: tenant.id, commitsPerHour, nextAt });
  } else if (before) workloads.remove(before);
}

/** The live workloads of a cluster: who commits next, and doing it. */
export class Workloads {
  readonly #model: Model;
  readonly #now: () => Micros;
  readonly #commitOne: CommitOne;

  constructor(
    model: Model,
    { now, commitOne }: { readonly now: () => Micros; readonly commitOne: CommitOne },
  ) {
    this.#model = model;
    this.#now = now;
    this.#commitOne = commitOne;
  }

  /** Undefined when nobody works. */
  nextAt(): Micros | undefined {
    const times = this.#model.state.workloads.all().map((workload) => workload.nextAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Makes every commit whose time has come. */
  commitDue(): void {
    for (const workload of this.#model.state.workloads.all()) this.#work(workload);
  }

  #work(workload: Workload): void {
    const step = HOUR / workload.commitsPerHour;
    const now = this.#now();
    let nextAt = Math.max(workload.nextAt, now - MOST_MISSED);
    if (nextAt > now) return;
    for (; nextAt <= now; nextAt += step) {
      if (this.#mayWrite(workload.tenantId)) this.#tryCommit(workload.tenantId, nextAt);
    }
    this.#model.state.workloads.put({ ...workload, nextAt });
  }

  /** What the tenant refuses (a lock, a full disk) costs this one commit, not the sandbox. */
  #tryCommit(tenantId: number, at: Micros): void {
    try {
      this.#commitOne(tenantId, at);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
    }
  }

  #mayWrite(tenantId: number): boolean {
    const tenant = tenantById(this.#model, tenantId);
    return tenant?.status === "NORMAL" && tenant.role === "PRIMARY" && !tenant.inRecyclebin;
  }
}
