import type { ArchivePiece } from "./archive.ts";
import type { BackupSet } from "./backup-set.ts";
import type { BackupHistory } from "./inventory.ts";

/**
 * What `restorable` is measured against: OceanBase's own choice for one target, written down step by step from its source
 * (ob_backup_data_store.cpp `do_get_backup_set_array_`, ob_archive_store.cpp `get_piece_paths_in_range`,
 * ob_restore_util.cpp `get_restore_source`), without a thought for speed. It shares no code with what it judges.
 */

/** An instant t is restorable iff some data path, with one archive destination or alone, restores exactly to t. */
export function isRestorableByKernel(history: BackupHistory, t: bigint): boolean {
  const paths = [...new Set(history.sets.map((set) => set.path))];
  const destinations = [...new Set(history.pieces.map((piece) => piece.destId))];
  return paths.some((path) => {
    const chosen = lastSetThatJoins(
      history.sets.filter((set) => set.path === path),
      t,
    );
    if (chosen === "refused" || chosen === undefined) return false;
    if (chosen.plusArchivelog && chosen.minRestoreScn === t) return true;
    return destinations.some((id) =>
      piecesReach(
        history.pieces.filter((piece) => piece.destId === id),
        { start: chosen.startReplayScn, end: t },
      ),
    );
  });
}

/** "refused": the lookup of an increment's base fails with an error of its own, and with it the whole RESTORE. */
function lastSetThatJoins(sets: readonly BackupSet[], t: bigint): BackupSet | undefined | "refused" {
  let chain = new Set<number>();
  let last: BackupSet | undefined;
  for (const set of sets.toSorted((a, b) => a.id - b.id)) {
    const hasEndSuccessFile = set.status === "succeeded" && set.fileStatus !== "deleted";
    if (!hasEndSuccessFile) continue;
    if (set.minRestoreScn > t) break;
    if (set.fileStatus !== "available") continue;
    if (set.type === "full") chain = new Set([set.id]);
    else if (!chain.has(set.previousFullId)) return "refused";
    else if (!chain.has(set.previousIncrementalId)) return "refused";
    else chain.add(set.id);
    last = set;
  }
  return last;
}

function piecesReach(
  all: readonly ArchivePiece[],
  { start, end }: { readonly start: bigint; readonly end: bigint },
): boolean {
  if (start >= end) return false;
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
      if (current.startScn > start) return false;
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
  return last !== undefined && last.checkpointScn >= end;
}

/** The kernel compares the two SCNs alone; two rounds never meet to the nanosecond, but in small integers they do. */
function continues(previous: ArchivePiece, current: ArchivePiece): boolean {
  return previous.endScn === current.startScn && previous.roundId === current.roundId;
}
