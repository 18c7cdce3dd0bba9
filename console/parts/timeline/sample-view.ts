import type { Gap, Interval, Mark, RestorableView, Round } from "./restorable-view.ts";

/** For tests: the manual's worked case, [300,500] ∪ [900,1500] s, logs on their way up to 1600 s. */
const S = 1_000_000_000n;

export const sampleMark = (setId: number, at: bigint, changes: Partial<Mark> = {}): Mark => ({
  setId,
  at,
  type: "full",
  status: "succeeded",
  isRestorable: true,
  startedAt: null,
  endedAt: null,
  outputBytes: 0,
  inputBytes: 0,
  encrypted: false,
  plusArchivelog: false,
  compatible: null,
  fraction: null,
  startedBySys: true,
  comment: "",
  ...changes,
});

const interval = (from: bigint, to: bigint, isLive: boolean): Interval => ({
  from,
  to,
  openedBySetId: 1,
  roundId: 1,
  isLive,
});
const gap = (range: Pick<Gap, "from" | "to">, cause: Gap["cause"], closedBySetId: number | null): Gap => ({
  ...range,
  cause,
  isOpen: closedBySetId === null,
  closedBySetId,
});
const round = (roundId: number, from: bigint, to: bigint, status: Round["status"]): Round => ({
  roundId,
  destId: 1,
  status,
  statusWord: "",
  from,
  to,
  comment: "",
  interruption: status === "interrupted" ? "" : null,
  notches: [],
});

const intervals = [interval(300n * S, 500n * S, false), interval(900n * S, 1500n * S, true)];
const gaps = [
  gap({ from: 200n * S, to: 300n * S - 1n }, { kind: "no-backup-yet" }, 1),
  gap(
    { from: 500n * S + 1n, to: 900n * S - 1n },
    { kind: "archive-interrupted", roundId: 1, comment: "" },
    2,
  ),
  gap({ from: 1500n * S + 1n, to: 1600n * S }, { kind: "not-archived-yet", roundId: 2 }, null),
];
const marks = [sampleMark(1, 300n * S), sampleMark(2, 900n * S), sampleMark(3, 1200n * S)];

export const sampleView: RestorableView = {
  loaded: { from: 0n, to: 1600n * S },
  now: 1600n * S,
  observedAt: 0,
  span: { from: 200n * S, to: 1600n * S },
  verdict: { earliest: 300n * S, latest: 1500n * S, innerGaps: 1, openGap: null },
  intervals,
  gaps,
  rounds: [round(1, 200n * S, 500n * S, "interrupted"), round(2, 800n * S, 1500n * S, "doing")],
  marks,
  strip: { intervals, gaps: gaps.slice(0, 2), marks },
};
