import type { ClusterResources } from "../domain/cluster.ts";
import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import type { RestoreJob } from "../domain/job.ts";
import type { Operation, OperationKind } from "../domain/operation.ts";
import type { ProblemBody } from "../domain/problem.ts";
import type { Micros, Scn } from "../domain/scn.ts";
import type { Version } from "../domain/version.ts";

/**
 * Our memory: clusters, the inventory of each, operations. Everything that other rooms know about metadata they know
 * through these methods; all metadata SQL is in this folder. Every change is announced with a number, in order.
 */
export interface Store {
  /** Problem `cluster-name-taken`. The password is sealed with the key beside the database. */
  addCluster(cluster: NewCluster): Promise<ClusterRecord>;
  /** Sorted by name. */
  clusters(): Promise<readonly ClusterRecord[]>;
  cluster(name: string): Promise<ClusterRecord | undefined>;
  clusterPassword(name: string): Promise<string | undefined>;
  /** Forgets the cluster and its inventory; its ended operations stay. Problem `cluster-has-operations`. */
  removeCluster(name: string): Promise<void>;

  /**
   * Writes what differs from the last pass, in one transaction. Announces topic "tenant" for each tenant where a person can
   * see a difference, and topic "cluster" for the pass itself. Problem `cluster-unknown` when it was removed meanwhile.
   */
  recordInventory(cluster: string, inventory: ClusterInventory): Promise<void>;
  /** Keeps the last inventory and says since when and why it is not renewed; announced when the reason is a new one. */
  recordUnobserved(
    cluster: string,
    seen: { readonly at: Micros; readonly problem: ProblemBody },
  ): Promise<void>;
  /** Tenants of all clusters or of one, without their history; sorted by cluster, then name. */
  tenants(cluster?: string): Promise<readonly TenantRecord[]>;
  /**
   * The same object, and the same lists in it, as long as nothing differs: what is computed from it may be kept by it. Of a
   * tenant that the cluster has no more and that left back-ups: as it was seen last, but DROPPED and not normal.
   */
  /** Tenants that the newest pass no longer found and that left backups behind. */
  goneTenants(cluster?: string): Promise<readonly TenantRecord[]>;
  tenantInventory(cluster: string, tenant: string): Promise<TenantInventory | undefined>;
  resources(cluster: string): Promise<ClusterResources | undefined>;
  /** Running ones first, then newest first, as the last pass delivered them. */
  restoreJobs(cluster: string): Promise<readonly RestoreJob[]>;

  /**
   * Stores a requested operation. The same request id with the same request gives the operation that exists already;
   * with another request: Problem `request-id-reused`. A second active operation of the same kind for the same tenant:
   * Problem `backup-already-running`, `target-name-taken`, `archive-already-running`, `archive-not-running` or
   * `destination-refused`, by kind. A cluster that is not watched: Problem `cluster-unknown`. `secrets` are sealed and
   * forgotten when the operation ends.
   */
  requestOperation(operation: Operation, secrets: OperationSecrets | null): Promise<Operation>;
  operationSecrets(id: string): Promise<OperationSecrets | null>;
  operation(id: string): Promise<Operation | undefined>;
  /** The operation that a client's request id made, so that a wish sent again is answered before it is judged again. */
  operationOfRequest(requestId: string): Promise<Operation | undefined>;
  /** Newest first, at most 200 at a time. */
  operations(filter: OperationFilter): Promise<OperationPage>;
  activeOperations(): Promise<readonly Operation[]>;
  /**
   * Compare and set: stores `operation` with revision + 1 when the stored revision is still `operation.revision` and the
   * stored phase is not `ended`; answers the stored row, or undefined when somebody else was first.
   */
  saveOperation(operation: Operation): Promise<Operation | undefined>;

  /** Changes after number `after`, oldest first; "forgotten" when that far back is no longer kept: reload everything. */
  changesAfter(after: number): Promise<readonly Change[] | "forgotten">;
  /** Number of the newest change, 0 at the beginning. */
  lastChange(): Promise<number>;
  /** Called after a change is durable, in order. Returns how to stop listening. */
  onChange(listener: (change: Change) => void): () => void;

  close(): Promise<void>;
}

export interface NewCluster {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly clusterName: string;
  readonly version: Version;
  readonly versionComment: string;
  readonly addedAt: Micros;
}

export interface ClusterRecord extends Omit<NewCluster, "password"> {
  /** When the last complete pass ended; null before the first. */
  readonly observedAt: Micros | null;
  /** The cluster's clock in that pass. */
  readonly clusterNow: Scn | null;
  /** Set while passes fail: since when and why. */
  readonly unobserved: { readonly since: Micros; readonly problem: ProblemBody } | null;
}

export interface TenantRecord extends Pick<TenantInventory, "tenant" | "destinations"> {
  readonly cluster: string;
  readonly observedAt: Micros;
}

export interface OperationSecrets {
  readonly dataUri?: string;
  readonly archiveUri?: string;
  readonly encryptionPassword?: string;
  readonly decryptionPasswords?: readonly string[];
}

export interface OperationFilter {
  readonly cluster?: string;
  /** The tenant an operation is about, or the source of a restore; with `cluster`, both must name the same one. */
  readonly tenant?: string;
  readonly kinds?: readonly OperationKind[];
  /** Bounds of `requestedAt`, both included. */
  readonly from?: Micros;
  readonly to?: Micros;
  readonly limit?: number;
  readonly offset?: number;
}

export interface OperationPage {
  readonly total: number;
  readonly operations: readonly Operation[];
}

/** What changed, coarse on purpose: a client reloads the list that the topic names. */
export interface Change {
  readonly number: number;
  readonly at: Micros;
  readonly topic: "cluster" | "tenant" | "operation";
  readonly cluster: string;
  readonly tenant: string | null;
  readonly operation: string | null;
}
