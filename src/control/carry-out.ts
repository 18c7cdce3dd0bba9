import type { Operation, OperationStep } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";
import type { Micros } from "../domain/scn.ts";
import type { OceanBase, StatementTexts } from "../oceanbase/oceanbase.ts";
import type { Store } from "../store/store.ts";
import { START_ARCHIVE_STEPS, STOP_ARCHIVE_STEPS } from "./archive-logs.ts";
import { BACK_UP_STEPS } from "./back-up.ts";
import { cleanUpSteps } from "./clean-up.ts";
import type { Clock } from "./clock.ts";
import { nextMove, withStep } from "./next-move.ts";
import { restoreSteps } from "./restore.ts";
import { sendRequest, textsOf, withPlaceholders, withSecrets } from "./send-request.ts";
import { SET_DESTINATIONS_STEPS } from "./set-destinations.ts";
import type { DoorRequest, Pass, Sending, Sight, StepRule } from "./step-rule.ts";

/** More moves than any story has steps: an operation that moves on and on is a defect, not a reason to hang. */
const MOST_MOVES = 24;

export interface CarryOutParts {
  readonly store: Store;
  readonly door: OceanBase;
  readonly texts: StatementTexts;
  readonly clock: Clock;
  readonly adoptMicros: number;
  /** Asks for another pass soon: an answer has come. */
  readonly wake: () => void;
  readonly report: (error: unknown, words: string) => void;
}

export function rulesOf(operation: Operation): readonly StepRule[] {
  const { request } = operation;
  switch (request.kind) {
    case "back-up":
      return BACK_UP_STEPS;
    case "restore":
      return restoreSteps(request.actions);
    case "start-archive":
      return START_ARCHIVE_STEPS;
    case "stop-archive":
      return STOP_ARCHIVE_STEPS;
    case "set-destinations":
      return SET_DESTINATIONS_STEPS;
    case "clean-up":
      return cleanUpSteps(request);
  }
}

/** Carries the operations of one cluster out. Owns what this process knows of the statements that are under way. */
export class CarryOut {
  readonly #parts: CarryOutParts;
  readonly #sendings = new Map<string, Sending>();
  readonly #underWay = new Set<Promise<void>>();
  /** By operation: when the newest pass began in which its current step's effect was seen. */
  readonly #seenAt = new Map<string, Micros>();
  #watchedSince: Micros | undefined;

  constructor(parts: CarryOutParts) {
    this.#parts = parts;
  }

  /** Moves every operation as far as this pass allows. Statements go out without being waited for. */
  async follow(pass: Pass, operations: readonly Operation[]): Promise<void> {
    this.#watchedSince ??= pass.beganAt;
    for (const operation of operations) await this.#advance(operation, pass);
  }

  /** Waits for the answers that are still to come, so that a stopping server records them. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #advance(start: Operation, pass: Pass): Promise<void> {
    let operation = start;
    for (let moves = 0; moves < MOST_MOVES && operation.phase !== "ended"; moves++) {
      const move = nextMove(operation, rulesOf(operation), this.#sight(operation, pass));
      if (move.kind === "wait") return;
      const wanted = move.kind === "send" ? this.#withTexts(move.operation, move.request) : move.operation;
      const saved = await this.#parts.store.saveOperation(wanted);
      // Somebody else was first (a cancel, for example): the next pass decides anew on what is stored then.
      if (!saved) return this.#parts.wake();
      operation = saved;
      if (move.kind === "send") return this.#launch(saved, move.request);
    }
    this.#forget(operation);
  }

  #sight(operation: Operation, pass: Pass): Sight {
    const step = currentStep(operation);
    if (step && isSeen(operation, step, pass)) this.#seenAt.set(operation.id, pass.beganAt);
    return {
      pass,
      now: this.#parts.clock.now(),
      sending: (step && this.#sendings.get(keyOf(operation, step))) ?? { state: "none" },
      watchedSince: this.#watchedSince ?? pass.beganAt,
      seenAt: this.#seenAt.get(operation.id) ?? 0,
      adoptMicros: this.#parts.adoptMicros,
    };
  }

  #withTexts(operation: Operation, request: DoorRequest): Operation {
    const name = stepOf(operation, request)?.name;
    if (!name) return operation;
    const shown = withPlaceholders(request, operation.request);
    return withStep(operation, name, { statements: textsOf(this.#parts.texts, shown) });
  }

  #launch(operation: Operation, request: DoorRequest): void {
    const step = stepOf(operation, request);
    if (!step) return;
    const key = keyOf(operation, step);
    this.#sendings.set(key, { state: "under-way" });
    const sending = this.#send(operation, request).then((answer) => {
      this.#sendings.set(key, answer);
      this.#underWay.delete(sending);
      // A cluster that was not reached is not asked again at once: the next pass comes by itself.
      if (answer.state !== "not-sent") this.#parts.wake();
    });
    this.#underWay.add(sending);
  }

  async #send(operation: Operation, request: DoorRequest): Promise<Sending> {
    try {
      const secrets = await this.#parts.store.operationSecrets(operation.id);
      await sendRequest(this.#parts.door, withSecrets(request, secrets));
      return { state: "accepted" };
    } catch (error) {
      if (!(error instanceof Problem)) this.#parts.report(error, `sending for ${operation.id}`);
      return sendingAfter(error);
    }
  }

  #forget(operation: Operation): void {
    this.#seenAt.delete(operation.id);
    for (const key of this.#sendings.keys())
      if (key.startsWith(`${operation.id}/`)) this.#sendings.delete(key);
  }
}

/** A defect on the way is not proof that nothing was sent: it counts as unknown. */
function sendingAfter(error: unknown): Sending {
  if (!(error instanceof Problem) || error.code === "outcome-unknown") return { state: "unknown" };
  if (error.code === "cluster-unreachable") return { state: "not-sent" };
  return { state: "refused", problem: error };
}

function isSeen(operation: Operation, step: OperationStep, pass: Pass): boolean {
  const rule = rulesOf(operation).find((each) => each.name === step.name);
  return rule !== undefined && rule.effect(operation, pass, step).seen !== "absent";
}

function currentStep(operation: Operation): OperationStep | undefined {
  return operation.steps.find((step) => step.state === "sending" || step.state === "watching");
}

/** The step whose words these are: the one that was just put to `sending`. */
function stepOf(operation: Operation, request: DoorRequest): OperationStep | undefined {
  const isCancel = request.ask === "cancel-backup" || request.ask === "cancel-restore";
  return operation.steps.find((step) => step.state === "sending" && (step.name === "cancel") === isCancel);
}

function keyOf(operation: Operation, step: OperationStep): string {
  return `${operation.id}/${step.name}/${step.timesSent}`;
}
