import {
  ended,
  type Operation,
  type OperationResult,
  type OperationStep,
  type Outcome,
  phaseAfter,
  type StepState,
} from "../domain/operation.ts";
import { Problem, type ProblemBody } from "../domain/problem.ts";
import type { Micros } from "../domain/scn.ts";
import type { DoorRequest, Effect, Sight, StepRule } from "./step-rule.ts";

/** How often the words of one step are sent at most; each time under I5. */
const MOST_SENDINGS = 3;

/**
 * What to do with an operation now. `store` changes only our record; `send` records the intention first and then speaks
 * to the cluster; `wait` says what for.
 */
export type Move =
  | { readonly kind: "wait"; readonly for: string }
  | { readonly kind: "store"; readonly operation: Operation }
  | { readonly kind: "send"; readonly operation: Operation; readonly request: DoorRequest };

/**
 * The whole will of an operation: a story of steps, each recognised by its effect in the cluster's views. Pure; called
 * again after every pass and every change, until it waits.
 */
export function nextMove(operation: Operation, rules: readonly StepRule[], sight: Sight): Move {
  const step = operation.steps.find(
    (each) => each.state !== "done" && each.state !== "skipped" && each.name !== "cancel",
  );
  if (!step) return store(finish(operation, { outcome: "succeeded", problem: null }, sight.now));
  const rule = rules.find((each) => each.name === step.name);
  if (!rule) throw new RangeError(`${operation.id} has a step without a rule: ${step.name}`);
  const scene: Scene = { operation, step, rule, sight, effect: rule.effect(operation, sight.pass, step) };
  return step.state === "waiting" ? begin(scene) : follow(scene);
}

interface Scene {
  readonly operation: Operation;
  readonly step: OperationStep;
  readonly rule: StepRule;
  readonly sight: Sight;
  readonly effect: Effect;
}

/** Nothing was sent for this step yet. */
function begin(scene: Scene): Move {
  const { operation, effect, sight, rule } = scene;
  if (operation.cancelRequestedAt !== null) {
    return store(finish(operation, { outcome: "canceled", problem: null }, sight.now));
  }
  if (effect.seen === "done") return store(settle(scene, effect.note, effect.result));
  if (effect.seen === "failed") return store(fail(scene, effect.problem, effect.result));
  return send(scene, rule.request(operation));
}

/** The words were sent, or were about to be when an earlier process ended. */
function follow(scene: Scene): Move {
  const { effect, sight } = scene;
  switch (effect.seen) {
    case "done":
      return store(settle(scene, effect.note, effect.result));
    case "failed":
      // CANCEL RESTORE ends the job as FAIL (facts 2.4): where we asked for it, that is the cancellation. A backup has a
      // word of its own for it: one that failed under a cancel failed.
      return store(
        scene.operation.kind === "restore" && wasCanceled(scene)
          ? stopCanceled(scene, effect.problem.found, effect.result)
          : fail(scene, effect.problem, effect.result),
      );
    case "canceled":
      return store(stopCanceled(scene, effect.note, effect.result));
    case "going-on":
      return watch(scene, effect);
    case "in-the-answer":
      return sight.sending.state === "accepted" ? store(settle(scene, "", {})) : seek(scene);
    case "absent":
      return seek(scene);
  }
}

function watch(scene: Scene, effect: Extract<Effect, { seen: "going-on" }>): Move {
  const { operation, sight } = scene;
  const cancel = cancelRequest(scene);
  if (cancel) return send(scene, cancel);
  const seen = withStep(operation, scene.step.name, { state: "watching", note: effect.note });
  const next: Operation = {
    ...seen,
    phase: phaseAfter(operation.phase, "adopt"),
    progress: effect.progress ?? operation.progress,
    result: { ...operation.result, ...effect.result },
  };
  return sameButAge(operation, next)
    ? { kind: "wait", for: `${effect.note} (${sight.sending.state})` }
    : store(next);
}

/** Nothing of the effect shows in the newest pass. */
function seek(scene: Scene): Move {
  const { operation, step, rule, sight } = scene;
  if (sight.sending.state === "under-way") return { kind: "wait", for: "the statement's answer" };
  if (sight.sending.state === "refused") return store(fail(scene, sight.sending.problem.body, {}));
  if (sight.sending.state === "not-sent") return store(unsend(scene));
  const mayRepeat = rule.repeatable === true && sight.sending.state !== "accepted";
  if (!mayRepeat && !absenceIsProven(step, sight))
    return { kind: "wait", for: "the cluster to show what was sent" };
  // What was seen to go on and vanished took effect: nobody knows how it ended, whatever was asked since.
  if (step.state === "watching") return store(lose(scene));
  if (operation.cancelRequestedAt !== null) {
    return store(finish(operation, { outcome: "canceled", problem: null }, sight.now));
  }
  if (step.timesSent >= MOST_SENDINGS) return store(lose(scene));
  return send(scene, rule.request(operation));
}

/**
 * I5: the newest pass began at least the adoption time after the words went out, after this process began to look and
 * after it last saw the effect, so a statement that was still running then, or a row on its way between two views, would
 * show by now.
 */
function absenceIsProven(step: OperationStep, sight: Sight): boolean {
  const lookingSince = Math.max(step.sentAt ?? 0, sight.watchedSince, sight.seenAt);
  return sight.pass.beganAt >= lookingSince + sight.adoptMicros;
}

function wasCanceled({ operation }: Scene): boolean {
  return operation.steps.some((each) => each.name === "cancel" && each.timesSent > 0);
}

/** The cluster was not reached: the step is as if it had not begun, and is tried again with the next pass. */
function unsend({ operation, step }: Scene): Operation {
  return withStep(operation, step.name, { state: "waiting", sentAt: null, timesSent: step.timesSent - 1 });
}

function cancelRequest({ operation, rule, sight }: Scene): DoorRequest | null {
  if (operation.cancelRequestedAt === null) return null;
  const asked = operation.steps.find((each) => each.name === "cancel");
  if (asked && !(asked.timesSent < MOST_SENDINGS && absenceIsProven(asked, sight))) return null;
  return rule.cancel(operation);
}

/** Records that the words are about to go out (I3). The texts are filled in by whoever sends. */
function send({ operation, step, sight }: Scene, request: DoorRequest): Move {
  const isCancel = request.ask === "cancel-backup" || request.ask === "cancel-restore";
  const name = isCancel ? "cancel" : step.name;
  const known = operation.steps.some((each) => each.name === name);
  const steps = known ? operation.steps : [...operation.steps, newStep(name)];
  const before = steps.find((each) => each.name === name);
  const sending = withStep({ ...operation, steps }, name, {
    state: "sending",
    startedAt: before?.startedAt ?? sight.now,
    sentAt: sight.now,
    timesSent: (before?.timesSent ?? 0) + 1,
  });
  return { kind: "send", operation: { ...sending, phase: phaseAfter(operation.phase, "intend") }, request };
}

function settle(
  { operation, step, sight }: Scene,
  note: string,
  result: Partial<OperationResult>,
): Operation {
  const state: StepState = "done";
  const done = withStep(operation, step.name, {
    state,
    note,
    endedAt: sight.now,
    startedAt: step.startedAt ?? sight.now,
  });
  const phase = operation.phase === "requested" ? phaseAfter("requested", "intend") : operation.phase;
  return { ...done, phase, result: { ...operation.result, ...result } };
}

function fail(
  { operation, step, sight }: Scene,
  problem: ProblemBody,
  result: Partial<OperationResult>,
): Operation {
  const failed = withStep(operation, step.name, { state: "failed", note: problem.found, endedAt: sight.now });
  return finish(
    { ...failed, result: { ...operation.result, ...result } },
    { outcome: "failed", problem },
    sight.now,
  );
}

function stopCanceled(scene: Scene, note: string, result: Partial<OperationResult>): Operation {
  const { operation, step, sight } = scene;
  const stopped = withStep(operation, step.name, { state: "failed", note, endedAt: sight.now });
  const settled = stopped.steps.some((each) => each.name === "cancel")
    ? withStep(stopped, "cancel", { state: "done", endedAt: sight.now })
    : stopped;
  return finish(
    { ...settled, result: { ...operation.result, ...result } },
    { outcome: "canceled", problem: wasCanceled(scene) ? null : canceledElsewhere(operation, note) },
    sight.now,
  );
}

function canceledElsewhere({ id, cluster, tenant }: Operation, note: string): ProblemBody {
  return new Problem("canceled-elsewhere", {
    found: `${id} was not canceled here: OceanBase ended it (${note}) because somebody canceled it by SQL or dropped ${tenant}.`,
    remedy: `Ask who else works on ${cluster}, then ask again.`,
    values: { operation: id, cluster, tenant },
  }).body;
}

function lose(scene: Scene): Operation {
  const { operation, step, sight } = scene;
  const { body } = new Problem("outcome-unknown", {
    found: `The cluster shows nothing of what ${operation.id} asked for (step ${step.name}, sent ${step.timesSent} times).`,
    remedy: "Look into the cluster's own job views for this signature, then ask again.",
    values: { operation: operation.id, step: step.name, timesSent: step.timesSent },
  });
  const failed = withStep(operation, step.name, { state: "failed", note: body.found, endedAt: sight.now });
  return finish(failed, { outcome: "lost", problem: body }, sight.now);
}

function finish(
  operation: Operation,
  end: { readonly outcome: Outcome; readonly problem: ProblemBody | null },
  at: Micros,
): Operation {
  const steps = operation.steps.map((step) =>
    step.state === "waiting" ? { ...step, state: "skipped" as const } : step,
  );
  return ended({ ...operation, steps }, { ...end, at });
}

const store = (operation: Operation): Move => ({ kind: "store", operation });

export function newStep(name: OperationStep["name"]): OperationStep {
  return {
    name,
    state: "waiting",
    statements: [],
    startedAt: null,
    sentAt: null,
    timesSent: 0,
    endedAt: null,
    note: "",
  };
}

export function withStep(
  operation: Operation,
  name: OperationStep["name"],
  change: Partial<OperationStep>,
): Operation {
  return {
    ...operation,
    steps: operation.steps.map((step) => (step.name === name ? { ...step, ...change } : step)),
  };
}

/** Equal in everything a person can see but the age of the progress: not worth a row. */
function sameButAge(a: Operation, b: Operation): boolean {
  const ageless = (each: Operation) =>
    JSON.stringify(
      { ...each, progress: each.progress && { ...each.progress, observedAt: 0 } },
      (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value),
    );
  return ageless(a) === ageless(b);
}
