import type { AnswerOf } from "../api/contract.ts";
import { type Loose, toJson } from "../api/json.ts";
import { observedCluster, observedTenant } from "../control/acceptance.ts";
import type { Operation } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";
import type { RestoreOrder } from "../domain/restore-plan.ts";
import { scn } from "../domain/scn.ts";
import type { Store } from "../store/store.ts";
import { commandOfRestore } from "./command-lines.ts";
import type { CallOf, Handlers } from "./handler.ts";
import { instantOf } from "./instants.ts";

type OperationAnswer = Loose<AnswerOf<"showOperation">>;

export const OPERATION_HANDLERS: Handlers<
  "planRestore" | "restore" | "listOperations" | "showOperation" | "cancelOperation" | "cleanUp"
> = {
  async planRestore({ requests }, { body }) {
    const { plan, statements, estimate, observedAt } = await requests.planRestore(orderOf(body));
    const { actions: _, ...rest } = plan;
    return {
      ...toJson(rest),
      statements,
      estimate,
      observedAt,
      commandLine: commandOfRestore(body, plan.until),
    };
  },
  async restore({ requests }, { body }) {
    return operationAnswer(await requests.restore({ ...orderOf(body), requestId: body.requestId }));
  },
  async listOperations({ store }, { query }) {
    const { cluster, tenant, limit, offset } = query;
    const page = await store.operations({
      ...(cluster && { cluster }),
      ...(tenant && { tenant }),
      limit,
      offset,
    });
    if (page.total === 0 && cluster !== undefined) await refuseUnknown(store, { cluster, tenant });
    return { total: page.total, items: page.operations.map(operationAnswer) };
  },
  async showOperation({ store }, { params }) {
    const operation = await store.operation(params.id);
    if (operation) return operationAnswer(operation);
    throw new Problem("operation-unknown", {
      found: `There is no operation ${params.id}.`,
      remedy: "`holdfast operation list` shows the newest ones.",
      values: { operation: params.id },
    });
  },
  async cancelOperation({ requests }, { params }) {
    return operationAnswer(await requests.cancel(params.id));
  },
  async cleanUp({ requests }, { params, body }) {
    return operationAnswer(await requests.cleanUp({ operation: params.id, requestId: body.requestId }));
  },
};

/** Operations outlive their cluster and their tenant: only where there are none, the names are looked up. */
async function refuseUnknown(
  store: Store,
  { cluster, tenant }: { readonly cluster: string; readonly tenant: string | undefined },
): Promise<void> {
  await observedCluster(store, cluster);
  if (tenant !== undefined) await observedTenant(store, { cluster, tenant });
}

/** The plan's own actions stay inside: what a person sees of them are the statements. */
export function operationAnswer(operation: Operation): OperationAnswer {
  const { request } = operation;
  if (request.kind !== "restore") return toJson({ ...operation, request });
  const { actions: _, ...shown } = request;
  return toJson({ ...operation, request: shown });
}

function orderOf(body: CallOf<"planRestore">["body"]): RestoreOrder {
  const { source, until, target, activate, decryptionPasswords } = body;
  return {
    source,
    target,
    activate,
    decryptionPasswords,
    until: "latest" in until ? "latest" : "scn" in until ? scn(until.scn) : instantOf(until.time),
  };
}
