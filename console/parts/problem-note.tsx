import type { ProblemBody } from "../../src/domain/problem.ts";
import { useProblemText } from "../messages/problem-text.ts";
import { useText } from "../messages/text.ts";
import { Glyph } from "./glyph.tsx";

interface ProblemNoteProps {
  readonly problem: ProblemBody;
  /** `error` went wrong or was refused; `warning` explains why something is not offered. */
  readonly tone?: "error" | "warning";
}

/** A refusal where it happened: what was found, what to do, both codes, and OceanBase's own words as they came. */
export function ProblemNote({ problem, tone = "error" }: ProblemNoteProps) {
  const text = useText();
  const { found, remedy } = useProblemText()(problem);
  return (
    <div className={`note note-${tone}`} role="alert">
      <Glyph name={tone === "error" ? "failed" : "warning"} />
      <div>
        <p className="note-found">{found}</p>
        <p>{remedy}</p>
        <p className="note-codes">
          {text("problem.code")} <code>{problem.code}</code>
          {problem.oceanbase ? <code> · {problem.oceanbase.errno}</code> : null}
        </p>
        {problem.oceanbase ? (
          <p className="note-codes">
            {text("problem.asReported")} <code>{problem.oceanbase.message}</code>
          </p>
        ) : null}
      </div>
    </div>
  );
}
