import { dirname, join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { Kysely } from "kysely";
import type { Micros } from "../domain/scn.ts";
import {
  addCluster,
  passwordIdentity,
  readCluster,
  readClusters,
  readPassword,
  recordUnobserved,
  removeCluster,
} from "./clusters.ts";
import {
  goneTenantRecords,
  loadRecorded,
  recordInventory,
  resourcesOf,
  restoreJobsOf,
  tenantInventory,
  tenantRecords,
} from "./inventories.ts";
import { migrate } from "./migrate.ts";
import {
  readActiveOperations,
  readOperation,
  readOperationOfRequest,
  readOperations,
  readSecrets,
  requestOperation,
  saveOperation,
} from "./operations.ts";
import { StoreRefusal } from "./refusal.ts";
import type { Schema } from "./schema.ts";
import { createKey, newKey, readKey, type Seal, sealWith } from "./sealed.ts";
import type { Shared } from "./shared.ts";
import { guardEndedOperations, IN_MEMORY, openSqlite, sqliteDialect } from "./sqlite.ts";
import type { Store } from "./store.ts";
import { readChangesAfter, readLastChange, Writer } from "./writer.ts";

export const DATABASE_FILE = "holdfast.db";
export const KEY_FILE = "holdfast.key";

export interface OpenStore {
  /** The database file, made when it is not there; its folder must be. Or ":memory:". */
  readonly path: string;
  /** Default: `holdfast.key` beside the database; for ":memory:" none, the key is gone with it. */
  readonly keyFile?: string;
  /** Already open, instead of the one at `path`: a test's memory that outlives the program under test. */
  readonly database?: DatabaseSync;
  readonly now: () => Micros;
}

/** Throws StoreRefusal when the database is newer than this program, is open elsewhere, or its key is not there. */
export async function openStore({ path, keyFile, database: given, now }: OpenStore): Promise<Store> {
  const database = given ?? openSqlite(path);
  const db = new Kysely<Schema>({ dialect: sqliteDialect(database) });
  try {
    await migrate(db);
    guardEndedOperations(database);
    const key = keyFile ?? (path === IN_MEMORY ? undefined : join(dirname(path), KEY_FILE));
    const seal = await openSeal(db, key);
    const writer = new Writer(db, { lastChange: await readLastChange(db), now });
    return storeOver({ db, writer, seal, recorded: await loadRecorded(db) });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Without its key a database is not given a new one: what is sealed in it would be lost without a word. */
async function openSeal(db: Kysely<Schema>, keyFile: string | undefined): Promise<Seal> {
  if (keyFile === undefined) return sealWith(newKey());
  const sample = await db.selectFrom("cluster").select(["name", "sealed_password"]).executeTakeFirst();
  const key = readKey(keyFile) ?? (sample ? undefined : createKey(keyFile));
  if (!key) {
    throw new StoreRefusal(
      `${keyFile} is not there, and passwords are sealed with it; restore it from a copy`,
    );
  }
  const seal = sealWith(key);
  if (sample) refuseOtherKey(seal, keyFile, sample);
  return seal;
}

function refuseOtherKey(
  seal: Seal,
  keyFile: string,
  sample: { readonly name: string; readonly sealed_password: string },
): void {
  try {
    seal.open(passwordIdentity(sample.name), sample.sealed_password);
  } catch (cause) {
    const found = `${keyFile} is not the key that this database was sealed with; restore the right one from a copy`;
    throw new StoreRefusal(found, { cause });
  }
}

function storeOver(shared: Shared): Store {
  const { db, writer } = shared;
  return {
    addCluster: (cluster) => addCluster(shared, cluster),
    clusters: () => readClusters(shared),
    cluster: (name) => readCluster(shared, name),
    clusterPassword: (name) => readPassword(shared, name),
    removeCluster: (name) => removeCluster(shared, name),
    recordInventory: (cluster, inventory) => recordInventory(shared, cluster, inventory),
    recordUnobserved: (cluster, seen) => recordUnobserved(shared, cluster, seen),
    tenants: async (cluster) => tenantRecords(shared, cluster),
    goneTenants: async (cluster) => goneTenantRecords(shared, cluster),
    tenantInventory: async (cluster, tenant) => tenantInventory(shared, cluster, tenant),
    resources: async (cluster) => resourcesOf(shared, cluster),
    restoreJobs: async (cluster) => restoreJobsOf(shared, cluster),
    requestOperation: (operation, secrets) => requestOperation(shared, operation, secrets),
    operationSecrets: (id) => readSecrets(shared, id),
    operation: (id) => readOperation(shared, id),
    operationOfRequest: (requestId) => readOperationOfRequest(shared, requestId),
    operations: (filter) => readOperations(shared, filter),
    activeOperations: () => readActiveOperations(shared),
    saveOperation: (operation) => saveOperation(shared, operation),
    changesAfter: (after) => readChangesAfter(db, { after, last: writer.lastChange }),
    lastChange: async () => writer.lastChange,
    onChange: (listener) => writer.onChange(listener),
    close: async () => {
      await writer.idle();
      await db.destroy();
    },
  };
}
