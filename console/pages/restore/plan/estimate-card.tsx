import { Link } from "@tanstack/react-router";
import { useFigures } from "../../../messages/figures.ts";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import type { Plan } from "../use-plan.ts";

/** How long, with the evidence; where nothing was measured that is what it says. */
export function EstimateCard({ plan, cluster }: { readonly plan: Plan; readonly cluster: string }) {
  const text = useText();
  const { duration, bytes } = useFigures();
  const { estimate } = plan;
  if (!estimate) {
    return (
      <Card title={text("wizard.estimate")}>
        <p>
          <strong>{text("wizard.estimate.none")}</strong>
        </p>
        <p className="second">
          {text("wizard.estimate.noneSays", {
            cluster,
            data: bytes(plan.dataBytes),
            logs: bytes(plan.logBytes),
          })}
        </p>
      </Card>
    );
  }
  return (
    <Card title={text("wizard.estimate")}>
      <p className="wizard-figure">{text("wizard.estimate.about", { length: duration(estimate.seconds) })}</p>
      <p className="second">
        <Link to="/operations/$id" params={{ id: estimate.basedOn }}>
          {text("wizard.estimate.basedOn", { id: estimate.basedOn })}
        </Link>
      </p>
    </Card>
  );
}
