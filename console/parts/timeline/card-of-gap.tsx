import { useCureText } from "../../messages/gap-cause.ts";
import { Facts } from "../facts.tsx";
import type { Gap } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface GapProps {
  readonly gap: Gap;
  readonly words: Words;
}

/** How long, why, in OceanBase's own words where it gave any, and what closes it. */
export function GapCard({ gap, words }: GapProps) {
  const { text, instant, length, cause } = words;
  const comment = "comment" in gap.cause ? gap.cause.comment : "";
  return (
    <div className="tl-card-gap">
      <header className="tl-card-head">
        <i className="tl-swatch tl-swatch-gap" />
        <strong>{text("timeline.gap.length", { length: length(gap) })}</strong>
      </header>
      <Facts
        facts={[
          { label: text("timeline.gap.from"), value: instant(gap.from, "full") },
          {
            label: text("timeline.gap.to"),
            value: gap.isOpen ? text("timeline.gap.open") : instant(gap.to, "full"),
          },
          { label: text("timeline.gap.cause"), value: cause(gap) },
          ...(comment ? [{ label: text("timeline.gap.reported"), value: <code>{comment}</code> }] : []),
        ]}
      />
      <p className="tl-card-note">
        <Closing gap={gap} words={words} />
      </p>
    </div>
  );
}

export function Closing({ gap, words }: GapProps) {
  const cure = useCureText();
  if (gap.closedBySetId !== null) return words.text("timeline.gap.closedBy", { setId: gap.closedBySetId });
  return cure(gap.cause);
}

export function PendingCard({ gap, words }: GapProps) {
  return (
    <>
      <header className="tl-card-head">
        <i className="tl-swatch tl-swatch-unknown" />
        <strong>{words.cause(gap)}</strong>
      </header>
      <Facts facts={[{ label: words.text("timeline.gap.from"), value: words.instant(gap.from, "full") }]} />
      <p className="tl-card-note">
        <Closing gap={gap} words={words} />
      </p>
    </>
  );
}

export function UnknownCard({ since, words }: { readonly since: bigint; readonly words: Words }) {
  return (
    <header className="tl-card-head">
      <i className="tl-swatch tl-swatch-unknown" />
      <strong>{words.text("timeline.unknownSince", { time: words.instant(since) })}</strong>
    </header>
  );
}
