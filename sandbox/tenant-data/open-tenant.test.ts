import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTenantData, dataFileOf, openTenantData } from "./open-tenant.ts";
import { MAX_FRAMES } from "./redo-record.ts";
import { digestOf, TestTenant } from "./tenant-in-test.ts";

let tenant: TestTenant;

beforeEach(() => {
  tenant = new TestTenant({ walBytes: 100_000 });
  tenant.commit("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT)");
});

afterEach(() => tenant.remove());

function many(rows: number): string {
  return `WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${rows})
    INSERT INTO t(v) SELECT hex(randomblob(700)) FROM s`;
}

/** The tenant as a process would find it that opens its directory after this one was killed now. */
function afterKill<T>(
  look: (data: ReturnType<typeof openTenantData>) => T,
  damage?: (redoFile: string) => void,
): T {
  const copy = path.join(tenant.place.root, "killed");
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(tenant.place.tenant, copy, { recursive: true });
  const folder = path
    .join(path.dirname(dataFileOf(tenant.place.tenant)), "redo")
    .replace(tenant.place.tenant, copy);
  const newest = fs.readdirSync(folder).findLast((name) => name.endsWith(".redo"));
  damage?.(path.join(folder, newest ?? ""));
  const data = openTenantData(copy, { nextScn: () => tenant.clock.nextScn() });
  try {
    return look(data);
  } finally {
    data.close();
  }
}

test("a statement that changes nothing takes no SCN and leaves no redo", () => {
  const { lsn, scn } = tenant.data.redo.newest;
  const before = tenant.clock.scn;
  expect(tenant.commit("SELECT count(*) FROM t")).toBeUndefined();
  expect(tenant.commit("BEGIN; UPDATE t SET v = 'x'; ROLLBACK")).toBeUndefined();
  expect(tenant.clock.scn).toBe(before);
  expect(tenant.data.redo.newest).toMatchObject({ lsn, scn });
});

test("commits of several sessions get rising SCNs in the order in which they were captured", () => {
  const other = tenant.data.connect();
  const scns = [1, 2, 3, 4].map((turn) => {
    const session = turn % 2 === 0 ? other : tenant.session;
    session.exec(`INSERT INTO t(v) VALUES ('${turn}')`);
    return tenant.data.captureCommit() ?? 0n;
  });
  expect(scns).toEqual(scns.toSorted((a, b) => (a < b ? -1 : 1)));
  expect(new Set(scns).size).toBe(4);
  other.close();
});

test("a second writer is refused at once instead of waiting", () => {
  const other = tenant.data.connect();
  tenant.session.exec("BEGIN IMMEDIATE");
  expect(() => other.exec("INSERT INTO t(v) VALUES ('late')")).toThrow("locked");
  tenant.session.exec("ROLLBACK");
  other.close();
});

test("the WAL stays small over thousands of commits, and shrinks back once a reader that held it has gone", () => {
  const walBytes = () => fs.statSync(`${dataFileOf(tenant.place.tenant)}-wal`).size;
  for (let row = 0; row < 2000; row++) tenant.commit("INSERT INTO t(v) VALUES ('a short row')");
  expect(walBytes()).toBeLessThan(200_000);
  const reader = tenant.data.connect();
  reader.exec("BEGIN; SELECT count(*) FROM t");
  for (let row = 0; row < 500; row++) tenant.commit("INSERT INTO t(v) VALUES ('a short row')");
  expect(walBytes()).toBeGreaterThan(1_000_000);
  reader.close();
  tenant.data.checkpoint();
  for (let row = 0; row < 500; row++) tenant.commit("INSERT INTO t(v) VALUES ('a short row')");
  expect(walBytes()).toBeLessThan(250_000);
});

test("a commit larger than one redo record has one SCN and is restored whole", () => {
  tenant.startArchive();
  tenant.backUp();
  const { lsn } = tenant.data.redo.newest;
  const scn = tenant.commit(many(3000)) ?? 0n;
  expect(tenant.data.redo.newest.lsn).toBeGreaterThan(lsn + 2);
  expect(tenant.data.redo.newest.frames).toBeLessThanOrEqual(MAX_FRAMES);
  tenant.advance();
  expect(tenant.restored(tenant.plan({ scn }))).toBe(tenant.digest());
});

test("of a large commit whose redo was half written all parts are cut, and all of it is captured again", () => {
  const before = tenant.data.redo.newest.lsn;
  tenant.commit(many(3000));
  const parts = tenant.data.redo.newest.lsn - before;
  const found = afterKill(
    (data) => {
      const session = data.connect();
      const digest = digestOf(session);
      session.close();
      return { digest, lsn: data.redo.newest.lsn, scn: data.lastScn };
    },
    (redoFile) => fs.truncateSync(redoFile, fs.statSync(redoFile).size - 500_000),
  );
  expect(parts).toBeGreaterThan(2);
  expect(found.digest).toBe(tenant.digest());
  expect(found.lsn).toBe(before + parts);
  expect(found.scn).toBeGreaterThan(tenant.data.lastScn);
});

test("pages that a rolled-back transaction spilled into the WAL never reach the redo", () => {
  tenant.startArchive();
  tenant.backUp();
  tenant.session.exec("PRAGMA cache_size = 5; PRAGMA cache_spill = 5");
  const walBytes = fs.statSync(`${dataFileOf(tenant.place.tenant)}-wal`).size;
  tenant.session.exec(`BEGIN; ${many(800)}`);
  expect(fs.statSync(`${dataFileOf(tenant.place.tenant)}-wal`).size).toBeGreaterThan(walBytes + 500_000);
  expect(tenant.data.captureCommit()).toBeUndefined();
  tenant.session.exec("ROLLBACK");
  expect(tenant.data.captureCommit()).toBeUndefined();
  tenant.commit("INSERT INTO t(v) VALUES ('kept')");
  tenant.advance();
  expect(tenant.restored(tenant.plan({ latest: true }))).toBe(tenant.digest());
});

test("a promise holds over a kill: what is captured later has a higher SCN although the clock went back", () => {
  const promised = tenant.clock.nextScn() + 1_000_000_000n;
  tenant.data.promise(promised);
  tenant.session.exec("INSERT INTO t(v) VALUES ('never captured')");
  expect(afterKill((data) => data.lastScn)).toBe(promised + 1n);
});

test("a directory that holds a tenant is not made a new one", () => {
  expect(() => createTenantData(tenant.place.tenant, { nextScn: () => 1n })).toThrow(
    "already holds a tenant",
  );
});
