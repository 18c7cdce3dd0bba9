import { App } from "@oceanbase/design";
import { api, useAnswer } from "../api.ts";
import { useText } from "../messages/text.ts";
import { Answered } from "../parts/answered.tsx";
import { ObservationAge, useLostReason } from "../parts/observation.tsx";
import { type OperationAnswer, useOperationState, useOperationTitle } from "../parts/operation-words.ts";
import { PageHead } from "../parts/page-head.tsx";
import { ReasonedButton } from "../parts/reasoned-button.tsx";
import { useRefusalMessage } from "../parts/refusal-message.ts";
import { Status } from "../parts/status.tsx";
import { OperationCause } from "./operation/cause.tsx";
import { OperationFacts } from "./operation/operation-facts.tsx";
import { OperationSteps } from "./operation/steps.tsx";

/** Read in this order at three in the morning: what happened, is my data safe, what do I do, what was done. */
export function OperationPage({ id }: { readonly id: string }) {
  const operation = useAnswer("showOperation", { params: { id } });
  return (
    <Answered query={operation} room={480}>
      {(answer) => (
        <>
          <OperationHead operation={answer} />
          <div className="two-columns">
            <div className="column">
              <OperationCause operation={answer} />
              <OperationSteps operation={answer} />
            </div>
            <OperationFacts operation={answer} />
          </div>
        </>
      )}
    </Answered>
  );
}

function OperationHead({ operation }: { readonly operation: OperationAnswer }) {
  const title = useOperationTitle()(operation);
  const { tone, word } = useOperationState()(operation);
  return (
    <PageHead
      title={title}
      identity={
        <>
          <Status tone={tone}>{word}</Status>
          <ObservationAge cluster={operation.cluster} />
        </>
      }
      actions={operation.phase === "ended" ? null : <CancelButton operation={operation} />}
    />
  );
}

function CancelButton({ operation }: { readonly operation: OperationAnswer }) {
  const text = useText();
  const { modal } = App.useApp();
  const refuse = useRefusalMessage();
  const lost = useLostReason(operation.cluster);
  const reason = operation.cancelRequestedAt === null ? lost : text("operation.alreadyCanceling");
  const ask = () =>
    modal.confirm({
      title: text("operation.cancelTitle"),
      content: text(operation.kind === "restore" ? "operation.cancelRestore" : "operation.cancelOther"),
      okText: text("operation.cancelIt"),
      cancelText: text("action.goOn"),
      okButtonProps: { danger: true },
      onOk: () => api.call("cancelOperation", { params: { id: operation.id } }).catch(refuse),
    });
  return (
    <ReasonedButton danger reason={reason} onClick={() => void ask()}>
      {text("action.cancel")}
    </ReasonedButton>
  );
}
