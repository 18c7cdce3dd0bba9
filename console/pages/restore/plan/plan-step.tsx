import { Button } from "@oceanbase/design";
import type { Refusal } from "../../../../src/api/client.ts";
import { useText } from "../../../messages/text.ts";
import { Answered } from "../../../parts/answered.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { useWords } from "../../../parts/timeline/words.ts";
import { StepFoot } from "../step-foot.tsx";
import { usePlan } from "../use-plan.ts";
import type { StepProps } from "../wizard.tsx";
import { ChainCard } from "./chain-card.tsx";
import { EstimateCard } from "./estimate-card.tsx";
import { GuardCard } from "./guard-card.tsx";
import { RoomCard } from "./room-card.tsx";
import { StatementCard } from "./statement-card.tsx";
import { SummaryCard } from "./summary-card.tsx";

interface PlanProblemProps extends Pick<StepProps, "go"> {
  readonly error: Refusal;
  /** Then the old plan still stands on the page and does not say what is wrong by now. */
  readonly hasOldPlan: boolean;
}

/** Passwords are never stored: a page that was loaded again needs them once more. */
function PlanProblem({ error, hasOldPlan, go }: PlanProblemProps) {
  const text = useText();
  return (
    <>
      {hasOldPlan ? <ProblemNote problem={error.problem} /> : null}
      {error.problem.code === "decryption-needed" ? (
        <p>
          <Button onClick={() => go("target")}>{text("wizard.givePasswords")}</Button>
        </p>
      ) : null}
    </>
  );
}

interface PlanStepProps extends StepProps {
  /** Goes on with exactly the instant of the plan. */
  readonly confirm: (until: string) => void;
}

/** What will be read, what it needs, how long it takes and what will be sent; nothing is sent yet. */
export function PlanStep({ form, go, confirm, leave }: PlanStepProps) {
  const text = useText();
  const { instant } = useWords();
  const { plan, isSettled } = usePlan(form.order);
  const reason = plan.error ? text("wizard.checkFirst") : isSettled ? null : text("wizard.checking");
  const checkedAt = instant(BigInt(plan.dataUpdatedAt) * 1_000_000n, "clock");
  return (
    <>
      <Answered query={plan} room={640}>
        {(answer) => (
          <>
            <div className="two-columns">
              <div className="column">
                <ChainCard plan={answer} />
                <RoomCard plan={answer} cluster={form.proposal.cluster} />
                <GuardCard form={form} plan={answer} />
              </div>
              <aside className="column wizard-aside">
                <EstimateCard plan={answer} cluster={form.proposal.cluster} />
                <SummaryCard form={form} until={BigInt(answer.until)} />
              </aside>
            </div>
            <StatementCard plan={answer} />
          </>
        )}
      </Answered>
      {plan.error ? <PlanProblem error={plan.error} hasOldPlan={plan.data !== undefined} go={go} /> : null}
      <StepFoot
        note={text("wizard.planAt", { at: checkedAt })}
        verb={text("wizard.next", { step: text("wizard.step.confirm") })}
        reason={reason}
        onNext={() => (plan.data ? confirm(plan.data.until) : undefined)}
        onBack={() => go("target")}
        onCancel={leave}
      />
    </>
  );
}
