import type { ClusterResources } from "../domain/cluster.ts";
import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import type { RestoreJob } from "../domain/job.ts";
import { clusterChange, clusterUnknown } from "./clusters.ts";
import { fromText, scnDigits } from "./columns.ts";
import { hold } from "./held.ts";
import { type OwnedItem, readRows, writeRows } from "./inventory-table.ts";
import { BACKUP_JOBS, PIECES, RESTORE_JOBS, ROUNDS, SETS, TENANTS } from "./inventory-tables.ts";
import {
  inOrderOfJobs,
  nextRecord,
  type RecordedCluster,
  type RecordedTenant,
  recordedTenant,
  tenantNamed,
} from "./recorded.ts";
import type { Shared } from "./shared.ts";
import type { TenantRecord } from "./store.ts";
import type { Writing } from "./writer.ts";

export async function recordInventory(
  shared: Shared,
  cluster: string,
  inventory: ClusterInventory,
): Promise<void> {
  await shared.writer.write(async ({ tx, announce, afterCommit }) => {
    const before = shared.recorded.get(cluster);
    if (!before) throw clusterUnknown(cluster);
    const next = nextRecord(before, inventory);
    await writeRows(tx, next.rows);
    await writeClusterFacts(tx, before, inventory);
    for (const tenant of next.touched) announce({ topic: "tenant", cluster, tenant, operation: null });
    announce(clusterChange(cluster));
    afterCommit(() => shared.recorded.set(cluster, next.after));
  });
}

async function writeClusterFacts(
  tx: Writing["tx"],
  before: RecordedCluster,
  inventory: ClusterInventory,
): Promise<void> {
  const resources = JSON.stringify(inventory.resources);
  const sameResources = before.resources !== undefined && JSON.stringify(before.resources) === resources;
  await tx
    .updateTable("cluster")
    .set({
      cluster_name: inventory.cluster.clusterName,
      version: JSON.stringify(inventory.cluster.version),
      version_comment: inventory.cluster.versionComment,
      observed_at: inventory.observedAt,
      cluster_now: scnDigits(inventory.clusterNow),
      unobserved_since: null,
      unobserved_problem: null,
      ...(sameResources ? {} : { resources }),
    })
    .where("name", "=", before.name)
    .execute();
}

export function tenantRecords(shared: Shared, cluster: string | undefined): readonly TenantRecord[] {
  return recordsWhere(shared, cluster, ({ facts }) => facts.goneAt === null);
}

export function goneTenantRecords(shared: Shared, cluster: string | undefined): readonly TenantRecord[] {
  return recordsWhere(shared, cluster, ({ facts }) => facts.goneAt !== null);
}

function recordsWhere(
  shared: Shared,
  cluster: string | undefined,
  isWanted: (tenant: RecordedTenant) => boolean,
): readonly TenantRecord[] {
  const clusters = cluster === undefined ? [...shared.recorded.values()] : [shared.recorded.get(cluster)];
  return clusters
    .flatMap((recorded) => (recorded ? recordsOf(recorded, isWanted) : []))
    .toSorted((a, b) => inText(a.cluster, b.cluster) || inText(a.tenant.name, b.tenant.name));
}

function recordsOf(
  { name, observedAt, tenants }: RecordedCluster,
  isWanted: (tenant: RecordedTenant) => boolean,
): readonly TenantRecord[] {
  if (observedAt === null) return [];
  return [...tenants.values()]
    .filter(isWanted)
    .map(({ inventory: { tenant, destinations } }) => ({ cluster: name, tenant, destinations, observedAt }));
}

function inText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function tenantInventory(
  shared: Shared,
  cluster: string,
  tenant: string,
): TenantInventory | undefined {
  const recorded = shared.recorded.get(cluster);
  return recorded && tenantNamed(recorded, tenant)?.inventory;
}

export function resourcesOf(shared: Shared, cluster: string): ClusterResources | undefined {
  return shared.recorded.get(cluster)?.resources;
}

export function restoreJobsOf(shared: Shared, cluster: string): readonly RestoreJob[] {
  return shared.recorded.get(cluster)?.restoreJobs.items ?? [];
}

/** Once, when the store is opened: afterwards inventories are read from memory and written as differences. */
export async function loadRecorded(db: Shared["db"]): Promise<Map<string, RecordedCluster>> {
  const rows = await db.selectFrom("cluster").select(["name", "observed_at", "resources"]).execute();
  const recorded = new Map<string, RecordedCluster>();
  for (const row of rows) {
    const restoreJobs = (await readRows(db, RESTORE_JOBS, row.name)).map(({ item }) => item);
    recorded.set(row.name, {
      name: row.name,
      observedAt: row.observed_at,
      tenants: await loadTenants(db, row.name),
      restoreJobs: hold(RESTORE_JOBS, inOrderOfJobs(restoreJobs)),
      resources: row.resources === null ? undefined : fromText<ClusterResources>(row.resources),
    });
  }
  return recorded;
}

async function loadTenants(db: Shared["db"], cluster: string): Promise<ReadonlyMap<number, RecordedTenant>> {
  const facts = await readRows(db, TENANTS, cluster);
  const sets = byTenant(await readRows(db, SETS, cluster));
  const rounds = byTenant(await readRows(db, ROUNDS, cluster));
  const pieces = byTenant(await readRows(db, PIECES, cluster));
  const jobs = byTenant(await readRows(db, BACKUP_JOBS, cluster));
  const tenants = facts.map(({ item }) =>
    recordedTenant(item, {
      sets: hold(SETS, sets.get(item.id) ?? []),
      rounds: hold(ROUNDS, rounds.get(item.id) ?? []),
      pieces: hold(PIECES, pieces.get(item.id) ?? []),
      jobs: hold(BACKUP_JOBS, inOrderOfJobs(jobs.get(item.id) ?? [])),
    }),
  );
  return new Map(tenants.map((tenant) => [tenant.facts.id, tenant]));
}

function byTenant<T>(rows: readonly OwnedItem<T>[]): ReadonlyMap<number | undefined, readonly T[]> {
  const grouped = Map.groupBy(rows, (row) => row.tenantId);
  return new Map([...grouped].map(([tenant, owned]) => [tenant, owned.map(({ item }) => item)]));
}
