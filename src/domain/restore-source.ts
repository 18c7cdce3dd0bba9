import type { ArchivePiece } from "./archive.ts";
import type { BackupSet } from "./backup-set.ts";
import { type Chain, chainTo, setsByPath } from "./chain.ts";
import type { TenantInventory } from "./inventory.ts";
import { inOrder, type Logs, logsOf, piecesTo, runHolding } from "./log-run.ts";
import type { Scn } from "./scn.ts";

/** What a restore reads: one data path and, unless the set brings its own logs, one archive destination. */
export interface RestoreSource {
  /** Full set first. */
  readonly sets: readonly BackupSet[];
  /** All sets that OceanBase looks at on its way to these. */
  readonly walked: readonly BackupSet[];
  readonly pieces: readonly ArchivePiece[];
  readonly replayFrom: Scn;
  readonly dataUri: string;
  readonly archiveUri: string | null;
}

type Source = Pick<TenantInventory, "sets" | "pieces" | "destinations">;

/**
 * The data path and archive destination to name for a target, with what OceanBase will take from them; undefined where no
 * pair reaches it. Of several pairs: the newest last set, since it leaves the least to replay; then the tenant's present
 * destinations; a pair with an archive before a set that stands alone, since from the archive a standby can go on.
 */
export function sourceFor(history: Source, target: Scn): RestoreSource | undefined {
  const logs = logsOf(inOrder(history.pieces));
  const candidates = [...setsByPath(history.sets)].flatMap(([path, sets]) => {
    const chain = chainTo(sets, target);
    return chain.broken ? [] : candidatesWith(chain, { path, logs, target, history });
  });
  return candidates.reduce<RestoreSource | undefined>(
    (best, next) => (best && isBetter(best, next, history.destinations) ? best : next),
    undefined,
  );
}

interface Place {
  readonly path: string;
  readonly logs: readonly Logs[];
  readonly target: Scn;
  readonly history: Source;
}

function candidatesWith(chain: Chain, { path, logs, target, history }: Place): readonly RestoreSource[] {
  const last = chain.sets.at(-1);
  if (!last) return [];
  const { destinations } = history;
  const base = {
    sets: chain.sets,
    walked: chain.walked,
    replayFrom: last.startReplayScn,
    dataUri: uriOf(path, destinations.data),
  };
  const archived = logs.flatMap((each) => {
    const pieces = piecesReaching(each, { start: last.startReplayScn, target });
    const archive = pieces?.[0]?.path;
    return pieces && archive ? [{ ...base, pieces, archiveUri: uriOf(archive, destinations.archive) }] : [];
  });
  const standsAlone = last.plusArchivelog && last.minRestoreScn === target;
  return standsAlone ? [...archived, { ...base, pieces: [], archiveUri: null }] : archived;
}

function piecesReaching(
  logs: Logs,
  { start, target }: { readonly start: Scn; readonly target: Scn },
): readonly ArchivePiece[] | undefined {
  const run = start < target ? runHolding(logs, start) : undefined;
  return run && target <= run.reach ? piecesTo(run, start, target) : undefined;
}

/** A present destination carries what its path alone does not: endpoint and access (facts 1.6). */
function uriOf(path: string, destination: string | null): string {
  return destination?.split("?")[0] === path ? destination : path;
}

function isBetter(a: RestoreSource, b: RestoreSource, destinations: Source["destinations"]): boolean {
  const [newestOfA, newestOfB] = [a.sets.at(-1)?.id ?? 0, b.sets.at(-1)?.id ?? 0];
  if (newestOfA !== newestOfB) return newestOfA > newestOfB;
  return rankOf(a, destinations) >= rankOf(b, destinations);
}

function rankOf({ dataUri, archiveUri }: RestoreSource, { data, archive }: Source["destinations"]): number {
  const [isPresentData, isPresentArchive] = [dataUri === data, archiveUri !== null && archiveUri === archive];
  return (isPresentData ? 4 : 0) + (isPresentArchive ? 2 : 0) + (archiveUri === null ? 0 : 1);
}
