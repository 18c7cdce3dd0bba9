import { captionsOf } from "./dense.ts";
import type { Painted } from "./geometry.ts";
import { type Gap, isPending } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface GapCaptionsProps {
  readonly gaps: readonly Painted<Gap>[];
  readonly width: number;
  /** Bottom of the band. */
  readonly top: number;
  readonly words: Words;
}

/** Length and cause under each gap; neighbours share one that counts them. */
export function GapCaptions({ gaps, width, top, words }: GapCaptionsProps) {
  const shown = gaps.filter((gap) => !isPending(gap.item));
  const captions = captionsOf(shown, { width, fontPx: 12, wordings: (items) => wordingsOf(items, words) });
  return (
    <g className="tl-captions">
      {captions.map((caption) => (
        <g key={String(caption.items[0].item.from)}>
          <line className="tl-gap-edge" x1={caption.anchor} x2={caption.anchor} y1={top} y2={top + 5} />
          <text className="tl-gap-text" x={caption.x} y={top + 18} textAnchor="middle">
            {caption.text}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Longest first: the cause is dropped before the length. */
function wordingsOf(
  items: readonly [Painted<Gap>, ...Painted<Gap>[]],
  { text, length, cause }: Words,
): string[] {
  if (items.length > 1) return [text("timeline.gap.many", { count: items.length })];
  const gap = items[0].item;
  const figures = { length: length(gap), cause: cause(gap) };
  return [text("timeline.gap.full", figures), text("timeline.gap.length", figures), text("timeline.gap")];
}
