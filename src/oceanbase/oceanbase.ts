import type { BackupType } from "../domain/backup-set.ts";
import type { Cluster } from "../domain/cluster.ts";
import type { ClusterInventory } from "../domain/inventory.ts";
import type { NewPool, NewUnit, StartRestore } from "../domain/restore-plan.ts";

export type { NewPool, NewUnit, StartRestore } from "../domain/restore-plan.ts";

/**
 * The door to one OceanBase cluster, as sys. Named questions and requests in our words; no SQL passes through it from
 * outside. Success of a request is not success of a job: ask, then believe the inventory.
 *
 * Every method throws `Problem`: `cluster-unreachable` (nothing was sent or nothing had an effect),
 * `outcome-unknown` (the statement may have taken effect: look before sending again), `cluster-login-refused`, or what
 * OceanBase refused, translated (`backup-already-running`, `oceanbase-refused`, …) with its number and words.
 */
export interface OceanBase {
  identify(): Promise<Omit<Cluster, "name">>;
  /** At most six statements, whatever the number of tenants. */
  takeInventory(): Promise<ClusterInventory>;

  setDestinations(request: SetDestinations): Promise<void>;
  startArchive(tenant: string): Promise<void>;
  stopArchive(tenant: string): Promise<void>;

  startBackup(request: StartBackup): Promise<void>;
  cancelBackup(tenant: string): Promise<void>;

  createUnit(unit: NewUnit): Promise<void>;
  createPool(pool: NewPool): Promise<void>;
  /** Returns once the new tenant's META tenant is there (minutes on a real cluster); the data part runs on. */
  startRestore(request: StartRestore): Promise<void>;
  cancelRestore(targetTenant: string): Promise<void>;
  activateStandby(tenant: string): Promise<void>;
  /** At once, without the recycle bin: for what a failed restore left. */
  dropTenant(tenant: string): Promise<void>;
  dropPool(pool: string): Promise<void>;
  dropUnit(unit: string): Promise<void>;
  /** Proves that the tenant's own SQL answers, by a session of that tenant; resolves or throws. */
  askTenant(tenant: string): Promise<void>;

  close(): Promise<void>;
}

export interface ClusterAddress {
  readonly host: string;
  readonly port: number;
  /** `root@sys`, or `root@sys#cluster` through OBProxy. */
  readonly user: string;
  readonly password: string;
}

/** A null destination is left as it is. URIs carry their real secrets here and nowhere else. */
export interface SetDestinations {
  readonly tenant: string;
  readonly data: string | null;
  readonly archive: string | null;
}

export interface StartBackup {
  readonly tenant: string;
  readonly type: BackupType;
  readonly plusArchivelog: boolean;
  /** Sent as DESCRIPTION; by it the job is found again. */
  readonly signature: string;
  /** SET ENCRYPTION … on the same pinned connection; null for none. */
  readonly encryptionPassword: string | null;
}

/**
 * The texts of the statements, secrets masked, as a form, a plan or an operation shows them. What `OceanBase` sends is
 * built by the same functions.
 */
export interface StatementTexts {
  setDestinations(request: SetDestinations): readonly string[];
  startArchive(tenant: string): readonly string[];
  stopArchive(tenant: string): readonly string[];
  startBackup(request: StartBackup): readonly string[];
  cancelBackup(tenant: string): readonly string[];
  createUnit(unit: NewUnit): readonly string[];
  createPool(pool: NewPool): readonly string[];
  startRestore(request: StartRestore): readonly string[];
  cancelRestore(targetTenant: string): readonly string[];
  activateStandby(tenant: string): readonly string[];
  dropTenant(tenant: string): readonly string[];
  dropPool(pool: string): readonly string[];
  dropUnit(unit: string): readonly string[];
}
