import type { Operation } from "../domain/operation.ts";
import type { RestoreOrder, RestorePlan } from "../domain/restore-plan.ts";
import type { ClusterRecord } from "../store/store.ts";
import type { RequestParts } from "./acceptance.ts";
import { addCluster, type NewClusterWish, removeCluster } from "./add-cluster.ts";
import { cancelOperation } from "./cancel-operation.ts";
import { type ArchiveWish, requestArchive } from "./request-archive.ts";
import { type BackupToShow, type BackupWish, previewBackup, requestBackup } from "./request-backup.ts";
import { type CleanUpWish, requestCleanUp } from "./request-clean-up.ts";
import { type DestinationsWish, requestDestinations } from "./request-destinations.ts";
import { planFor, type RestoreWish, requestRestore } from "./request-restore.ts";

/** What people can ask for. Everything but `addCluster` only reads and writes our own record: no SQL runs in a request. */
export interface Requests {
  addCluster(wish: NewClusterWish): Promise<ClusterRecord>;
  removeCluster(name: string): Promise<void>;
  previewBackup(wish: BackupToShow): readonly string[];
  backUp(wish: BackupWish): Promise<Operation>;
  archive(wish: ArchiveWish): Promise<Operation>;
  setDestinations(wish: DestinationsWish): Promise<Operation>;
  planRestore(order: RestoreOrder): Promise<PlannedRestore>;
  restore(wish: RestoreWish): Promise<Operation>;
  cancel(id: string): Promise<Operation>;
  cleanUp(wish: CleanUpWish): Promise<Operation>;
}

export interface PlannedRestore {
  readonly plan: RestorePlan;
  /** In order, secrets masked. */
  readonly statements: readonly string[];
  /** How long the newest comparable restore took; null where none was measured. */
  readonly estimate: { readonly seconds: number; readonly basedOn: string } | null;
  readonly observedAt: number;
}

export function createRequests(parts: RequestParts): Requests {
  return {
    addCluster: (wish) => addCluster(parts, wish),
    removeCluster: (name) => removeCluster(parts, name),
    previewBackup: (wish) => previewBackup(parts, wish),
    backUp: (wish) => requestBackup(parts, wish),
    archive: (wish) => requestArchive(parts, wish),
    setDestinations: (wish) => requestDestinations(parts, wish),
    planRestore: (order) => planFor(parts, order),
    restore: (wish) => requestRestore(parts, wish),
    cancel: (id) => cancelOperation(parts, id),
    cleanUp: (wish) => requestCleanUp(parts, wish),
  };
}
