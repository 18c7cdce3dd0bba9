import { Button } from "@oceanbase/design";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Refusal } from "../../src/api/client.ts";
import { useText } from "../messages/text.ts";
import { ProblemNote } from "./problem-note.tsx";

interface AnsweredProps<Answer> {
  readonly query: UseQueryResult<Answer, Refusal>;
  /** Height that is kept while nothing is there yet, so that nothing jumps. */
  readonly room: number;
  readonly children: (answer: Answer) => ReactNode;
}

/** Shows an answer; while it loads its room, and where it was refused the problem in its place. The rest of the page works. */
export function Answered<Answer>({ query, room, children }: AnsweredProps<Answer>) {
  const text = useText();
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <div className="refused-part">
        <ProblemNote problem={query.error.problem} />
        <Button onClick={() => void query.refetch()}>{text("action.retry")}</Button>
      </div>
    );
  }
  return <div className="loading" style={{ minHeight: room }} aria-busy="true" />;
}
