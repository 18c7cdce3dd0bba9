import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { startSandbox, until } from "../support/sandbox-process.ts";
import type { Figure } from "./main.ts";

const COMMITS = 20_000;
const BATCH = 500;

/** Single-row commits on one connection, sent in batches as a busy client does, over the wire. */
export async function measureSandboxCommits(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  const sandbox = await startSandbox({ dir, flags: ["--tenants", "shop", "--workload", "off"] });
  const seconds = await commitRows(sandbox.port, COMMITS);
  await sandbox.kill("SIGTERM");
  rmSync(dir, { recursive: true, force: true });
  const rate = Math.round(COMMITS / seconds);
  return [
    {
      what: `sandbox: ${COMMITS} single-row commits on one connection`,
      wanted: "≥ 10,000 /s",
      measured: `${rate.toLocaleString("en")} /s`,
      isMet: rate >= 10_000,
    },
  ];
}

async function commitRows(port: number, count: number): Promise<number> {
  const connection = await mysql.createConnection({
    host: "127.0.0.1",
    port,
    user: "root@shop",
    multipleStatements: true,
  });
  await connection.query("CREATE DATABASE IF NOT EXISTS bench");
  await connection.query("CREATE TABLE bench.rows_made (id INT PRIMARY KEY, words VARCHAR(40))");
  const began = performance.now();
  for (let first = 1; first <= count; first += BATCH) {
    const ids = Array.from({ length: BATCH }, (_, index) => first + index);
    await connection.query(
      ids.map((id) => `INSERT INTO bench.rows_made VALUES (${id}, 'row ${id}')`).join(";"),
    );
  }
  const seconds = (performance.now() - began) / 1000;
  await connection.end();
  return seconds;
}

/** A restore that replays 20,000 commits, on a clock fast enough that only the work itself takes time. */
export async function measureSandboxRestore(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  const sandbox = await startSandbox({
    dir,
    flags: ["--tenants", "shop", "--workload", "off", "--clock", "200"],
  });
  const sys = (sql: string) => sandbox.query("root@sys", sql);
  await sys("ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///d' TENANT = shop");
  await sys("ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///l' TENANT = shop");
  await sys("ALTER SYSTEM ARCHIVELOG TENANT = shop");
  await until("a backup", async () => (await sys("ALTER SYSTEM BACKUP TENANT = shop")) && true);
  await until("its end", async () => (await sys("SELECT 1 FROM oceanbase.CDB_OB_BACKUP_JOBS")).length === 0);
  await commitRows(sandbox.port, COMMITS);
  const [made] = await sys(
    "SELECT CAST(SYNC_SCN AS CHAR) AS scn FROM oceanbase.DBA_OB_TENANTS WHERE TENANT_NAME = 'shop'",
  );
  await until(
    "the logs",
    async () =>
      (await sys(`SELECT 1 FROM oceanbase.CDB_OB_ARCHIVELOG WHERE CHECKPOINT_SCN > ${String(made?.scn)}`))
        .length > 0,
  );
  await sys("CREATE RESOURCE UNIT u MAX_CPU 1, MIN_CPU 1, MEMORY_SIZE '2G', LOG_DISK_SIZE '6G'");
  await sys("CREATE RESOURCE POOL p UNIT = 'u', UNIT_NUM = 1, ZONE_LIST = ('zone1')");
  const began = performance.now();
  await sys(
    `ALTER SYSTEM RESTORE again FROM 'file:///d,file:///l' UNTIL SCN = ${String(made?.scn)} WITH 'pool_list=p'`,
  );
  await until(
    "the restore",
    async () =>
      (await sys("SELECT 1 FROM oceanbase.DBA_OB_TENANTS WHERE TENANT_NAME = 'again' AND STATUS = 'NORMAL'"))
        .length === 1,
  );
  const seconds = (performance.now() - began) / 1000;
  const [rows] = await sandbox.query("root@again", "SELECT COUNT(*) AS n FROM bench.rows_made");
  await sandbox.kill("SIGTERM");
  rmSync(dir, { recursive: true, force: true });
  const isWhole = Number(rows?.n) === COMMITS;
  return [
    {
      what: `sandbox: restore of ${COMMITS} commits (statement to NORMAL, ${String(rows?.n)} rows there)`,
      wanted: "≤ 1 s",
      measured: `${seconds.toFixed(2)} s`,
      isMet: isWhole && seconds <= 1,
    },
  ];
}
