import { useFigures } from "../../messages/figures.ts";
import { useProblemText } from "../../messages/problem-text.ts";
import { useText } from "../../messages/text.ts";
import { Facts } from "../../parts/facts.tsx";
import { Glyph } from "../../parts/glyph.tsx";
import type { OperationAnswer } from "../../parts/operation-words.ts";
import { Share } from "../../parts/status.tsx";
import { instantOfScn, TimeText } from "../../parts/time.tsx";
import { RestoreLeftovers } from "./restore-leftovers.tsx";

/** While it runs: how far it is. Ended badly: what was found, what stays safe, what to do. Ended well: what it gives. Canceled: what stays. */
export function OperationCause({ operation }: { readonly operation: OperationAnswer }) {
  if (operation.problem) return <Failure operation={operation} problem={operation.problem} />;
  if (operation.phase !== "ended") return <UnderWay operation={operation} />;
  if (operation.outcome === "canceled") return <Canceled operation={operation} />;
  return operation.outcome === "succeeded" ? <Success operation={operation} /> : null;
}

function useSafeText(operation: OperationAnswer): string {
  const text = useText();
  return text(`operation.safe.${operation.kind}`, {
    tenant: sourceOf(operation),
    target: operation.tenant,
  });
}

function Canceled({ operation }: { readonly operation: OperationAnswer }) {
  const text = useText();
  const safe = useSafeText(operation);
  return (
    <section className="card">
      <h2>{text("outcome.canceled")}</h2>
      {operation.cancelRequestedAt === null ? (
        <p>
          {text(operation.kind === "restore" ? "operation.canceledRestore" : "operation.canceledElsewhere")}
        </p>
      ) : null}
      <p>{safe}</p>
      <Leftovers operation={operation} />
    </section>
  );
}

function Leftovers({ operation }: { readonly operation: OperationAnswer }) {
  const { request } = operation;
  return request.kind === "restore" ? <RestoreLeftovers operation={operation} request={request} /> : null;
}

interface FailureProps {
  readonly operation: OperationAnswer;
  readonly problem: NonNullable<OperationAnswer["problem"]>;
}

function Failure({ operation, problem }: FailureProps) {
  const text = useText();
  const { found, remedy } = useProblemText()(problem);
  const safe = useSafeText(operation);
  const reported = problem.oceanbase;
  return (
    <section className="card failure" role="alert">
      <header className="failure-head">
        <Glyph name="failed" size={18} />
        <div>
          <h2>{found}</h2>
          <p>{safe}</p>
          {operation.phase === "ended" ? <Leftovers operation={operation} /> : null}
        </div>
      </header>
      <Facts
        facts={[
          { label: text("problem.remedy"), value: remedy },
          {
            label: text("problem.code"),
            value: <code>{reported ? `${problem.code} · ${reported.errno}` : problem.code}</code>,
          },
          ...(reported
            ? [{ label: text("problem.asReported"), value: <code>{reported.message}</code> }]
            : []),
        ]}
      />
    </section>
  );
}

function sourceOf(operation: OperationAnswer): string {
  return operation.request.kind === "restore" ? operation.request.source.tenant : operation.tenant;
}

function UnderWay({ operation }: { readonly operation: OperationAnswer }) {
  const text = useText();
  const { bytes } = useFigures();
  const progress = operation.progress;
  return (
    <section className="card">
      <h2>{text("operation.underWay")}</h2>
      <p className="under-way">
        {progress?.fraction === null || progress === null ? (
          text("operation.noFigure")
        ) : (
          <Share fraction={progress.fraction} label={text("field.progress")} />
        )}
        {progress?.phaseWord ? <code>{progress.phaseWord}</code> : null}
        {progress?.outputBytes ? (
          <span className="second">{text("field.written", { size: bytes(progress.outputBytes) })}</span>
        ) : null}
      </p>
    </section>
  );
}

function Success({ operation }: { readonly operation: OperationAnswer }) {
  const text = useText();
  const { result, request } = operation;
  const isFullInstead =
    request.kind === "back-up" && request.type === "incremental" && result.actualType === "full";
  return (
    <section className="card success">
      <h2>
        <Glyph name="done" /> {text(`operation.done.${operation.kind}`, { tenant: operation.tenant })}
      </h2>
      {result.setId === null ? null : <p>{text("field.set", { set: result.setId })}</p>}
      {result.minRestoreScn === null ? null : (
        <p>
          {text("field.restorableInstant")} <TimeText at={instantOfScn(result.minRestoreScn)} withOffset />
        </p>
      )}
      {isFullInstead ? <p className="warning-words">{text("operation.becameFull")}</p> : null}
    </section>
  );
}
