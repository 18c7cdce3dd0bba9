import { type ArchiveRound, newestRound } from "../domain/archive.ts";
import type { BackupSet } from "../domain/backup-set.ts";
import type { Cluster } from "../domain/cluster.ts";
import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import type { BackupJob } from "../domain/job.ts";
import { scnFromMicros } from "../domain/scn.ts";
import type { Tenant } from "../domain/tenant.ts";
import { microsOf, type Row } from "./row.ts";
import { destinationsByTenant, NO_DESTINATIONS, resourcesOf, tenantOf } from "./v4-cluster.ts";
import { archivePiece, archiveRound, backupSet } from "./v4-history.ts";
import { backupJobsByTenant } from "./v4-jobs.ts";
import { restoreJobs } from "./v4-restores.ts";
import type { Question } from "./v4-views.ts";

/** What the server answered to each of a pass's questions. */
export type Answers = Readonly<Record<Question, readonly Row[]>>;

/**
 * Asks the questions one after the other: jobs before sets, so that the set of a job seen as ended is seen as ended
 * too (a set ends about a second before its job, seen on 4.2.1.9). Tenants last: with a tenant that is dropped its sets
 * vanish at once, and it must not be seen as one that is there and has none.
 */
export async function askAll(ask: (question: Question) => Promise<readonly Row[]>): Promise<Answers> {
  return {
    backupJobs: await ask("backupJobs"),
    sets: await ask("sets"),
    archive: await ask("archive"),
    restores: await ask("restores"),
    settings: await ask("settings"),
    tenants: await ask("tenants"),
  };
}

export interface Observation {
  readonly cluster: Omit<Cluster, "name">;
  /** Rows of TENANT_ID and INTERRUPTED_AT (microseconds). */
  readonly interruptions: readonly Row[];
  readonly observedAt: ClusterInventory["observedAt"];
}

/** Meta tenants (META$1002) are left out: each belongs to a user tenant, is backed up with it and has no jobs. */
export function inventoryOf(
  answers: Answers,
  { cluster, interruptions, observedAt }: Observation,
): ClusterInventory {
  const clusterNow = microsOf(answers.tenants[0] ?? {}, "CLUSTER_NOW");
  return {
    observedAt,
    clusterNow: scnFromMicros(clusterNow ?? observedAt),
    cluster,
    tenants: tenantsOf(answers, Map.groupBy(interruptions, tenantId)),
    restoreJobs: restoreJobs(answers.restores),
    resources: resourcesOf(answers.settings),
  };
}

function tenantsOf(
  answers: Answers,
  interruptions: ReadonlyMap<string, readonly Row[]>,
): readonly TenantInventory[] {
  const sets = Map.groupBy(answers.sets, tenantId);
  const rounds = Map.groupBy(answers.archive.filter(isFrom("round")), tenantId);
  const pieces = Map.groupBy(answers.archive.filter(isFrom("piece")), tenantId);
  const jobs = backupJobsByTenant(answers.backupJobs);
  const destinations = destinationsByTenant(answers.settings);
  return answers.tenants
    .map((row) => ({ id: tenantId(row), tenant: tenantOf(row) }))
    .filter(({ tenant }) => tenant.kind !== "meta")
    .map(({ id, tenant }) => {
      const backupJobs = jobs.get(tenant.id) ?? [];
      const ownRounds = roundsOf(rounds.get(id) ?? [], interruptions.get(id) ?? []);
      return {
        tenant: withLogMode(tenant, ownRounds),
        destinations: destinations.get(tenant.id) ?? NO_DESTINATIONS,
        backupJobs,
        sets: withOwnLogs((sets.get(id) ?? []).map(backupSet), backupJobs),
        rounds: ownRounds,
        pieces: (pieces.get(id) ?? []).map(archivePiece),
      };
    });
}

/**
 * DBA_OB_TENANTS of 4.0 has no LOG_MODE: there the newest round tells. Without a round nothing is archived, whatever the
 * mode (ARCHIVELOG without a destination makes none), and 4.0 takes a second ARCHIVELOG in silence.
 */
function withLogMode(tenant: Tenant, rounds: readonly ArchiveRound[]): Tenant {
  if (tenant.logMode !== "unknown") return tenant;
  const status = newestRound(rounds)?.status ?? "stopped";
  if (status === "unknown") return tenant;
  const isOff = status === "stopped" || status === "stopping";
  return { ...tenant, logMode: isOff ? "noarchivelog" : "archivelog" };
}

/** An interruption is of the round that ran then: the last one that had begun. */
function roundsOf(rows: readonly Row[], interruptions: readonly Row[]): readonly ArchiveRound[] {
  const rounds = rows.map(archiveRound);
  const begun = rounds.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
  const ran = (row: Row) => {
    const at = microsOf(row, "INTERRUPTED_AT") ?? 0;
    return begun.find(({ startedAt }) => startedAt !== null && startedAt <= at);
  };
  const interrupted = new Set(interruptions.map(ran));
  return rounds.map((round) =>
    round.interruption === null && interrupted.has(round) ? { ...round, interruption: "" } : round,
  );
}

/**
 * Seen on 4.2.1.9: a set made with PLUS ARCHIVELOG, its logs in its directory, says PLUS_ARCHIVELOG OFF for ever; its
 * job says ON. So a set counts as bringing its own logs where either says so.
 */
function withOwnLogs(sets: readonly BackupSet[], jobs: readonly BackupJob[]): readonly BackupSet[] {
  const plus = new Set(jobs.filter((job) => job.plusArchivelog && job.setId > 0).map((job) => job.setId));
  return sets.map((set) => (plus.has(set.id) ? { ...set, plusArchivelog: true } : set));
}

function tenantId(row: Row): string {
  return row.TENANT_ID ?? "";
}

function isFrom(source: string): (row: Row) => boolean {
  return (row) => row.SOURCE === source;
}
