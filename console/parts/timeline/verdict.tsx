import type { ReactNode } from "react";
import { isAlarming } from "../../messages/gap-cause.ts";
import { useRichText } from "../../messages/text.ts";
import type { InstantStyle } from "../time.tsx";
import type { RestorableView } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface VerdictProps {
  readonly view: RestorableView;
  readonly words: Words;
  readonly id: string;
  readonly className: string;
  /** Without the year where there is little room. */
  readonly style: InstantStyle;
  /** Shows the gaps: their count in the sentence is a button. */
  readonly onGaps: () => void;
}

/** The page's question answered in one sentence: to which instants can this tenant be restored? */
export function Verdict({ view, words, id, className, style, onGaps }: VerdictProps) {
  const rich = useRichText();
  const { earliest, latest, innerGaps, openGap } = view.verdict;
  if (earliest === null || latest === null) {
    return (
      <p className={className} id={id}>
        {openGap
          ? words.text("timeline.verdict.none", { cause: words.cause(openGap) })
          : words.text("timeline.verdict.nothing")}
      </p>
    );
  }
  const gaps = (chunks: ReactNode[]) => (
    <button type="button" className="tl-link" onClick={onGaps}>
      {chunks}
    </button>
  );
  const pieces = {
    from: words.instant(earliest, style),
    to: words.instant(latest, style),
    count: innerGaps,
    b: strong,
    gaps,
  };
  return (
    <p className={className} id={id}>
      {rich(verdictKey(view.verdict), pieces)}
      {openGap && isAlarming(openGap.cause) ? (
        <span className="tl-verdict-open">
          {" "}
          {words.text("verdict.growing", { cause: words.cause(openGap) })}
        </span>
      ) : null}
    </p>
  );
}

function verdictKey({ earliest, latest, innerGaps }: RestorableView["verdict"]) {
  if (earliest === latest) return "verdict.instant";
  return innerGaps === 0 ? "verdict.whole" : "verdict.withGaps";
}

function strong(chunks: ReactNode[]) {
  return <strong>{chunks}</strong>;
}
