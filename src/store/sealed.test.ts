import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DATABASE_FILE, KEY_FILE, openStore } from "./open-store.ts";
import { newCluster } from "./sample-inventory.ts";
import { createKey, newKey, readKey, sealWith } from "./sealed.ts";
import { testNow, withFolder } from "./store.contract.ts";

const openIn = (folder: string) => openStore({ path: join(folder, DATABASE_FILE), now: testNow });

async function withUsedFolder(use: (folder: string) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const store = await openIn(folder);
    await store.addCluster(newCluster("prod"));
    await store.close();
    await use(folder);
  });
}

test("a secret opens for the record it was sealed for and for no other", () => {
  const seal = sealWith(newKey());
  const sealed = seal.seal("cluster prod", "pässword 备份");
  expect(seal.open("cluster prod", sealed)).toBe("pässword 备份");
  expect(() => seal.open("cluster lab", sealed)).toThrow("unable to authenticate");
  expect(() => sealWith(newKey()).open("cluster prod", sealed)).toThrow("unable to authenticate");
});

test("a sealed text that was altered anywhere does not open", () => {
  const seal = sealWith(newKey());
  const sealed = seal.seal("cluster prod", "secret");
  const bytes = Buffer.from(sealed.slice("gcm1:".length), "base64");
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(() => seal.open("cluster prod", `gcm1:${altered.toString("base64")}`)).toThrow();
  }
  expect(() => seal.open("cluster prod", "secret")).toThrow("not sealed by this program");
});

test("the same secret sealed twice does not look the same", () => {
  const seal = sealWith(newKey());
  expect(seal.seal("a", "secret")).not.toBe(seal.seal("a", "secret"));
});

test("a new key is for its owner alone, and nothing else is left beside it", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, KEY_FILE);
    expect(readKey(path)).toBeUndefined();
    const key = createKey(path);
    expect(readKey(path)).toEqual(key);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([KEY_FILE]);
  });
});

test("a key that everyone can read, or that is none, is refused with what to do", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, KEY_FILE);
    createKey(path);
    chmodSync(path, 0o644);
    expect(() => readKey(path)).toThrow(`chmod 600 ${path}`);
    chmodSync(path, 0o600);
    writeFileSync(path, "c2hvcnQ=\n");
    expect(() => readKey(path)).toThrow("holds 5 bytes, expected 32");
  });
});

test("a database whose key is gone is refused and given no new one", async () => {
  await withUsedFolder(async (folder) => {
    const path = join(folder, KEY_FILE);
    const key = readFileSync(path);
    writeFileSync(path, `${newKey().toString("base64")}\n`);
    await expect(openIn(folder)).rejects.toThrow("is not the key that this database was sealed with");
    const elsewhere = openStore({
      path: join(folder, DATABASE_FILE),
      keyFile: join(folder, "none.key"),
      now: testNow,
    });
    await expect(elsewhere).rejects.toThrow("none.key is not there");
    expect(readdirSync(folder)).not.toContain("none.key");
    writeFileSync(path, key);
    const store = await openIn(folder);
    expect(await store.clusterPassword("prod")).toBe("secret of prod");
    await store.close();
  });
});
