import type { ReactNode } from "react";
import type { AnswerOf } from "../../../src/api/contract.ts";
import { isAlarming, useCauseText } from "../../messages/gap-cause.ts";
import { useRichText, useText } from "../../messages/text.ts";
import { instantOfScn, TimeText } from "../../parts/time.tsx";

type Verdict = AnswerOf<"showTenant">["verdict"];

interface VerdictProps {
  readonly verdict: Verdict;
  readonly tenant: string;
}

/** The page's question answered in one sentence: to which instants can this tenant be restored? */
export function VerdictSentence({ verdict, tenant }: VerdictProps) {
  const text = useText();
  const rich = useRichText();
  const causeText = useCauseText();
  const { earliest, latest, innerGaps, openGap } = verdict;
  if (earliest === null || latest === null) {
    const cause = openGap ? causeText(openGap.cause) : text("cause.no-backup-yet", {});
    return <p className="verdict">{text("verdict.none", { tenant, cause })}</p>;
  }
  const pieces = {
    from: <TimeText key="from" at={instantOfScn(earliest)} />,
    to: <TimeText key="to" at={instantOfScn(latest)} />,
    count: innerGaps,
    b: strong,
    gaps: plain,
  };
  return (
    <p className="verdict">
      {rich(verdictKey(verdict), pieces)}
      {openGap && isAlarming(openGap.cause) ? (
        <span className="gap-words"> {text("verdict.growing", { cause: causeText(openGap.cause) })}</span>
      ) : null}
    </p>
  );
}

function verdictKey({ earliest, latest, innerGaps }: Verdict) {
  if (earliest === latest) return "verdict.instant";
  return innerGaps === 0 ? "verdict.whole" : "verdict.withGaps";
}

function strong(chunks: ReactNode[]): ReactNode {
  return <strong>{chunks}</strong>;
}

function plain(chunks: ReactNode[]): ReactNode {
  return chunks;
}
