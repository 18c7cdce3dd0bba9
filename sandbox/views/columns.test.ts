import { afterAll, expect, test } from "vitest";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { clusterViews } from "./cluster-views.ts";

const BUILDS = ["4.0.0.0", "4.1.0.2", "4.2.1.9", "4.2.5.1", "4.3.3.1", "4.3.5.0", "4.3.5.3"] as const;

const open = new Map<string, TestCluster>();
afterAll(() => {
  for (const cluster of open.values()) cluster.close();
});

const livedIn = (version: (typeof BUILDS)[number]) => open.get(version) ?? live(version);

/** A cluster that has something to show in every view with rows. */
function live(version: (typeof BUILDS)[number]): TestCluster {
  const cluster = testCluster({ version });
  open.set(version, cluster);
  addTenant(cluster, "shop");
  const scn = commitRows(cluster, "shop", [1]);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(30);
  addPool(cluster, "copy_pool");
  const from = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";
  cluster.run(`ALTER SYSTEM RESTORE copy ${from} WITH 'pool_list=copy_pool'`);
  cluster.wait(30);
  expect(scn).toBeGreaterThan(0n);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(2);
  addPool(cluster, "other_pool");
  cluster.run(`ALTER SYSTEM RESTORE other ${from} WITH 'pool_list=other_pool'`);
  cluster.wait(2);
  return cluster;
}

test.for(BUILDS)("every view of %s answers each row with a value or NULL in each of its columns", (build) => {
  const cluster = livedIn(build);
  for (const [tenantId, atLeast] of [
    [1, 25],
    [1002, 12],
  ] as const) {
    const views = clusterViews(cluster.model, { tenantId: () => tenantId });
    const withRows = views.names().filter((name) => {
      const rows = views.find(name)?.rows() ?? [];
      for (const row of rows) expect(row, name).toHaveLength(views.find(name)?.columns.length ?? 0);
      expect(rows.flat().includes(undefined as never), name).toBe(false);
      return rows.length > 0;
    });
    expect(withRows.length).toBeGreaterThan(atLeast);
  }
});

const WITH_ROWS = [
  "DBA_OB_TENANTS",
  "DBA_OB_SERVERS",
  "DBA_OB_ZONES",
  "DBA_OB_UNITS",
  "DBA_OB_UNIT_CONFIGS",
  "DBA_OB_RESOURCE_POOLS",
  "GV$OB_SERVERS",
  "GV$OB_PARAMETERS",
  "CDB_OB_BACKUP_PARAMETER",
  "CDB_OB_BACKUP_JOBS",
  "CDB_OB_BACKUP_JOB_HISTORY",
  "CDB_OB_BACKUP_TASKS",
  "CDB_OB_BACKUP_TASK_HISTORY",
  "CDB_OB_BACKUP_SET_FILES",
  "CDB_OB_BACKUP_STORAGE_INFO",
  "CDB_OB_ARCHIVE_DEST",
  "CDB_OB_ARCHIVELOG",
  "CDB_OB_ARCHIVELOG_SUMMARY",
  "CDB_OB_ARCHIVELOG_PIECE_FILES",
  "CDB_OB_RESTORE_PROGRESS",
  "CDB_OB_RESTORE_HISTORY",
  "CDB_OB_LS",
  "CDB_OB_LOG_RESTORE_SOURCE",
  "V$OB_TIMESTAMP_SERVICE",
  "DBA_OB_ROOTSERVICE_EVENT_HISTORY",
];

test.for(WITH_ROWS)("%s has rows once something goes on", (name) => {
  const cluster = livedIn("4.2.1.9");
  expect(cluster.rows(name).length).toBeGreaterThan(0);
});

test("a user tenant sees its own rows, the twin views, and none of those of sys", () => {
  const cluster = livedIn("4.2.1.9");
  expect(cluster.rows("DBA_OB_TENANTS", "shop").map((row) => row["TENANT_NAME"])).toEqual(["shop"]);
  expect(cluster.rows("DBA_OB_ARCHIVELOG", "shop")[0]).not.toHaveProperty("TENANT_ID");
  expect(cluster.rows("DBA_OB_BACKUP_SET_FILES", "copy")).toEqual([]);
  const views = clusterViews(cluster.model, { tenantId: () => 1002 });
  for (const name of ["CDB_OB_ARCHIVELOG", "DBA_OB_RESOURCE_POOLS", "GV$OB_SERVERS"]) {
    expect(views.find(name)).toBeUndefined();
  }
  expect(views.find("gv$ob_parameters")).toBeDefined();
});
