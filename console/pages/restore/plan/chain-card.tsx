import type { ReactNode } from "react";
import { formatBytes } from "../../../messages/figures.ts";
import { useText } from "../../../messages/text.ts";
import { Card } from "../../../parts/card.tsx";
import { Glyph } from "../../../parts/glyph.tsx";
import { useWords } from "../../../parts/timeline/words.ts";
import type { Plan } from "../use-plan.ts";

/** Full set, increments, logs, and the instant that they end in. */
export function ChainCard({ plan }: { readonly plan: Plan }) {
  const { text, instant } = useWords();
  const until = BigInt(plan.until);
  return (
    <Card
      title={text("wizard.used")}
      side={text("wizard.reads", { bytes: formatBytes(plan.dataBytes + plan.logBytes) })}
    >
      <ol className="wizard-chain">
        {plan.sets.map((set) => (
          <Box
            key={set.id}
            head={
              <>
                <Glyph name={set.type} size={12} /> {text("wizard.set", { id: set.id })}
              </>
            }
            note={instant(BigInt(set.minRestoreScn), "short")}
            foot={formatBytes(set.outputBytes)}
          />
        ))}
        {plan.pieces.length === 0 ? null : (
          <Box
            head={
              <>
                <i className="tl-swatch tl-swatch-log" /> {text("wizard.logs", { count: plan.pieces.length })}
              </>
            }
            note={pieceRange(plan.pieces)}
            foot={formatBytes(plan.logBytes)}
          />
        )}
        <Box
          isEnd
          head={text("wizard.untilBox")}
          note={instant(until, "short")}
          foot={instant(until, "micros").slice(19)}
        />
      </ol>
      <Directories plan={plan} />
    </Card>
  );
}

interface BoxProps {
  readonly head: ReactNode;
  readonly note: string;
  readonly foot: string;
  readonly isEnd?: true;
}

function Box({ head, note, foot, isEnd }: BoxProps) {
  return (
    <li className={isEnd ? "is-end" : undefined}>
      <strong>{head}</strong>
      <span>{note}</span>
      <span>{foot}</span>
    </li>
  );
}

type Pieces = Plan["pieces"];

function pieceRange(pieces: Pieces): string {
  const name = ({ roundId, id }: Pieces[number]) => `r${roundId}p${id}`;
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return "";
  return first === last ? name(first) : `${name(first)} – ${name(last)}`;
}

function Directories({ plan }: { readonly plan: Plan }) {
  const text = useText();
  return (
    <details className="wizard-directories">
      <summary>
        {text("wizard.directoriesOf", { sets: plan.sets.length, pieces: plan.pieces.length })}
      </summary>
      <ul>
        {plan.sets.map((set) => (
          <li key={set.id}>
            {text("wizard.set", { id: set.id })} · SCN {set.minRestoreScn} <code>{set.path}</code>
          </li>
        ))}
        {plan.pieces.map((piece) => (
          <li key={`${piece.roundId}/${piece.id}`}>
            {text("wizard.piece", { round: piece.roundId, id: piece.id })} · SCN {piece.startScn} –{" "}
            {piece.endScn} <code>{piece.path}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
