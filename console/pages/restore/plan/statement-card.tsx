import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { Statements } from "../../../parts/statements.tsx";
import type { Plan } from "../use-plan.ts";

/** Every restore prints its plain SQL: with it a DBA can finish by hand, without us. */
export function StatementCard({ plan }: { readonly plan: Plan }) {
  const text = useText();
  return (
    <Card className="wizard-statements">
      <Statements title={text("wizard.statements")} lines={plan.statements} copyLabel={text("copy.sql")} />
      <p className="second">{text("wizard.statementsSay")}</p>
      <Statements
        title={text("wizard.commandLine")}
        lines={[plan.commandLine]}
        copyLabel={text("copy.command")}
      />
    </Card>
  );
}
