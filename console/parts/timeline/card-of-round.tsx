import { Facts } from "../facts.tsx";
import type { Round } from "./restorable-view.ts";
import type { Words } from "./words.ts";

export function RoundCard({ round, words }: { readonly round: Round; readonly words: Words }) {
  const { text, instant } = words;
  const reported = round.interruption || round.comment;
  return (
    <div className="tl-card-gap">
      <header className="tl-card-head">
        <i className="tl-swatch tl-swatch-log" />
        <strong>{text("timeline.round", { roundId: round.roundId })}</strong>
      </header>
      <Facts
        facts={[
          {
            label: text("timeline.round.range"),
            value: `${instant(round.from)} → ${instant(round.to)}`,
          },
          {
            label: text("timeline.round.status"),
            value: `${words.roundState(round)} (${round.statusWord})`,
          },
          ...(reported ? [{ label: text("timeline.gap.reported"), value: <code>{reported}</code> }] : []),
        ]}
      />
    </div>
  );
}
