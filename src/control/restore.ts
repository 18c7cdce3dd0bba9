import type { RestoreJob } from "../domain/job.ts";
import type { Operation, OperationResult } from "../domain/operation.ts";
import { Problem, type ProblemBody } from "../domain/problem.ts";
import type { RestoreActions } from "../domain/restore-plan.ts";
import { atLeast } from "../domain/version.ts";
import {
  ABSENT,
  type DoorRequest,
  type Effect,
  IN_THE_ANSWER,
  type Pass,
  type StepRule,
  tenantIn,
} from "./step-rule.ts";

/**
 * Carry out a plan: unit → pool → RESTORE → watch → activate → the tenant answers. Names are deterministic and unique in
 * a cluster (A3), so a restarted server finds its own work by them; the restore job bears our signature.
 */
export function restoreSteps(actions: RestoreActions): readonly StepRule[] {
  const never = () => null;
  const { unit, pool, restore } = actions;
  const rules: StepRule[] = [];
  if (unit) {
    rules.push({
      name: "create-unit",
      request: () => ({ ask: "create-unit", with: unit }),
      effect: (_, pass, step) => unitEffect(unit, pass, step.timesSent),
      cancel: never,
    });
  }
  rules.push({
    name: "create-pool",
    request: () => ({ ask: "create-pool", with: pool }),
    effect: (_, pass, step) => poolEffect(pool.name, pass, step.timesSent),
    cancel: never,
  });
  rules.push({
    name: "restore",
    request: () => ({ ask: "start-restore", with: restore }),
    effect: restoreEffect,
    cancel: cancelRestore,
  });
  if (actions.activate) {
    rules.push({
      name: "activate",
      request: (operation) => ({ ask: "activate-standby", tenant: operation.tenant }),
      effect: activateEffect,
      repeatable: true,
      cancel: never,
    });
  }
  rules.push({
    name: "verify",
    request: (operation) => ({ ask: "ask-tenant", tenant: operation.tenant }),
    effect: () => IN_THE_ANSWER,
    repeatable: true,
    cancel: never,
  });
  return rules;
}

function unitEffect(unit: NonNullable<RestoreActions["unit"]>, pass: Pass, timesSent: number): Effect {
  const found = pass.inventory.resources.unitConfigs.find((each) => each.name === unit.name);
  if (!found) return ABSENT;
  if (timesSent > 0 && found.maxCpu === unit.cpu && found.memoryBytes === unit.memoryBytes) {
    return { seen: "done", note: unit.name, result: {} };
  }
  return { seen: "failed", problem: nameTaken("resource unit", unit.name), result: {} };
}

function poolEffect(name: string, pass: Pass, timesSent: number): Effect {
  const found = pass.inventory.resources.pools.find((each) => each.name === name);
  if (!found) return ABSENT;
  if (timesSent > 0 && found.tenantId === null) return { seen: "done", note: name, result: {} };
  return { seen: "failed", problem: nameTaken("resource pool", name), result: {} };
}

function restoreEffect(operation: Operation, pass: Pass): Effect {
  const job = pass.inventory.restoreJobs.find((each) => isOurs(operation, each));
  if (!job) return ABSENT;
  const tenant = tenantIn(pass, operation.tenant);
  const result: Partial<OperationResult> = { jobId: job.id, tenantId: tenant?.tenant.id ?? null };
  const note = `job ${job.id}: ${job.statusWord}`;
  if (job.status === "failed") return { seen: "failed", problem: failureOf(job), result };
  if (job.status === "canceled") return { seen: "canceled", note, result };
  // The job's row may say success a moment before the tenant has left RESTORE. One that is gone was dropped since: that
  // is for the steps that follow to meet.
  if (job.status === "completed" && (tenant?.tenant.isNormal ?? true)) return { seen: "done", note, result };
  const progress = {
    fraction: job.fraction,
    phaseWord: job.statusWord,
    inputBytes: job.finishedBytes,
    outputBytes: job.totalBytes,
    observedAt: pass.inventory.observedAt,
  };
  return { seen: "going-on", note, progress, result };
}

/** By signature; where a version shows none, by the target's name, which only one restore can bear at a time. */
function isOurs(operation: Operation, job: RestoreJob): boolean {
  if (job.description !== "") return job.description === operation.id;
  return job.targetTenant === operation.tenant && (job.startedAt ?? 0) >= operation.requestedAt;
}

/** 4.0 shows no role (TENANT_ROLE came with 4.1). */
function activateEffect(operation: Operation, pass: Pass): Effect {
  if (!atLeast(pass.inventory.cluster.version, 4, 1)) return IN_THE_ANSWER;
  const tenant = tenantIn(pass, operation.tenant)?.tenant;
  return tenant?.role === "primary" && tenant.isNormal
    ? { seen: "done", note: "PRIMARY", result: {} }
    : ABSENT;
}

function cancelRestore(operation: Operation): DoorRequest {
  return { ask: "cancel-restore", tenant: operation.tenant };
}

function failureOf(job: RestoreJob): ProblemBody {
  return new Problem("oceanbase-refused", {
    found: `OceanBase ended restore job ${job.id} into ${job.targetTenant} as ${job.statusWord}.`,
    remedy: `The half-made tenant and its resource pool stay: clean up (\`holdfast operation clean-up\`, or DROP TENANT ${job.targetTenant} FORCE, then DROP RESOURCE POOL), mend the cause and restore again.`,
    values: { job: job.id, tenant: job.targetTenant, status: job.statusWord },
    oceanbase: { errno: codeIn(job.comment), message: job.comment },
  }).body;
}

/** Comments read `… result: -9047(invalid password for backup), …` (facts 2.2). 0 where there is no number. */
function codeIn(comment: string): number {
  return Number(/result:\s*-?(\d+)/.exec(comment)?.[1] ?? 0);
}

function nameTaken(what: string, name: string): ProblemBody {
  return new Problem("target-name-taken", {
    found: `There is already a ${what} named ${name} in the target cluster, and this operation did not make it.`,
    remedy: "Drop it if it is a leftover, or choose another name for the new tenant.",
    values: { name },
  }).body;
}
