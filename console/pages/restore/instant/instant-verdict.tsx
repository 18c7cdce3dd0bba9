import { Button } from "@oceanbase/design";
import { Glyph } from "../../../parts/glyph.tsx";
import { type AnswerAt, nearestRestorable, wholeMicrosecond } from "../../../parts/timeline/answer-at.ts";
import type { Interval } from "../../../parts/timeline/restorable-view.ts";
import { useWords, type Words } from "../../../parts/timeline/words.ts";
import type { Chain } from "../chain.ts";
import type { RestoreForm } from "../use-restore-form.ts";
import type { PickProps } from "./instant-card.tsx";

type VerdictProps = PickProps & { readonly form: RestoreForm };

/** The answer beside the fields: from which sets and logs, or why not and the two nearest instants. */
export function InstantVerdict({ form, at, pick }: VerdictProps) {
  const words = useWords();
  const { text } = words;
  if (form.answer?.kind === "restorable") {
    return (
      <p className="wizard-good" role="status">
        <Glyph name="done" />
        <span>{form.chain ? chainText(form.chain, words) : text("wizard.good")}</span>
      </p>
    );
  }
  return (
    <div className="note note-error" role="alert">
      <Glyph name="failed" />
      <div>
        <p>
          <strong className="gap-words">{text("wizard.bad")}</strong>{" "}
          {form.answer ? whyNot(form.answer, { at, now: form.view.now, words }) : null}
        </p>
        <Alternatives {...{ form, at, pick }} />
      </div>
    </div>
  );
}

function chainText({ sets, replay }: Chain, { text, length }: Words): string {
  const names = sets.map(({ id, type }, index) => {
    const isLast = index === sets.length - 1;
    if (type === "full") return text("wizard.setFull", { id });
    return isLast ? text("wizard.setIncremental", { id }) : String(id);
  });
  const figures = { sets: names.join(" → "), length: length(replay) };
  return text(replay.from < replay.to ? "wizard.good.sets" : "wizard.good.exact", figures);
}

interface Situation {
  readonly at: bigint;
  readonly now: bigint;
  readonly words: Words;
}

function whyNot(answer: AnswerAt, { at, now, words }: Situation): string {
  const { text, instant, cause } = words;
  if (answer.kind === "gap") {
    const { gap } = answer;
    const figures = { cause: cause(gap), from: instant(gap.from), to: instant(gap.to) };
    return text(gap.isOpen ? "wizard.bad.openGap" : "wizard.bad.gap", figures);
  }
  if (answer.kind === "pending") {
    return text("wizard.bad.pending", { at: instant(at), latest: instant(answer.gap.from) });
  }
  if (answer.kind === "before") return text("wizard.bad.before");
  return at > now
    ? text("wizard.bad.future", { at: instant(at), now: instant(now) })
    : text("wizard.bad.unknown");
}

/** The nearest restorable instants, to the microsecond, as buttons that adopt them. */
function Alternatives({ form, at, pick }: VerdictProps) {
  const { text, instant } = useWords();
  const intervals = [...form.view.strip.intervals, ...form.view.intervals];
  const { before, after } = nearestRestorable(intervals, at);
  const last = before === null ? null : typeable(intervals, { edge: before, end: "last" });
  const first = after === null ? null : typeable(intervals, { edge: after, end: "first" });
  return (
    <p className="wizard-alternatives">
      {text("wizard.bad.use")}
      {last === null ? null : (
        <Button onClick={() => pick(last)}>
          {text("wizard.bad.before.use", { at: instant(last, "micros").slice(5) })}
        </Button>
      )}
      {first === null ? null : (
        <Button onClick={() => pick(first)}>
          {text("wizard.bad.after.use", { at: instant(first, "micros").slice(5) })}
        </Button>
      )}
    </p>
  );
}

function typeable(
  intervals: readonly Interval[],
  { edge, end }: { readonly edge: bigint; readonly end: "first" | "last" },
): bigint {
  const interval = intervals.find((item) => (end === "last" ? item.to : item.from) === edge);
  return (interval && wholeMicrosecond(interval, end)) ?? edge;
}
