import { textWidth } from "./dense.ts";
import { coveringPixels, overlaps, type Scale, xOf } from "./geometry.ts";
import type { Row } from "./layout.ts";
import type { Round } from "./restorable-view.ts";
import type { Words } from "./words.ts";

interface LogLaneProps {
  readonly rounds: readonly Round[];
  readonly scale: Scale;
  readonly row: Row;
  readonly words: Words;
  /** Then nobody knows whether a round still goes on. */
  readonly isStale: boolean;
}

export function LogLane({ rounds, scale, row, words, isStale }: LogLaneProps) {
  const shown = rounds.filter((round) => overlaps(scale, round));
  return (
    <g className="tl-log">
      {shown.map((round, index) => {
        const next = shown[index + 1];
        const limit = next ? coveringPixels(scale, next).start : scale.width;
        return (
          <RoundBand
            key={`${round.destId}-${round.roundId}`}
            {...{ round, scale, row, words, isStale, limit }}
          />
        );
      })}
    </g>
  );
}

const RAIL = 2;
const NOTCH = 6;
const LABEL_PX = 11;

function RoundBand({
  round,
  scale,
  row,
  words,
  isStale,
  limit,
}: Omit<LogLaneProps, "rounds"> & { round: Round; limit: number }) {
  const { start, end } = coveringPixels(scale, round);
  const bottom = row.top + row.height;
  const label = words.text(round.status === "doing" && !isStale ? "timeline.round.doing" : "timeline.round", {
    roundId: round.roundId,
  });
  const short = words.text("timeline.round", { roundId: round.roundId });
  const fitting = [label, short].find((text) => textWidth(text, LABEL_PX) + 16 <= end - start);
  return (
    <g>
      <rect className="tl-log-fill" x={start} y={row.top} width={end - start} height={row.height - RAIL} />
      <rect className="tl-log-rail" x={start} y={bottom - RAIL} width={end - start} height={RAIL} />
      {round.notches
        .filter((at) => at > scale.from && at < scale.to)
        .map((at) => (
          <line
            key={String(at)}
            className="tl-notch"
            x1={xOf(scale, at)}
            x2={xOf(scale, at)}
            y1={bottom - NOTCH}
            y2={bottom}
          />
        ))}
      {fitting ? (
        <text className="tl-log-text" x={start + 8} y={row.top + row.height / 2} dominantBaseline="central">
          {fitting}
        </text>
      ) : null}
      {isBroken(round) && round.to < scale.to ? <BrokenEnd {...{ end, row, words, limit }} /> : null}
    </g>
  );
}

/** Logs end here without anybody having asked for it, also where the round was stopped later. */
function isBroken(round: Round): boolean {
  return round.interruption !== null;
}

interface BrokenEndProps {
  readonly end: number;
  readonly row: Row;
  readonly words: Words;
  readonly limit: number;
}

function BrokenEnd({ end, row, words, limit }: BrokenEndProps) {
  const label = words.text("timeline.roundStatus.interrupted");
  return (
    <>
      <rect className="tl-broken" x={end - 2} y={row.top - 2} width={3} height={row.height + 4} />
      {textWidth(label, LABEL_PX) + 14 <= limit - end ? (
        <text
          className="tl-gap-text tl-small"
          x={end + 7}
          y={row.top + row.height / 2}
          dominantBaseline="central"
        >
          {label}
        </text>
      ) : null}
    </>
  );
}
