import { Button } from "@oceanbase/design";
import type { ReactNode } from "react";
import { useText } from "../../messages/text.ts";
import { ReasonedButton } from "../../parts/reasoned-button.tsx";

interface StepFootProps {
  readonly note?: ReactNode;
  readonly verb: string;
  /** Why it does not go on; also said beside the button. */
  readonly reason: string | null;
  readonly isSending?: boolean;
  readonly onNext: () => void;
  readonly onBack?: () => void;
  readonly onCancel: () => void;
}

export function StepFoot({ note, verb, reason, isSending, onNext, onBack, onCancel }: StepFootProps) {
  const text = useText();
  return (
    <footer className="wizard-foot">
      <p className={reason ? "warning-words" : "second"}>{reason ?? note ?? text("wizard.draft")}</p>
      <div className="buttons">
        <Button onClick={onCancel}>{text("wizard.cancel")}</Button>
        {onBack ? <Button onClick={onBack}>{text("wizard.previous")}</Button> : null}
        <ReasonedButton type="primary" reason={reason} loading={isSending ?? false} onClick={onNext}>
          {verb}
        </ReasonedButton>
      </div>
    </footer>
  );
}
