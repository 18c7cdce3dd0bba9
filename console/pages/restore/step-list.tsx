import { useText } from "../../messages/text.ts";
import { Glyph } from "../../parts/glyph.tsx";
import { STEPS, type Step } from "./restore-search.ts";

interface StepListProps {
  readonly current: Step;
  readonly onGo: (step: Step) => void;
}

/** Steps that are done can be gone back to; those ahead open by 下一步. */
export function StepList({ current, onGo }: StepListProps) {
  const text = useText();
  const position = STEPS.indexOf(current);
  return (
    <ol className="wizard-steps" aria-label={text("wizard.steps")}>
      {STEPS.map((step, index) => (
        <li key={step} className={index < position ? "is-done" : undefined}>
          <button
            type="button"
            disabled={index >= position}
            aria-current={step === current ? "step" : undefined}
            onClick={() => onGo(step)}
          >
            <i>{index < position ? <Glyph name="done" size={12} /> : index + 1}</i>
            <span>{text(`wizard.step.${step}`)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
