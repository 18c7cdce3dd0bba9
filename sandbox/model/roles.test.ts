import { afterEach, beforeEach, expect, test } from "vitest";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";

/* SWITCHOVER and ALTER TENANT. */

let cluster: TestCluster;

beforeEach(() => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "shop");
});
afterEach(() => cluster.close());

const tenant = (name: string) => cluster.row("DBA_OB_TENANTS", { TENANT_NAME: name });

test("a primary that steps down is a standby without writes, and may become primary again", () => {
  commitRows(cluster, "shop", [1]);
  expect(cluster.answer("ALTER SYSTEM SWITCHOVER TO PRIMARY TENANT = shop")).toBe("ok");
  expect(cluster.answer("ALTER SYSTEM SWITCHOVER TO STANDBY TENANT = shop VERIFY")).toBe("ok");
  expect(tenant("shop")?.["TENANT_ROLE"]).toBe("PRIMARY");
  expect(cluster.answer("ALTER SYSTEM SWITCHOVER TO STANDBY", "shop")).toBe("ok");
  expect(tenant("shop")).toMatchObject({
    TENANT_ROLE: "STANDBY",
    SWITCHOVER_STATUS: "NORMAL",
    LOG_MODE: "ARCHIVELOG",
  });
  const session = cluster.cluster.as("root@shop");
  expect(() => session.run("CREATE DATABASE d")).toThrow(/standby/);
  session.close();
  expect(cluster.answer("ALTER SYSTEM SWITCHOVER TO STANDBY TENANT = shop")).toBe("ok");
  expect(cluster.answer("ALTER SYSTEM SWITCHOVER TO PRIMARY TENANT = shop")).toBe("ok");
  expect(tenant("shop")).toMatchObject({ TENANT_ROLE: "PRIMARY", RECOVERY_UNTIL_SCN: 4611686018427387903n });
  commitRows(cluster, "shop", [2]);
});

test("a standby that follows an archive is not made primary by a switchover, and by an activation it is", () => {
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(30);
  addPool(cluster, "free");
  const from = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";
  cluster.run(`ALTER SYSTEM RESTORE copy ${from} WITH 'pool_list=free'`);
  expect(cluster.answer("ALTER SYSTEM SWITCHOVER TO STANDBY TENANT = copy")).toMatch(/^4179 /);
  cluster.wait(30);
  expect(cluster.answer("ALTER SYSTEM SWITCHOVER TO PRIMARY TENANT = copy")).toMatch(
    /^1235 .* in this sandbox/,
  );
  expect(cluster.answer("ALTER SYSTEM ACTIVATE STANDBY TENANT = copy")).toBe("ok");
  expect(tenant("copy")?.["TENANT_ROLE"]).toBe("PRIMARY");
});

test("a tenant takes another name, primary zone and locality", () => {
  expect(cluster.answer("ALTER TENANT shop RENAME GLOBAL_NAME TO store")).toBe("ok");
  expect(tenant("shop")).toBeUndefined();
  cluster.run("ALTER TENANT store PRIMARY_ZONE = 'zone2;zone1,zone3', LOCALITY = 'F@zone1, F@zone2'");
  expect(tenant("store")).toMatchObject({
    TENANT_ID: 1002,
    PRIMARY_ZONE: "zone2;zone1,zone3",
    LOCALITY: "FULL{1}@zone1, FULL{1}@zone2",
  });
});

test("what an ALTER TENANT cannot do is refused, and leaves the tenant as it was", () => {
  addPool(cluster, "crm_pool");
  cluster.run("CREATE TENANT crm RESOURCE_POOL_LIST = ('crm_pool')");
  const before = tenant("shop");
  const asked = [
    ["ALTER TENANT nope PRIMARY_ZONE = 'zone1'", "5157 Unknown tenant 'nope'"],
    ["ALTER TENANT shop RENAME GLOBAL_NAME TO crm", "5156 tenant 'crm' already exist"],
    ["ALTER TENANT shop PRIMARY_ZONE = 'zone9'", "1210 Incorrect arguments to primary zone"],
    ["ALTER TENANT shop LOCALITY = 'F@zone9'", "4672 replica num not enough"],
    ["ALTER TENANT shop LOCK", "1235 alter tenant in this sandbox is not supported"],
  ] as const;
  for (const [sql, answer] of asked) expect(cluster.answer(sql), sql).toBe(answer);
  expect(cluster.answer("ALTER TENANT shop PRIMARY_ZONE = 'zone1'", "crm")).toBe("1227 Access denied");
  expect(tenant("shop")).toMatchObject({
    ...before,
    SYNC_SCN: expect.anything(),
    REPLAYABLE_SCN: expect.anything(),
    READABLE_SCN: expect.anything(),
  });
});
