import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

export interface Bench {
  readonly port: number;
  /** For what a tool writes. */
  readonly dir: string;
  readonly query: (sql: string) => Promise<readonly Record<string, unknown>[]>;
}

export interface Tool {
  readonly title: string;
  readonly needs: readonly { readonly what: string; readonly isThere: () => boolean }[];
  readonly act: (bench: Bench) => Promise<void>;
}

const run = promisify(execFile);
const WITHIN = { timeout: 120_000, maxBuffer: 2 ** 24 };

const program = (name: string) => ({
  what: name,
  isThere: () => (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name))),
});
const file = (path: string, what: string) => ({ what, isThere: () => existsSync(path) });

const JDBC = "/usr/share/java/mariadb-java-client.jar";
const GO_DRIVER = "/usr/share/gocode/src/github.com/go-sql-driver/mysql";

/** What every tool asks of sys, with how many rows a fresh cluster of three zones and one tenant answers at least. */
const CLUSTER: Readonly<Record<string, number>> = {
  "SELECT * FROM DBA_OB_TENANTS": 3,
  "SELECT * FROM DBA_OB_UNITS": 6,
  "SELECT * FROM DBA_OB_UNIT_CONFIGS": 2,
  "SELECT * FROM DBA_OB_RESOURCE_POOLS": 2,
  "SELECT * FROM DBA_OB_SERVERS": 3,
  "SELECT * FROM DBA_OB_ZONES": 3,
  "SELECT * FROM GV$OB_PARAMETERS": 30,
  "SHOW PARAMETERS LIKE '%archive%'": 3,
  "SHOW FULL COLUMNS FROM CDB_OB_BACKUP_SET_FILES": 20,
};

const CREATE = [
  "CREATE DATABASE IF NOT EXISTS d",
  "DROP TABLE IF EXISTS d.t",
  "CREATE TABLE d.t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20), amount DECIMAL(10,2), at DATETIME(6), b BLOB, KEY k (name))",
  "INSERT INTO d.t (name, amount, at, b) VALUES ('a', 1.5, '2026-01-02 03:04:05.000006', x'00ff27'), ('it''s 备份', NULL, NULL, NULL)",
  "CREATE OR REPLACE VIEW d.v AS SELECT id, name FROM d.t",
];

async function createRows({ query }: Bench): Promise<void> {
  for (const sql of CREATE) await query(sql);
}

const login = ({ port }: Bench, user: string) => ["--protocol=tcp", "-h127.0.0.1", `-P${port}`, `-u${user}`];
const content = ({ query }: Bench, database: string) =>
  query(`SELECT id, name, amount, at, HEX(b) AS b FROM ${database}.t ORDER BY id`);

async function readByCommandLine(bench: Bench): Promise<void> {
  await createRows(bench);
  for (const [sql, atLeast] of Object.entries(CLUSTER)) {
    const flags = [...login(bench, "root@sys"), "--skip-ssl", "-N", "oceanbase", "-e", sql];
    const { stdout } = await run("mariadb", flags, WITHIN);
    assert(stdout.trim().split("\n").length >= atLeast, `${sql}: ${stdout}`);
  }
  const flags = [...login(bench, "root@shop"), "--skip-ssl", "d", "-e", "SHOW CREATE TABLE t; DESC v"];
  const { stdout } = await run("mariadb", flags, WITHIN);
  assert.match(stdout, /AUTO_INCREMENT_MODE = 'ORDER'/);
}

async function dumpAndLoad(bench: Bench): Promise<void> {
  await createRows(bench);
  const out = join(bench.dir, "dumped");
  const at = ["-h", "127.0.0.1", "-P", String(bench.port), "-u", "root@shop"];
  // OceanBase has no FLUSH TABLES WITH READ LOCK: as against a real one, the dump is taken without.
  await run("mydumper", [...at, "--no-locks", "-B", "d", "-o", out, "-t", "2"], WITHIN);
  assert(readdirSync(out).includes("d.t.sql"));
  assert.match(readFileSync(join(out, "d.t-schema.sql"), "utf8"), /CREATE TABLE `t`/);
  await run("myloader", [...at, "-d", out, "-B", "loaded", "-o"], WITHIN);
  assert.deepEqual(await content(bench, "loaded"), await content(bench, "d"));
}

async function readByProgram(bench: Bench, words: readonly [string, ...string[]]): Promise<string> {
  await createRows(bench);
  const [name, ...args] = words;
  const env = {
    ...process.env,
    CLUSTER_QUERIES: Object.keys(CLUSTER).join(";"),
    GO111MODULE: "off",
    GOPATH: "/usr/share/gocode",
    GOFLAGS: "",
  };
  const options = { ...WITHIN, cwd: import.meta.dirname, env };
  const { stdout } = await run(name, [...args, String(bench.port)], options);
  for (const [sql, atLeast] of Object.entries(CLUSTER)) {
    const rows = Number(
      stdout
        .split("\n")
        .find((line) => line.endsWith(`rows: ${sql}`))
        ?.split(" ")[0],
    );
    assert(rows >= atLeast, `${sql}: ${rows} rows`);
  }
  assert.match(stdout, /^ddl CREATE TABLE `t`/m);
  assert.match(stdout, /^refused 1146/m);
  return stdout;
}

async function readByJava(bench: Bench): Promise<void> {
  const said = await readByProgram(bench, ["java", "-cp", JDBC, "Client.java"]);
  for (const line of ["table v VIEW", "column amount DECIMAL", "primary key id", "index k name"]) {
    assert(said.split("\n").includes(line), `${line} is missing:\n${said}`);
  }
  assert.match(said, /^row java 2 1\.20 2026-01-02 03:04:05\.000002$/m);
}

async function readByGo(bench: Bench): Promise<void> {
  assert.match(await readByProgram(bench, ["go", "run", "client.go"]), /^row go 2 1\.50$/m);
}

export const TOOLS: readonly Tool[] = [
  {
    title: "mariadb lists a cluster and reads a tenant",
    needs: [program("mariadb")],
    act: readByCommandLine,
  },
  {
    title: "mydumper dumps a database and myloader makes it again",
    needs: [program("mydumper"), program("myloader")],
    act: dumpAndLoad,
  },
  {
    title: "JDBC (MariaDB Connector/J) lists a cluster, reads a tenant's catalogue, writes and reads rows",
    needs: [program("java"), program("javac"), file(JDBC, `${JDBC} (Debian: libmariadb-java)`)],
    act: readByJava,
  },
  {
    title: "Go (go-sql-driver/mysql) lists a cluster, writes and reads rows",
    needs: [program("go"), file(GO_DRIVER, `${GO_DRIVER} (Debian: golang-github-go-sql-driver-mysql-dev)`)],
    act: readByGo,
  },
];
