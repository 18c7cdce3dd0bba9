import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Refusal } from "../../../src/api/client.ts";
import type { ProblemBody } from "../../../src/domain/problem.ts";
import { api } from "../../api.ts";
import { useText } from "../../messages/text.ts";
import { Card } from "../../parts/card.tsx";
import { useLostReason } from "../../parts/observation.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { formatInstant, useZone } from "../../parts/time.tsx";
import { SummaryCard } from "./plan/summary-card.tsx";
import { StepFoot } from "./step-foot.tsx";
import type { RestoreForm } from "./use-restore-form.ts";
import type { StepProps } from "./wizard.tsx";

/** What is made, what stays, what opens; then it is sent once, however often the button is pressed. */
export function ConfirmStep({ form, go, leave }: StepProps) {
  const text = useText();
  const { isSending, problem, send } = useSendRestore(form);
  const lost = useLostReason(form.proposal.cluster);
  return (
    <>
      <div className="two-columns">
        <div className="column">
          <Consequences form={form} />
          {problem ? <ProblemNote problem={problem} /> : null}
        </div>
        <aside className="column wizard-aside">
          {form.at === null ? null : <SummaryCard form={form} until={form.at} />}
        </aside>
      </div>
      <StepFoot
        verb={text("wizard.go")}
        reason={lost}
        isSending={isSending}
        onNext={send}
        onBack={() => go("plan")}
        onCancel={leave}
      />
    </>
  );
}

function Consequences({ form }: { readonly form: RestoreForm }) {
  const text = useText();
  const zone = useZone();
  const { source, proposal, draft, at } = form;
  const names = { source: source.tenant, target: proposal.tenant, cluster: proposal.cluster };
  const unit = "name" in proposal.unit ? "" : text("wizard.ask.unit");
  const lines = [
    text("wizard.ask.instant", { at: formatInstant(at ?? 0n, { zone, style: "full" }) }),
    text("wizard.ask.made", { ...names, unit }),
    text("wizard.ask.untouched", names),
    text(draft.activate ? "wizard.ask.activate" : "wizard.ask.standby", names),
    text("wizard.ask.canceled"),
  ];
  return (
    <Card title={text("wizard.ask", names)}>
      <ul className="wizard-consequences">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Card>
  );
}

function useSendRestore({ order, draft, forget, source }: RestoreForm) {
  const navigate = useNavigate();
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const attempt = async () => {
    setSending(true);
    setProblem(null);
    try {
      const operation = await api.call("restore", { body: { ...order, requestId: draft.requestId } });
      forget();
      await navigate({
        to: "/tenants/$cluster/$tenant/operations/$id",
        params: { ...source, id: operation.id },
        // Going back must not meet the button that has just been pressed.
        replace: true,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setProblem(error.problem);
    } finally {
      setSending(false);
    }
  };
  return { isSending, problem, send: () => void attempt() };
}
