import { createHash } from "node:crypto";
import type { Fault } from "../faults/fault.ts";
import type { StruckFault } from "../faults/fault-plan.ts";
import type { Clock, SteppedClock } from "../model/clock.ts";
import { GIB } from "../model/resources.ts";
import type { Capacity } from "../model/state.ts";

/** A clock to be made when the cluster is opened, or one that a test drives. */
export type ClockChoice = "real" | { readonly factor: number } | SteppedClock | Clock;

export interface ClusterOptions {
  /** The cluster's own directory. One process at a time. */
  readonly dir: string;
  /** A full version of 4.0.0, 4.1.0, 4.2.1, 4.2.5, 4.3.3 or 4.3.5. A cluster that exists keeps its own. */
  readonly version?: string;
  /** What the cluster calls itself. */
  readonly name?: string;
  readonly clock?: ClockChoice;
  /** Where file:/// destinations lie. Default: `storage` in `dir`. */
  readonly storageRoot?: string;
  readonly allowPaths?: readonly string[];
  /** Of the workload's choices. */
  readonly seed?: number;
  /** What its servers say they listen on. */
  readonly sqlPort?: number;
  /** What each server has for units, when the cluster is new. */
  readonly capacity?: Partial<Capacity>;
  /** Servers in each of the three zones, when the cluster is new: 1. */
  readonly serversPerZone?: number;
  /** What goes wrong, counted from the moment that the cluster is opened. */
  readonly faults?: readonly Fault[];
  /** Told of each fault when it strikes and when it ends. */
  readonly onFault?: (struck: StruckFault) => void;
  /** Receives each statement once it is answered. */
  readonly onStatement?: (statement: StatementRecord) => void;
}

/** One line of --log-statements. */
export interface StatementRecord {
  /** ISO 8601, the cluster's clock. */
  readonly time: string;
  readonly user: string;
  readonly tenant: string;
  readonly version: string;
  readonly sql: string;
  /** Null when it was answered without an error. */
  readonly errno: number | null;
}

export const DEFAULT_VERSION = "4.2.5.1";
export const DEFAULT_NAME = "sandbox";

export function capacityOf(asked: Partial<Capacity> = {}): Capacity {
  const usual = { cpu: 32, memoryBytes: 96 * GIB, logDiskBytes: 320 * GIB, dataDiskBytes: 2048 * GIB };
  return { ...usual, ...asked };
}

/** Clusters of different names get different ids, so that neither takes the other's destination for its own. */
export function clusterIdOf(name: string): number {
  return 1 + (createHash("sha256").update(name).digest().readUInt32BE(0) % 1_000_000);
}
