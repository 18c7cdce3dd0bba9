import type { Operation, OperationKind } from "../domain/operation.ts";
import { Problem, type ProblemCode } from "../domain/problem.ts";
import { askedBy, isSameWish } from "../domain/wish.ts";

/** The earlier operation when it is the same wish, sent again. Throws Problem when it is another one. */
export function refuseReusedRequest(earlier: Operation, operation: Operation): Operation {
  const isSamePlace = earlier.cluster === operation.cluster && earlier.tenant === operation.tenant;
  if (isSamePlace && isSameWish(askedBy(earlier.request), askedBy(operation.request))) return earlier;
  throw new Problem("request-id-reused", {
    found: `Request id ${operation.requestId} was used for another request, operation ${earlier.id}.`,
    remedy: "Send a new request id with a new request.",
    values: { requestId: operation.requestId, operation: earlier.id },
  });
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
