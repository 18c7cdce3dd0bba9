import type { ReactNode } from "react";
import { useRichText } from "../../messages/text.ts";
import type { InstantStyle } from "../time.tsx";
import type { RestorableView } from "./restorable-view.ts";
import { useWords } from "./words.ts";

interface VerdictProps {
  readonly view: RestorableView;
  readonly id: string;
  readonly className: string;
  /** Without the year where there is little room. */
  readonly style: InstantStyle;
  /** Shows the gaps: the count in the sentence becomes a button. */
  readonly onGaps: () => void;
}

/** The page's question answered in one sentence. */
export function Verdict({ view, id, className, style, onGaps }: VerdictProps) {
  const rich = useRichText();
  const words = useWords();
  const { earliest, latest, innerGaps, openGap } = view.verdict;
  const gaps = (chunks: ReactNode[]) => (
    <button type="button" className="tl-link" onClick={onGaps}>
      {chunks}
    </button>
  );
  if (earliest === null || latest === null) {
    return (
      <p className={className} id={id}>
        {words.text("timeline.verdict.none")}
      </p>
    );
  }
  const instants = {
    earliest: words.instant(earliest, style),
    latest: words.instant(latest, style),
    b: strong,
  };
  return (
    <p className={className} id={id}>
      {innerGaps === 0
        ? rich("timeline.verdict", instants)
        : rich("timeline.verdict.gaps", { ...instants, gaps, count: innerGaps })}
      {openGap ? (
        <span className="tl-verdict-open">
          {" "}
          {words.text("timeline.verdict.open", {
            since: words.instant(openGap.from),
            cause: words.cause(openGap),
          })}
        </span>
      ) : null}
    </p>
  );
}

function strong(chunks: ReactNode[]) {
  return <strong>{chunks}</strong>;
}
