import { Closing } from "./card-of-gap.tsx";
import { overlaps } from "./geometry.ts";
import { type InstantRange, isPending, type RestorableView } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface GapBlocksProps {
  readonly view: RestorableView;
  readonly range: InstantRange;
  readonly words: Words;
}

const MOST = 5;

/** On a phone there is no hovering: each gap of the window tells its story below the drawing. */
export function GapBlocks({ view, range, words }: GapBlocksProps) {
  const gaps = view.gaps.filter((gap) => !isPending(gap) && overlaps(range, gap));
  return (
    <>
      {gaps.slice(-MOST).map((gap) => (
        <div className="tl-gap-block" key={String(gap.from)}>
          <strong>
            <i className="tl-swatch tl-swatch-gap" />{" "}
            {words.text("timeline.gap.length", { length: words.length(gap) })}
          </strong>
          <span>
            {words.instant(gap.from, "short")} → {words.instant(gap.to, "short")}
          </span>
          <span>
            {words.text("timeline.gap.story", { cause: words.cause(gap) })}{" "}
            <Closing gap={gap} words={words} />
          </span>
        </div>
      ))}
      {gaps.length > MOST ? (
        <p className="tl-hint">{words.text("timeline.gap.many", { count: gaps.length })}</p>
      ) : null}
    </>
  );
}
