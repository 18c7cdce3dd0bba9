import { App } from "@oceanbase/design";
import { Link } from "@tanstack/react-router";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { api, newRequestId } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";
import { useRefusalMessage } from "../../parts/refusal-message.ts";
import { useRefusals } from "./refusals.ts";

type Task = AnswerOf<"listRestoreTasks">["items"][number];

/** S23: the cause, what a failed restore left, and another try from the same instant. */
export function RestoreTaskActions({ task }: { readonly task: Task }) {
  const text = useText();
  const hasEndedBadly = task.status === "failed" || task.status === "lost" || task.status === "canceled";
  if (task.operationId === null || !hasEndedBadly) return null;
  const source = { cluster: task.sourceCluster, tenant: task.sourceTenant };
  return (
    <span className="row-actions">
      <Link to="/operations/$id" params={{ id: task.operationId }}>
        {text(task.status === "canceled" ? "action.viewOperation" : "action.viewCause")}
      </Link>
      <CleanUp task={task} id={task.operationId} />
      <Link
        to="/tenants/$cluster/$tenant/restore"
        params={source}
        search={task.until === null ? {} : { at: task.until }}
      >
        {text("restore.retry")}
      </Link>
    </span>
  );
}

interface CleanUpProps {
  readonly task: Task;
  readonly id: string;
}

/** 清理, where the restore left something. */
export function CleanUp({ task, id }: CleanUpProps) {
  const text = useText();
  const refusal = useRefusals(task.targetCluster);
  const ask = useCleanUp(task, id);
  if (task.cleanUp === null || task.cleanUp.refusedBy?.code === "nothing-to-clean-up") return null;
  return (
    <ReasonedButton type="link" size="small" reason={refusal(task.cleanUp)} onClick={ask}>
      {text("restore.cleanUp")}
    </ReasonedButton>
  );
}

/** Asks first, naming what will be dropped. */
function useCleanUp(task: Task, id: string): () => void {
  const text = useText();
  const { modal, message } = App.useApp();
  const refuse = useRefusalMessage();
  return () => {
    const body = { requestId: newRequestId() };
    const params = { id };
    void modal.confirm({
      title: text("cleanUp.title", { tenant: task.targetTenant }),
      content: text("cleanUp.consequence", { tenant: task.targetTenant }),
      okText: text("cleanUp.confirm"),
      cancelText: text("action.cancel"),
      okButtonProps: { danger: true },
      onOk: () =>
        api
          .call("cleanUp", { params, body })
          .then(() => void message.success(text("operation.sent")), refuse),
    });
  };
}
