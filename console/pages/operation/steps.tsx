import { useFigures } from "../../messages/figures.ts";
import { useText } from "../../messages/text.ts";
import { Card } from "../../parts/card.tsx";
import { Glyph, type GlyphName } from "../../parts/glyph.tsx";
import type { OperationAnswer } from "../../parts/operation-words.ts";
import { CodeLines } from "../../parts/statements.tsx";
import { instantOfMicros, TimeText } from "../../parts/time.tsx";

type Step = OperationAnswer["steps"][number];

type State = Step["state"] | "canceled";

const GLYPHS: Readonly<Record<State, GlyphName | null>> = {
  waiting: null,
  sending: "running",
  watching: "running",
  done: "done",
  failed: "failed",
  skipped: null,
  canceled: null,
};

/** OceanBase ends a canceled job as failed; where a person wanted it so, it is the cancellation. */
function stateOf(step: Step, operation: OperationAnswer): State {
  return step.state === "failed" && operation.outcome === "canceled" ? "canceled" : step.state;
}

/** What was done, in order: when, how long, the words that were sent (secrets masked) and what came of them. */
export function OperationSteps({ operation }: { readonly operation: OperationAnswer }) {
  const text = useText();
  return (
    <Card title={text("operation.steps")}>
      <ol className="steps">
        {operation.steps.map((step) => (
          <StepRow key={step.name} step={step} state={stateOf(step, operation)} />
        ))}
      </ol>
    </Card>
  );
}

interface StepRowProps {
  readonly step: Step;
  readonly state: State;
}

function StepRow({ step, state }: StepRowProps) {
  const text = useText();
  const glyph = GLYPHS[state];
  return (
    <li className={`step step-${state}`}>
      <span className="step-mark">{glyph ? <Glyph name={glyph} size={12} /> : null}</span>
      <div className="step-body">
        <p className="step-line">
          <span className="step-name">{text(`step.${step.name}`)}</span>
          <span className="second">
            <StepTimes step={step} state={state} />
          </span>
        </p>
        {step.statements.length > 0 && step.sentAt !== null ? <CodeLines lines={step.statements} /> : null}
        <p className="second">
          {step.timesSent > 1 ? `${text("step.sentTimes", { times: step.timesSent })} ` : ""}
          {step.note}
        </p>
      </div>
    </li>
  );
}

function StepTimes({ step, state }: StepRowProps) {
  const text = useText();
  const { duration } = useFigures();
  if (step.startedAt === null) return text(`stepState.${state}`);
  return (
    <>
      {text(`stepState.${state}`)} · <TimeText at={instantOfMicros(step.startedAt)} format="clock" />
      {step.endedAt === null ? null : ` · ${duration((step.endedAt - step.startedAt) / 1e6)}`}
    </>
  );
}
