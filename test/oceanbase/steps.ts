import type { Stage } from "./stage.ts";
import type { Row } from "./trace.ts";

/** Steps that scenarios share. */

/** Of the smallest size that 4.2.1.9 archives and restores: with 1G its log archive finds no memory for its buffers. */
const SIZE = "MAX_CPU 2, MIN_CPU 1, MEMORY_SIZE '2G', LOG_DISK_SIZE '3G'";

export async function createPool(stage: Stage, name: string): Promise<void> {
  await stage.run(`CREATE RESOURCE UNIT ${name} ${SIZE}`);
  await stage.run(`CREATE RESOURCE POOL ${name} UNIT = '${name}', UNIT_NUM = 1, ZONE_LIST = ('zone1')`);
}

/** What makes a tenant that a scenario finds; not part of what is recorded. */
export function tenantStatements(name: string): readonly string[] {
  return [
    `CREATE RESOURCE UNIT IF NOT EXISTS ${name} ${SIZE}`,
    `CREATE RESOURCE POOL IF NOT EXISTS ${name} UNIT = '${name}', UNIT_NUM = 1, ZONE_LIST = ('zone1')`,
    `CREATE TENANT IF NOT EXISTS ${name} RESOURCE_POOL_LIST = ('${name}'), CHARSET = 'utf8mb4' SET ob_tcp_invited_nodes = '%'`,
  ];
}

export async function setDestinations(stage: Stage, name: string = stage.stem): Promise<void> {
  const [data, log] = [`${name}/data`, `${name}/log`].map((path) => stage.destination(path));
  await stage.run(`ALTER SYSTEM SET DATA_BACKUP_DEST = '${data}' TENANT = ${name}`);
  await stage.run(`ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=${log}' TENANT = ${name}`);
}

/** Both destinations and a round that is DOING, with an archive that follows closely. */
export async function archive(stage: Stage, name: string = stage.stem): Promise<void> {
  await setDestinations(stage, name);
  await stage.run(`ALTER SYSTEM SET archive_lag_target = '10s' TENANT = ${name}`);
  await stage.run(`ALTER SYSTEM ARCHIVELOG TENANT = ${name}`);
  await roundIs(stage, "DOING");
}

export function roundIs(stage: Stage, status: string): Promise<void> {
  return stage.until("CDB_OB_ARCHIVELOG", (rows) => rows.some((row) => row["STATUS"] === status));
}

/** A backup of the stem's tenant, to its end. */
export async function backUp(stage: Stage, statement: string): Promise<void> {
  const ended = jobEnds(stage);
  await stage.run(statement);
  await ended();
}

/** The log has reached what the last set needs, so that it can be restored. */
export async function logsCoverLastSet(stage: Stage): Promise<void> {
  let wanted = 0n;
  await stage.until("CDB_OB_BACKUP_SET_FILES", (rows) => {
    wanted = rows.reduce((most, row) => largest(most, row["MIN_RESTORE_SCN"]), 0n);
    return wanted > 0n;
  });
  await logsReach(stage, wanted);
}

export function logsReach(stage: Stage, scn: bigint): Promise<void> {
  return stage.until("CDB_OB_ARCHIVELOG", (rows) =>
    rows.some((row) => BigInt(row["CHECKPOINT_SCN"] ?? 0) >= scn),
  );
}

function largest(most: bigint, text: string | null | undefined): bigint {
  const scn = BigInt(text ?? 0);
  return scn > most ? scn : most;
}

/** A restore of the name to its end, whatever the end. */
export async function restore(stage: Stage, name: string, statement: string): Promise<void> {
  await stage.run(statement);
  await restoreEnds(stage, name);
}

/** The row of sys ends last. */
export function restoreEnds(stage: Stage, name: string): Promise<void> {
  return stage.until("CDB_OB_RESTORE_HISTORY", (rows) =>
    rows.some((row) => row["TENANT_ID"] === "1" && row["RESTORE_TENANT_NAME"] === name),
  );
}

export function statusIn(rows: readonly Row[], status: string): boolean {
  return rows.some((row) => row["STATUS"] === status);
}

/** A table with a row, and the SCN of the instant after. */
export async function writeRows(stage: Stage, values: string): Promise<string> {
  const as = `root@${stage.stem}`;
  await stage.run("CREATE TABLE IF NOT EXISTS test.kept (id INT PRIMARY KEY, item VARCHAR(40))", as);
  await stage.run(`INSERT INTO test.kept VALUES ${values}`, as);
  return stage.value("SELECT TS_VALUE FROM oceanbase.V$OB_TIMESTAMP_SERVICE LIMIT 1", as);
}

/** To be asked for before a backup is: waits until so many more rows stand in the history, a parent's and a child's. */
export function jobEnds(stage: Stage, rowsOfIt = 2): () => Promise<void> {
  const before = new Set(stage.rows("CDB_OB_BACKUP_JOB_HISTORY").map(keyOfJob));
  return () =>
    stage.until(
      "CDB_OB_BACKUP_JOB_HISTORY",
      (rows) => rows.filter((row) => !before.has(keyOfJob(row))).length >= rowsOfIt,
    );
}

function keyOfJob(row: Row): string {
  return `${row["TENANT_ID"]}/${row["JOB_ID"]}`;
}

export function sourcesOf(stage: Stage): string {
  return `${stage.destination(`${stage.stem}/data`)},${stage.destination(`${stage.stem}/log`)}`;
}
