import { afterAll, beforeAll, expect, test } from "vitest";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";

/*
 * What is refused and in which words: facts of the kernel sources, and the answers of a real 4.2.1.9 where it was asked.
 * Each group is one cluster; statements are sent in order.
 */
type Asked = readonly [sql: string, answer: string, tenant?: string];

let cluster: TestCluster;
const FROM = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";

beforeAll(() => {
  cluster = testCluster({ version: "4.2.1.9" });
  addTenant(cluster, "shop");
  addPool(cluster, "bare_pool");
  cluster.run("CREATE TENANT bare RESOURCE_POOL_LIST = ('bare_pool')");
  addPool(cluster, "free");
  commitRows(cluster, "shop", [1]);
  cluster.run("ALTER SYSTEM BACKUP TENANT = shop");
  cluster.wait(30);
});

afterAll(() => cluster.close());

const RESOURCES: readonly Asked[] = [
  [
    "CREATE RESOURCE UNIT tiny MAX_CPU 1, MEMORY_SIZE '512M'",
    "4659 invalid MEMORY_SIZE value, min value is 1073741824",
  ],
  ["CREATE RESOURCE UNIT tiny MAX_CPU 0.5, MEMORY_SIZE '1G'", "4659 invalid MAX_CPU value, min value is 1"],
  [
    "CREATE RESOURCE UNIT tiny MAX_CPU 1, MEMORY_SIZE '1G', LOG_DISK_SIZE '1G'",
    "4659 invalid LOG_DISK_SIZE value, min value is 2147483648",
  ],
  ["CREATE RESOURCE UNIT tiny MAX_CPU 1", "1210 Miss argument for MEMORY_SIZE"],
  ["CREATE RESOURCE UNIT tiny MAX_CPU 1, MEMORY_SIZE '1073741824'", "1064 Parse error"],
  ["CREATE RESOURCE UNIT small MAX_CPU 1, MEMORY_SIZE '1G'", "4649 resource unit 'small' already exist"],
  ["CREATE RESOURCE UNIT huge MAX_CPU 1, MEMORY_SIZE '9999G', LOG_DISK_SIZE '6G'", "ok"],
  [
    "CREATE RESOURCE POOL p UNIT = 'nope', UNIT_NUM = 1, ZONE_LIST = ('zone1')",
    "4648 resource unit 'nope' not exist",
  ],
  [
    "CREATE RESOURCE POOL p UNIT = 'small', UNIT_NUM = 1, ZONE_LIST = ('zone9')",
    "4530 Zone info 'zone9' not exist",
  ],
  [
    "CREATE RESOURCE POOL p UNIT = 'small', UNIT_NUM = 2, ZONE_LIST = ('zone1')",
    "4656 resource pool unit num is bigger than zone server count",
  ],
  ["CREATE RESOURCE POOL free UNIT = 'small', UNIT_NUM = 1", "4651 resource pool 'free' exist"],
  ["DROP RESOURCE UNIT small", "4634 resource unit 'small' is referenced by some resource pool"],
  ["DROP RESOURCE UNIT nope", "4648 resource unit 'nope' not exist"],
  ["DROP RESOURCE POOL nope", "4650 resource pool 'nope' not exist"],
  ["DROP RESOURCE POOL IF EXISTS nope", "ok"],
  ["DROP RESOURCE POOL shop_pool", "4626 resource pool 'shop_pool' has already been granted to a tenant"],
  ["DROP RESOURCE UNIT huge", "ok"],
  ["CREATE RESOURCE UNIT u MAX_CPU 1, MEMORY_SIZE '1G'", "1227 Access denied", "shop"],
];

const TENANTS: readonly Asked[] = [
  ["CREATE TENANT t RESOURCE_POOL_LIST = ('nope')", "4650 resource pool 'nope' not exist"],
  ["CREATE TENANT t", "1210 Miss argument for resource_pool_list"],
  [
    "CREATE TENANT t RESOURCE_POOL_LIST = ('shop_pool')",
    "4626 resource pool 'shop_pool' has already been granted to a tenant",
  ],
  ["CREATE TENANT shop RESOURCE_POOL_LIST = ('free')", "5156 tenant 'shop' already exist"],
  ["CREATE TENANT t RESOURCE_POOL_LIST = ('free')", "1227 Access denied", "shop"],
  ["DROP TENANT nope FORCE", "5157 Unknown tenant 'nope'"],
  ["DROP TENANT IF EXISTS nope FORCE", "ok"],
];

const DESTINATIONS: readonly Asked[] = [
  ["ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///d'", "1235 Not supported feature or function"],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///d' TENANT = nope",
    "5160 invalid tenant name specified in connection string",
  ],
  ["ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///d' TENANT = bare", "1227 Access denied", "bare"],
  ["ALTER SYSTEM SET DATA_BACKUP_DEST = '/d' TENANT = bare", "9026 backup destination is not valid"],
  ["ALTER SYSTEM SET DATA_BACKUP_DEST = 'nfs:///d' TENANT = bare", "9026 backup destination is not valid"],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///a/../b' TENANT = bare",
    "9026 backup destination is not valid",
  ],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 's3://b/d?host=h&access_id=a&access_key=b' TENANT = bare",
    "1235 Not supported feature or function",
  ],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'oss://b/d?host=h&access_id=a&encrypt_key=b' TENANT = bare",
    "9026 backup destination contains encrypt_key, which is not a valid uri",
  ],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/shop/data' TENANT = bare",
    "9081 the content of the format file at the destination does not match",
  ],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/shop' TENANT = bare",
    "9080 the format file does not exist under the destination",
  ],
  [
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'BINDING=Optional' TENANT = bare",
    "1235 set archive dest without location is not supported",
  ],
  [
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///a WHAT=1' TENANT = bare",
    "1235 Not supported feature or function",
  ],
  ["ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'file:///a' TENANT = bare", "1235 Not supported feature or function"],
  [
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///a PIECE_SWITCH_INTERVAL=10s' TENANT = bare",
    "1210 Invalid argument",
  ],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 's3://b/d?host=h&access_id=a&access_key=b&checksum_type=foo' TENANT = bare",
    "1210 Invalid argument",
  ],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'oss://b/d?host=h&access_id=a&access_key=b&checksum_type=crc32' TENANT = bare",
    "9113 checksum type is not supported",
  ],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/shop/data/format.obbak/below' TENANT = bare",
    "9070 can not connect to backup destination",
  ],
  ["ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///d' TENANT = sys", "1235 Not supported feature or function"],
  ["ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///a'", "1235 Not supported feature or function"],
  ["ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///a' TENANT = bare", "1227 Access denied", "bare"],
  [
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///a BINDING=never' TENANT = bare",
    "1210 Invalid argument",
  ],
  [
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///a COMPRESSION=maybe' TENANT = bare",
    "1235 Not supported feature or function",
  ],
  [
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST_1 = 'LOCATION=file:///a' TENANT = bare",
    "1235 Not supported feature or function",
  ],
  ["ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER'", "1235 Not supported feature or function"],
  ["ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'LATER' TENANT = shop", "1210 Invalid argument"],
  [
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///other' TENANT = shop",
    "1235 change archive dest when archive is running is not supported",
  ],
  [
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = '' TENANT = shop",
    "1235 change archive dest when archive is running is not supported",
  ],
  [
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///d' TENANT = bare, archive_lag_target = '1s' TENANT = bare",
    "1235 backup configuration items cannot be set together with non data backup configuration items not supported",
  ],
  [
    "ALTER SYSTEM SET archive_lag_target = '1s' TENANT = bare",
    "4179 log_archive_dest has not been set, set archive_lag_target is not allowed",
  ],
  ["ALTER SYSTEM SET archive_lag_target = 'x' TENANT = shop", "4179 Operation not allowed now"],
  ["ALTER SYSTEM SET archive_lag_target = '9999s' TENANT = shop", "4147 Invalid config"],
  ["ALTER SYSTEM SET nope = 'x' TENANT = shop", "5099 System config unknown"],
];

const ARCHIVE: readonly Asked[] = [
  ["ALTER SYSTEM ARCHIVELOG TENANT = nope", "5160 invalid tenant name specified in connection string"],
  ["ALTER SYSTEM ARCHIVELOG TENANT = sys", "ok"],
  ["ALTER SYSTEM ARCHIVELOG TENANT = shop", "ok"],
  ["ALTER SYSTEM ARCHIVELOG", "9091 Already in ARCHIVELOG mode", "shop"],
  ["ALTER SYSTEM ARCHIVELOG TENANT = shop", "1227 Access denied", "shop"],
  ["ALTER SYSTEM NOARCHIVELOG TENANT = bare", "9092 Already in NOARCHIVELOG mode"],
  ["ALTER SYSTEM NOARCHIVELOG", "9092 Already in NOARCHIVELOG mode", "bare"],
  [
    "ALTER SYSTEM ARCHIVELOG TENANT = ALL_USER",
    "1235 use all_user/all_meta in 'ALTER SYSTEM ARCHIVELOG' syntax is not supported",
  ],
];

const NOBODY =
  "9040 backup can not start, because no tenant meets the backup condition, \uFFFCplease check the tenant status, log archive " +
  "status, backup data dest, and backup status for each tenant";

const BACKUP: readonly Asked[] = [
  [
    "ALTER SYSTEM BACKUP TENANT = bare",
    "9040 backup can not start, because log archive status is not doing.",
  ],
  [
    "ALTER SYSTEM BACKUP DATABASE",
    "9040 backup can not start, because log archive status is not doing.",
    "bare",
  ],
  ["ALTER SYSTEM BACKUP TENANT = nope", "5160 invalid tenant name specified in connection string"],
  ["ALTER SYSTEM BACKUP TENANT = sys", "4016 Internal error"],
  ["ALTER SYSTEM BACKUP TENANT = shop", "1235 user tenant cannot specify tenant names not supported", "shop"],
  [
    "ALTER SYSTEM BACKUP TENANT = shop TO 'file:///d'",
    "1235 backup do not support using specify path not supported",
  ],
  ["ALTER SYSTEM CANCEL BACKUP TENANT = nope", "5160 invalid tenant name specified in connection string"],
  ["ALTER SYSTEM CANCEL BACKUP TENANT = shop", "ok"],
  ["ALTER SYSTEM CANCEL ALL BACKUP FORCE", "1210 Invalid argument"],
  ["ALTER SYSTEM CANCEL BACKUP TENANT = shop", "1235 Not supported feature or function", "shop"],
  ["ALTER SYSTEM CANCEL BACKUP", "ok", "shop"],
  ["ALTER SYSTEM CANCEL BACKUP TENANT = sys", "4016 Internal error"],
  [
    "ALTER SYSTEM BACKUP DATABASE TO 'file:///d'",
    "1235 backup do not support using specify path not supported",
  ],
  ["ALTER SYSTEM BACKUP KEY TO 'file:///k' ENCRYPTED BY 'p'", "1064 Parse error"],
  ["ALTER SYSTEM BACKUP BACKUPSET ALL", "1235 statement type not supported"],
  ["ALTER SYSTEM SUSPEND BACKUP", "1210 Invalid argument"],
  ["ALTER SYSTEM VALIDATE DATABASE", "1235 Not supported feature or function"],
];

const RESTORE: readonly Asked[] = [
  [
    `ALTER SYSTEM RESTORE shop ${FROM} WITH 'pool_list=free'`,
    "4179 restore tenant with existed tenant name is not allowed",
  ],
  [
    `ALTER SYSTEM RESTORE sys ${FROM} WITH 'pool_list=free'`,
    "4179 restore tenant with existed tenant name is not allowed",
  ],
  [`ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=nope'`, "4650 resource pool 'nope' not exist"],
  [`ALTER SYSTEM RESTORE x ${FROM} WITH 'locality=F@zone1'`, "1210 Invalid argument"],
  [
    `ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=free&concurrency=1000'`,
    "1210 Incorrect arguments to restore concurrency",
  ],
  [
    `ALTER SYSTEM RESTORE x ${FROM} UNTIL SCN = 0 WITH 'pool_list=free'`,
    "1210 Incorrect arguments to until scn, it should be positive integer",
  ],
  [`ALTER SYSTEM RESTORE x ${FROM} UNTIL SCN = 1 WITH 'pool_list=free'`, "4018 No enough log for restore"],
  [
    `ALTER SYSTEM RESTORE x ${FROM} UNTIL SCN = 4000000000000000000 WITH 'pool_list=free'`,
    "4018 No enough log for restore",
  ],
  [
    `ALTER SYSTEM RESTORE x ${FROM} UNTIL TIME = 'nonsense' WITH 'pool_list=free'`,
    "5663 a non-numeric character was found where a numeric was expected",
  ],
  [
    "ALTER SYSTEM RESTORE x FROM 'file:///nope,file:///backup/shop/clog' WITH 'pool_list=free'",
    "9011 cannot find backup file",
  ],
  [
    "ALTER SYSTEM RESTORE x FROM '/a,file:///backup/shop/clog' WITH 'pool_list=free'",
    "9026 /a is not a valid uri",
  ],
  [
    "ALTER SYSTEM RESTORE x FROM 'file:///backup/shop/data,file:///backup/shop/data' WITH 'pool_list=free'",
    "1235 It is not support to restore from multiple tenant backup paths. not supported",
  ],
  [
    "ALTER SYSTEM RESTORE x FROM 'file:///backup/shop/clog' WITH 'pool_list=free'",
    "4018 No enough log for restore",
  ],
  ["ALTER SYSTEM RESTORE x FROM 'file:///backup/shop/data' WITH 'pool_list=free'", "4016 Internal error"],
  [`ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=free'`, "1227 Access denied", "shop"],
  ["ALTER SYSTEM CANCEL RESTORE nope", "5157 Unknown tenant 'nope'"],
  ["ALTER SYSTEM CANCEL RESTORE shop", "4179 Cancel tenant not in restore is not allowed"],
  ["SHOW RESTORE PREVIEW", "1235 show restore preview before ALTER SYSTEM RESTORE PREVIEW is not supported"],
  [
    `ALTER SYSTEM RESTORE ${FROM} PREVIEW`,
    "4179 restore preview must have a scn or timestamp, otherwise not allowed",
  ],
  ["ALTER SYSTEM ACTIVATE STANDBY TENANT = shop", "ok"],
  ["ALTER SYSTEM ACTIVATE STANDBY TENANT = nope", "5160 invalid tenant name specified in connection string"],
  [
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = shop",
    "1210 Incorrect arguments to tenant name, please don't specify tenant name",
    "shop",
  ],
  [
    "ALTER SYSTEM RECOVER STANDBY TENANT = shop UNTIL UNLIMITED",
    "4179 tenant role is not STANDBY, recover is not allowed",
  ],
  [
    "ALTER SYSTEM RECOVER STANDBY UNTIL UNLIMITED",
    "1210 Incorrect arguments to tenant name, should specify tenant name",
  ],
  ["ALTER SYSTEM SWITCHOVER TO PRIMARY TENANT = shop", "ok"],
  [
    "ALTER SYSTEM SWITCHOVER TO PRIMARY TENANT = nope",
    "5160 invalid tenant name specified in connection string",
  ],
  [
    "ALTER SYSTEM SWITCHOVER TO PRIMARY",
    "1210 Incorrect arguments to tenant name, should specify tenant name",
  ],
];

const ALL = [...RESOURCES, ...TENANTS, ...DESTINATIONS, ...ARCHIVE, ...BACKUP, ...RESTORE];

test.for(ALL)("%s → %s", ([sql, answer, tenant]) => {
  expect(cluster.answer(sql, tenant)).toBe(answer);
});

test("BACKUP DATABASE from sys with nobody to back up says so with the kernel's own odd character", () => {
  const empty = testCluster({ version: "4.2.1.9" });
  expect(empty.answer("ALTER SYSTEM BACKUP DATABASE")).toBe(NOBODY);
  empty.close();
});

test("a pool that does not fit names the first zone, the server and what it lacks", () => {
  cluster.run("CREATE RESOURCE UNIT wide MAX_CPU 1, MEMORY_SIZE '9999G', LOG_DISK_SIZE '6G'");
  const answer = cluster.answer(
    "CREATE RESOURCE POOL wide UNIT = 'wide', UNIT_NUM = 1, ZONE_LIST = ('zone2','zone3')",
  );
  expect(answer).toMatch(/^4733 zone 'zone2' resource not enough to hold 1 unit\./);
  expect(answer).toMatch(/\nserver '"127\.0\.0\.2:\d+"' MEMORY resource not enough\n$/);
  expect(cluster.row("DBA_OB_RESOURCE_POOLS", { NAME: "wide" })).toBeUndefined();
});

test("a description with a quote is answered with 1064, as the kernel pastes it into a statement of its own", () => {
  expect(cluster.answer("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'a''b'")).toMatch(
    /^1064 .*near 'b', '1002'\)'/,
  );
});

test("a restore into a pool that another tenant holds fails with 9099 and leaves a FAIL row without a tenant", () => {
  const answer = cluster.answer(`ALTER SYSTEM RESTORE x ${FROM} WITH 'pool_list=shop_pool'`);
  expect(answer).toMatch(
    /^9099 x restore failed, ROOTSERVICE : OB_RESOURCE_POOL_ALREADY_GRANTED\(-4626\) on "/,
  );
  const row = cluster.row("CDB_OB_RESTORE_HISTORY", { RESTORE_TENANT_NAME: "x" });
  expect(row).toMatchObject({ TENANT_ID: 1, STATUS: "FAIL", RESTORE_TENANT_ID: 0 });
  expect(cluster.row("DBA_OB_TENANTS", { TENANT_NAME: "x" })).toBeUndefined();
});

test("the format file's refusal reads as each version words it", () => {
  const words = [
    ["4.2.5.1", "9080 format file does not exist"],
    ["4.3.5.0", "9080 format file does not exist, try to set a new directory."],
  ] as const;
  for (const [version, answer] of words) {
    const other = testCluster({ version });
    addTenant(other, "shop");
    addPool(other, "bare_pool");
    other.run("CREATE TENANT bare RESOURCE_POOL_LIST = ('bare_pool')");
    expect(other.answer("ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/shop' TENANT = bare")).toBe(
      answer,
    );
    other.close();
  }
});
