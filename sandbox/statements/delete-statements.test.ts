import { afterAll, beforeAll, expect, test } from "vitest";
import { addTenant, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";

let cluster: TestCluster;

beforeAll(() => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "shop");
  addTenant(cluster, "crm");
});

afterAll(() => cluster.close());

const ADD = "ALTER SYSTEM ADD DELETE BACKUP POLICY";
const DROP = "ALTER SYSTEM DROP DELETE BACKUP POLICY";
const ONE = "tenant names specified, only one tenant name can be specified not supported";
const OWN = "1235 user tenant cannot specify tenant names not supported";
const UNKNOWN = "5160 invalid tenant name specified in connection string";

type Asked = readonly [sql: string, answer: string, tenant?: string];

/** Sent in order. As 4.2.1.9 answered, but for the second policy and for REDUNDANCY alone: those by its source. */
const ASKED: readonly Asked[] = [
  [`${ADD} 'default' RECOVERY_WINDOW '7d'`, `1235 Too little ${ONE}`],
  [`${ADD} 'default' RECOVERY_WINDOW '7d' TENANT = shop, crm`, `1235 Too many ${ONE}`],
  [`${ADD} 'default' RECOVERY_WINDOW '7d' TENANT = shop`, OWN, "shop"],
  [`${ADD} 'default' RECOVERY_WINDOW '7d' TENANT = nope`, UNKNOWN],
  [
    `${ADD} 'weekly' RECOVERY_WINDOW '7d' TENANT = shop`,
    "1235 The policy name is not 'default', it is not supported",
  ],
  [`${ADD} 'default' TENANT = shop`, "1235 Neither recovery_window nor redundancy is set not supported"],
  [
    `${ADD} 'default' RECOVERY_WINDOW 'a week' TENANT = shop`,
    "1235 recovery window is not be time string not supported",
  ],
  [`${ADD} 'default' REDUNDANCY 2 TENANT = shop`, "1235 Redundancy not equal to 1 is not supported"],
  [`${ADD} = 'default' RECOVERY_WINDOW = '7d' REDUNDANCY = 1 BACKUP_COPIES = 0 TENANT = shop`, "ok"],
  [
    `${ADD} 'default' RECOVERY_WINDOW '1d' TENANT = shop`,
    "1062 Duplicate entry '1002-default' for key 'PRIMARY'",
  ],
  [`${ADD} 'default' RECOVERY_WINDOW '1d' REDUNDANCY 2`, "ok", "crm"],
  [`${ADD} 'default' RECOVERY_WINDOW '1d' TENANT = sys`, "4016 Internal error"],
  [`${ADD} 'default' RECOVERY_WINDOW '1d' TENANT = shop, sys`, "4016 Internal error"],
  [`${DROP} 'default' TENANT = sys`, "4016 Internal error"],
  [`${DROP} 'default'`, `1235 Too little ${ONE}`],
  [`${DROP} 'other' TENANT = shop`, "1235 The policy name is not 'default', it is not supported"],
  [`${DROP} 'default' TENANT = shop`, "ok"],
  [`${DROP} 'default' TENANT = shop`, "ok"],
  [`${DROP} 'default' TENANT = crm`, OWN, "crm"],
  [`${DROP} 'default'`, "ok", "crm"],
  ["ALTER SYSTEM CANCEL DELETE BACKUP", "ok"],
  ["ALTER SYSTEM CANCEL DELETE BACKUP TENANT = shop, crm", "ok"],
  ["ALTER SYSTEM CANCEL DELETE BACKUP TENANT = nope", UNKNOWN],
  ["ALTER SYSTEM CANCEL DELETE BACKUP TENANT = sys", "4016 Internal error"],
  ["ALTER SYSTEM CANCEL DELETE BACKUP", "ok", "shop"],
  ["ALTER SYSTEM CANCEL DELETE BACKUP TENANT = shop", OWN, "shop"],
  ["ALTER SYSTEM DELETE OBSOLETE BACKUP", "1235 function is not supported"],
  ["ALTER SYSTEM DELETE OBSOLETE BACKUP", "1235 function is not supported", "shop"],
  ["ALTER SYSTEM DELETE OBSOLETE BACKUP TENANT = shop", "1235 function is not supported"],
  ["ALTER SYSTEM DELETE BACKUPSET 1 TENANT = shop", "1235 need to specify a tenant name not supported"],
  ["ALTER SYSTEM DELETE BACKUPPIECE 1 TENANT = shop", "1235 need to specify a tenant name not supported"],
];

test.for(ASKED)("to delete backups: %s → %s", ([sql, answer, tenant]) => {
  expect(cluster.answer(sql, tenant)).toBe(answer);
});

test("after the two statements that add a policy each tenant sees its own", () => {
  cluster.run(`${ADD} 'default' RECOVERY_WINDOW '3d'`, "shop");
  cluster.run(`${ADD} 'default' RECOVERY_WINDOW '5d' TENANT = crm`);
  const windows = (tenant: string) =>
    cluster.rows("DBA_OB_BACKUP_DELETE_POLICY", tenant).map((row) => row["RECOVERY_WINDOW"]);
  expect([windows("shop"), windows("crm")]).toEqual([["3d"], ["5d"]]);
  cluster.run("DROP TENANT crm FORCE");
  expect(cluster.rows("CDB_OB_BACKUP_DELETE_POLICY").map((row) => row["TENANT_ID"])).toEqual([1002]);
});
