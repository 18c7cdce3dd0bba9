import { textWidth } from "./dense.ts";
import { type Band, beyond, type Painted, type Scale } from "./geometry.ts";
import type { Row } from "./layout.ts";
import { type Gap, type Interval, isPending } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface RestorableLaneProps {
  readonly band: Band<Interval, Gap>;
  readonly scale: Scale;
  readonly row: Row;
  readonly patterns: string;
  readonly words: Words;
  readonly now: bigint;
  /** Then nothing reaches up to now. */
  readonly isStale: boolean;
}

const RAIL = 3;
const CAP = 2;
/** Below this hatch would be noise. */
const HATCHED_FROM_PX = 8;

export function RestorableLane({ band, scale, row, patterns, words, now, isStale }: RestorableLaneProps) {
  return (
    <g className="tl-band">
      {band.greens.map((green) => (
        <Green key={`${green.item.from}-${green.start}`} {...{ green, scale, row, words, now, isStale }} />
      ))}
      {band.gaps.map((gap) => (
        <GapBlock key={String(gap.item.from)} {...{ gap, row, patterns }} />
      ))}
    </g>
  );
}

interface GreenProps {
  readonly green: Painted<Interval>;
  /** The observed clock. */
  readonly now: bigint;
  readonly isStale: boolean;
  readonly scale: Scale;
  readonly row: Row;
  readonly words: Words;
}

function Green(props: GreenProps) {
  const { green, scale, row } = props;
  const { start, end, item } = green;
  const goesOn = beyond(scale, item);
  const isLeftBeyond = goesOn.left && start === 0;
  const isRightBeyond = goesOn.right && end === scale.width && !item.isLive;
  const bottom = row.top + row.height;
  const middle = row.top + (row.height - RAIL) / 2;
  const label = labelThatFits({ ...props, isFromBeyond: isLeftBeyond });
  return (
    <g>
      <rect className="tl-green" x={start} y={row.top} width={end - start} height={row.height - RAIL} />
      <rect className="tl-rail" x={start} y={bottom - RAIL} width={end - start} height={RAIL} />
      {isLeftBeyond ? (
        <path className="tl-chevron" d={`M${start + 10} ${middle - 4}l-4 4l4 4`} />
      ) : (
        <rect
          className="tl-rail"
          x={start}
          y={row.top}
          width={Math.min(CAP, end - start)}
          height={row.height}
        />
      )}
      {isRightBeyond ? <path className="tl-chevron" d={`M${end - 10} ${middle - 4}l4 4l-4 4`} /> : null}
      {isRightBeyond || item.isLive ? null : (
        <rect
          className="tl-rail"
          x={Math.max(start, end - CAP)}
          y={row.top}
          width={CAP}
          height={row.height}
        />
      )}
      {label ? (
        <text
          className="tl-green-text"
          x={start + (isLeftBeyond ? 20 : 12)}
          y={middle}
          dominantBaseline="central"
        >
          {label}
        </text>
      ) : null}
    </g>
  );
}

const LABEL_PX = 12;

/** The longest wording that the green has room for. */
function labelThatFits(props: GreenProps & { readonly isFromBeyond: boolean }) {
  const { green, now, words, isStale, isFromBeyond } = props;
  const { start, end, item } = green;
  const kind = isFromBeyond ? "timeline.interval.beyond" : "timeline.interval.inside";
  const from = words.instant(item.from, "short");
  const to = words.instant(item.to, "short");
  const delay = words.length({ from: item.to, to: now > item.to ? now : item.to });
  const wordings = [
    ...(item.isLive && !isStale
      ? [words.text(kind, { from, to: words.text("timeline.interval.now", { delay }) })]
      : []),
    words.text(kind, { from, to }),
    words.text(kind, { from: words.instant(item.from, "minute"), to: words.instant(item.to, "minute") }),
  ];
  return wordings.find((text) => textWidth(text, LABEL_PX) + 34 <= end - start);
}

interface GapBlockProps {
  readonly gap: Painted<Gap>;
  readonly row: Row;
  readonly patterns: string;
}

function GapBlock({ gap, row, patterns }: GapBlockProps) {
  const width = gap.end - gap.start;
  if (isPending(gap.item)) {
    const fill = `url(#${patterns}-unknown)`;
    return <rect x={gap.start} y={row.top} width={width} height={row.height} fill={fill} />;
  }
  if (width < HATCHED_FROM_PX) {
    return <rect className="tl-gap-solid" x={gap.start} y={row.top} width={width} height={row.height} />;
  }
  return (
    <rect
      className="tl-gap"
      x={gap.start + 0.5}
      y={row.top + 0.5}
      width={width - 1}
      height={row.height - 1}
      fill={`url(#${patterns}-gap)`}
    />
  );
}
