import { useAnswer } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import type { OperationAnswer } from "../../parts/operation-words.ts";
import { instantOfMicros, isoOf, SECOND } from "../../parts/time.tsx";
import { CleanUp } from "../tenant/restore-task-actions.tsx";

interface RestoreLeftoversProps {
  readonly operation: OperationAnswer;
  readonly request: Extract<OperationAnswer["request"], { readonly kind: "restore" }>;
}

/** What a restore that did not end well may have left in the target cluster, and the way to be rid of it. */
export function RestoreLeftovers({ operation, request }: RestoreLeftoversProps) {
  const text = useText();
  const began = instantOfMicros(operation.requestedAt);
  const tasks = useAnswer("listRestoreTasks", {
    params: request.source,
    query: { from: isoOf(began - SECOND), to: isoOf(began + SECOND) },
  });
  const task = tasks.data?.items.find(({ operationId }) => operationId === operation.id);
  if (!task?.cleanUp || task.cleanUp.refusedBy?.code === "nothing-to-clean-up") return null;
  return (
    <p className="leftovers">
      {text("operation.leftovers", { target: request.target.tenant })}{" "}
      <CleanUp task={task} id={operation.id} />
    </p>
  );
}
