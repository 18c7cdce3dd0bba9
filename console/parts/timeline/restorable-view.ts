import type { AnswerOf } from "../../../src/api/contract.ts";

/** The server's window with its SCNs read: bigint nanoseconds since 1970 UTC, exact all the way to the drawing. */
export type Answer = AnswerOf<"showRestorable">;

export interface InstantRange {
  readonly from: bigint;
  readonly to: bigint;
}

type Read<Item extends { readonly from: string; readonly to: string }> = Omit<Item, "from" | "to"> &
  InstantRange;

export type Interval = Read<Answer["intervals"][number]>;
export type Gap = Read<Answer["gaps"][number]>;

export type Round = Omit<Read<Answer["rounds"][number]>, "notches"> & { readonly notches: readonly bigint[] };
export type Mark = Omit<Answer["marks"][number], "at"> & { readonly at: bigint };

export interface Lanes {
  readonly intervals: readonly Interval[];
  readonly gaps: readonly Gap[];
  readonly marks: readonly Mark[];
}

export interface RestorableView extends Lanes {
  /** What the server was asked for: nothing outside it is drawn from these lanes. */
  readonly loaded: InstantRange;
  /** The cluster's clock when it was observed. Later instants are unknown. */
  readonly now: bigint;
  /** When that was by the server's clock, microseconds. */
  readonly observedAt: number;
  readonly span: InstantRange | null;
  readonly verdict: {
    readonly earliest: bigint | null;
    readonly latest: bigint | null;
    readonly innerGaps: number;
    readonly openGap: Gap | null;
  };
  readonly rounds: readonly Round[];
  readonly strip: Lanes;
}

export function readRestorable(answer: Answer): RestorableView {
  const { verdict } = answer;
  return {
    ...readLanes(answer),
    loaded: readRange(answer.window),
    now: BigInt(answer.now),
    observedAt: answer.observedAt,
    span: answer.span && readRange(answer.span),
    verdict: {
      earliest: verdict.earliest === null ? null : BigInt(verdict.earliest),
      latest: verdict.latest === null ? null : BigInt(verdict.latest),
      innerGaps: verdict.innerGaps,
      openGap: verdict.openGap && readRange(verdict.openGap),
    },
    rounds: answer.rounds.map((round) => ({ ...readRange(round), notches: round.notches.map(BigInt) })),
    strip: readLanes(answer.strip),
  };
}

function readLanes(lanes: Pick<Answer, "intervals" | "gaps" | "marks">): Lanes {
  return {
    intervals: lanes.intervals.map(readRange),
    gaps: lanes.gaps.map(readRange),
    marks: lanes.marks.map((mark) => ({ ...mark, at: BigInt(mark.at) })),
  };
}

function readRange<Item extends { readonly from: string; readonly to: string }>(item: Item): Read<Item> {
  return { ...item, from: BigInt(item.from), to: BigInt(item.to) };
}

/**
 * Logs that are on their way are no hole in what was kept: the stretch behind the newest checkpoint closes by itself and
 * is drawn like the unknown, never hatched and never counted.
 */
export function isPending(gap: Pick<Gap, "cause">): boolean {
  return gap.cause.kind === "not-archived-yet";
}
