import { expect, test } from "vitest";
import { answerOf } from "../cluster/cluster-in-test.ts";
import { readCommand } from "./read-command.ts";

/*
 * Tried on the kernel's own parsers of 4.2.1, 4.2.5 and 4.3.5 (community), which agree on all of these: whether the
 * parser takes the statement, not whether the kernel carries it out.
 */
const TAKEN = [
  "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///d/archive BINDING=Optional PIECE_SWITCH_INTERVAL=1d' TENANT = t1",
  "ALTER SYSTEM SET LOG_ARCHIVE_DEST = '' TENANT = t1",
  "ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = t1",
  "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///d/data' TENANT = t1",
  "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///d/data' TENANT = `t-1`",
  "ALTER SYSTEM SET archive_lag_target = '60s' TENANT = t1",
  "ALTER SYSTEM ARCHIVELOG TENANT = t1",
  "ALTER SYSTEM ARCHIVELOG TENANT = t1, t2",
  "ALTER SYSTEM ARCHIVELOG TENANT = ALL",
  "ALTER SYSTEM NOARCHIVELOG TENANT = t1",
  "ALTER SYSTEM ARCHIVELOG TENANT = t1 DESCRIPTION = 'op-1'",
  "ALTER SYSTEM BACKUP TENANT = t1",
  "ALTER SYSTEM BACKUP TENANT = t1, t2",
  "ALTER SYSTEM BACKUP TENANT = `t-1`",
  "ALTER SYSTEM BACKUP TENANT = t1 DESCRIPTION = 'op-1'",
  "ALTER SYSTEM BACKUP TENANT = t1 DESCRIPTION 'op-1'",
  "ALTER SYSTEM BACKUP TENANT = t1 PLUS ARCHIVELOG",
  "ALTER SYSTEM BACKUP TENANT = t1 PLUS ARCHIVELOG DESCRIPTION = 'op-1'",
  "ALTER SYSTEM BACKUP INCREMENTAL TENANT = t1 DESCRIPTION = 'op-1'",
  "ALTER SYSTEM BACKUP INCREMENTAL TENANT = t1 PLUS ARCHIVELOG DESCRIPTION = 'op-1'",
  "ALTER SYSTEM BACKUP DATABASE",
  "ALTER SYSTEM BACKUP INCREMENTAL DATABASE",
  "ALTER SYSTEM BACKUP DATABASE PLUS ARCHIVELOG",
  "ALTER SYSTEM BACKUP TENANT t1, t2 TO 'file:///d/x'",
  "ALTER SYSTEM CANCEL BACKUP TENANT = t1",
  "ALTER SYSTEM CANCEL BACKUP",
  "SET ENCRYPTION ON IDENTIFIED BY 'pw' ONLY",
  "SET DECRYPTION IDENTIFIED BY 'p1', 'p2'",
  "ALTER SYSTEM ADD DELETE BACKUP POLICY = 'default' RECOVERY_WINDOW = '7d' TENANT = t1",
  "ALTER SYSTEM DROP DELETE BACKUP POLICY = 'default' TENANT = t1",
  "ALTER SYSTEM CANCEL DELETE BACKUP TENANT = t1",
  "ALTER SYSTEM DELETE OBSOLETE BACKUP TENANT = t1",
  "ALTER SYSTEM DELETE OBSOLETE BACKUP",
  "ALTER SYSTEM DELETE BACKUPSET 5 TENANT = t1",
  "ALTER SYSTEM DELETE BACKUPSET 5",
  "ALTER SYSTEM RESTORE t2 FROM 'file:///d/data,file:///d/archive' UNTIL SCN = 1700000000000000000 WITH 'pool_list=p1&locality=F@z1&primary_zone=z1'",
  "ALTER SYSTEM RESTORE t2 FROM 'file:///d/data,file:///d/archive' UNTIL TIME = '2026-01-01 00:00:00.000001' WITH 'pool_list=p1&concurrency=8'",
  "ALTER SYSTEM RESTORE t2 FROM 'file:///d/data,file:///d/archive' WITH 'pool_list=p1'",
  "ALTER SYSTEM RESTORE `t-2` FROM 'file:///d/data,file:///d/archive' WITH 'pool_list=p1'",
  "ALTER SYSTEM RESTORE t2 FROM 'file:///d/data' UNTIL SCN = 1700000000000000000 WITH 'pool_list=p1' DESCRIPTION = 'op-2'",
  "ALTER SYSTEM RESTORE FROM 'file:///d/data,file:///d/archive' UNTIL SCN = 1700000000000000000 PREVIEW",
  "SHOW RESTORE PREVIEW",
  "ALTER SYSTEM ADD RESTORE SOURCE 'file:///d/data/backup_set_1_full'",
  "ALTER SYSTEM CLEAR RESTORE SOURCE",
  "ALTER SYSTEM RESTORE t2 UNTIL SCN = 1700000000000000000 WITH 'pool_list=p1'",
  "ALTER SYSTEM CANCEL RESTORE t2",
  "ALTER SYSTEM CANCEL RESTORE `t-2`",
  "ALTER SYSTEM RECOVER TABLE db1.t1 TO TENANT = t2 FROM 'file:///d/data,file:///d/archive' UNTIL SCN = 1700000000000000000 WITH 'pool_list=p1' REMAP TABLE db1.t1:db1.t1_restored",
  "ALTER SYSTEM ACTIVATE STANDBY TENANT = t2",
  "ALTER SYSTEM RECOVER STANDBY TENANT = t2 UNTIL UNLIMITED",
  "ALTER SYSTEM RECOVER STANDBY TENANT = t2 UNTIL SCN = 1700000000000000000",
  "ALTER SYSTEM SWITCHOVER TO STANDBY TENANT = t2",
  "ALTER SYSTEM RUN UPGRADE JOB 'UPGRADE_ALL' TENANT = t2",
  "CREATE RESOURCE UNIT IF NOT EXISTS u1 MAX_CPU 2, MIN_CPU 2, MEMORY_SIZE '5G', LOG_DISK_SIZE '15G'",
  "CREATE RESOURCE POOL IF NOT EXISTS p1 UNIT = 'u1', UNIT_NUM = 1, ZONE_LIST = ('z1','z2','z3')",
  "DROP RESOURCE POOL IF EXISTS p1",
  "DROP RESOURCE UNIT IF EXISTS u1",
  "DROP TENANT IF EXISTS t2 FORCE",
  "DROP TENANT t2 FORCE",
  "ALTER SYSTEM SET backup_dest='file:///d/backup'",
  "ALTER SYSTEM SET backup_dest_option='log_archive_checkpoint_interval=30s&recovery_window=7d'",
  "ALTER SYSTEM ARCHIVELOG",
  "ALTER SYSTEM NOARCHIVELOG",
  "ALTER SYSTEM MAJOR FREEZE",
  "ALTER SYSTEM MINOR FREEZE",
  "ALTER SYSTEM CANCEL ALL BACKUP FORCE",
  "ALTER SYSTEM SET restore_concurrency = 10",
];

test.for(TAKEN)("the parser takes: %s", (sql) => {
  expect(readCommand(sql)).toBeDefined();
});

const REFUSED = [
  "ALTER SYSTEM RESTORE t2 FROM 'file:///d/data,file:///d/archive' UNTIL SCN = '1700000000000000000' WITH 'pool_list=p1'",
  "CREATE RESOURCE UNIT u1 MAX_CPU 2, MIN_CPU 2, MAX_MEMORY '5G', MIN_MEMORY '5G', MAX_IOPS 10000, MIN_IOPS 1000, MAX_SESSION_NUM 1000, MAX_DISK_SIZE '100G'",
  "ALTER SYSTEM RESTORE t2 FROM t1 AT 'file:///d/backup' UNTIL '2026-01-01 00:00:00.000001' WITH 'backup_cluster_id=1&backup_cluster_name=ob1&pool_list=p1&restore_job_id=7'",
  "ALTER SYSTEM RESTORE t2 FROM t1 AT 'file:///d/backup' WITH 'backup_cluster_id=1&backup_cluster_name=ob1&pool_list=p1'",
  "ALTER SYSTEM RESTORE t2 FROM 'file:///d/data' UNTIL SCN 17 WITH 'pool_list=p1'",
  "ALTER SYSTEM BACKUP TENANT",
  "ALTER SYSTEM BACKUP TENANT = t1 DESCRIPTION = op",
  "ALTER SYSTEM NONSENSE",
  "ALTER SYSTEM",
  "DROP TENANT",
];

test.for(REFUSED)("the parser refuses with 1064: %s", (sql) => {
  expect(answerOf(() => readCommand(sql))).toMatch(/^1064 /);
});

test("a statement of the tenant's own SQL is left to its session", () => {
  const own = [
    "SELECT 1",
    "CREATE TABLE t (id INT)",
    "SET autocommit = 0",
    "SHOW TABLES",
    "DROP TABLE t",
    "alter table t add c int",
  ];
  expect(own.map((sql) => readCommand(sql))).toEqual(own.map(() => undefined));
});

test("keywords have no case and a hint may follow ALTER SYSTEM", () => {
  expect(readCommand("alter system /*+ query_timeout(1000000000) */ backup tenant = t1")).toBeDefined();
});
