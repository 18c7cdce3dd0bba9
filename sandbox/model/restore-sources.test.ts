import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addPool,
  addTenant,
  commitRows,
  keptRows,
  type TestCluster,
  testCluster,
} from "../cluster/cluster-in-test.ts";
import { DAY, SECOND } from "./time.ts";

/* Restores from single sets and pieces; the words are those of ob_restore_util.cpp, never seen on a live cluster. */

let cluster: TestCluster;
/** A commit of each of three days. */
const scns: bigint[] = [];

const set = (name: string, tenant = "shop") => `file:///backup/${tenant}/data/backup_set_${name}`;
const piece = (id: number, tenant = "shop") => `file:///backup/${tenant}/clog/piece_d1002r1p${id}`;

function pass(micros: number): void {
  cluster.clock.moveBy(micros);
  cluster.cluster.advance();
}

beforeAll(() => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "shop");
  addTenant(cluster, "crm");
  cluster.run("ALTER SYSTEM BACKUP TENANT = crm");
  for (const [day, statement] of [
    "ALTER SYSTEM BACKUP TENANT = shop",
    "ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop PLUS ARCHIVELOG",
    "ALTER SYSTEM BACKUP TENANT = shop",
  ].entries()) {
    cluster.run(statement);
    pass(30 * SECOND);
    scns.push(commitRows(cluster, "shop", [day]));
    pass(DAY);
  }
  addPool(cluster, "free");
});

afterAll(() => cluster.close());

function restore(sources: readonly string[], until = ""): string {
  cluster.run("ALTER SYSTEM CLEAR RESTORE SOURCE");
  for (const source of sources) cluster.run(`ALTER SYSTEM ADD RESTORE SOURCE '${source}'`);
  return cluster.answer(`ALTER SYSTEM RESTORE copy ${until} WITH 'pool_list=free'`);
}

function contentOfCopy(): readonly number[] {
  cluster.wait(20);
  const rows = keptRows(cluster, "copy");
  cluster.run("DROP TENANT copy FORCE");
  return rows;
}

test("a set and its pieces, added in any order and several at once, restore exactly to the SCN", () => {
  expect(restore([`${piece(2)}, ${piece(1)}`, set("1_full")], `UNTIL SCN = ${scns[1]}`)).toBe("ok");
  cluster.wait(20);
  expect(cluster.row("CDB_OB_RESTORE_HISTORY", { TENANT_ID: 1 })).toMatchObject({
    BACKUP_SET_LIST: set("1_full"),
    BACKUP_PIECE_LIST: `${piece(1)},${piece(2)}`,
  });
  expect(contentOfCopy()).toEqual([0, 1]);
});

test("an increment is used with its base, and passed over without", () => {
  const pieces = [piece(1), piece(2), piece(3)];
  expect(restore([set("1_full"), set("2_inc"), ...pieces], `UNTIL SCN = ${scns[1]}`)).toBe("ok");
  expect(cluster.row("CDB_OB_RESTORE_PROGRESS", { TENANT_ID: 1 })?.["BACKUP_SET_LIST"]).toBe(
    `${set("1_full")},${set("2_inc")}`,
  );
  expect(contentOfCopy()).toEqual([0, 1]);
  expect(restore([set("2_inc"), ...pieces])).toBe("9119 no full backup set exists");
});

test("sets of PLUS ARCHIVELOG alone restore to the end of the newest", () => {
  expect(restore([set("1_full"), set("2_inc")])).toBe("ok");
  expect(contentOfCopy()).toEqual([0]);
});

test("without UNTIL the newest checkpoint of the pieces is the target", () => {
  expect(restore([set("1_full"), piece(1), piece(2)])).toBe("ok");
  expect(contentOfCopy()).toEqual([0, 1]);
});

const MINIMUM =
  /^9119 no full backup set can be used to restore to given time, minimum restorable time is 2026-/;
const MAXIMUM = /^9119 no enough log, maximum restorable time is 2026-01-\d\d \d\d:\d\d:\d\d\.\d{9}$/;

test("what is missing among the sources is said in the kernel's words", () => {
  expect(restore([piece(1)])).toBe("9119 no backup set is available");
  expect(restore(["file:///backup/shop/data", piece(1)])).toBe("9119 no backup set is available");
  expect(restore([set("1_full"), piece(1)], "UNTIL SCN = 1700000000000000000")).toMatch(MINIMUM);
  expect(restore([set("1_full"), piece(1)], `UNTIL SCN = ${scns[2]}`)).toMatch(MAXIMUM);
  expect(restore([set("3_full"), piece(1)])).toMatch(/^9119 no full backup set can be used/);
  expect(restore([set("1_full"), piece(3)])).toBe("4201 hash map/set entry not exist");
  expect(restore(["/backup/shop/data/backup_set_1_full"])).toBe(
    "9026 /backup/shop/data/backup_set_1_full is not a valid uri",
  );
});

test("sources of different tenants are refused", () => {
  const mixedSets = "4179 restoring backupsets of different tenants not allowed";
  expect(restore([set("1_full"), set("1_full", "crm"), piece(1)])).toBe(mixedSets);
  const mixedPieces = "4179 restoring backup pieces of different tenants not allowed";
  expect(restore([set("1_full"), piece(1), piece(1, "crm")])).toBe(mixedPieces);
});

test("sources and FROM exclude each other; CLEAR forgets the sources; a tenant may not add any", () => {
  const from = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";
  restore([set("1_full"), piece(1)], "UNTIL SCN = 1");
  expect(cluster.answer(`ALTER SYSTEM RESTORE copy ${from} WITH 'pool_list=free'`)).toBe(
    "1235 have backup_dest and restore_source at the same time not supported",
  );
  expect(cluster.answer("ALTER SYSTEM CLEAR RESTORE SOURCE")).toBe("ok");
  expect(cluster.answer(`ALTER SYSTEM RESTORE copy ${from} UNTIL SCN = 1 WITH 'pool_list=free'`)).toMatch(
    /^4018 /,
  );
  expect(cluster.answer("ALTER SYSTEM RESTORE copy WITH 'pool_list=free'")).toBe("1210 Invalid argument");
  expect(cluster.answer("ALTER SYSTEM ADD RESTORE SOURCE 'file:///a'", "shop")).toBe(
    "1235 non-sys tenant set add restore source is not supported",
  );
  expect(cluster.answer("ALTER SYSTEM CLEAR RESTORE SOURCE", "shop")).toBe("1227 Access denied");
});

test("a restore from sources goes on after the sandbox was stopped in the middle", () => {
  expect(restore([set("1_full"), piece(1), piece(2)], `UNTIL SCN = ${scns[1]}`)).toBe("ok");
  cluster.wait(6);
  cluster = cluster.reopen();
  expect(contentOfCopy()).toEqual([0, 1]);
});
