import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { DATABASE_FILE, openStore } from "./open-store.ts";
import { anOperation, newCluster } from "./sample-inventory.ts";
import { openSqlite } from "./sqlite.ts";
import { storeContract, testNow, withFolder } from "./store.contract.ts";

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

test("a closed store refuses to write", async () => {
  const store = await openStore({ path: ":memory:", now: testNow });
  await store.close();
  await expect(store.addCluster(newCluster("prod"))).rejects.toThrow();
});
