import type { BackupJob } from "../../sandbox/model/backup-rows.ts";
import type { Operation } from "../../src/domain/operation.ts";
import { Violation } from "./violation.ts";
import { TENANTS, type World } from "./world.ts";

/**
 * Invariants 1 and 5 against the cluster's own memory, which keeps every job: whose jobs are claimed, and whether the
 * outcome that was told is the one that came.
 */
export class TruthWatch {
  readonly #world: World;
  /** Which operation claims a job. */
  readonly #claims = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  look(operation: Operation): void {
    // Of a tenant that was dropped the cluster remembers no job.
    const source = TENANTS.find((each) => each === operation.tenant);
    if (source && !this.#world.has(source)) return;
    this.#refuseForeignJob(operation);
    if (operation.phase === "ended") this.#refuseUntrueEnd(operation);
  }

  #refuseForeignJob(operation: Operation): void {
    const { id, kind, tenant, result } = operation;
    if (result.jobId === null) return;
    const owner = this.#signatureOf(operation, result.jobId);
    if (owner !== id)
      throw new Violation(5, `${id} claims job ${result.jobId} of ${tenant}, which bears ${owner}`);
    const key = `${kind === "restore" ? "restore" : tenant} ${result.jobId}`;
    const other = this.#claims.get(key) ?? id;
    if (other !== id) throw new Violation(2, `job ${key} belongs to ${other} and to ${id}`);
    this.#claims.set(key, id);
  }

  #signatureOf({ kind, tenant }: Operation, jobId: number): string | null | undefined {
    const { jobs, restores } = this.#world.model.state;
    if (kind === "restore") return restores.all().find((job) => job.jobId === jobId)?.description;
    // The door counts a job of sys that made no child below zero.
    const tenantId = jobId < 0 ? 1 : this.#world.idOf(tenant);
    return jobs.all().find((job) => job.tenantId === tenantId && job.jobId === Math.abs(jobId))?.description;
  }

  #refuseUntrueEnd(operation: Operation): void {
    if (operation.kind === "back-up") this.#judgeBackup(operation);
    if (operation.kind === "restore") this.#judgeRestore(operation);
    if (operation.kind === "stop-archive" && operation.outcome === "succeeded")
      this.#refuseUnstopped(operation);
    if (operation.kind === "start-archive" && operation.outcome === "succeeded")
      this.#refuseUnstarted(operation);
  }

  #judgeBackup({ id, outcome }: Operation): void {
    const job = this.#world.model.state.jobs
      .all()
      .find((each) => each.description === id && each.tenantId !== 1);
    const wanted = job ? BACKUP_ENDS[job.status] : undefined;
    if (job && wanted !== outcome)
      throw new Violation(1, `${id} ended ${outcome}, and its job is ${job.status}`);
    if (!job && outcome === "succeeded") throw new Violation(1, `${id} ended ${outcome}, and it made no job`);
  }

  #judgeRestore({ id, outcome, steps }: Operation): void {
    const job = this.#world.model.state.restores.all().find((each) => each.description === id);
    const isEarly = !steps.some((step) => step.name === "restore" && step.timesSent > 0);
    if (!job && outcome === "succeeded") throw new Violation(1, `${id} ended ${outcome}, and it made no job`);
    if (!job || isEarly) return;
    if (job.sysFinishedAt === null) throw new Violation(1, `${id} ended ${outcome}, and its job goes on`);
    const isWhole = job.sysPhase === "RESTORE_SUCCESS";
    if (outcome === "succeeded" && !isWhole)
      throw new Violation(1, `${id} ended ${outcome}: its job ${job.sysPhase}`);
  }

  /** The round that it names has stopped, whatever has begun since. */
  #refuseUnstopped({ id, tenant, result }: Operation): void {
    const tenantId = this.#world.idOf(tenant);
    const round = this.#world.model.state.rounds
      .all()
      .find((each) => each.tenantId === tenantId && each.roundId === result.roundId);
    if (round === undefined || round.status === "STOP") return;
    throw new Violation(
      1,
      `${id} says log backup of ${tenant} stopped, and round ${round.roundId} is ${round.status}`,
    );
  }

  #refuseUnstarted({ id, tenant }: Operation): void {
    const round = this.#newestRound(tenant);
    if (round && round.startScn > 0n) return;
    throw new Violation(1, `${id} says log backup of ${tenant} started, and there is no round`);
  }

  #newestRound(tenant: string) {
    const id = this.#world.idOf(tenant);
    return this.#world.model.state.rounds.all().findLast((round) => round.tenantId === id);
  }
}

const BACKUP_ENDS: Readonly<Record<BackupJob["status"], Operation["outcome"] | undefined>> = {
  INIT: undefined,
  DOING: undefined,
  CANCELING: undefined,
  COMPLETED: "succeeded",
  FAILED: "failed",
  CANCELED: "canceled",
};
