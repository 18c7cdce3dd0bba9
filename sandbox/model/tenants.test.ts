import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addPool, addTenant, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { assignedOn, SERVERS } from "./resources.ts";
import { dropTenant } from "./tenants.ts";

let cluster: TestCluster;
beforeEach(() => {
  cluster = testCluster();
});
afterEach(() => cluster.close());

const tenant = (name: string) => cluster.row("DBA_OB_TENANTS", { TENANT_NAME: name });

test("user tenants get even ids from 1002 with their META$ tenant one below, and never one again", () => {
  for (const name of ["a", "b"]) addPool(cluster, `${name}_pool`);
  cluster.run("CREATE TENANT a RESOURCE_POOL_LIST = ('a_pool')");
  cluster.run("DROP TENANT a FORCE");
  cluster.run("CREATE TENANT b RESOURCE_POOL_LIST = ('a_pool')");
  expect(
    cluster.rows("DBA_OB_TENANTS").map((row) => [row["TENANT_ID"], row["TENANT_NAME"], row["TENANT_TYPE"]]),
  ).toEqual([
    [1, "sys", "SYS"],
    [1003, "META$1004", "META"],
    [1004, "b", "USER"],
  ]);
});

test("locality and primary zone are those of the pools unless they are named", () => {
  addPool(cluster, "p");
  cluster.run(
    "CREATE TENANT a RESOURCE_POOL_LIST = ('p'), LOCALITY = 'F@zone2, F@zone3', PRIMARY_ZONE = 'zone2;zone3'",
  );
  expect(tenant("a")).toMatchObject({
    LOCALITY: "FULL{1}@zone2, FULL{1}@zone3",
    PRIMARY_ZONE: "zone2;zone3",
  });
  addPool(cluster, "q");
  expect(cluster.answer("CREATE TENANT b RESOURCE_POOL_LIST = ('q'), LOCALITY = 'F@zone9'")).toBe(
    "4672 replica num not enough",
  );
  cluster.run("CREATE TENANT b RESOURCE_POOL_LIST = ('q')");
  expect(tenant("b")).toMatchObject({
    LOCALITY: "FULL{1}@zone1, FULL{1}@zone2, FULL{1}@zone3",
    PRIMARY_ZONE: "RANDOM",
  });
});

test("DROP TENANT without FORCE leaves it DROPPING with its pool for long, FORCE takes it at once with all its rows", () => {
  addTenant(cluster, "shop");
  cluster.run("DROP TENANT shop");
  expect(tenant("shop")?.["STATUS"]).toBe("DROPPING");
  expect(cluster.row("DBA_OB_RESOURCE_POOLS", { NAME: "shop_pool" })?.["TENANT_ID"]).toBe(1002);
  cluster.run("DROP TENANT shop FORCE");
  expect(tenant("shop")).toBeUndefined();
  expect(cluster.row("DBA_OB_RESOURCE_POOLS", { NAME: "shop_pool" })?.["TENANT_ID"]).toBeNull();
  for (const view of ["CDB_OB_ARCHIVELOG", "CDB_OB_ARCHIVE_DEST", "CDB_OB_BACKUP_PARAMETER"]) {
    expect(cluster.rows(view)).toEqual([]);
  }
});

test("with the recycle bin on, a dropped tenant can be brought back or purged", () => {
  for (const name of ["a", "b"]) {
    addPool(cluster, `${name}_pool`);
    cluster.run(`CREATE TENANT ${name} RESOURCE_POOL_LIST = ('${name}_pool')`);
    dropTenant(cluster.model, { name, how: "delayed", recyclebin: true });
    cluster.wait(1);
  }
  const reply = cluster.run("SHOW RECYCLEBIN");
  const inBin = reply.kind === "rows" ? reply.rows : [];
  expect(inBin.map((row) => row[1])).toEqual(["a", "b"]);
  const [first, second] = inBin.map((row) => String(row[0]));
  expect(tenant(first ?? "")?.["IN_RECYCLEBIN"]).toBe("YES");
  cluster.run(`FLASHBACK TENANT ${first} TO BEFORE DROP`);
  cluster.run(`PURGE TENANT ${second}`);
  const users = cluster.rows("DBA_OB_TENANTS").filter((row) => row["TENANT_TYPE"] === "USER");
  expect(users.map((row) => row["TENANT_NAME"])).toEqual(["a"]);
});

test("whatever pools come and go, no server gives away more than it has, and the views say what is given", () => {
  const deed = record({
    kind: constantFrom("create", "drop"),
    pool: integer({ min: 1, max: 6 }),
    unit: integer({ min: 1, max: 3 }),
  });
  const steps = array(deed, { maxLength: 60 });
  assert(
    property(steps, (deeds) => {
      const crowded = testCluster({
        capacity: { cpu: 8, memoryBytes: 12 * 1024 ** 3, logDiskBytes: 40 * 1024 ** 3 },
      });
      for (const [cpu, gib] of [
        [1, 1],
        [2, 4],
        [3, 2],
      ]) {
        crowded.run(`CREATE RESOURCE UNIT u${cpu} MAX_CPU ${cpu}, MEMORY_SIZE '${gib}G'`);
      }
      for (const { kind, pool, unit } of deeds) {
        const sql =
          kind === "create"
            ? `CREATE RESOURCE POOL p${pool} UNIT = 'u${unit}', UNIT_NUM = 1`
            : `DROP RESOURCE POOL p${pool}`;
        crowded.answer(sql);
      }
      for (const row of crowded.rows("GV$OB_SERVERS")) {
        expect(row["CPU_ASSIGNED_MAX"]).toBeLessThanOrEqual(Number(row["CPU_CAPACITY"]));
        expect(row["MEM_ASSIGNED"]).toBeLessThanOrEqual(Number(row["MEM_CAPACITY"]));
        expect(row["LOG_DISK_ASSIGNED"]).toBeLessThanOrEqual(Number(row["LOG_DISK_CAPACITY"]));
      }
      const units = crowded.rows("DBA_OB_UNITS").filter((row) => row["ZONE"] === SERVERS[0]?.zone);
      const given = units.reduce((sum, row) => sum + Number(row["MEMORY_SIZE"]), 0);
      expect(assignedOn(crowded.model, { id: 1 }).memoryBytes).toBe(given);
      crowded.close();
    }),
    { numRuns: 15 },
  );
});
