import type { Operation, OperationKind } from "../domain/operation.ts";
import { Problem, type ProblemCode } from "../domain/problem.ts";
import { toText } from "./columns.ts";

/** The earlier operation when it is the same wish, sent again. Throws Problem when it is another one. */
export function refuseReusedRequest(earlier: Operation, operation: Operation): Operation {
  if (wishOf(earlier) === wishOf(operation)) return earlier;
  throw new Problem("request-id-reused", {
    found: `Request id ${operation.requestId} was used for another request, operation ${earlier.id}.`,
    remedy: "Send a new request id with a new request.",
    values: { requestId: operation.requestId, operation: earlier.id },
  });
}

/** What a person asked for. A restore's `actions` are what we made of it at the time: sent again, they may be others. */
function wishOf({ kind, cluster, tenant, request }: Operation): string {
  return toText([kind, cluster, tenant, inOrder({ ...request, actions: null })]);
}

/** Two objects that say the same may have been put together in another order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, inOrder(item)]));
}

const SECOND: Readonly<Record<OperationKind, { readonly code: ProblemCode; readonly doing: string }>> = {
  "back-up": { code: "backup-already-running", doing: "is backing up" },
  restore: { code: "target-name-taken", doing: "is restoring into" },
  "start-archive": { code: "archive-already-running", doing: "is starting the log backup of" },
  "stop-archive": { code: "archive-not-running", doing: "is stopping the log backup of" },
  "set-destinations": { code: "destination-refused", doing: "is setting the destinations of" },
  "clean-up": { code: "target-name-taken", doing: "is cleaning up" },
};

export function refuseSecondActive({ kind, id, cluster, tenant }: Operation): Problem {
  const { code, doing } = SECOND[kind];
  return new Problem(code, {
    found: `Operation ${id} ${doing} ${cluster}/${tenant} already and has not ended.`,
    remedy:
      kind === "restore"
        ? "Choose another name, or wait for that operation."
        : "Wait for that operation to end.",
    values: { cluster, tenant, operation: id },
  });
}
