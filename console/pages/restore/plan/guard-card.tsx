import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { Glyph } from "../../../parts/glyph.tsx";
import type { Plan } from "../use-plan.ts";
import type { RestoreForm } from "../use-restore-form.ts";
import { useGuardText } from "./guard-text.ts";

/** What was checked and with which figures (X12). What fails is a problem instead of a row here. */
export function GuardCard({ form, plan }: { readonly form: RestoreForm; readonly plan: Plan }) {
  const text = useText();
  const found = useGuardText(form, plan);
  return (
    <Card title={text("wizard.guards")}>
      <ul className="wizard-guards">
        {plan.guards.map((guard) => (
          <li key={guard.name} title={guard.found}>
            <Glyph name={guard.isTight ? "warning" : "done"} />
            <span className="pale">{text(`wizard.guard.${guard.name}`)}</span>
            <span>{found(guard)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
