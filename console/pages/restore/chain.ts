import type { AnswerOf } from "../../../src/api/contract.ts";
import type { InstantRange } from "../../parts/timeline/restorable-view.ts";

export type BackupSet = AnswerOf<"listBackupSets">["items"][number];

export interface Chain {
  /** Full set first, then the increments. */
  readonly sets: readonly BackupSet[];
  /** Logs are replayed from the newest set's instant to the chosen one. */
  readonly replay: InstantRange;
}

/** Longer chains than this are no chains but a loop in what was reported. */
const MOST_LINKS = 1000;

/**
 * The sets that a restore to `at` starts from, told before the target is known. The plan, which the server makes, is what
 * counts; this is the same rule: the newest usable set of the interval whose instant is not after `at`, with all that it
 * builds upon. Undefined where the listed sets do not hold it.
 */
export function chainFor(
  sets: readonly BackupSet[],
  { at, interval }: { readonly at: bigint; readonly interval: InstantRange },
): Chain | undefined {
  const newest = sets
    .filter(isUsable)
    .filter((set) => instantOf(set) >= interval.from && instantOf(set) <= at)
    .reduce<BackupSet | undefined>(
      (best, set) => (best && instantOf(best) >= instantOf(set) ? best : set),
      undefined,
    );
  if (!newest) return undefined;
  const byId = new Map(sets.map((set) => [set.id, set]));
  const links: BackupSet[] = [];
  let link: BackupSet | undefined = newest;
  while (link && isUsable(link) && links.length < MOST_LINKS) {
    links.unshift(link);
    if (link.type === "full") return { sets: links, replay: { from: instantOf(newest), to: at } };
    link = byId.get(link.previousIncrementalId || link.previousFullId);
  }
  return undefined;
}

function isUsable(set: BackupSet): boolean {
  return set.status === "succeeded" && set.fileStatus === "available";
}

function instantOf(set: BackupSet): bigint {
  return BigInt(set.minRestoreScn);
}
