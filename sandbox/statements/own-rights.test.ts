import { afterAll, beforeAll, expect, test } from "vitest";
import { addPool, addTenant, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { SqlError } from "../engine.ts";

/* A tenant that runs its own backups, and who in it may. */

let cluster: TestCluster;

beforeAll(() => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "crm");
  addPool(cluster, "shop_pool");
  cluster.run("CREATE TENANT shop RESOURCE_POOL_LIST = ('shop_pool')");
});
afterAll(() => cluster.close());

function sent(user: string, ...statements: readonly string[]): readonly string[] {
  const session = cluster.cluster.as(user);
  const answers = statements.map((sql) => {
    try {
      session.run(sql);
      return "ok";
    } catch (error) {
      if (error instanceof SqlError) return `${error.errno} (${error.sqlState})`;
      throw error;
    }
  });
  session.close();
  cluster.wait(6);
  return answers;
}

test("a tenant sets its paths, archives, backs up, keeps a policy and cancels, all of its own", () => {
  const settings = [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/shop/data'",
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///backup/shop/clog'",
    "ALTER SYSTEM SET archive_lag_target = '4s'",
    "ALTER SYSTEM ARCHIVELOG DESCRIPTION = 'ours'",
    "ALTER SYSTEM ADD DELETE BACKUP POLICY = 'default' RECOVERY_WINDOW = '7d'",
  ];
  expect(sent("root@shop", ...settings)).toEqual(settings.map(() => "ok"));
  const encrypted = [
    "SET ENCRYPTION ON IDENTIFIED BY 'pw' ONLY",
    "ALTER SYSTEM BACKUP DATABASE PLUS ARCHIVELOG",
  ];
  expect(sent("root@shop", ...encrypted)).toEqual(["ok", "ok"]);
  cluster.wait(20);
  expect(sent("root@shop", "ALTER SYSTEM BACKUP INCREMENTAL DATABASE", "ALTER SYSTEM CANCEL BACKUP")).toEqual(
    ["ok", "ok"],
  );
  cluster.wait(10);
  const jobs = cluster.rows("DBA_OB_BACKUP_JOB_HISTORY", "shop");
  expect(jobs.map((row) => [row["INITIATOR_TENANT_ID"], row["ENCRYPTION_MODE"], row["STATUS"]])).toEqual([
    [1004, "PASSWORD", "COMPLETED"],
    [1004, "NONE", "CANCELED"],
  ]);
  expect(cluster.rows("CDB_OB_BACKUP_JOB_HISTORY").filter((row) => row["TENANT_ID"] === 1002)).toEqual([]);
  expect(cluster.rows("CDB_OB_BACKUP_JOB_HISTORY").filter((row) => row["TENANT_ID"] === 1)).toEqual([]);
});

test("a tenant neither restores nor names another tenant", () => {
  expect(
    sent(
      "root@shop",
      "ALTER SYSTEM BACKUP TENANT = crm",
      "ALTER SYSTEM ARCHIVELOG TENANT = crm",
      "ALTER SYSTEM CANCEL BACKUP TENANT = crm",
      "ALTER SYSTEM DROP DELETE BACKUP POLICY 'default' TENANT = crm",
      "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///x' TENANT = crm",
      "ALTER SYSTEM RESTORE x FROM 'file:///a,file:///b' WITH 'pool_list=p'",
      "ALTER SYSTEM ADD RESTORE SOURCE 'file:///a'",
      "ALTER SYSTEM CANCEL RESTORE x",
      "ALTER SYSTEM RECOVER STANDBY TENANT = crm UNTIL UNLIMITED",
      "DROP TENANT crm FORCE",
    ),
  ).toEqual([
    "1235 (0A000)",
    "1227 (42501)",
    "1235 (0A000)",
    "1235 (0A000)",
    "1227 (42501)",
    "1227 (42501)",
    "1235 (0A000)",
    "1227 (42501)",
    "1210 (HY000)",
    "1227 (42501)",
  ]);
});

test("without ALTER SYSTEM a user of the tenant only looks, and with it acts", () => {
  sent("root@shop", "CREATE USER ops IDENTIFIED BY 'pw'", "GRANT SELECT ON *.* TO ops");
  const acts = ["ALTER SYSTEM BACKUP DATABASE", "ALTER SYSTEM CANCEL BACKUP", "ALTER SYSTEM NOARCHIVELOG"];
  expect(sent("ops@shop", ...acts)).toEqual(acts.map(() => "1227 (42501)"));
  expect(
    sent(
      "ops@shop",
      "SELECT * FROM oceanbase.DBA_OB_BACKUP_JOBS",
      "SET ENCRYPTION ON IDENTIFIED BY 'x' ONLY",
    ),
  ).toEqual(["ok", "ok"]);
  sent("root@shop", "GRANT ALTER SYSTEM ON *.* TO ops");
  expect(sent("ops@shop", ...acts)).toEqual(acts.map(() => "ok"));
});

test("without a name a statement of sys means every user tenant", () => {
  expect(sent("root@sys", "ALTER SYSTEM NOARCHIVELOG")).toEqual(["ok"]);
  const modes = () => cluster.rows("DBA_OB_TENANTS").map((row) => [row["TENANT_TYPE"], row["LOG_MODE"]]);
  expect(modes().every(([, mode]) => mode === "NOARCHIVELOG")).toBe(true);
  expect(sent("root@sys", "ALTER SYSTEM ARCHIVELOG")).toEqual(["ok"]);
  for (const [type, mode] of modes()) expect(mode).toBe(type === "USER" ? "ARCHIVELOG" : "NOARCHIVELOG");
  expect(sent("root@sys", "ALTER SYSTEM BACKUP DATABASE")).toEqual(["ok"]);
  const parent = cluster.row("CDB_OB_BACKUP_JOBS", { TENANT_ID: 1 });
  expect(parent).toMatchObject({ JOB_LEVEL: "CLUSTER", EXECUTOR_TENANT_ID: "1002,1004" });
  expect(sent("root@sys", "ALTER SYSTEM CANCEL BACKUP")).toEqual(["ok"]);
  const ended = cluster.rows("CDB_OB_BACKUP_JOB_HISTORY").filter((row) => row["INITIATOR_TENANT_ID"] === 1);
  expect(ended.filter((row) => row["TENANT_ID"] !== 1).map((row) => row["STATUS"])).toEqual([
    "CANCELED",
    "CANCELED",
  ]);
});
