import { type BackupSet, isUsable } from "./backup-set.ts";
import { MAX_SCN, NO_SCN, type Scn, scnBefore } from "./scn.ts";

/** An increment whose base is not in the chain when the kernel meets it. */
export interface BrokenChain {
  readonly setId: number;
  readonly missingSetId: number;
}

/** What the kernel's walk over one data path comes to, the same for every target from `from` to `to`. */
export interface Walk {
  readonly path: string;
  readonly from: Scn;
  readonly to: Scn;
  /** The last set that joined: its START_REPLAY_SCN is where logs are needed from. Null where none joined. */
  readonly chosen: BackupSet | null;
  /** Set once an increment without its base was met: from there on the kernel refuses, whatever comes later. */
  readonly broken: BrokenChain | null;
  /** The newest set met, 0 before the first. */
  readonly lastMetId: number;
}

/** The chain for one target: full set first. `walked` are the sets whose password is checked, used or not. */
export interface Chain {
  readonly sets: readonly BackupSet[];
  readonly walked: readonly BackupSet[];
  readonly broken: BrokenChain | null;
}

/**
 * All walks of one data path, ascending and without a hole from 0 to the greatest SCN.
 *
 * The kernel (ob_backup_data_store.cpp, `do_get_backup_set_array_`) takes the sets with an end_success file in the order
 * of their ids, stops at the first whose MIN_RESTORE_SCN lies after the target, skips those that are not SUCCESS and
 * AVAILABLE, begins anew at each full set and lets an increment join when its full and its previous set are in the
 * chain. It never falls back to an earlier set. So a set is met from the greatest MIN_RESTORE_SCN up to it onwards.
 */
export function walksOf(path: string, sets: readonly BackupSet[]): readonly Walk[] {
  const walks: Walk[] = [];
  const walker = startWalker();
  let from = NO_SCN;
  const close = (to: Scn) => walks.push({ path, from, to, ...snapshot(walker) });
  for (const set of listed(sets)) {
    if (set.minRestoreScn > from) {
      close(scnBefore(set.minRestoreScn));
      from = set.minRestoreScn;
    }
    meet(walker, set);
  }
  close(MAX_SCN);
  return walks;
}

/** The same walk for one target, with the whole chain. */
export function chainTo(sets: readonly BackupSet[], target: Scn): Chain {
  const walker = startWalker();
  const walked: BackupSet[] = [];
  for (const set of listed(sets)) {
    // The password is checked before the stop: also of the set at which the walk ends (facts 4, "Which sets").
    if (!walker.broken) walked.push(set);
    if (set.minRestoreScn > target) break;
    meet(walker, set);
  }
  return { sets: [...walker.chain.values()], walked, broken: walker.broken };
}

/** Sets of each data path; one restore reads from one path only (1235 otherwise). */
export function setsByPath(sets: readonly BackupSet[]): ReadonlyMap<string, readonly BackupSet[]> {
  return Map.groupBy(sets, (set) => set.path);
}

interface Walker {
  readonly chain: Map<number, BackupSet>;
  chosen: BackupSet | null;
  broken: BrokenChain | null;
  lastMetId: number;
}

function startWalker(): Walker {
  return { chain: new Map(), chosen: null, broken: null, lastMetId: 0 };
}

function snapshot({ chosen, broken, lastMetId }: Walker): Pick<Walk, "chosen" | "broken" | "lastMetId"> {
  return { chosen: broken ? null : chosen, broken, lastMetId };
}

/** Sets that the kernel finds by their end_success file; a deleted set's directory is gone and it is passed over. */
function listed(sets: readonly BackupSet[]): readonly BackupSet[] {
  return sets
    .filter((set) => set.status === "succeeded" && set.fileStatus !== "deleted")
    .toSorted((a, b) => a.id - b.id);
}

function meet(walker: Walker, set: BackupSet): void {
  if (walker.broken) return;
  walker.lastMetId = set.id;
  if (!isUsable(set)) return;
  const missing = set.type === "full" ? undefined : missingBase(walker.chain, set);
  if (missing !== undefined) {
    // The lookup fails with 4201 (hash map/set entry not exist), and with it every RESTORE that walks as far, even past a
    // later full set (seen on 4.2.1.9).
    walker.broken = { setId: set.id, missingSetId: missing };
    return;
  }
  if (set.type === "full") walker.chain.clear();
  walker.chain.set(set.id, set);
  walker.chosen = set;
}

function missingBase(chain: ReadonlyMap<number, BackupSet>, set: BackupSet): number | undefined {
  return [set.previousFullId, set.previousIncrementalId].find((id) => !chain.has(id));
}
