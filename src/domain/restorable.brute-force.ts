import type { ArchivePiece } from "./archive.ts";
import type { BackupSet } from "./backup-set.ts";
import type { BackupHistory } from "./inventory.ts";

/**
 * What `restorable` and `sourceFor` are measured against: OceanBase's own choice for one target, written down step by step
 * from its source (ob_backup_data_store.cpp `do_get_backup_set_array_`, ob_archive_store.cpp `get_piece_paths_in_range`,
 * ob_restore_util.cpp `get_restore_source`), without a thought for speed. It shares no code with what it judges.
 */

/** An instant t is restorable iff some data path, with one archive destination or alone, restores exactly to t. */
export function isRestorableByKernel(history: BackupHistory, t: bigint): boolean {
  const paths = [...new Set(history.sets.map((set) => set.path))];
  const destinations = [...new Set(history.pieces.map((piece) => piece.destId))];
  return paths.some((path) => {
    const last = chainByKernel(
      history.sets.filter((set) => set.path === path),
      t,
    ).at(-1);
    if (last === undefined) return false;
    if (last.plusArchivelog && last.minRestoreScn === t) return true;
    return destinations.some((id) => {
      const pieces = history.pieces.filter((piece) => piece.destId === id);
      return piecesByKernel(pieces, { start: last.startReplayScn, end: t }).length > 0;
    });
  });
}

/** The sets of one data path that a restore to t reads, full set first; none where it is refused. */
export function chainByKernel(sets: readonly BackupSet[], t: bigint): readonly BackupSet[] {
  let chain: BackupSet[] = [];
  for (const set of sets.toSorted((a, b) => a.id - b.id)) {
    const hasEndSuccessFile = set.status === "succeeded" && set.fileStatus !== "deleted";
    if (!hasEndSuccessFile) continue;
    if (set.minRestoreScn > t) break;
    if (set.fileStatus !== "available") continue;
    const isInChain = (id: number) => chain.some((each) => each.id === id);
    if (set.type === "full") chain = [];
    // The lookup of an increment's base fails with an error of its own (4201), and with it the whole RESTORE.
    else if (!isInChain(set.previousFullId) || !isInChain(set.previousIncrementalId)) return [];
    chain.push(set);
  }
  return chain;
}

/** The pieces of one destination that a restore reads from `start` to `end`, in order; none where it is refused. */
export function piecesByKernel(
  all: readonly ArchivePiece[],
  { start, end }: { readonly start: bigint; readonly end: bigint },
): readonly ArchivePiece[] {
  if (start >= end) return [];
  const list = all.toSorted((a, b) => a.roundId - b.roundId || a.id - b.id);
  let taken: ArchivePiece[] = [];
  let i = 0;
  while (i < list.length) {
    const current = list[i];
    if (current === undefined) break;
    const previous = taken.at(-1);
    if (current.fileStatus !== "available" || current.endScn <= start) {
      i += 1;
    } else if (current.startScn >= end) {
      if (previous && continues(previous, current) && previous.checkpointScn < end) taken.push(current);
      break;
    } else if (previous === undefined) {
      if (current.startScn > start) return [];
      taken.push(current);
      i += 1;
    } else if (continues(previous, current)) {
      taken.push(current);
      i += 1;
    } else {
      taken = [];
    }
  }
  const last = taken.at(-1);
  return last !== undefined && last.checkpointScn >= end ? taken : [];
}

/** The kernel compares the two SCNs alone; two rounds never meet to the nanosecond, but in small integers they do. */
function continues(previous: ArchivePiece, current: ArchivePiece): boolean {
  return previous.endScn === current.startScn && previous.roundId === current.roundId;
}
