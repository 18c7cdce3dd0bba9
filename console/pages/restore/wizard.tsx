import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useText } from "../../messages/text.ts";
import { Card } from "../../parts/card.tsx";
import { Empty } from "../../parts/empty.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { ConfirmStep } from "./confirm-step.tsx";
import { InstantStep } from "./instant/instant-step.tsx";
import { PlanStep } from "./plan/plan-step.tsx";
import { openStep, type RestoreSearch, type Step } from "./restore-search.ts";
import { StepList } from "./step-list.tsx";
import { targetFaults } from "./target/target-faults.ts";
import { TargetStep } from "./target/target-step.tsx";
import { type RestoreForm, type RestoreParts, useRestoreForm } from "./use-restore-form.ts";

interface WizardProps extends Omit<RestoreParts, "at"> {
  readonly search: RestoreSearch;
}

export interface StepProps {
  readonly form: RestoreForm;
  readonly go: (step: Step) => void;
  readonly leave: () => void;
}

export function Wizard({ page, restorable, search }: WizardProps) {
  const text = useText();
  const navigate = useNavigate();
  const form = useRestoreForm({ page, restorable, at: search.at });
  const [planned, setPlanned] = useState<RestoreForm | null>(null);
  const { source } = form;
  const go = (step: Step) => {
    form.keep();
    void navigate({ to: "/tenants/$cluster/$tenant/restore", params: source, search: { step } });
  };
  const confirm = (until: string) => {
    setPlanned(fixedAt(form, until));
    go("confirm");
  };
  const leave = () => void navigate({ to: "/tenants/$cluster/$tenant/backup", params: source });
  const step = openStep(search.step ?? "instant", {
    isBegun: form.isBegun,
    hasInstant: form.isReadable && form.answer?.kind === "restorable",
    hasTarget: targetFaults(form).length === 0,
    hasPlan: planned?.draft.requestId === form.draft.requestId,
  });
  // The instant now lives in the draft: an address that kept it would take it back with each reload.
  useEffect(() => {
    if (search.at !== undefined) void navigate({ to: ".", search: { step: search.step }, replace: true });
  }, [search.at, search.step, navigate]);
  return (
    <>
      <PageHead title={text("wizard.title")} identity={<StepList current={step} onGo={go} />} />
      {form.at === null ? (
        <Card>
          <Empty says={text("wizard.nothing", { tenant: source.tenant })}>
            <Link className="button-link" to="/tenants/$cluster/$tenant/backup" params={source}>
              {text("wizard.nothing.goOn")}
            </Link>
          </Empty>
        </Card>
      ) : (
        <StepContent {...{ step, form, planned, go, confirm, leave }} />
      )}
    </>
  );
}

/** The form with the instant that its plan was made for: what is confirmed is what is sent, also where it was 最新. */
function fixedAt(form: RestoreForm, until: string): RestoreForm {
  return { ...form, at: BigInt(until), order: { ...form.order, until: { scn: until } } };
}

interface ContentProps extends StepProps {
  readonly step: Step;
  readonly planned: RestoreForm | null;
  readonly confirm: (until: string) => void;
}

function StepContent({ step, planned, confirm, ...props }: ContentProps) {
  if (step === "target") return <TargetStep {...props} />;
  if (step === "plan") return <PlanStep {...props} confirm={confirm} />;
  if (step === "confirm" && planned) return <ConfirmStep {...props} form={planned} />;
  return <InstantStep {...props} />;
}
