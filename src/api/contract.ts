import { z } from "zod";
import { operation, restoreOrder, restorePlan } from "./operation-schemas.ts";
import {
  archiveRound,
  backupSet,
  backupTask,
  cluster,
  clusterName,
  clusterResources,
  newCluster,
  restorableWindow,
  restoreTask,
  tenantName,
  tenantPage,
  tenantRow,
} from "./schemas.ts";

/**
 * The agreement with both clients: every route with what it takes (and nothing else: what is misspelt is refused by name), what it answers and the permission it will need once
 * there are accounts. A route without a permission does not compile. Refusals answer a `problem` with the status of
 * `PROBLEM_STATUS`.
 */
export type Permission = "read" | "back-up" | "restore" | "archive" | "administer";

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /api/v1, with {parameters}. */
  readonly path: string;
  readonly permission: Permission;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly status: 200 | 201 | 202 | 204;
  readonly answer: z.ZodType;
}

const ofCluster = z.strictObject({ cluster: clusterName });
const ofTenant = z.strictObject({ cluster: clusterName, tenant: tenantName });
const ofOperation = z.strictObject({
  id: z.string().regex(/^op-[0-9a-z]{10}$/, {
    error: "an operation's id is op- and ten letters or digits, for example op-3f9k2m7xq1",
  }),
});
const requestId = z
  .string()
  .min(8)
  .max(64)
  .describe("Chosen by the client; sent again, it makes no second operation");
const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});
const time = z.string().describe("ISO 8601 with an offset, up to nanoseconds");
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ total: z.number().int(), items: z.array(item) });

export const ROUTES = {
  listClusters: {
    method: "GET",
    path: "/clusters",
    permission: "read",
    summary: "Clusters that Holdfast watches",
    status: 200,
    answer: z.object({ items: z.array(cluster) }),
  },
  addCluster: {
    method: "POST",
    path: "/clusters",
    permission: "administer",
    summary: "Connect to a cluster as sys and watch it from now on",
    body: newCluster,
    status: 201,
    answer: cluster,
  },
  showCluster: {
    method: "GET",
    path: "/clusters/{cluster}",
    permission: "read",
    summary: "One cluster with its servers, units and pools",
    params: ofCluster,
    status: 200,
    answer: cluster.extend({ resources: clusterResources.nullable() }),
  },
  removeCluster: {
    method: "DELETE",
    path: "/clusters/{cluster}",
    permission: "administer",
    summary: "Stop watching a cluster; nothing in it is touched",
    params: ofCluster,
    status: 204,
    answer: z.null(),
  },
  listTenants: {
    method: "GET",
    path: "/tenants",
    permission: "read",
    summary: "User tenants of all clusters, or of one",
    query: z.strictObject({ cluster: clusterName.optional() }),
    status: 200,
    answer: z.object({ items: z.array(tenantRow) }),
  },
  showTenant: {
    method: "GET",
    path: "/clusters/{cluster}/tenants/{tenant}",
    permission: "read",
    summary: "One tenant: its backup figures and which actions are offered",
    params: ofTenant,
    status: 200,
    answer: tenantPage,
  },
  showRestorable: {
    method: "GET",
    path: "/clusters/{cluster}/tenants/{tenant}/restorable",
    permission: "read",
    summary:
      "Restorable intervals, gaps with their causes, logs and sets in a window (default: the last 7 days)",
    params: ofTenant,
    query: z.strictObject({ from: time.optional(), to: time.optional() }),
    status: 200,
    answer: restorableWindow,
  },
  listBackupTasks: {
    method: "GET",
    path: "/clusters/{cluster}/tenants/{tenant}/backup-tasks",
    permission: "read",
    summary: "Data backup tasks, running ones first, then newest first",
    params: ofTenant,
    query: page.extend({ state: z.enum(["all", "running", "failed"]).default("all") }),
    status: 200,
    answer: listOf(backupTask),
  },
  listBackupSets: {
    method: "GET",
    path: "/clusters/{cluster}/tenants/{tenant}/backup-sets",
    permission: "read",
    summary: "Backup sets, newest first",
    params: ofTenant,
    query: page,
    status: 200,
    answer: listOf(backupSet),
  },
  listArchiveRounds: {
    method: "GET",
    path: "/clusters/{cluster}/tenants/{tenant}/archive-rounds",
    permission: "read",
    summary: "Log backup tasks: every archive round, newest first",
    params: ofTenant,
    query: page,
    status: 200,
    answer: listOf(archiveRound),
  },
  listRestoreTasks: {
    method: "GET",
    path: "/clusters/{cluster}/tenants/{tenant}/restore-tasks",
    permission: "read",
    summary: "Restores from this tenant or into it, newest first",
    params: ofTenant,
    query: page.extend({ from: time.optional(), to: time.optional() }),
    status: 200,
    answer: listOf(restoreTask),
  },
  setDestinations: {
    method: "PUT",
    path: "/clusters/{cluster}/tenants/{tenant}/destinations",
    permission: "archive",
    summary: "Set where the tenant backs up to; an operation",
    params: ofTenant,
    body: z.strictObject({
      requestId,
      data: z.string().min(1).nullable(),
      archive: z.string().min(1).nullable(),
    }),
    status: 202,
    answer: operation,
  },
  startArchive: {
    method: "POST",
    path: "/clusters/{cluster}/tenants/{tenant}/archive/start",
    permission: "archive",
    summary: "Start log backup and wait until it is DOING; an operation",
    params: ofTenant,
    body: z.strictObject({ requestId }),
    status: 202,
    answer: operation,
  },
  stopArchive: {
    method: "POST",
    path: "/clusters/{cluster}/tenants/{tenant}/archive/stop",
    permission: "archive",
    summary: "Stop log backup: a gap opens from now on; an operation",
    params: ofTenant,
    body: z.strictObject({ requestId }),
    status: 202,
    answer: operation,
  },
  previewBackup: {
    method: "POST",
    path: "/clusters/{cluster}/tenants/{tenant}/backups/preview",
    permission: "read",
    summary: "The SQL and the command line that a backup stands for; nothing is sent",
    params: ofTenant,
    body: z.strictObject({
      type: z.enum(["full", "incremental"]),
      plusArchivelog: z.boolean().default(false),
      encrypted: z.boolean().default(false).describe("A password will be given: it is shown masked"),
    }),
    status: 200,
    answer: z.object({ statements: z.array(z.string()), commandLine: z.string() }),
  },
  backUp: {
    method: "POST",
    path: "/clusters/{cluster}/tenants/{tenant}/backups",
    permission: "back-up",
    summary: "Back up this tenant now; an operation",
    params: ofTenant,
    body: z.strictObject({
      requestId,
      type: z.enum(["full", "incremental"]).default("full"),
      plusArchivelog: z.boolean().default(false),
      encryptionPassword: z.string().min(1).max(128).nullable().default(null),
    }),
    status: 202,
    answer: operation,
  },
  planRestore: {
    method: "POST",
    path: "/restores/plan",
    permission: "read",
    summary: "What a restore would read, need and send; nothing is sent",
    body: restoreOrder,
    status: 200,
    answer: restorePlan,
  },
  restore: {
    method: "POST",
    path: "/restores",
    permission: "restore",
    summary: "Restore into a new tenant; an operation",
    body: restoreOrder.extend({ requestId }),
    status: 202,
    answer: operation,
  },
  listOperations: {
    method: "GET",
    path: "/operations",
    permission: "read",
    summary: "Operations, newest first",
    query: page.extend({ cluster: clusterName.optional(), tenant: tenantName.optional() }),
    status: 200,
    answer: listOf(operation),
  },
  showOperation: {
    method: "GET",
    path: "/operations/{id}",
    permission: "read",
    summary: "One operation with its steps and the statements that were sent",
    params: ofOperation,
    status: 200,
    answer: operation,
  },
  cancelOperation: {
    method: "POST",
    path: "/operations/{id}/cancel",
    permission: "back-up",
    summary: "Ask for an operation to be canceled",
    params: ofOperation,
    status: 202,
    answer: operation,
  },
  cleanUp: {
    method: "POST",
    path: "/operations/{id}/clean-up",
    permission: "restore",
    summary: "Drop what a failed restore left: half-made tenant, resource pool, unit; an operation",
    params: ofOperation,
    body: z.strictObject({ requestId }),
    status: 202,
    answer: operation,
  },
  health: {
    method: "GET",
    path: "/health",
    permission: "read",
    summary: "The server's own state",
    status: 200,
    answer: z.object({
      version: z.string(),
      startedAt: z.number().int(),
      lastChange: z.number().int(),
      clusters: z.number().int(),
      activeOperations: z.number().int(),
    }),
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof ROUTES;

/** What the client sends: inputs before defaults are filled in. */
export type ParamsOf<Name extends RouteName> = PartOf<Name, "params">;
export type QueryOf<Name extends RouteName> = PartOf<Name, "query">;
export type BodyOf<Name extends RouteName> = PartOf<Name, "body">;
export type AnswerOf<Name extends RouteName> = z.output<(typeof ROUTES)[Name]["answer"]>;

type PartOf<Name extends RouteName, Part extends string> = (typeof ROUTES)[Name] extends {
  readonly [K in Part]: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : undefined;

/** The stream GET /api/v1/events: `id:` is the change's number, `event: change`, `data:` this. */
export const changeEvent = z.object({
  number: z.number().int(),
  at: z.number().int(),
  topic: z.enum(["cluster", "tenant", "operation"]),
  cluster: z.string(),
  tenant: z.string().nullable(),
  operation: z.string().nullable(),
});
export type ChangeEvent = z.output<typeof changeEvent>;

/** Sent as `event: reload` when the stream cannot be resumed from where the client was: reload every list. */
export const RELOAD_EVENT = "reload";
