import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { readVersion } from "../../src/domain/version.ts";
import { openStore } from "../../src/store/open-store.ts";
import { IN_MEMORY, openSqlite } from "../../src/store/sqlite.ts";
import { newFolder } from "./scratch.ts";
import { type SandboxVersion, START } from "./world.ts";

/** Beside the database of every schedule, as it would be beside one on disk: processes come and go. */
export const KEY_FILE = join(newFolder("key"), "holdfast.key");

const beginnings = new Map<SandboxVersion, Uint8Array>();

/** What outlives every process of a schedule: Holdfast's database, in memory, in which the cluster is on record. */
export async function newMemory(version: SandboxVersion): Promise<DatabaseSync> {
  const bytes = beginnings.get(version) ?? (await beginningOf(version));
  beginnings.set(version, bytes);
  const database = openSqlite(IN_MEMORY);
  database.deserialize(bytes);
  database.exec("pragma foreign_keys = on");
  return database;
}

async function beginningOf(text: SandboxVersion): Promise<Uint8Array> {
  const database = openSqlite(IN_MEMORY);
  const store = await openStore({ path: IN_MEMORY, database, keyFile: KEY_FILE, now: () => START });
  const version = readVersion(text);
  if (!version) throw new Error(`${text} is no version`);
  await store.addCluster({
    name: "prod",
    host: "prod",
    port: 2881,
    user: "root@sys",
    password: "",
    clusterName: "prod",
    version,
    versionComment: text,
    addedAt: START,
  });
  const bytes = database.serialize();
  await store.close();
  return bytes;
}
