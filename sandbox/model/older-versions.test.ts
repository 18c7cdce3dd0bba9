import path from "node:path";
import { afterEach, expect, test } from "vitest";
import {
  addPool,
  addTenant,
  commitRows,
  keptRows,
  type TestCluster,
  testCluster,
} from "../cluster/cluster-in-test.ts";

/** What 4.0 and 4.1 do otherwise than 4.2, as far as the sources of the versions say; none of it was seen running. */
const open: TestCluster[] = [];
afterEach(() => {
  for (const cluster of open.splice(0)) cluster.close();
});

function shop(version: string): TestCluster {
  const cluster = testCluster({ version });
  open.push(cluster);
  addTenant(cluster, "shop");
  commitRows(cluster, "shop", [1, 2]);
  return cluster;
}

function backedUp(version: string): TestCluster {
  const cluster = shop(version);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(25);
  return cluster;
}

const FROM = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";

test.for([
  ["4.0.0.0", "ok", "ok"],
  ["4.1.0.2", "9091 Already in ARCHIVELOG mode", "9092 Already in NOARCHIVELOG mode"],
  ["4.2.1.9", "9091 Already in ARCHIVELOG mode", "9092 Already in NOARCHIVELOG mode"],
] as const)("%s answers a second ARCHIVELOG with %s, a second NOARCHIVELOG with %s", ([version, on, off]) => {
  const cluster = shop(version);
  expect(cluster.answer("ALTER SYSTEM ARCHIVELOG", "shop")).toBe(on);
  cluster.run("ALTER SYSTEM NOARCHIVELOG", "shop");
  expect(cluster.answer("ALTER SYSTEM NOARCHIVELOG", "shop")).toBe(off);
  cluster.wait(5);
  expect(cluster.rows("CDB_OB_ARCHIVELOG").map((row) => [row["ROUND_ID"], row["STATUS"]])).toEqual([
    [1, "STOP"],
  ]);
});

test.for(["4.0.0.0", "4.1.0.2"])("PLUS ARCHIVELOG is parsed by %s and refused", (version) => {
  const cluster = shop(version);
  const refused = "1235 plus archive is not supported not supported";
  expect(cluster.answer("ALTER SYSTEM BACKUP TENANT = shop PLUS ARCHIVELOG")).toBe(refused);
  expect(cluster.answer("ALTER SYSTEM BACKUP DATABASE PLUS ARCHIVELOG", "shop")).toBe(refused);
  expect(cluster.rows("CDB_OB_BACKUP_JOBS")).toEqual([]);
});

test.for([
  ["4.0.0.0", 1, /^2026-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/],
  ["4.1.0.2", 2, /^2026-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/],
  ["4.2.1.9", 3, /^2026-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9}$/],
  ["4.3.3.1", 4, /^2026-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9}$/],
] as const)(
  "a set of %s says BACKUP_COMPATIBLE %i and its instant in its version's digits",
  ([version, number, digits]) => {
    const [set] = backedUp(version).rows("CDB_OB_BACKUP_SET_FILES");
    expect(set).toMatchObject({ STATUS: "SUCCESS", BACKUP_COMPATIBLE: number, TENANT_COMPATIBLE: version });
    expect(set?.["MIN_RESTORE_SCN_DISPLAY"]).toMatch(digits);
  },
);

test("a backup of 4.0 is restored by 4.0 and by no later version; one of 4.1 by 4.2", () => {
  const roots = ["4.0.0.0", "4.1.0.2"].map((version) => path.join(backedUp(version).dir, "storage"));
  const answers = ["4.0.0.0", "4.1.0.2", "4.2.1.9"].map((version) =>
    roots.map((storageRoot, index) => {
      const cluster = testCluster({ version, storageRoot, name: `other${index}` });
      open.push(cluster);
      addPool(cluster, "free");
      return cluster.answer(`ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`);
    }),
  );
  const tooOld = "4179 restore from version 4.0 is not allowed";
  const tooNew = "4179 restore from higher cluster version is not allowed";
  expect(answers).toEqual([
    ["ok", tooNew],
    [tooOld, "ok"],
    [tooOld, "ok"],
  ]);
});

test("a dead medium is waited for in STOPPING, and from 4.2.5 on stopped by force", () => {
  for (const version of ["4.0.0.0", "4.1.0.2", "4.2.1.9", "4.2.5.1"]) {
    const cluster = shop(version);
    cluster.cluster.faults.strike({ kind: "destination-gone", of: "archive", tenant: "shop" });
    cluster.run("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
    cluster.wait(60);
    const status = version === "4.2.5.1" ? "STOP" : "STOPPING";
    expect([version, cluster.rows("CDB_OB_ARCHIVELOG")[0]?.["STATUS"]]).toEqual([version, status]);
  }
});

const PHASES = [
  "RESTORE_PRE",
  "RESTORE_CREATE_INIT_LS",
  "CONSISTENT",
  "RESTORE_WAIT_LS",
  "POST_CHECK",
  "UPGRADE",
];

test.for([
  ["4.1.0.2", PHASES.filter((phase) => phase !== "CONSISTENT")],
  ["4.2.1.9", PHASES],
] as const)(
  "a restore of %s passes through the phases of its version, and holds all rows",
  ([version, phases]) => {
    const cluster = backedUp(version);
    addPool(cluster, "free");
    cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} WITH 'pool_list=free'`);
    cluster.wait(30);
    const events = cluster.rows("DBA_OB_ROOTSERVICE_EVENT_HISTORY");
    const entered = events
      .filter((row) => row["EVENT"] === "change_restore_status")
      .map((row) =>
        String(row["VALUE3"]).replace(/^PHYSICAL_RESTORE_WAIT_RESTORE_TO_CONSISTENT_SCN$/, "CONSISTENT"),
      );
    expect(entered.filter((phase) => PHASES.includes(phase))).toEqual(phases.slice(1));
    expect(keptRows(cluster, "copy")).toEqual([1, 2]);
  },
);
