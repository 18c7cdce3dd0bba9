import { notLeftover } from "../domain/clean-up.ts";
import type { CleanUpRequest, Operation } from "../domain/operation.ts";
import { ABSENT, type Effect, type Pass, type StepRule, tenantIn } from "./step-rule.ts";

/**
 * Take away what a failed restore left: tenant → pool → unit, in the order in which OceanBase lets go of them. Each step
 * looks again before it speaks: a tenant that is in use by now is not dropped.
 */
export function cleanUpSteps({ tenantId, pool, unit }: CleanUpRequest): readonly StepRule[] {
  const never = () => null;
  const rules: StepRule[] = [
    {
      name: "drop-tenant",
      request: ({ tenant }) => ({ ask: "drop-tenant", tenant }),
      effect: (operation, pass) => tenantEffect(operation, pass, tenantId),
      repeatable: true,
      cancel: never,
    },
  ];
  if (pool !== null) {
    rules.push({
      name: "drop-pool",
      request: () => ({ ask: "drop-pool", pool }),
      effect: (_, pass) => goneFrom(pass.inventory.resources.pools, pool),
      repeatable: true,
      cancel: never,
    });
  }
  if (unit !== null) {
    rules.push({
      name: "drop-unit",
      request: () => ({ ask: "drop-unit", unit }),
      effect: (_, pass) => goneFrom(pass.inventory.resources.unitConfigs, unit),
      repeatable: true,
      cancel: never,
    });
  }
  return rules;
}

function tenantEffect(operation: Operation, pass: Pass, made: number | null): Effect {
  const tenant = tenantIn(pass, operation.tenant)?.tenant;
  if (!tenant) return { seen: "done", note: "not there", result: {} };
  const refusal = notLeftover(tenant, made);
  return refusal ? { seen: "failed", problem: refusal.body, result: {} } : ABSENT;
}

function goneFrom(present: readonly { readonly name: string }[], name: string): Effect {
  return present.some((each) => each.name === name) ? ABSENT : { seen: "done", note: name, result: {} };
}
