import type { ArchivePiece } from "./archive.ts";
import { earlier, type Scn } from "./scn.ts";

/** Available pieces of one round that join without a hole: the planned end of each is the start of the next. */
export interface LogRun {
  readonly destId: number;
  readonly roundId: number;
  readonly pieces: readonly ArchivePiece[];
  readonly from: Scn;
  /** Planned end of the last piece, not included. Says nothing about what was archived. */
  readonly end: Scn;
  /** The latest target that the run carries to: its last checkpoint. */
  readonly reach: Scn;
}

/** The runs of one archive destination, ascending. One restore reads logs from one destination. */
export interface Logs {
  readonly destId: number;
  readonly runs: readonly LogRun[];
}

/** Pieces in the kernel's order: destination, round, id. Their starts ascend with it (facts 2.1). */
export function inOrder(pieces: readonly ArchivePiece[]): readonly ArchivePiece[] {
  const isSorted = pieces.every((piece, i) => compare(pieces[i - 1] ?? piece, piece) <= 0);
  return isSorted ? pieces : pieces.toSorted(compare);
}

function compare(a: ArchivePiece, b: ArchivePiece): number {
  return a.destId - b.destId || a.roundId - b.roundId || a.id - b.id;
}

/** The pieces of each round; `ordered` as `inOrder` gives it. */
export function byRound(
  ordered: readonly ArchivePiece[],
): (round: { readonly destId: number; readonly id: number }) => readonly ArchivePiece[] {
  const rounds = new Map<string, ArchivePiece[]>();
  let current: ArchivePiece[] = [];
  for (const piece of ordered) {
    const [first] = current;
    if (first?.destId !== piece.destId || first.roundId !== piece.roundId) {
      current = [];
      rounds.set(`${piece.destId} ${piece.roundId}`, current);
    }
    current.push(piece);
  }
  return ({ destId, id }) => rounds.get(`${destId} ${id}`) ?? [];
}

/** `ordered` as `inOrder` gives it. */
export function logsOf(ordered: readonly ArchivePiece[]): readonly Logs[] {
  const logs = new Map<number, GrowingRun[]>();
  let previous: ArchivePiece | undefined;
  for (const piece of ordered) {
    if (piece.fileStatus !== "available") continue;
    const runs = logs.get(piece.destId) ?? [];
    logs.set(piece.destId, runs);
    const run = runs.at(-1);
    if (run && previous && joins(previous, piece)) grow(run, piece);
    else runs.push(runFrom(piece));
    previous = piece;
  }
  return [...logs].map(([destId, runs]) => ({ destId, runs: capped(runs) }));
}

interface GrowingRun extends LogRun {
  readonly pieces: ArchivePiece[];
  end: Scn;
  reach: Scn;
}

function runFrom(piece: ArchivePiece): GrowingRun {
  const { destId, roundId, startScn, endScn, checkpointScn } = piece;
  return { destId, roundId, pieces: [piece], from: startScn, end: endScn, reach: checkpointScn };
}

function grow(run: GrowingRun, piece: ArchivePiece): void {
  run.pieces.push(piece);
  run.end = piece.endScn;
  run.reach = piece.checkpointScn;
}

/**
 * The kernel compares SCNs only (ob_archive_store.cpp, `get_piece_paths_in_range`). Two more conditions keep the claim
 * on the safe side: the same round, and a checkpoint that has reached the piece at all.
 */
function joins(previous: ArchivePiece, piece: ArchivePiece): boolean {
  return (
    previous.destId === piece.destId &&
    previous.roundId === piece.roundId &&
    previous.endScn === piece.startScn &&
    piece.checkpointScn >= piece.startScn
  );
}

/** A target past the start of the next run makes the kernel begin anew there, and then START_REPLAY_SCN lies outside. */
function capped(runs: readonly LogRun[]): readonly LogRun[] {
  return runs.map((run, i) => {
    const next = runs[i + 1];
    return next && next.from < run.reach ? { ...run, reach: earlier(run.reach, next.from) } : run;
  });
}

/**
 * The run that a restore begins in when it needs logs from `start` on; undefined where 4018 follows. Planned ranges may
 * overlap (a stopped round keeps its planned end): the kernel drops the earlier piece, so the later run counts.
 */
export function runHolding(logs: Logs, start: Scn): LogRun | undefined {
  let [low, high] = [0, logs.runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const run = logs.runs[middle];
    if (run && run.from <= start) low = middle + 1;
    else high = middle;
  }
  const run = logs.runs[low - 1];
  return run && start < run.end ? run : undefined;
}

/** The pieces of `run` that the kernel takes to replay from `start` to `target`, in order. */
export function piecesTo(run: LogRun, start: Scn, target: Scn): readonly ArchivePiece[] {
  const taken: ArchivePiece[] = [];
  for (const piece of run.pieces) {
    if (piece.endScn <= start) continue;
    const previous = taken.at(-1);
    // Between the checkpoint of a frozen piece and its end there were no logs; the next piece proves it.
    if (piece.startScn >= target && previous && previous.checkpointScn >= target) break;
    taken.push(piece);
    if (piece.startScn >= target) break;
  }
  return taken;
}
