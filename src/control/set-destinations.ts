import type { Operation, SetDestinationsRequest } from "../domain/operation.ts";
import { type DoorRequest, IN_THE_ANSWER, type StepRule } from "./step-rule.ts";

/**
 * Two statements that answer when they have taken effect. OceanBase prints a destination back in its own form, so the
 * answer is believed, not a comparison of texts; sent twice they do no harm.
 */
export const SET_DESTINATIONS_STEPS: readonly StepRule[] = [
  {
    name: "set-data-destination",
    request: (operation) => destinationRequest(operation, "data"),
    effect: () => IN_THE_ANSWER,
    repeatable: true,
    cancel: () => null,
  },
  {
    name: "set-archive-destination",
    request: (operation) => destinationRequest(operation, "archive"),
    effect: () => IN_THE_ANSWER,
    repeatable: true,
    cancel: () => null,
  },
];

/** The URIs of the request are masked; the real ones are put in from the sealed secrets when it is sent. */
function destinationRequest(operation: Operation, which: "data" | "archive"): DoorRequest {
  const { data, archive } = operation.request as SetDestinationsRequest;
  return {
    ask: "set-destinations",
    with: {
      tenant: operation.tenant,
      data: which === "data" ? data : null,
      archive: which === "archive" ? archive : null,
    },
  };
}
