import { useText } from "../../../messages/text.ts";
import { ObservationAge } from "../../../parts/observation.tsx";
import { StepFoot } from "../step-foot.tsx";
import type { StepProps } from "../wizard.tsx";
import { InstantCard } from "./instant-card.tsx";
import { SourceCard } from "./source-card.tsx";
import { DropTip, WillRestore } from "./will-restore.tsx";

export function InstantStep({ form, go, leave }: StepProps) {
  const text = useText();
  const isGood = form.answer?.kind === "restorable";
  const reason = !form.isReadable ? text("wizard.typed.first") : isGood ? null : text("wizard.needsInstant");
  return (
    <>
      <div className="two-columns">
        <div className="column">
          <SourceCard form={form} />
          <InstantCard form={form} />
        </div>
        <aside className="column wizard-aside">
          <WillRestore form={form} />
          <DropTip tenant={form.source.tenant} />
          <ObservationAge cluster={form.source.cluster} />
        </aside>
      </div>
      <StepFoot
        verb={text("wizard.next", { step: text("wizard.step.target") })}
        reason={reason}
        onNext={() => go("target")}
        onCancel={leave}
      />
    </>
  );
}
