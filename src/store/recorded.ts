import type { ArchivePiece, ArchiveRound } from "../domain/archive.ts";
import type { BackupSet } from "../domain/backup-set.ts";
import type { ClusterResources } from "../domain/cluster.ts";
import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import type { BackupJob, RestoreJob } from "../domain/job.ts";
import type { Micros } from "../domain/scn.ts";
import { compare, type Held, nothingHeld } from "./held.ts";
import { deletion, insertion, isSame, keyOf, type RowChange, update } from "./inventory-table.ts";
import {
  BACKUP_JOBS,
  PIECES,
  RESTORE_JOBS,
  ROUNDS,
  SETS,
  TENANTS,
  type TenantFacts,
} from "./inventory-tables.ts";

/** One cluster's inventory as it was recorded last, kept in memory: every pass is compared with it, no page reads rows. */
export interface RecordedCluster {
  readonly name: string;
  readonly observedAt: Micros | null;
  /** Also those that are gone, while they left a history. */
  readonly tenants: ReadonlyMap<number, RecordedTenant>;
  readonly restoreJobs: Held<RestoreJob>;
  readonly resources: ClusterResources | undefined;
}

export interface RecordedTenant extends RecordedHistory {
  readonly facts: TenantFacts;
  /** As it is handed out: the same object until something differs. */
  readonly inventory: TenantInventory;
}

export interface RecordedHistory {
  readonly sets: Held<BackupSet>;
  readonly rounds: Held<ArchiveRound>;
  readonly pieces: Held<ArchivePiece>;
  readonly jobs: Held<BackupJob>;
}

/** What one pass makes of the last one. */
export interface NextRecord {
  readonly after: RecordedCluster;
  readonly rows: readonly RowChange[];
  /** Names of tenants where something differs that a person can see. */
  readonly touched: ReadonlySet<string>;
}

const NO_HISTORY: RecordedHistory = {
  sets: nothingHeld(),
  rounds: nothingHeld(),
  pieces: nothingHeld(),
  jobs: nothingHeld(),
};

/** How a tenant that is gone is handed out: nothing is to be asked of it, whatever it was when it was seen last. */
const DROPPED = { statusWord: "DROPPED", isNormal: false } as const;

/** Nobody wrote the end of these rounds: their rows vanished with the tenant. */
function endedWithTenant(round: ArchiveRound): ArchiveRound {
  const isOver = round.status === "stopped" || round.status === "interrupted";
  return isOver ? round : { ...round, status: "stopped", statusWord: DROPPED.statusWord };
}

export function recordedTenant(facts: TenantFacts, history: RecordedHistory): RecordedTenant {
  const { destinations, goneAt, ...seen } = facts;
  const tenant = goneAt === null ? seen : { ...seen, ...DROPPED };
  const { sets, rounds, pieces, jobs } = history;
  const inventory: TenantInventory = {
    tenant,
    destinations,
    sets: sets.items,
    rounds: goneAt === null ? rounds.items : rounds.items.map(endedWithTenant),
    pieces: pieces.items,
    backupJobs: jobs.items,
    ...(goneAt === null ? {} : { goneAt }),
  };
  return { facts, sets, rounds, pieces, jobs, inventory };
}

/** Pure; the order of `rows` keeps every foreign key satisfied. */
export function nextRecord(before: RecordedCluster, inventory: ClusterInventory): NextRecord {
  const present = inventory.tenants.map((seen) => nextTenant(before, seen));
  const gone = missing(before, inventory).map((tenant) => goneTenant(before, tenant, inventory.observedAt));
  const all = [...gone, ...present];
  const restores = nextRestoreJobs(before, inventory);
  return {
    after: {
      name: before.name,
      observedAt: inventory.observedAt,
      tenants: new Map(all.flatMap(({ after }) => (after ? [[after.facts.id, after] as const] : []))),
      restoreJobs: restores.after,
      resources: inventory.resources,
    },
    rows: [...all.flatMap((tenant) => tenant.rows), ...restores.rows],
    touched: new Set([...all.flatMap((tenant) => tenant.touched), ...restores.touched]),
  };
}

interface NextTenant {
  /** Undefined when nothing is left to be kept. */
  readonly after: RecordedTenant | undefined;
  readonly rows: readonly RowChange[];
  /** Its name, and after a renaming also the one before. */
  readonly touched: readonly string[];
}

function nextTenant(before: RecordedCluster, seen: TenantInventory): NextTenant {
  const last = before.tenants.get(seen.tenant.id);
  const facts = { ...seen.tenant, destinations: seen.destinations, goneAt: null };
  const history = nextHistory([before.name, seen.tenant.id], last ?? NO_HISTORY, seen);
  const ownRows = factRows(before.name, last?.facts, facts);
  const rows = [...ownRows, ...history.rows];
  const isTouched = history.rows.length > 0 || !last || isVisiblyOther(last.facts, facts);
  return {
    after: last && rows.length === 0 ? last : recordedTenant(facts, history.after),
    rows,
    touched: isTouched ? [facts.name, last?.facts.name ?? facts.name] : [],
  };
}

function factRows(cluster: string, last: TenantFacts | undefined, facts: TenantFacts): readonly RowChange[] {
  if (!last) return [insertion(TENANTS, [cluster], facts)];
  return isSame(TENANTS, last, facts) ? [] : [update(TENANTS, [cluster], facts)];
}

/** SYNC_SCN moves in every pass on every tenant that lives; the pass itself is announced, that is enough for it. */
function isVisiblyOther(last: TenantFacts, facts: TenantFacts): boolean {
  return !isSame(TENANTS, { ...last, syncScn: facts.syncScn }, facts);
}

function nextHistory(
  owner: readonly [string, number],
  last: RecordedHistory,
  seen: TenantInventory,
): { readonly after: RecordedHistory; readonly rows: readonly RowChange[] } {
  const sets = compare(SETS, owner, { before: last.sets, now: seen.sets });
  const rounds = compare(ROUNDS, owner, { before: last.rounds, now: remembering(last.rounds, seen.rounds) });
  const pieces = compare(PIECES, owner, { before: last.pieces, now: seen.pieces });
  const jobs = compare(BACKUP_JOBS, owner, { before: last.jobs, now: seen.backupJobs });
  return {
    after: { sets: sets.after, rounds: rounds.after, pieces: pieces.after, jobs: jobs.after },
    rows: [...sets.changes, ...rounds.changes, ...pieces.changes, ...jobs.changes],
  };
}

/** That a round was interrupted is kept, although the cluster's own row no longer says so. */
function remembering(last: Held<ArchiveRound>, rounds: readonly ArchiveRound[]): readonly ArchiveRound[] {
  return rounds.map((round) => {
    const before = last.byKey.get(keyOf(ROUNDS, round))?.interruption ?? round.interruption;
    const interruption = round.interruption || before;
    return interruption === round.interruption ? round : { ...round, interruption };
  });
}

function missing(before: RecordedCluster, inventory: ClusterInventory): readonly RecordedTenant[] {
  const present = new Set(inventory.tenants.map((seen) => seen.tenant.id));
  return [...before.tenants.values()].filter((tenant) => !present.has(tenant.facts.id));
}

/**
 * A dropped tenant leaves the lists, and what is known of its back-ups stays: restoring it is what they are for. One that
 * never had any is forgotten, or every tenant ever restored for a trial would stay here.
 */
function goneTenant(before: RecordedCluster, tenant: RecordedTenant, at: Micros): NextTenant {
  const { facts } = tenant;
  if (facts.goneAt !== null) return { after: tenant, rows: [], touched: [] };
  const wasBackedUp = [tenant.sets, tenant.rounds, tenant.pieces].some((held) => held.items.length > 0);
  const gone = { ...facts, goneAt: at };
  return {
    after: wasBackedUp ? recordedTenant(gone, tenant) : undefined,
    rows: [(wasBackedUp ? update : deletion)(TENANTS, [before.name], gone)],
    touched: [facts.name],
  };
}

function nextRestoreJobs(before: RecordedCluster, inventory: ClusterInventory) {
  const { after, changes } = compare(RESTORE_JOBS, [before.name], {
    before: before.restoreJobs,
    now: inventory.restoreJobs,
  });
  const other = after.items.filter((job) => before.restoreJobs.byKey.get(keyOf(RESTORE_JOBS, job)) !== job);
  const lost = before.restoreJobs.items.filter((job) => !after.byKey.has(keyOf(RESTORE_JOBS, job)));
  const own = inventory.cluster.clusterName;
  const touched = [...other, ...lost].flatMap((job) =>
    job.sourceCluster === own ? [job.targetTenant, job.sourceTenant] : [job.targetTenant],
  );
  return { after, rows: changes, touched };
}

/** The tenant of that name; where the cluster has none, the one of that name that was there last. */
export function tenantNamed(cluster: RecordedCluster, name: string): RecordedTenant | undefined {
  const ofName = [...cluster.tenants.values()].filter((tenant) => tenant.facts.name === name);
  const lastSeen = (tenant: RecordedTenant) => tenant.facts.goneAt ?? Number.POSITIVE_INFINITY;
  return ofName.toSorted((a, b) => lastSeen(b) - lastSeen(a))[0];
}

/** Running ones first, then newest first, as a pass delivers them. */
export function inOrderOfJobs<Job extends { readonly id: number; readonly isHistory: boolean }>(
  jobs: readonly Job[],
): readonly Job[] {
  return jobs.toSorted((a, b) => Number(a.isHistory) - Number(b.isHistory) || b.id - a.id);
}
