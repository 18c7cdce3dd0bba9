import type { Operation } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";
import type { RequestParts } from "./acceptance.ts";

/** A watch may store progress at the same moment; more collisions in a row than this are no coincidence. */
const MOST_TRIES = 10;

/** Records the wish; the watch sends the words and the cluster decides how the job ends. Asked twice it is one wish. */
export async function cancelOperation(parts: RequestParts, id: string): Promise<Operation> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const operation = await parts.store.operation(id);
    if (!operation) throw operationUnknown(id);
    refuseCancel(operation);
    if (operation.cancelRequestedAt !== null) return operation;
    const saved = await parts.store.saveOperation({ ...operation, cancelRequestedAt: parts.clock.now() });
    if (saved) {
      parts.loop.wake(operation.cluster);
      return saved;
    }
  }
  throw new Problem("internal", {
    found: `${id} changed ${MOST_TRIES} times while it was being canceled.`,
    remedy: "Try again.",
  });
}

function refuseCancel(operation: Operation): void {
  if (operation.phase === "ended") {
    throw new Problem("operation-ended", {
      found: `${operation.id} has ended (${operation.outcome}).`,
      remedy: "An ended operation never changes; nothing is left to cancel.",
      values: { operation: operation.id, outcome: operation.outcome },
    });
  }
  const isCancelable =
    operation.kind === "back-up" || operation.kind === "restore" || operation.phase === "requested";
  if (!isCancelable) {
    throw new Problem("operation-not-cancelable", {
      found: `OceanBase has no way to cancel what ${operation.id} asked for (${operation.kind}).`,
      remedy: "Wait for its end, then ask for the opposite.",
      values: { operation: operation.id, kind: operation.kind },
    });
  }
}

export function operationUnknown(id: string): Problem {
  return new Problem("operation-unknown", {
    found: `There is no operation ${id}.`,
    remedy: "`holdfast operation list` shows the newest ones.",
    values: { operation: id },
  });
}
