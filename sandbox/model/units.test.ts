import { afterEach, expect, test } from "vitest";
import {
  addPool,
  addTenant,
  commitRows,
  keptRows,
  type TestCluster,
  testCluster,
} from "../cluster/cluster-in-test.ts";

let cluster: TestCluster;
afterEach(() => cluster.close());

const FROM = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";

/** Two servers in each zone, and a tenant with a unit on each of them. */
function wide(): void {
  cluster = testCluster({ version: "4.2.1.9", serversPerZone: 2 });
  cluster.run("CREATE RESOURCE UNIT small MAX_CPU 1, MEMORY_SIZE '2G', LOG_DISK_SIZE '6G'");
  cluster.run("CREATE RESOURCE POOL wide UNIT = 'small', UNIT_NUM = 2");
  cluster.run("CREATE TENANT wide RESOURCE_POOL_LIST = ('wide')");
}

const streams = (view: string, tenant: string) => cluster.rows(view, tenant).map((row) => row["LS_ID"]);

test("each server of a zone is told apart, and a pool puts one unit on each of the emptiest", () => {
  wide();
  const servers = cluster.rows("DBA_OB_SERVERS").map((row) => [row["ID"], row["ZONE"], row["SVR_IP"]]);
  expect(servers).toEqual([
    [1, "zone1", "127.0.0.1"],
    [2, "zone2", "127.0.0.2"],
    [3, "zone3", "127.0.0.3"],
    [4, "zone1", "127.0.0.4"],
    [5, "zone2", "127.0.0.5"],
    [6, "zone3", "127.0.0.6"],
  ]);
  const units = cluster.rows("DBA_OB_UNITS").filter((row) => row["TENANT_ID"] === 1002);
  expect(new Set(units.map((row) => row["SVR_IP"]))).toEqual(new Set(servers.map(([, , ip]) => ip)));
  cluster.run("CREATE RESOURCE POOL next UNIT = 'small', UNIT_NUM = 1, ZONE_LIST = ('zone1')");
  const next = cluster.rows("DBA_OB_UNITS").find((row) => row["TENANT_ID"] === null);
  // The unit of sys stands on the first server of the zone.
  expect(next?.["SVR_IP"]).toBe("127.0.0.4");
  expect(
    cluster.answer("CREATE RESOURCE POOL three UNIT = 'small', UNIT_NUM = 3, ZONE_LIST = ('zone1')"),
  ).toBe("4656 resource pool unit num is bigger than zone server count");
});

test("units that belong together carry one group, and each group has a log stream", () => {
  wide();
  const units = cluster.rows("DBA_OB_UNITS").filter((row) => row["TENANT_ID"] === 1002);
  const groups = new Set(units.map((row) => Number(row["UNIT_GROUP_ID"])));
  expect(groups.size).toBe(2);
  for (const group of groups) {
    const zones = units.filter((row) => row["UNIT_GROUP_ID"] === group).map((row) => row["ZONE"]);
    expect(new Set(zones)).toEqual(new Set(["zone1", "zone2", "zone3"]));
  }
  expect(streams("DBA_OB_LS", "wide")).toEqual([1, 1001, 1002]);
  const held = cluster.rows("DBA_OB_LS", "wide").map((row) => Number(row["UNIT_GROUP_ID"]));
  expect(held).toEqual([0, ...groups]);
  expect(cluster.row("DBA_OB_TENANTS", { TENANT_NAME: "wide" })).toMatchObject({
    UNIT_NUM: 2,
    MAX_LS_ID: 1002,
  });
  expect(cluster.row("DBA_OB_TENANTS", { TENANT_NAME: "META$1002" })).toMatchObject({
    UNIT_NUM: 2,
    MAX_LS_ID: 1,
  });
});

test("ALTER RESOURCE TENANT changes how many units a tenant has, and with them its log streams", () => {
  wide();
  cluster.run("ALTER RESOURCE TENANT wide UNIT_NUM = 1");
  expect(streams("DBA_OB_LS", "wide")).toEqual([1, 1001]);
  expect(cluster.row("DBA_OB_RESOURCE_POOLS", { NAME: "wide" })?.["UNIT_COUNT"]).toBe(1);
  expect(cluster.rows("DBA_OB_UNITS").filter((row) => row["TENANT_ID"] === 1002).length).toBe(3);
  cluster.run("ALTER RESOURCE TENANT wide UNIT_NUM = 2");
  expect(streams("DBA_OB_LS", "wide")).toEqual([1, 1001, 1002]);
  const ips = cluster.rows("DBA_OB_UNITS").filter((row) => row["TENANT_ID"] === 1002);
  expect(new Set(ips.map((row) => row["SVR_IP"])).size).toBe(6);
  expect(cluster.answer("ALTER RESOURCE TENANT wide UNIT_NUM = 3")).toMatch(/^4656 /);
  expect(cluster.answer("ALTER RESOURCE TENANT nope UNIT_NUM = 1")).toBe("5157 Unknown tenant 'nope'");
});

test("a tenant of several streams is archived stream by stream, backed up and restored whole", () => {
  wide();
  cluster.run("ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/shop/data' TENANT = wide");
  cluster.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///backup/shop/clog' TENANT = wide");
  cluster.run("ALTER SYSTEM ARCHIVELOG TENANT = wide");
  cluster.wait(3);
  expect(streams("DBA_OB_LS_LOG_ARCHIVE_PROGRESS", "wide")).toEqual([1, 1001, 1002]);
  cluster.run("ALTER SYSTEM BACKUP TENANT = wide");
  cluster.wait(20);
  const scn = commitRows(cluster, "wide", [1, 2]);
  cluster.wait(130);
  cluster.run("CREATE RESOURCE POOL copy UNIT = 'small', UNIT_NUM = 1");
  cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} UNTIL SCN = ${scn} WITH 'pool_list=copy'`);
  cluster.wait(30);
  expect(keptRows(cluster, "copy")).toEqual([1, 2]);
  expect(streams("DBA_OB_LS", "copy")).toEqual([1, 1001]);
});

test("a restore into a pool for each zone takes them all, and gives them back", () => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "shop");
  commitRows(cluster, "shop", [1]);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(20);
  for (const zone of ["zone1", "zone2", "zone3"]) {
    cluster.run(`CREATE RESOURCE POOL p_${zone} UNIT = 'small', UNIT_NUM = 1, ZONE_LIST = ('${zone}')`);
  }
  const options =
    "pool_list=p_zone1,p_zone2,p_zone3&locality=F@zone1,F@zone2,F@zone3&primary_zone=zone2;zone1,zone3";
  cluster.run(`ALTER SYSTEM RESTORE copy ${FROM} WITH '${options}'`);
  cluster.wait(30);
  expect(cluster.row("DBA_OB_TENANTS", { TENANT_NAME: "copy" })).toMatchObject({
    LOCALITY: "FULL{1}@zone1, FULL{1}@zone2, FULL{1}@zone3",
    PRIMARY_ZONE: "zone2;zone1,zone3",
    TENANT_ROLE: "STANDBY",
  });
  const holders = cluster.rows("DBA_OB_RESOURCE_POOLS").filter((row) => row["TENANT_ID"] === 1004);
  expect(holders.map((row) => row["NAME"])).toEqual(["p_zone1", "p_zone2", "p_zone3"]);
  const groups = cluster.rows("DBA_OB_UNITS").filter((row) => row["TENANT_ID"] === 1004);
  expect(new Set(groups.map((row) => row["UNIT_GROUP_ID"])).size).toBe(1);
  cluster.run("DROP TENANT copy FORCE");
  for (const zone of ["zone1", "zone2", "zone3"]) {
    expect(cluster.answer(`DROP RESOURCE POOL p_${zone}`)).toBe("ok");
  }
});

test("pools of one tenant may neither share a zone nor differ in their number of units", () => {
  wide();
  addPool(cluster, "all_zones");
  cluster.run("CREATE RESOURCE POOL one UNIT = 'small', UNIT_NUM = 1, ZONE_LIST = ('zone1')");
  cluster.run("CREATE RESOURCE POOL two UNIT = 'small', UNIT_NUM = 2, ZONE_LIST = ('zone2')");
  expect(cluster.answer("CREATE TENANT t RESOURCE_POOL_LIST = ('all_zones', 'one')")).toMatch(/^1210 /);
  expect(cluster.answer("CREATE TENANT t RESOURCE_POOL_LIST = ('one', 'two')")).toMatch(/^1235 /);
  expect(cluster.row("DBA_OB_TENANTS", { TENANT_NAME: "t" })).toBeUndefined();
});
