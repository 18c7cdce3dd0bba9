import { refreshRound, stepArchiveThread, stepRound } from "./archive.ts";
import { stepBackupJob } from "./backup-steps.ts";
import { triggerDeletion } from "./clean.ts";
import { stepDeleteJob } from "./clean-steps.ts";
import type { Model } from "./model.ts";
import { stepRestore } from "./restore-steps.ts";
import { replayStandby } from "./standby.ts";
import type { Tenant } from "./state.ts";
import { removeTenant } from "./tenants.ts";
import type { Micros } from "./time.ts";

/** More steps than this in one advance are a loop without progress. */
const MOST_STEPS = 5_000_000;

interface DueStep {
  readonly at: Micros;
  step(): void;
}

/**
 * Lives until `until`: each state machine takes its steps at its own moments, in order. Checkpoints are the exception:
 * of the many that a long stretch holds only the last before each other step is taken, as nobody could see the rest.
 */
export function advance(model: Model, until: Micros): void {
  if (until < nothingBefore(model)) {
    model.now = Math.max(model.now, Math.trunc(until));
    return;
  }
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const due = nextStep(model);
    const stop = due === undefined || due.at > until;
    model.now = Math.max(model.now, Math.trunc(stop ? until : due.at));
    refreshCheckpoints(model);
    if (stop) return;
    due.step();
  }
  throw new Error("the cluster takes steps without end");
}

interface Quiet {
  readonly revision: number;
  readonly until: Micros;
}

const quiet = new WeakMap<Model, Quiet>();

/** Until when nothing is due, checkpoints included. Kept until a row changes: most statements find nothing to do. */
function nothingBefore(model: Model): Micros {
  const { rounds, archiveDests, jobs, restores, tenants, deletePolicies, deleteJobs } = model.state;
  const tables = [rounds, archiveDests, jobs, restores, tenants, deletePolicies, deleteJobs];
  const revision = tables.reduce((sum, table) => sum + table.revision, 0);
  const known = quiet.get(model);
  if (known?.revision === revision) return known.until;
  const refreshes = rounds.all().map((round) => round.refreshAt ?? Number.POSITIVE_INFINITY);
  const until = Math.min(nextDueAt(model), ...refreshes);
  quiet.set(model, { revision, until });
  return until;
}

/** When the next step of a state machine is due, checkpoints apart; infinity when all rest. */
export function nextDueAt(model: Model): Micros {
  return nextStep(model)?.at ?? Number.POSITIVE_INFINITY;
}

function refreshCheckpoints(model: Model): void {
  for (const round of model.state.rounds.all()) {
    if (round.status === "DOING" && round.refreshAt !== null && round.refreshAt <= model.now) {
      refreshRound(model, round);
    }
  }
}

function nextStep(model: Model): DueStep | undefined {
  let first: DueStep | undefined;
  const offer = (at: Micros | null, step: () => void) => {
    if (at !== null && (first === undefined || at < first.at)) first = { at, step };
  };
  const { state } = model;
  for (const dest of state.archiveDests.all()) {
    offer(dest.nextAt, () => stepArchiveThread(model, dest.tenantId));
  }
  for (const round of state.rounds.all()) offer(round.nextAt, () => stepRound(model, round));
  for (const job of state.jobs.all()) offer(job.nextAt, () => stepBackupJob(model, job));
  for (const policy of state.deletePolicies.all()) offer(policy.nextAt, () => triggerDeletion(model, policy));
  for (const job of state.deleteJobs.all()) offer(job.nextAt, () => stepDeleteJob(model, job));
  for (const job of state.restores.all()) offer(job.nextAt, () => stepRestore(model, job));
  for (const tenant of state.tenants.all()) offer(tenant.nextAt, () => stepTenant(model, tenant));
  return first;
}

function stepTenant(model: Model, tenant: Tenant): void {
  if (tenant.status === "DROPPING") removeTenant(model, tenant);
  else if (tenant.role === "STANDBY") replayStandby(model, tenant);
  else model.state.tenants.put({ ...tenant, nextAt: null });
}
