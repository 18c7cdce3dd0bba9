import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { DATABASE_FILE, openStore } from "./open-store.ts";
import { anInventory, anOperation, aTenantInventory, newCluster } from "./sample-inventory.ts";
import { openSqlite } from "./sqlite.ts";
import { storeContract, testNow, withFolder } from "./store.contract.ts";
import { KEPT_CHANGES } from "./writer.ts";

const openIn = (folder: string) => openStore({ path: join(folder, DATABASE_FILE), now: testNow });

storeContract("SQLite", openIn);

test("a store in memory works without any file", async () => {
  const store = await openStore({ path: ":memory:", now: testNow });
  await store.addCluster(newCluster("prod"));
  expect(await store.clusterPassword("prod")).toBe("secret of prod");
  expect(existsSync(":memory:")).toBe(false);
  await store.close();
});

test("no file of the store holds a secret in the clear", async () => {
  await withFolder(async (folder) => {
    const store = await openIn(folder);
    await store.addCluster({ ...newCluster("prod"), password: "needle-in-cluster" });
    await store.requestOperation(anOperation("a"), { encryptionPassword: "needle-in-operation" });
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    await store.close();
    expect(files.some((text) => text.includes("op-a"))).toBe(true);
    expect(files.filter((text) => text.includes("needle"))).toEqual([]);
  });
});

test("not even a statement written in error changes or deletes an ended operation", async () => {
  await withFolder(async (folder) => {
    const store = await openIn(folder);
    await store.addCluster(newCluster("prod"));
    const requested = await store.requestOperation(anOperation("a"), null);
    await store.saveOperation({ ...requested, phase: "ended", outcome: "failed" });
    await store.close();
    const raw = new DatabaseSync(join(folder, DATABASE_FILE));
    expect(() => raw.exec("update operation set revision = 99")).toThrow("an ended operation never changes");
    expect(() => raw.exec("delete from operation")).toThrow("an ended operation is not deleted");
    raw.close();
  });
});

test("a password copied into another cluster's row does not open there", async () => {
  await withFolder(async (folder) => {
    const store = await openIn(folder);
    await store.addCluster(newCluster("lab"));
    await store.addCluster(newCluster("prod"));
    await store.close();
    const raw = new DatabaseSync(join(folder, DATABASE_FILE));
    raw.exec(`update cluster set sealed_password =
      (select sealed_password from cluster where name = 'lab') where name = 'prod'`);
    raw.close();
    const again = await openIn(folder);
    expect(await again.clusterPassword("lab")).toBe("secret of lab");
    await expect(again.clusterPassword("prod")).rejects.toThrow("unable to authenticate");
    await again.close();
  });
});

test("a database that another program has open is refused", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, DATABASE_FILE);
    const first = openSqlite(path);
    expect(() => openSqlite(path, 10)).toThrow(
      /holdfast\.db is open in another program; stop the other Holdfast/,
    );
    first.close();
    openSqlite(path, 10).close();
  });
});

test("the log of changes does not grow beyond what is kept", async () => {
  await withFolder(async (folder) => {
    const store = await openIn(folder);
    await store.addCluster(newCluster("prod"));
    const bare = { sets: [], rounds: [], pieces: [], backupJobs: [] };
    const tenants = Array.from({ length: KEPT_CHANGES + 3 }, (_, at) => aTenantInventory(at, `t${at}`, bare));
    await store.recordInventory("prod", anInventory(tenants));
    await store.close();
    const raw = new DatabaseSync(join(folder, DATABASE_FILE));
    expect(raw.prepare("select count(*) as kept from change_log").get()).toEqual({ kept: KEPT_CHANGES });
    raw.close();
  });
});

test("a file that is no database is refused and left as it is", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, DATABASE_FILE);
    writeFileSync(path, "a letter, not a database; long enough to be looked at as one".repeat(20));
    const before = readFileSync(path);
    await expect(openIn(folder)).rejects.toThrow("holdfast.db is not an SQLite database");
    expect(readFileSync(path)).toEqual(before);
  });
});

test("every file of a store is for its owner alone", async () => {
  await withFolder(async (folder) => {
    const store = await openIn(folder);
    await store.addCluster(newCluster("prod"));
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    await store.close();
    expect(modes.map(([name]) => name)).toContain("holdfast.db-wal");
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
  });
});

test("a closed store refuses to write", async () => {
  const store = await openStore({ path: ":memory:", now: testNow });
  await store.close();
  await expect(store.addCluster(newCluster("prod"))).rejects.toThrow();
});
