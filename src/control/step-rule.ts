import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import type {
  Operation,
  OperationProgress,
  OperationResult,
  OperationStep,
  StepName,
} from "../domain/operation.ts";
import type { Problem, ProblemBody } from "../domain/problem.ts";
import type { NewPool, NewUnit, StartRestore } from "../domain/restore-plan.ts";
import type { Micros } from "../domain/scn.ts";
import type { SetDestinations, StartBackup } from "../oceanbase/oceanbase.ts";

/** What can be asked of the cluster, as data: decided by pure functions, sent by `send-request.ts`. */
export type DoorRequest =
  | { readonly ask: "set-destinations"; readonly with: SetDestinations }
  | { readonly ask: "start-archive"; readonly tenant: string }
  | { readonly ask: "stop-archive"; readonly tenant: string }
  | { readonly ask: "start-backup"; readonly with: StartBackup }
  | { readonly ask: "cancel-backup"; readonly tenant: string }
  | { readonly ask: "create-unit"; readonly with: NewUnit }
  | { readonly ask: "create-pool"; readonly with: NewPool }
  | { readonly ask: "start-restore"; readonly with: StartRestore }
  | { readonly ask: "cancel-restore"; readonly tenant: string }
  | { readonly ask: "activate-standby"; readonly tenant: string }
  | { readonly ask: "ask-tenant"; readonly tenant: string }
  | { readonly ask: "drop-tenant"; readonly tenant: string }
  | { readonly ask: "drop-pool"; readonly pool: string }
  | { readonly ask: "drop-unit"; readonly unit: string };

/** What the newest complete pass shows of a step's effect. */
export type Effect =
  /** Nothing of it is there. */
  | { readonly seen: "absent" }
  /** No view shows it: the answer itself is the effect (a statement that leaves nothing to watch, or a question). */
  | { readonly seen: "in-the-answer" }
  | {
      readonly seen: "going-on";
      readonly note: string;
      readonly progress: OperationProgress | null;
      readonly result: Partial<OperationResult>;
    }
  | { readonly seen: "done"; readonly note: string; readonly result: Partial<OperationResult> }
  | { readonly seen: "failed"; readonly problem: ProblemBody; readonly result: Partial<OperationResult> }
  | { readonly seen: "canceled"; readonly note: string; readonly result: Partial<OperationResult> };

export const ABSENT: Effect = { seen: "absent" };
export const IN_THE_ANSWER: Effect = { seen: "in-the-answer" };

/** One complete pass over a cluster, with the time when it began: only what was sent before that can show in it. */
export interface Pass {
  readonly beganAt: Micros;
  readonly inventory: ClusterInventory;
}

/** How the last sending of an operation's step ended, as far as this process knows; nothing after a restart. */
export type Sending =
  | { readonly state: "none" }
  | { readonly state: "under-way" }
  | { readonly state: "accepted" }
  | { readonly state: "refused"; readonly problem: Problem }
  /** The cluster was not reached: nothing was sent, nothing can have taken effect. */
  | { readonly state: "not-sent" }
  /** The words may have taken effect: the connection broke, or the statement ran out of time. */
  | { readonly state: "unknown" };

export interface Sight {
  readonly pass: Pass;
  readonly now: Micros;
  readonly sending: Sending;
  /** When this process took its first complete pass over the cluster. */
  readonly watchedSince: Micros;
  /** When the newest pass began in which this process saw the step's effect; 0 where it never did. */
  readonly seenAt: Micros;
  /** How long an effect's absence is watched before the words are sent again. */
  readonly adoptMicros: number;
}

/** The rule of one step: what is sent, and how its effect is recognised. Pure. */
export interface StepRule {
  readonly name: StepName;
  request(operation: Operation): DoorRequest;
  effect(operation: Operation, pass: Pass, step: OperationStep): Effect;
  /** Sent twice it does no harm (A4), so after a restart it is simply sent again. */
  readonly repeatable?: true;
  /** Sent when a person cancels while the effect is going on; null where it cannot be canceled. */
  cancel(operation: Operation): DoorRequest | null;
}

export function tenantIn(pass: Pass, name: string): TenantInventory | undefined {
  return pass.inventory.tenants.find((each) => each.tenant.name === name);
}
