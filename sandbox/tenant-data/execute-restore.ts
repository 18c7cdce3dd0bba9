import type { RestorePlan } from "./plan-restore.ts";

export interface RestoreProgress {
  readonly phase: "restore" | "recover" | "done";
  readonly restoredBytes: number;
  readonly dataBytes: number;
  readonly recoveredBytes: number;
  readonly logBytes: number;
}

/** A tenant directory in the making. After a restart of the sandbox plan again with the same SCN and start anew. */
export interface RestoreRun {
  readonly progress: RestoreProgress;
  /** Works off about `bytes`; true when the directory can be opened. Throws a StorageFault naming the file at fault. */
  step(bytes: number): boolean;
  /** Removes what was made so far. */
  abandon(): void;
}

/** Restores into `directory`, whatever half-made restore was in it. openTenantData opens the result at `targetScn`. */
export function startRestore(plan: RestorePlan, directory: string): RestoreRun {
  throw new Error(`not written yet: ${plan.targetScn} ${directory}`);
}

/**
 * Moves a restored tenant forward in place (a plan of planRecovery). The tenant's data must be closed meanwhile; it
 * changes as a whole in the last step, so a kill leaves it where it was.
 */
export function startRecovery(plan: RestorePlan, directory: string): RestoreRun {
  throw new Error(`not written yet: ${plan.targetScn} ${directory}`);
}
