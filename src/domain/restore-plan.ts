import type { ArchivePiece } from "./archive.ts";
import type { BackupSet, BackupType, FileStatus } from "./backup-set.ts";
import { instantRefusal, noBackupYet } from "./instant-refusal.ts";
import type { TenantInventory } from "./inventory.ts";
import { restoreRefusal } from "./offers.ts";
import type { RestoreTarget } from "./operation.ts";
import { Problem } from "./problem.ts";
import { type RestorableInterval, restorable } from "./restorable.ts";
import { type RestoreSource, sourceFor } from "./restore-source.ts";
import { firstFreeName, judgeTarget, type TargetCluster } from "./restore-target.ts";
import { NO_SCN, type Scn, scnToIso } from "./scn.ts";
import type { Version } from "./version.ts";
import { judgeVersion } from "./version-guard.ts";
import { whereIs } from "./where-is.ts";

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

/** What a person ordered. The `RestoreRequest` of an operation is made of this and of the plan's actions. */
export interface RestoreOrder {
  readonly source: { readonly cluster: string; readonly tenant: string };
  readonly until: Scn | "latest";
  readonly target: RestoreTarget;
  readonly activate: boolean;
  readonly decryptionPasswords: readonly string[];
}

export interface PlanInput {
  readonly order: RestoreOrder;
  /** The operation's id: sent as DESCRIPTION, by it the restore job is found again. */
  readonly signature: string;
  readonly source: {
    readonly version: Version;
    readonly tenant: TenantInventory;
    /** The source cluster's clock when it was observed last; null where it never answered. */
    readonly now: Scn | null;
  };
  readonly target: TargetCluster;
}

/**
 * Decides everything about a restore before a word is sent: the instant, the sets and pieces that OceanBase will read for
 * it, the room it needs, the names it will use. Throws the first guard (X12) that does not pass as a Problem: `no-backup-yet`,
 * `instant-before-first-set`, `instant-in-gap`, `instant-after-logs`, `instant-in-future`, `decryption-needed`, `tenant-is-sys`,
 * `target-version-too-low`, `version-not-supported`, `target-name-invalid`, `target-name-taken`, `target-zone-unknown`,
 * `unit-unknown`, `unit-too-small`, `resources-not-enough`.
 */
export function planRestore(input: PlanInput): RestorePlan {
  const { order, source, target, signature } = input;
  const { instant, interval } = instantOf(input);
  const found = sourceFor(source.tenant, instant);
  // `restorable` claims what `sourceFor` finds: held by a property test.
  if (!found) throw new RangeError(`SCN ${instant} is claimed restorable, but no set and logs reach it`);
  const decryption = judgePasswords(found, order.decryptionPasswords);
  const version = judgeVersion(found.sets, { source: source.version, target: target.version });
  const place = judgeTarget(order.target, { cluster: target, dataBytes: sizeOf(found.sets, "inputBytes") });
  return {
    until: instant,
    interval: { from: interval.from, to: interval.to },
    sets: found.sets.map(plannedSet),
    pieces: found.pieces.map(plannedPiece),
    replayFrom: found.replayFrom,
    dataBytes: sizeOf(found.sets, "outputBytes"),
    logBytes: found.pieces.reduce((sum, piece) => sum + piece.outputBytes, 0),
    room: place.room,
    guards: [instantGuard(found, instant), version, ...place.guards, ...decryption],
    actions: actionsFor(input, { found, instant, zones: place.zones, signature }),
  };
}

function instantOf({ order, source }: PlanInput): {
  readonly instant: Scn;
  readonly interval: RestorableInterval;
} {
  const now = source.now ?? NO_SCN;
  const known = restorable(source.tenant, { now });
  const { name } = source.tenant.tenant;
  const refusal = restoreRefusal(source.tenant, known);
  const newest = known.intervals.at(-1);
  if (refusal || !newest) throw refusal ?? noBackupYet(name, known.gaps.at(-1) ?? null);
  const instant = order.until === "latest" ? newest.to : order.until;
  const where = whereIs(known, { instant, now });
  if (where.kind === "restorable") return { instant, interval: where.interval };
  throw instantRefusal(where, { tenant: name, instant, now });
}

function plannedSet({ id, type, minRestoreScn, outputBytes, path, encrypted }: BackupSet): PlannedSet {
  return { id, type, minRestoreScn, outputBytes, path, encrypted };
}

function plannedPiece(piece: ArchivePiece): PlannedPiece {
  const { roundId, id, startScn, endScn, checkpointScn, outputBytes, path, fileStatus } = piece;
  return { roundId, id, startScn, endScn, checkpointScn, outputBytes, path, fileStatus };
}

function sizeOf(sets: readonly BackupSet[], which: "inputBytes" | "outputBytes"): number {
  return sets.reduce((sum, set) => sum + set[which], 0);
}

function instantGuard({ sets, pieces }: RestoreSource, instant: Scn): PassedGuard {
  const increments = sets.length - 1;
  const chain = `Full set ${sets[0]?.id}${increments === 0 ? "" : ` with ${counted(increments, "increment")}`}`;
  const logs = pieces.length === 0 ? "its own logs" : counted(pieces.length, "log piece");
  return { name: "instant", isTight: false, found: `${chain} and ${logs} reach ${scnToIso(instant)}.` };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** OceanBase tries the passwords on every set that it walks past, used or not (9047). */
function judgePasswords({ walked }: RestoreSource, passwords: readonly string[]): readonly PassedGuard[] {
  const encrypted = walked.filter((set) => set.encrypted).map((set) => String(set.id));
  if (encrypted.length === 0) return [];
  const found = `Encrypted sets on the way: ${encrypted.join(", ")}.`;
  if (passwords.length > 0) return [{ name: "decryption", isTight: false, found }];
  throw new Problem("decryption-needed", {
    found: `${found} No password was given.`,
    remedy: "Give the password of each of them; OceanBase checks all, also those it will not read.",
    values: { sets: encrypted },
  });
}

function actionsFor(
  { order, target }: PlanInput,
  how: {
    readonly found: RestoreSource;
    readonly instant: Scn;
    readonly zones: readonly string[];
    readonly signature: string;
  },
): RestoreActions {
  const { tenant, unit: wanted, unitCount, primaryZone, concurrency } = order.target;
  const { unitConfigs, pools } = target.resources;
  const unit = "name" in wanted ? null : { name: firstFreeName(`${tenant}_unit`, unitConfigs), ...wanted };
  const pool = firstFreeName(`${tenant}_pool`, pools);
  return {
    unit,
    pool: {
      name: pool,
      unit: "name" in wanted ? wanted.name : (unit?.name ?? ""),
      unitCount,
      zones: how.zones,
    },
    restore: {
      targetTenant: tenant,
      dataUri: how.found.dataUri,
      archiveUri: how.found.archiveUri,
      until: how.instant,
      pool,
      locality: how.zones.map((zone) => `F@${zone}`).join(","),
      primaryZone,
      concurrency,
      signature: how.signature,
      decryptionPasswords: order.decryptionPasswords,
    },
    activate: order.activate,
  };
}
