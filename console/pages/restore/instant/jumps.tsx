import { Dropdown } from "@oceanbase/design";
import { useText } from "../../../messages/text.ts";
import { wholeMicrosecond } from "../../../parts/timeline/answer-at.ts";
import { isPending, type RestorableView } from "../../../parts/timeline/restorable-view.ts";
import { useWords } from "../../../parts/timeline/words.ts";
import type { RestoreForm } from "../use-restore-form.ts";
import type { PickProps } from "./instant-card.tsx";

const MOST_SETS = 30;

interface JumpsProps extends Pick<PickProps, "pick"> {
  readonly form: RestoreForm;
  readonly onLatest: () => void;
}

/** The instants that people come for: the newest, the two sides of the last gap, a set's own. */
export function Jumps({ form, pick, onLatest }: JumpsProps) {
  const text = useText();
  const words = useWords();
  const { before, after } = aroundLastGap(form.view);
  const marks = form.view.strip.marks.filter((mark) => mark.isRestorable).toReversed();
  return (
    <p className="wizard-jumps">
      {text("wizard.jump")}{" "}
      <button type="button" className="as-link" onClick={onLatest}>
        {text("wizard.jump.latest")}
      </button>
      {before === null ? null : (
        <button type="button" className="as-link" onClick={() => pick(before)}>
          {text("wizard.jump.beforeGap")}
        </button>
      )}
      {after === null ? null : (
        <button type="button" className="as-link" onClick={() => pick(after)}>
          {text("wizard.jump.afterGap")}
        </button>
      )}
      <Dropdown
        trigger={["click"]}
        menu={{
          items: marks.slice(0, MOST_SETS).map((mark) => ({
            key: String(mark.setId),
            label: `${words.setName(mark)} · ${words.instant(mark.at)}`,
            onClick: () => pick(mark.at),
          })),
        }}
      >
        <button type="button" className="as-link">
          {text("wizard.jump.set")}
        </button>
      </Dropdown>
    </p>
  );
}

/** A gap that nothing restorable comes before is the beginning of the history, not a hole in it. */
function aroundLastGap({ strip }: RestorableView): {
  readonly before: bigint | null;
  readonly after: bigint | null;
} {
  const [first] = strip.intervals;
  const gap = strip.gaps.findLast((item) => !isPending(item) && first !== undefined && item.from > first.to);
  if (!gap) return { before: null, after: null };
  const left = strip.intervals.findLast((interval) => interval.to < gap.from);
  const right = strip.intervals.find((interval) => interval.from > gap.to);
  return {
    before: left ? (wholeMicrosecond(left, "last") ?? left.to) : null,
    after: right ? (wholeMicrosecond(right, "first") ?? right.from) : null,
  };
}
