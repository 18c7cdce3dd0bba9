import type { BackupType, FileStatus } from "./backup-set.ts";
import type { Scn } from "./scn.ts";

export interface NewUnit {
  readonly name: string;
  readonly cpu: number;
  readonly memoryBytes: number;
  readonly logDiskBytes: number;
}

export interface NewPool {
  readonly name: string;
  readonly unit: string;
  readonly unitCount: number;
  readonly zones: readonly string[];
}

export interface StartRestore {
  readonly targetTenant: string;
  readonly dataUri: string;
  /** Null where the set brings its own logs (PLUS ARCHIVELOG). */
  readonly archiveUri: string | null;
  readonly until: Scn;
  readonly pool: string;
  readonly locality: string | null;
  readonly primaryZone: string | null;
  readonly concurrency: number | null;
  readonly signature: string;
  readonly decryptionPasswords: readonly string[];
}

export interface PlannedSet {
  readonly id: number;
  readonly type: BackupType;
  readonly minRestoreScn: Scn;
  readonly outputBytes: number;
  readonly path: string;
  readonly encrypted: boolean;
}

export interface PlannedPiece {
  readonly roundId: number;
  readonly id: number;
  readonly startScn: Scn;
  readonly endScn: Scn;
  readonly checkpointScn: Scn;
  readonly outputBytes: number;
  readonly path: string;
  readonly fileStatus: FileStatus;
}

/** What one zone must give and what it has free, for each of the zone's units. */
export interface ZoneRoom {
  readonly zone: string;
  readonly cpu: NeedAndFree;
  readonly memoryBytes: NeedAndFree;
  readonly logDiskBytes: NeedAndFree;
  readonly dataDiskBytes: NeedAndFree;
}

export interface NeedAndFree {
  readonly need: number;
  readonly free: number;
}

export type GuardName = "instant" | "version" | "name" | "resources" | "decryption" | "parallel";

/** A guard that was passed, with the figures that it was judged by. What fails is a Problem instead. */
export interface PassedGuard {
  readonly name: GuardName;
  /** The guard passed, but a person should know: little room left, another restore runs. */
  readonly isTight: boolean;
  readonly found: string;
}

/** What OceanBase will be asked, in order. The statements' texts are built from this by src/oceanbase. */
export interface RestoreActions {
  /** Null where an existing unit config is used. */
  readonly unit: NewUnit | null;
  readonly pool: NewPool;
  readonly restore: StartRestore;
  readonly activate: boolean;
}

export interface RestorePlan {
  readonly until: Scn;
  /** The restorable interval that holds the instant. */
  readonly interval: { readonly from: Scn; readonly to: Scn };
  /** Full set first, then the increments, in order. */
  readonly sets: readonly PlannedSet[];
  readonly pieces: readonly PlannedPiece[];
  /** Logs are replayed from here to `until`. */
  readonly replayFrom: Scn;
  readonly dataBytes: number;
  readonly logBytes: number;
  readonly room: readonly ZoneRoom[];
  readonly guards: readonly PassedGuard[];
  readonly actions: RestoreActions;
}
