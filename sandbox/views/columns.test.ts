import { afterAll, expect, test } from "vitest";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { clusterViews } from "./cluster-views.ts";
import data from "./columns.json" with { type: "json" };

const VERSIONS = { "4.2.1": "4.2.1.9", "4.2.5": "4.2.5.1", "4.3.5": "4.3.5.0" } as const;
const LINES = ["4.2.1", "4.2.5", "4.3.5"] as const;

const open: TestCluster[] = [];
afterAll(() => {
  for (const cluster of open) cluster.close();
});

/** A cluster that has something to show in every view with rows. */
function livedIn(line: (typeof LINES)[number]): TestCluster {
  const cluster = testCluster({ version: VERSIONS[line] });
  open.push(cluster);
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

test.for(LINES)("every view of %s answers with exactly its columns, and a value or NULL in each", (line) => {
  const cluster = livedIn(line);
  const views = clusterViews(cluster.model, { tenantId: () => 1 });
  for (const [name, columns] of Object.entries(data.columns[line])) {
    const view = views.find(name);
    expect(
      view?.columns.map((column) => column.name),
      name,
    ).toEqual(columns.map(([column]) => column));
    for (const row of view?.rows() ?? []) {
      expect(row.length, name).toBe(columns.length);
      const wrong = row.findIndex((value) => value === undefined);
      expect(wrong === -1 ? undefined : `${name}.${String(columns[wrong]?.[0])}`).toBeUndefined();
    }
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
  const cluster = open[0] ?? livedIn("4.2.1");
  expect(cluster.rows(name).length).toBeGreaterThan(0);
});

test("a user tenant sees its own rows, the twin views, and none of those of sys", () => {
  const cluster = open[0] ?? livedIn("4.2.1");
  expect(cluster.rows("DBA_OB_TENANTS", "shop").map((row) => row["TENANT_NAME"])).toEqual(["shop"]);
  expect(cluster.rows("DBA_OB_ARCHIVELOG", "shop")[0]).not.toHaveProperty("TENANT_ID");
  expect(cluster.rows("DBA_OB_BACKUP_SET_FILES", "copy")).toEqual([]);
  const views = clusterViews(cluster.model, { tenantId: () => 1002 });
  for (const name of ["CDB_OB_ARCHIVELOG", "DBA_OB_RESOURCE_POOLS", "GV$OB_SERVERS"]) {
    expect(views.find(name)).toBeUndefined();
  }
  expect(views.find("gv$ob_parameters")).toBeDefined();
});
