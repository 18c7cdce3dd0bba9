import type { Scenario, Stage } from "../stage.ts";
import { logsReach, restoreEnds, roundIs, statusIn } from "../steps.ts";

/**
 * Not recorded by the recorder: one morning with a kernel that had its machine for itself, looked at once a second and
 * written down by hand. Fewer views were watched, and no files.
 */
export const aDay: Scenario = {
  name: "a-day",
  stem: "shop",
  tenants: [],
  title: "archive, four backups of all kinds, a cancel, three restores, a second round, deferred and enabled",
  async act(stage) {
    await create(stage);
    await setDestinations(stage);
    await asTenant(stage);
    await roundIs(stage, "DOING");
    await firstBackup(stage);
    await canceledBackup(stage);
    const wanted = await refusedRestores(stage);
    await firstRestore(stage);
    await plusArchivelog(stage);
    await dropRestored(stage, wanted);
    await backupOutlivesArchive(stage);
    await secondRound(stage);
  },
};

async function all(stage: Stage, statements: readonly string[], as?: string): Promise<void> {
  for (const statement of statements) await stage.run(statement, as);
}

function create(stage: Stage): Promise<void> {
  return all(stage, [
    "CREATE RESOURCE UNIT hf_u MAX_CPU 2, MIN_CPU 2, MEMORY_SIZE '2G', LOG_DISK_SIZE '6G'",
    "CREATE RESOURCE POOL hf_p UNIT = 'hf_u', UNIT_NUM = 1, ZONE_LIST = ('zone1')",
    "CREATE TENANT shop RESOURCE_POOL_LIST=('hf_p'), CHARSET='utf8mb4', PRIMARY_ZONE='zone1' SET ob_tcp_invited_nodes='%'",
  ]);
}

async function setDestinations(stage: Stage): Promise<void> {
  const [data, log] = [stage.destination("data"), stage.destination("arch")];
  const set = (uri: string) => `ALTER SYSTEM SET DATA_BACKUP_DEST = '${uri}' TENANT = shop`;
  const setLog = (words: string) => `ALTER SYSTEM SET LOG_ARCHIVE_DEST = '${words}' TENANT = shop`;
  stage.disk.putFile("full/somebody.txt");
  await all(stage, [
    "ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'hf-0'",
    "ALTER SYSTEM ARCHIVELOG TENANT = nope",
    "ALTER SYSTEM ARCHIVELOG TENANT = sys",
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${data}'`,
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${data}' TENANT = nope`,
    set(stage.destination("full")),
    set(data.replace("file://", "")),
    set(data.replace("file://", "nfs://")),
    set("file://tmp/x"),
    set(stage.destination("da?ta")),
    set("oss://b/d?host=127.0.0.1:9&access_id=a&access_key=b"),
    set("oss://b/d?host=127.0.0.1:9&access_id=a&encrypt_key=b"),
    set("s3://b/d?host=127.0.0.1:9&access_id=a&access_key=b&s3_region=x"),
    set(data),
    setLog(`LOCATION=${data}`),
    setLog("BINDING=Optional"),
    setLog(`LOCATION=${log} PIECE_SWITCH_INTERVAL=10s`),
    setLog(`LOCATION=${log} WHAT=1`),
    setLog(log),
    setLog(`LOCATION=${log} BINDING=Optional PIECE_SWITCH_INTERVAL=1d`),
    setLog(`LOCATION=${log} BINDING=Optional PIECE_SWITCH_INTERVAL=1d`),
    "ALTER SYSTEM BACKUP TENANT = shop",
    "ALTER SYSTEM BACKUP DATABASE",
    "ALTER SYSTEM BACKUP TENANT = sys",
    "ALTER SYSTEM BACKUP TENANT = nope",
    "ALTER SYSTEM NOARCHIVELOG TENANT = shop",
    "ALTER SYSTEM ARCHIVELOG TENANT = shop",
    "ALTER SYSTEM ARCHIVELOG TENANT = shop",
  ]);
}

function asTenant(stage: Stage): Promise<void> {
  const statements = [
    "CREATE DATABASE IF NOT EXISTS app",
    "CREATE TABLE app.orders (id INT PRIMARY KEY, item VARCHAR(40), at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6))",
    "INSERT INTO app.orders(id,item) VALUES (1,'a'),(2,'b')",
    "INSERT INTO app.orders(id,item) VALUES (1,'a')",
    "ALTER SYSTEM SET archive_lag_target='4s'",
    "ALTER SYSTEM ARCHIVELOG",
    "ALTER SYSTEM BACKUP TENANT = shop",
    "ALTER SYSTEM ARCHIVELOG TENANT = shop",
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${stage.destination("data")}' TENANT = shop`,
    "ALTER SYSTEM RESTORE x FROM 'file:///a,file:///b' WITH 'pool_list=p'",
    "CREATE RESOURCE UNIT zz MAX_CPU 1, MEMORY_SIZE '1G'",
    "CREATE TENANT zz RESOURCE_POOL_LIST=('hf_p')",
    "ALTER SYSTEM ACTIVATE STANDBY",
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = shop",
    "ALTER SYSTEM CANCEL BACKUP",
    "SELECT SVR_IP FROM oceanbase.GV$OB_SERVERS",
  ];
  return all(stage, statements, "root@shop");
}

/** An increment without a base; a second BACKUP 40 ms later is taken and does nothing, a third is refused. */
async function firstBackup(stage: Stage): Promise<void> {
  const other = stage.destination("other");
  await all(stage, [
    "ALTER SYSTEM BACKUP TENANT = shop TO 'file:///d/x'",
    "ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop DESCRIPTION = 'hf-op-1'",
    "ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'hf-op-2'",
  ]);
  // The tenant's own row was there 50 ms after the statement, with the destination of that moment.
  await stage.pass(0.05);
  await all(stage, [
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${other}' TENANT = shop`,
    `ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=${other}' TENANT = shop`,
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = '' TENANT = shop",
  ]);
  await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_SYS_META"));
  await all(stage, [
    "ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'hf-op-3'",
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${stage.destination("data")}' TENANT = shop`,
  ]);
  await endedJobs(stage, 3);
}

async function canceledBackup(stage: Stage): Promise<void> {
  await all(stage, [
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${stage.destination("data")}' TENANT = shop`,
    "ALTER SYSTEM CANCEL BACKUP TENANT = shop",
    "ALTER SYSTEM BACKUP TENANT = shop",
  ]);
  await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_SYS_META"));
  await all(stage, ["ALTER SYSTEM CANCEL BACKUP TENANT = shop", "ALTER SYSTEM CANCEL BACKUP TENANT = nope"]);
  await endedJobs(stage, 5);
}

/** The refused ones, with the one that is taken among them. The SCN behind the first set's earliest instant. */
async function refusedRestores(stage: Stage): Promise<bigint> {
  const first = BigInt(
    await stage.value("SELECT MIN_RESTORE_SCN FROM CDB_OB_BACKUP_SET_FILES WHERE BACKUP_SET_ID = 1"),
  );
  const wanted = first + 1_000_000n;
  await logsReach(stage, wanted);
  const [data, log] = [stage.destination("data"), stage.destination("arch")];
  const ask = (name: string, until: string | bigint, options: string, from = `${data},${log}`) =>
    `ALTER SYSTEM RESTORE ${name} FROM '${from}' UNTIL SCN = ${until} WITH '${options}'`;
  await all(stage, [
    "CREATE RESOURCE POOL hf_rp UNIT = 'hf_u', UNIT_NUM = 1, ZONE_LIST = ('zone1')",
    ask("shop", wanted, "pool_list=hf_rp"),
    ask("shop2", wanted, "pool_list=nope"),
    ask("shop2", wanted, "pool_list=hf_p"),
    ask("shop2", wanted, ""),
    ask("shop2", wanted, "pool_list=hf_rp&foo=1"),
    ask("shop2", wanted, "pool_list=hf_rp&concurrency=1000"),
    ask("shop2", wanted, "pool_list=hf_rp&locality=F@zone9"),
    ask("shop2", wanted, "pool_list=hf_rp&primary_zone=zone9"),
    ask("shop2", first - 1n, "pool_list=hf_rp"),
    ask("shop2", first + 86_400_000_000_000n, "pool_list=hf_rp"),
    ask("shop2", 0n, "pool_list=hf_rp"),
    ask("shop2", `'${wanted}'`, "pool_list=hf_rp"),
    ask("shop2", wanted, "pool_list=hf_rp", `${stage.destination("nope")},${log}`),
    ask("shop2", wanted, "pool_list=hf_rp", `${data.replace("file://", "")},${log}`),
    ask("shop2", wanted, "pool_list=hf_rp", log),
    ask("shop2", wanted, "pool_list=hf_rp", data),
    ask("sys", wanted, "pool_list=hf_rp"),
    ask("`t-2`", wanted, "pool_list=nope"),
    `ALTER SYSTEM RESTORE FROM '${data},${log}' UNTIL SCN = ${wanted} PREVIEW`,
    "ALTER SYSTEM CANCEL RESTORE nope",
    "ALTER SYSTEM CANCEL RESTORE shop",
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = shop",
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = nope",
  ]);
  return wanted;
}

async function firstRestore(stage: Stage): Promise<void> {
  await stage.until("CDB_OB_RESTORE_HISTORY", (rows) => rows.length >= 3);
  const later = 1_000_000_000n + BigInt(await stage.value("SELECT CHECKPOINT_SCN FROM CDB_OB_ARCHIVELOG"));
  await all(stage, [
    "ALTER SYSTEM BACKUP TENANT = shop2",
    `ALTER SYSTEM RECOVER STANDBY TENANT = shop2 UNTIL SCN = ${later}`,
    "ALTER SYSTEM CANCEL RESTORE shop2",
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = shop2",
  ]);
}

async function plusArchivelog(stage: Stage): Promise<void> {
  await stage.run("ALTER SYSTEM BACKUP INCREMENTAL TENANT = `shop` PLUS ARCHIVELOG DESCRIPTION = 'hf-op-4'");
  await endedJobs(stage, 7);
}

async function dropRestored(stage: Stage, early: bigint): Promise<void> {
  await all(stage, [
    "DROP TENANT shop2",
    "DROP TENANT shop2 FORCE",
    "DROP RESOURCE POOL hf_rp",
    "DROP TENANT IF EXISTS nope FORCE",
    "DROP TENANT nope FORCE",
    "DROP TENANT shop2 FORCE",
    `ALTER SYSTEM RESTORE \`shop-3\` FROM '${stage.destination("data")}' UNTIL SCN = ${early} WITH 'pool_list=hf_rp' DESCRIPTION = 'hf-restore-1'`,
    "DROP TENANT `shop-3`",
    "ALTER SYSTEM CANCEL RESTORE `shop-3`",
  ]);
}

/** NOARCHIVELOG and at once ARCHIVELOG again change nothing; NOARCHIVELOG under a backup that copies does not fail it. */
async function backupOutlivesArchive(stage: Stage): Promise<void> {
  const scn = await stage.value(
    "SELECT MIN_RESTORE_SCN FROM CDB_OB_BACKUP_SET_FILES WHERE BACKUP_SET_ID = 3",
  );
  await all(stage, [
    "ALTER SYSTEM NOARCHIVELOG TENANT = shop",
    "ALTER SYSTEM ARCHIVELOG TENANT = shop",
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = '' TENANT = shop",
    "ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'hf-op-5'",
  ]);
  await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_DATA_MINOR"));
  await all(stage, [
    "ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'hf-op-6'",
    "ALTER SYSTEM ARCHIVELOG TENANT = shop",
  ]);
  await stage.until("CDB_OB_BACKUP_TASKS", (rows) => statusIn(rows, "BACKUP_DATA_MAJOR"));
  await all(stage, [
    "CREATE RESOURCE POOL hf_rp UNIT = 'hf_u', UNIT_NUM = 1, ZONE_LIST = ('zone1')",
    `ALTER SYSTEM RESTORE \`shop-3\` FROM '${stage.destination("data")}' UNTIL SCN = ${scn} WITH 'pool_list=hf_rp&primary_zone=zone1&locality=F@zone1&concurrency=2' DESCRIPTION = 'hf-restore-1'`,
    "ALTER SYSTEM NOARCHIVELOG TENANT = shop",
    "ALTER SYSTEM NOARCHIVELOG TENANT = shop",
  ]);
  await endedJobs(stage, 9);
  await roundIs(stage, "STOP");
  await all(stage, [
    "ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'hf-op-6'",
    "DROP TENANT `shop-3`",
    "ALTER SYSTEM CANCEL RESTORE `shop-3`",
  ]);
  await restoreEnds(stage, "shop-3");
}

async function secondRound(stage: Stage): Promise<void> {
  const stopped = BigInt(await stage.value("SELECT CHECKPOINT_SCN FROM CDB_OB_ARCHIVELOG"));
  await stage.run("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  await roundIs(stage, "DOING");
  await all(stage, [
    `ALTER SYSTEM RESTORE \`shop-4\` FROM '${stage.destination("data")},${stage.destination("arch")}' UNTIL SCN = ${stopped + 1n} WITH 'pool_list=hf_rp' DESCRIPTION = 'hf-restore-2'`,
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = shop",
  ]);
  await roundIs(stage, "SUSPEND");
  await stage.run("ALTER SYSTEM BACKUP TENANT = shop DESCRIPTION = 'hf-op-7'");
  await stage.run("ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'ENABLE' TENANT = shop");
  await roundIs(stage, "DOING");
}

function endedJobs(stage: Stage, many: number): Promise<void> {
  return stage.until("CDB_OB_BACKUP_JOB_HISTORY", (rows) => rows.length >= many);
}
