import { afterAll, beforeAll, expect, test } from "vitest";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";

/* What is refused to a tenant that is being restored, to a standby, and around a restore. Sent in order. */

type Asked = readonly [sql: string, answer: string | RegExp, tenant?: string];

const FROM = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";

function livedIn(version: string): TestCluster {
  const cluster = testCluster({ version });
  addTenant(cluster, "shop");
  addPool(cluster, "free");
  commitRows(cluster, "shop", [1]);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(30);
  return cluster;
}

let cluster: TestCluster;

beforeAll(() => {
  cluster = livedIn("4.2.1.9");
});

afterAll(() => cluster.close());

const failed = (name: string, code: number) =>
  new RegExp(
    `^9099 x restore failed, ROOTSERVICE : ${name}\\(${code}\\) on "127\\.0\\.0\\.1:\\d+" with traceid Y`,
  );

const BEFORE: readonly Asked[] = [
  [
    `ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=free&locality=F@zone9'`,
    failed("OB_REPLICA_NUM_NOT_ENOUGH", -4672),
  ],
  [
    `ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=free&primary_zone=zone9'`,
    failed("OB_INVALID_ARGUMENT", -4002),
  ],
  [`ALTER SYSTEM RESTORE x ${FROM} WITH ''`, /^1149 /],
  [`ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list='`, "1210 Invalid argument"],
  [
    `ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=free&concurrency=x'`,
    "1210 Incorrect arguments to restore concurrency",
  ],
  [
    `ALTER SYSTEM RESTORE x ${FROM} UNTIL TIME = '2026-13-45' WITH 'pool_list=free'`,
    "1525 Incorrect TIMESTAMP value: '2026-13-45'",
  ],
  [
    `ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=free' WITH KEY FROM 'file:///k' ENCRYPTED BY 'p'`,
    "1235 Not supported feature or function",
  ],
  [`ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=free&foo=1'`, "ok"],
];

const MEANWHILE: readonly Asked[] = [
  ["DROP TENANT x", "1235 should drop tenant force, delay drop tenant not supported"],
  [
    `ALTER SYSTEM RESTORE X ${FROM} WITH 'pool_list=free'`,
    "4179 restore tenant with existed tenant name is not allowed",
  ],
  ["ALTER SYSTEM ARCHIVELOG TENANT = x", "9023 cannot start log archive backup"],
  ["ALTER SYSTEM NOARCHIVELOG TENANT = x", "9023 cannot start log archive backup"],
  ["ALTER SYSTEM BACKUP TENANT = x", "9040 backup can not start, because tenant status is not normal."],
  [
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = x",
    "4179 tenant status is not normal, activate standby is not allowed",
  ],
  [
    "ALTER SYSTEM RECOVER STANDBY TENANT = x UNTIL UNLIMITED",
    "4179 tenant role is not STANDBY, recover is not allowed",
  ],
  ["ALTER SYSTEM CANCEL RESTORE x", "1227 Access denied", "shop"],
];

const SHOULD_NAME = "1210 Incorrect arguments to tenant name, should specify tenant name";

const AFTERWARDS: readonly Asked[] = [
  ["ALTER SYSTEM CANCEL RESTORE x", "4179 Cancel tenant not in restore is not allowed"],
  [
    "ALTER SYSTEM RECOVER TABLE a.b TO TENANT = x FROM 'file:///a' WITH 'pool_list=free'",
    "1235 recover table to standby tenant is not supported",
  ],
  [
    "ALTER SYSTEM RECOVER STANDBY TENANT = x UNTIL SCN = 5",
    /^4179 recover before tenant sync_scn \d+ is not/,
  ],
  ["ALTER SYSTEM RECOVER STANDBY TENANT = x UNTIL TIME = 'x'", /^5663 /],
  ["ALTER SYSTEM RECOVER STANDBY TENANT = x CANCEL", "ok"],
  ["ALTER SYSTEM RECOVER STANDBY UNTIL UNLIMITED", SHOULD_NAME],
  ["ALTER SYSTEM SWITCHOVER TO STANDBY TENANT = x", "ok"],
  [
    "ALTER SYSTEM RECOVER STANDBY TENANT = x UNTIL UNLIMITED",
    "1210 Incorrect arguments to tenant name, please don't specify tenant name",
    "x",
  ],
  ["ALTER SYSTEM BACKUP TENANT = x", "9040 backup can not start, because log archive status is not doing."],
  ["ALTER SYSTEM ACTIVATE STANDBY", SHOULD_NAME],
  [
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = sys",
    "1210 Incorrect arguments to tenant name, only support operating user tenant",
  ],
  ["ALTER SYSTEM ACTIVATE STANDBY TENANT = x VERIFY", "ok"],
  ["ALTER SYSTEM ACTIVATE STANDBY", "ok", "x"],
  [
    "ALTER SYSTEM RECOVER STANDBY UNTIL UNLIMITED",
    "4179 tenant role is not STANDBY, recover is not allowed",
    "x",
  ],
];

function ask(asked: readonly Asked[]): void {
  for (const [sql, answer, tenant] of asked) {
    const got = cluster.answer(sql, tenant);
    if (typeof answer === "string") expect(got, sql).toBe(answer);
    else expect(got, sql).toMatch(answer);
  }
}

test("before, while and after a tenant is restored OceanBase refuses what does not fit", () => {
  ask(BEFORE);
  ask(MEANWHILE);
  cluster.wait(30);
  expect(cluster.row("DBA_OB_TENANTS", { TENANT_NAME: "x" })?.["TENANT_ROLE"]).toBe("STANDBY");
  ask(AFTERWARDS);
  const failures = cluster.rows("CDB_OB_RESTORE_HISTORY").filter((row) => row["STATUS"] === "FAIL");
  expect(failures.map((row) => row["RESTORE_TENANT_ID"])).toEqual([0, 0]);
});

test("method=quick is a word of 4.3.3 and later, and only for sets of theirs", () => {
  const quick = `ALTER SYSTEM RESTORE q ${FROM} WITH 'pool_list=free&method=quick'`;
  const newer = livedIn("4.3.5.0");
  expect(newer.answer(`ALTER SYSTEM RESTORE q ${FROM} WITH 'pool_list=free&method=fast'`)).toBe(
    "1210 Incorrect arguments to restore method",
  );
  expect(newer.answer(quick)).toBe("ok");
  newer.wait(30);
  const types = newer.rows("CDB_OB_RESTORE_HISTORY").map((row) => row["RESTORE_TYPE"]);
  expect(types).toEqual(["QUICK", "QUICK"]);
  newer.close();
  const older = livedIn("4.2.5.1");
  const upgraded = testCluster({ version: "4.3.5.0", storageRoot: `${older.dir}/storage`, name: "upgraded" });
  addPool(upgraded, "free");
  expect(upgraded.answer(quick)).toBe("4179 quick restore is not allowed");
  upgraded.close();
  older.close();
});

function withOldSet(version: string): TestCluster {
  const lived = livedIn(version);
  const [set] = lived.model.state.sets.all();
  if (set) lived.model.state.sets.put({ ...set, tenantCompatible: "4.2.0.0" });
  return lived;
}

test("an increment onto a set of another data version is refused by 4.2.5, from sys and from the tenant", () => {
  const cross =
    /^9040 backup can not start, because cross compatible .* is 4\.2\.0\.0, current compatible is 4\./;
  const lived = withOldSet("4.2.5.1");
  expect(lived.answer("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop")).toMatch(cross);
  expect(lived.answer("ALTER SYSTEM BACKUP INCREMENTAL DATABASE", "shop")).toMatch(cross);
  expect(lived.answer("ALTER SYSTEM BACKUP TENANT = shop")).toBe("ok");
  lived.close();
});

test("elsewhere an increment onto a set of another data version becomes a full set", () => {
  const lived = withOldSet("4.2.1.9");
  lived.run("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop");
  lived.wait(20);
  const types = lived.rows("CDB_OB_BACKUP_SET_FILES").map((row) => row["BACKUP_TYPE"]);
  expect(types).toEqual(["FULL", "FULL"]);
  lived.close();
});
