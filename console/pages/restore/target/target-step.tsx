import { useState } from "react";
import type { Refusal } from "../../../../src/api/client.ts";
import { useText } from "../../../messages/text.ts";
import { Glyph } from "../../../parts/glyph.tsx";
import { useLostReason } from "../../../parts/observation.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { WillRestore } from "../instant/will-restore.tsx";
import { StepFoot } from "../step-foot.tsx";
import { usePlan } from "../use-plan.ts";
import type { RestoreForm } from "../use-restore-form.ts";
import type { StepProps } from "../wizard.tsx";
import { AfterCard } from "./after-card.tsx";
import { ResourceCard } from "./resource-card.tsx";
import { targetFaults } from "./target-faults.ts";
import { TenantCard } from "./tenant-card.tsx";

export function TargetStep({ form, go, leave }: StepProps) {
  const text = useText();
  const { plan, isSettled } = usePlan(form.order);
  const checked = useChecked(form, { plan, isSettled });
  return (
    <>
      <div className="two-columns">
        <form
          className="column wizard-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (checked.reason === null) go("plan");
          }}
        >
          <TenantCard form={form} />
          <ResourceCard form={form} />
          <AfterCard form={form} encrypted={useEncryptedSets(form, plan.error)} />
          <div aria-live="polite">{checked.note}</div>
        </form>
        <aside className="column wizard-aside">
          <WillRestore form={form} />
        </aside>
      </div>
      <StepFoot
        verb={text("wizard.next", { step: text("wizard.step.plan") })}
        reason={checked.reason}
        onNext={() => go("plan")}
        onBack={() => go("instant")}
        onCancel={leave}
      />
    </>
  );
}

/**
 * OceanBase tries the passwords on every set that it walks past, not only on those it reads: which these are the plan
 * tells, and only while it lacks a password.
 */
function useEncryptedSets(form: RestoreForm, error: Refusal | null): readonly string[] {
  const [asked, setAsked] = useState<string>("");
  const sets = error?.problem.code === "decryption-needed" ? error.problem.values.sets : undefined;
  const told = Array.isArray(sets) ? sets.join(",") : asked;
  if (told !== asked) setAsked(told);
  const own = (form.chain?.sets ?? []).filter((set) => set.encrypted).map((set) => String(set.id));
  return [...new Set([...own, ...told.split(",").filter(Boolean)])];
}

/** The target is checked while it is typed: what the plan would refuse is said here already. */
function useChecked(form: RestoreForm, { plan, isSettled }: ReturnType<typeof usePlan>) {
  const text = useText();
  const [fault] = targetFaults(form);
  const lost = useLostReason(form.proposal.cluster);
  const { cluster } = form.proposal;
  if (lost !== null) return { note: null, reason: text("wizard.targetLost", { cluster, lost }) };
  if (fault) return { note: null, reason: text(fault.says, fault.values) };
  if (!isSettled) return { note: <p className="second">{text("wizard.checking")}</p>, reason: null };
  if (plan.error)
    return { note: <ProblemNote problem={plan.error.problem} />, reason: text("wizard.checkFirst") };
  return {
    note: (
      <p className="wizard-good">
        <Glyph name="done" />
        <span>{text("wizard.fits", { zones: plan.data?.room.length ?? 0 })}</span>
      </p>
    ),
    reason: null,
  };
}
