import path from "node:path";
import { type BackupSet, readSetInfo, setName, successfulSets } from "./backup-set.ts";
import { unlock } from "./encryption.ts";
import { StorageFault } from "./storage-fault.ts";

export interface SetPlace {
  readonly set: BackupSet;
  readonly directory: string;
}

export interface SetRequest {
  readonly dataPath: string;
  readonly passwords: readonly string[];
  /** Undefined: the newest usable set's MIN_RESTORE_SCN. */
  readonly targetScn: bigint | undefined;
}

/**
 * The chain of sets to restore `targetScn` from, full set first, empty when there is none: the walk of
 * ob_backup_data_store.cpp, step by step.
 */
export function chooseSets(request: SetRequest): readonly SetPlace[] {
  let chain: readonly SetPlace[] = [];
  const met: number[] = [];
  for (const { set, directory } of successfulSetsWithInfo(request.dataPath)) {
    checkPassword(set, request.passwords);
    if (request.targetScn !== undefined && set.minRestoreScn > request.targetScn) break;
    if (set.status !== "SUCCESS" || set.fileStatus !== "AVAILABLE") continue;
    if (set.type === "FULL") chain = [{ set, directory }];
    else if (isInChain(chain, set)) chain = [...chain, { set, directory }];
    else refuseOrphan(set, met);
    met.push(set.setId);
  }
  return chain;
}

function successfulSetsWithInfo(dataPath: string): readonly SetPlace[] {
  return successfulSets(dataPath).flatMap((named) => {
    const directory = path.join(dataPath, setName(named));
    const set = readSetInfo(directory);
    return set === undefined ? [] : [{ set, directory }];
  });
}

/** Every set met is asked for its password, also one that will not be used. */
export function checkPassword(set: BackupSet, passwords: readonly string[]): void {
  if (set.encryption === undefined || unlock(set.encryption, passwords) !== undefined) return;
  throw new StorageFault("OB_BACKUP_INVALID_PASSWORD", `no password given opens backup set ${set.setId}`);
}

/** 4.2.1.9: the walk dies at an increment whose base is not there, also on its way to a later full set. */
function refuseOrphan({ setId, prevFullId, prevIncId }: BackupSet, met: readonly number[]): void {
  const missing = [prevFullId, prevIncId].find((id) => !met.includes(id));
  if (missing === undefined) return;
  throw new StorageFault(
    "OB_HASH_NOT_EXIST",
    `increment ${setId} stands on set ${missing}, which is not there`,
  );
}

function isInChain(chain: readonly SetPlace[], { prevFullId, prevIncId }: BackupSet): boolean {
  const ids = chain.map(({ set }) => set.setId);
  return ids.includes(prevFullId) && ids.includes(prevIncId);
}
