import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario, Stage } from "../stage.ts";
import { setDestinations } from "../steps.ts";

export const refusals: Scenario = {
  name: "refusals",
  stem: "deny",
  tenants: ["deny"],
  title: "what is refused, and in which words, without any job running; the lines of the grammar's list",
  async act(stage) {
    await toResources(stage);
    await toTenants(stage);
    await toDestinations(stage);
    await setDestinations(stage);
    await toRestores(stage);
    await toStandbys(stage);
    await toOwnTenant(stage);
    await toPolicies(stage);
    await toParameters(stage);
    for (const line of grammarLines(stage)) await stage.run(line);
  },
};

async function ask(stage: Stage, statements: readonly string[], as?: string): Promise<void> {
  for (const statement of statements) await stage.run(statement, as);
}

function toResources(stage: Stage): Promise<void> {
  return ask(stage, [
    "CREATE RESOURCE UNIT deny_small MAX_CPU 1, MIN_CPU 1, MEMORY_SIZE '512M', LOG_DISK_SIZE '2G'",
    "CREATE RESOURCE UNIT deny_small MAX_CPU 0.5, MEMORY_SIZE '1G'",
    "CREATE RESOURCE UNIT deny_small MAX_CPU 1, MEMORY_SIZE '1G', LOG_DISK_SIZE '1G'",
    "CREATE RESOURCE UNIT deny_small MAX_CPU 1",
    "CREATE RESOURCE UNIT deny_small MAX_CPU 1, MIN_CPU 2, MEMORY_SIZE '1G'",
    "CREATE RESOURCE UNIT deny MAX_CPU 1, MEMORY_SIZE '1G'",
    "CREATE RESOURCE UNIT IF NOT EXISTS deny MAX_CPU 1, MEMORY_SIZE '1G'",
    "CREATE RESOURCE POOL deny_p UNIT = 'nope', UNIT_NUM = 1, ZONE_LIST = ('zone1')",
    "CREATE RESOURCE POOL deny_p UNIT = 'deny', UNIT_NUM = 1, ZONE_LIST = ('zone9')",
    "CREATE RESOURCE POOL deny_p UNIT = 'deny', UNIT_NUM = 2, ZONE_LIST = ('zone1')",
    "CREATE RESOURCE POOL deny UNIT = 'deny', UNIT_NUM = 1, ZONE_LIST = ('zone1')",
    "DROP RESOURCE UNIT deny",
    "DROP RESOURCE UNIT nope",
    "DROP RESOURCE POOL deny",
    "DROP RESOURCE POOL nope",
    "DROP RESOURCE POOL IF EXISTS nope",
  ]);
}

function toTenants(stage: Stage): Promise<void> {
  return ask(stage, [
    "CREATE TENANT deny_2 RESOURCE_POOL_LIST = ('nope')",
    "CREATE TENANT deny_2",
    "CREATE TENANT deny RESOURCE_POOL_LIST = ('deny')",
    "DROP TENANT nobody",
    "DROP TENANT IF EXISTS nobody FORCE",
    "ALTER SYSTEM ARCHIVELOG TENANT = nobody",
    "ALTER SYSTEM ARCHIVELOG TENANT = sys",
    "ALTER SYSTEM ARCHIVELOG TENANT = ALL_USER",
    "ALTER SYSTEM NOARCHIVELOG TENANT = deny",
    "ALTER SYSTEM CANCEL BACKUP TENANT = nobody",
    "ALTER SYSTEM CANCEL BACKUP TENANT = deny",
    "ALTER SYSTEM BACKUP DATABASE",
    "ALTER SYSTEM BACKUP TENANT = deny, nobody",
    "ALTER SYSTEM BACKUP TENANT = deny TO 'file:///d/x'",
    "ALTER SYSTEM BACKUP DATABASE TO 'file:///d/x'",
    "ALTER SYSTEM BACKUP BACKUPSET ALL TO 'file:///d/x'",
    "ALTER SYSTEM SUSPEND BACKUP",
    "ALTER SYSTEM START BACKUP ARCHIVELOG",
    "ALTER SYSTEM VALIDATE DATABASE",
    "ALTER SYSTEM BACKUP CLUSTER PARAMETERS TO = 'file:///p'",
  ]);
}

function toDestinations(stage: Stage): Promise<void> {
  const here = stage.destination("odd");
  return ask(stage, [
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${here}'`,
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${here}' TENANT = nobody`,
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${here}' TENANT = sys`,
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${here}', archive_lag_target = '10s' TENANT = deny`,
    `ALTER SYSTEM SET LOG_ARCHIVE_DEST_1 = 'LOCATION=${here}' TENANT = deny`,
    `ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=${here} BINDING=Perhaps' TENANT = deny`,
    `ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION = ${here}' TENANT = deny`,
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=' TENANT = deny",
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = deny",
    "ALTER SYSTEM SET LOG_ARCHIVE_DEST = '' TENANT = deny",
  ]);
}

async function toRestores(stage: Stage): Promise<void> {
  const from = `FROM '${stage.destination("deny/data")},${stage.destination("deny/log")}'`;
  await ask(stage, [
    `ALTER SYSTEM RESTORE deny_r ${from} WITH 'pool_list=deny'`,
    `ALTER SYSTEM RESTORE deny_r ${from} UNTIL SCN = 1700000000000000000 WITH 'pool_list=nope'`,
    `ALTER SYSTEM RESTORE deny_r ${from} WITH 'pool_list='`,
    `ALTER SYSTEM RESTORE deny_r ${from} WITH 'locality=F@zone1'`,
    `ALTER SYSTEM RESTORE deny_r ${from} WITH 'pool_list=deny&colour=red'`,
    `ALTER SYSTEM RESTORE deny ${from} WITH 'pool_list=deny'`,
    `ALTER SYSTEM RESTORE sys ${from} WITH 'pool_list=deny'`,
    `ALTER SYSTEM RESTORE deny_r FROM '${stage.destination("nowhere")}' WITH 'pool_list=deny'`,
    "ALTER SYSTEM RESTORE deny_r FROM '' WITH 'pool_list=deny'",
    "ALTER SYSTEM RESTORE deny_r WITH 'pool_list=deny'",
    `ALTER SYSTEM RESTORE ${from} PREVIEW`,
    "SHOW RESTORE PREVIEW",
    `ALTER SYSTEM ADD RESTORE SOURCE '${stage.destination("deny/data")}'`,
    `ALTER SYSTEM RESTORE deny_r ${from} WITH 'pool_list=deny'`,
    "ALTER SYSTEM CLEAR RESTORE SOURCE",
    "ALTER SYSTEM CANCEL RESTORE nobody",
    "ALTER SYSTEM CANCEL RESTORE deny",
    `ALTER SYSTEM RECOVER TABLE test.kept TO TENANT = nobody ${from} WITH 'pool_list=deny'`,
    `ALTER SYSTEM RECOVER TABLE test.kept TO TENANT = sys ${from} WITH 'pool_list=deny'`,
    "ALTER SYSTEM CANCEL RECOVER TABLE nobody",
    "ALTER SYSTEM CANCEL RECOVER TABLE deny",
  ]);
  stage.hangUp();
}

function toStandbys(stage: Stage): Promise<void> {
  return ask(stage, [
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = deny",
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = nobody",
    "ALTER SYSTEM ACTIVATE STANDBY",
    "ALTER SYSTEM RECOVER STANDBY TENANT = deny UNTIL UNLIMITED",
    "ALTER SYSTEM RECOVER STANDBY TENANT = nobody UNTIL UNLIMITED",
    "ALTER SYSTEM RECOVER STANDBY UNTIL UNLIMITED",
    "ALTER SYSTEM SWITCHOVER TO PRIMARY TENANT = deny",
    "ALTER SYSTEM SWITCHOVER TO STANDBY TENANT = nobody",
  ]);
}

function toOwnTenant(stage: Stage): Promise<void> {
  const statements = [
    "ALTER SYSTEM BACKUP TENANT = deny",
    "ALTER SYSTEM ARCHIVELOG TENANT = deny",
    `ALTER SYSTEM SET DATA_BACKUP_DEST = '${stage.destination("deny/data")}' TENANT = deny`,
    "ALTER SYSTEM NOARCHIVELOG",
    "ALTER SYSTEM BACKUP DATABASE",
    "ALTER SYSTEM CANCEL BACKUP",
    "ALTER SYSTEM CANCEL BACKUP TENANT = deny",
    "ALTER SYSTEM RESTORE deny_r FROM 'file:///a,file:///b' WITH 'pool_list=p'",
    "ALTER SYSTEM CANCEL RESTORE deny_r",
    "ALTER SYSTEM ADD RESTORE SOURCE 'file:///a'",
    "ALTER SYSTEM ACTIVATE STANDBY TENANT = deny",
    "ALTER SYSTEM ACTIVATE STANDBY",
    "CREATE RESOURCE UNIT deny_u MAX_CPU 1, MEMORY_SIZE '1G'",
    "CREATE TENANT deny_2 RESOURCE_POOL_LIST = ('deny')",
    "DROP TENANT deny FORCE",
    "SELECT COUNT(*) FROM oceanbase.CDB_OB_ARCHIVELOG",
    "SELECT COUNT(*) FROM oceanbase.DBA_OB_RESOURCE_POOLS",
    "SELECT COUNT(*) FROM oceanbase.DBA_OB_ARCHIVELOG",
  ];
  return ask(stage, statements, "root@deny");
}

function toParameters(stage: Stage): Promise<void> {
  return ask(stage, [
    "ALTER SYSTEM SET archive_lag_target = '10s' TENANT = nobody",
    "ALTER SYSTEM SET archive_lag_target = 'soon' TENANT = deny",
    "ALTER SYSTEM SET archive_lag_target = '9000s' TENANT = deny",
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///proc/nowhere' TENANT = deny",
    "ALTER SYSTEM SET DATA_BACKUP_DEST = 'oss://b/d?host=127.0.0.1:9&access_id=a&access_key=b' TENANT = deny",
    "ALTER SYSTEM SET no_such_parameter = '1'",
    "SELECT * FROM NO_SUCH_VIEW",
    "SELECT NO_SUCH_COLUMN FROM DBA_OB_TENANTS",
    "SELEC 1",
    "USE nowhere",
  ]);
}

async function toPolicies(stage: Stage): Promise<void> {
  const policy = (words: string) => `ALTER SYSTEM ADD DELETE BACKUP POLICY ${words}`;
  await ask(stage, [
    policy("= 'mine' RECOVERY_WINDOW = '7d' TENANT = deny"),
    policy("= 'default' RECOVERY_WINDOW = '7d'"),
    policy("= 'default' RECOVERY_WINDOW = '7d' TENANT = deny, sys"),
    policy("= 'default' RECOVERY_WINDOW = 'week' TENANT = deny"),
    policy("= 'default' RECOVERY_WINDOW = '7d' REDUNDANCY = 2 TENANT = deny"),
    policy("= 'default' TENANT = deny"),
    policy("= 'default' RECOVERY_WINDOW = '7d' TENANT = deny"),
    policy("= 'default' RECOVERY_WINDOW = '14d' TENANT = deny"),
    "ALTER SYSTEM DELETE OBSOLETE BACKUP TENANT = deny",
    "ALTER SYSTEM DELETE BACKUPSET 1 TENANT = deny",
    "ALTER SYSTEM DELETE BACKUPPIECE 1 TENANT = deny",
    "ALTER SYSTEM CANCEL DELETE BACKUP TENANT = deny",
    "ALTER SYSTEM DROP DELETE BACKUP POLICY = 'default' TENANT = deny",
    "ALTER SYSTEM DROP DELETE BACKUP POLICY = 'default' TENANT = deny",
  ]);
  const own = [
    policy("= 'default' RECOVERY_WINDOW = '7d' TENANT = deny"),
    policy("= 'default' RECOVERY_WINDOW = '1d' REDUNDANCY = 1"),
    "ALTER SYSTEM DELETE OBSOLETE BACKUP",
    "ALTER SYSTEM DELETE BACKUPSET 1",
    "ALTER SYSTEM CANCEL DELETE BACKUP",
  ];
  await ask(stage, own, "root@deny");
  await stage.pass(5);
}

/** Statements that Holdfast and its users may send, with a word on each version's parser. */
const GRAMMAR = join(import.meta.dirname, "../../../src/oceanbase/grammar.tsv");

/**
 * Every line is sent as it stands but for its names: only the first tenant is there, no pool, no second tenant, and the
 * destinations lie below the scenario's directory.
 */
function grammarLines(stage: Stage): readonly string[] {
  const [, ...rows] = readFileSync(GRAMMAR, "utf8").trimEnd().split("\n");
  const here = stage.destination("d");
  return rows.map((row) =>
    (row.split("\t").at(-1) ?? "")
      .replaceAll("file:///d", here)
      .replace(/\bt1\b/g, "deny")
      .replace(/\bt2\b/g, "deny_x")
      .replace(/`t-1`/g, "`deny-1`")
      .replace(/`t-2`/g, "`deny-2`")
      .replace(/\bp1\b/g, "deny_p")
      .replace(/\bu1\b/g, "deny_u"),
  );
}
