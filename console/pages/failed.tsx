import { Button } from "@oceanbase/design";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useText } from "../messages/text.ts";
import { Card } from "../parts/card.tsx";
import { PageHead } from "../parts/page-head.tsx";

/** The page itself broke: a defect of ours, said as one, with the words to report. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const text = useText();
  return (
    <>
      <PageHead title={text("failed.title")} />
      <Card>
        <p>{text("failed.says")}</p>
        <pre className="code">{error instanceof Error ? error.message : String(error)}</pre>
        <Button onClick={reset}>{text("action.retry")}</Button>
      </Card>
    </>
  );
}
