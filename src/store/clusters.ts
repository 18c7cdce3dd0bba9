import type { Selectable } from "kysely";
import type { RestoreJob } from "../domain/job.ts";
import { Problem, type ProblemBody } from "../domain/problem.ts";
import type { Micros } from "../domain/scn.ts";
import type { Version } from "../domain/version.ts";
import { fromText, nullable, scnColumn, toText } from "./columns.ts";
import { nothingHeld } from "./held.ts";
import type { ClusterRow } from "./schema.ts";
import type { Shared } from "./shared.ts";
import type { ClusterRecord, NewCluster } from "./store.ts";
import type { Announcement, Writing } from "./writer.ts";

const SHOWN = [
  "name",
  "host",
  "port",
  "user_name",
  "cluster_name",
  "version",
  "version_comment",
  "added_at",
  "observed_at",
  "cluster_now",
  "unobserved_since",
  "unobserved_problem",
] as const;

export async function addCluster(shared: Shared, cluster: NewCluster): Promise<ClusterRecord> {
  await shared.writer.write(async ({ tx, announce, afterCommit }) => {
    if (shared.recorded.has(cluster.name)) throw nameTaken(cluster.name);
    await tx.insertInto("cluster").values(newRow(shared, cluster)).execute();
    announce(clusterChange(cluster.name));
    afterCommit(() => {
      const nothing = {
        observedAt: null,
        tenants: new Map(),
        restoreJobs: nothingHeld<RestoreJob>(),
        resources: undefined,
      };
      shared.recorded.set(cluster.name, { name: cluster.name, ...nothing });
    });
  });
  const { password: _sealed, ...shown } = cluster;
  return { ...shown, observedAt: null, clusterNow: null, unobserved: null };
}

function newRow(shared: Shared, cluster: NewCluster): ClusterRow {
  return {
    name: cluster.name,
    host: cluster.host,
    port: cluster.port,
    user_name: cluster.user,
    sealed_password: shared.seal.seal(passwordIdentity(cluster.name), cluster.password),
    cluster_name: cluster.clusterName,
    version: toText(cluster.version),
    version_comment: cluster.versionComment,
    added_at: cluster.addedAt,
    observed_at: null,
    cluster_now: null,
    unobserved_since: null,
    unobserved_problem: null,
    resources: null,
  };
}

/** What the password is sealed for: the same words for ever, or what is stored no longer opens. */
export function passwordIdentity(cluster: string): string {
  return `cluster password ${cluster}`;
}

export function clusterChange(cluster: string): Announcement {
  return { topic: "cluster", cluster, tenant: null, operation: null };
}

function nameTaken(name: string): Problem {
  return new Problem("cluster-name-taken", {
    found: `A cluster named ${name} is watched already.`,
    remedy: "Choose another name, or remove that cluster first.",
    values: { cluster: name },
  });
}

export function clusterUnknown(name: string): Problem {
  return new Problem("cluster-unknown", {
    found: `No cluster named ${name} is watched.`,
    remedy: "Look the name up in the list of clusters, or add the cluster.",
    values: { cluster: name },
  });
}

export async function readClusters(shared: Shared): Promise<readonly ClusterRecord[]> {
  const rows = await shared.db.selectFrom("cluster").select(SHOWN).execute();
  return rows.map(recordOf).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export async function readCluster(shared: Shared, name: string): Promise<ClusterRecord | undefined> {
  const row = await shared.db.selectFrom("cluster").select(SHOWN).where("name", "=", name).executeTakeFirst();
  return row && recordOf(row);
}

function recordOf(row: Pick<Selectable<ClusterRow>, (typeof SHOWN)[number]>): ClusterRecord {
  const { unobserved_since: since, unobserved_problem: problem } = row;
  return {
    name: row.name,
    host: row.host,
    port: row.port,
    user: row.user_name,
    clusterName: row.cluster_name,
    version: fromText<Version>(row.version),
    versionComment: row.version_comment,
    addedAt: row.added_at,
    observedAt: row.observed_at,
    clusterNow: nullable(scnColumn).fromSql(row.cluster_now),
    unobserved:
      since === null || problem === null ? null : { since, problem: fromText<ProblemBody>(problem) },
  };
}

export async function readPassword(shared: Shared, name: string): Promise<string | undefined> {
  const row = await shared.db
    .selectFrom("cluster")
    .select("sealed_password")
    .where("name", "=", name)
    .executeTakeFirst();
  return row && shared.seal.open(passwordIdentity(name), row.sealed_password);
}

export async function removeCluster(shared: Shared, name: string): Promise<void> {
  await shared.writer.write(async ({ tx, announce, afterCommit }) => {
    if (!shared.recorded.has(name)) throw clusterUnknown(name);
    await refuseWhileActive(tx, name);
    await tx.deleteFrom("cluster").where("name", "=", name).execute();
    announce(clusterChange(name));
    afterCommit(() => shared.recorded.delete(name));
  });
}

async function refuseWhileActive(tx: Writing["tx"], name: string): Promise<void> {
  const active = await tx
    .selectFrom("operation")
    .select("id")
    .where("active_kind", "is not", null)
    .where((where) => where.or([where("cluster", "=", name), where("source_cluster", "=", name)]))
    .orderBy("sequence")
    .execute();
  if (active.length === 0) return;
  const ids = active.map((row) => row.id);
  throw new Problem("cluster-has-operations", {
    found: `${ids.length} of its operations have not ended: ${ids.slice(0, 5).join(", ")}.`,
    remedy: "Wait until they have ended, or cancel them.",
    values: { cluster: name, operations: ids },
  });
}

/** Announced when the reason is another one: the same refusal every few seconds is no news. */
export async function recordUnobserved(
  shared: Shared,
  name: string,
  seen: { readonly at: Micros; readonly problem: ProblemBody },
): Promise<void> {
  await shared.writer.write(async ({ tx, announce }) => {
    const row = await tx.selectFrom("cluster").select(SHOWN).where("name", "=", name).executeTakeFirst();
    if (!row) throw clusterUnknown(name);
    const problem = toText(seen.problem);
    if (row.unobserved_problem === problem) return;
    await tx
      .updateTable("cluster")
      .set({ unobserved_since: row.unobserved_since ?? seen.at, unobserved_problem: problem })
      .where("name", "=", name)
      .execute();
    announce(clusterChange(name));
  });
}
