import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import * as mariadb from "mariadb";
import mysql, { type ResultSetHeader, type RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MysqlServer, serveMysql } from "../wire/server.ts";
import { type TestTenant, testTenant } from "./session-fixture.ts";

/** Real clients against real statements. */
let tenant: TestTenant;
let server: MysqlServer;

beforeAll(async () => {
  tenant = testTenant();
  server = await serveMysql({ engine: tenant.engine, port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await server.close();
  tenant.close();
});

const options = (more: object = {}) => ({
  host: "127.0.0.1",
  port: server.port,
  user: "root@shop",
  database: "test",
  ...more,
});

const CREATE =
  "(id bigint auto_increment primary key, amount decimal(20,4), big bigint, at datetime(6), doc json, raw varbinary(20), name varchar(40))";

test("mysql2: a pool inserts, updates and reads with prepared statements and exact numbers", async () => {
  const pool = mysql.createPool(options({ connectionLimit: 3, supportBigNumbers: true, dateStrings: true }));
  await pool.query(`create table m2 ${CREATE}`);
  const [made] = await pool.execute<ResultSetHeader>(
    "insert into m2 (amount, big, at, doc, raw, name) values (?, ?, ?, ?, ?, ?)",
    [
      "12.3456",
      "9007199254740993",
      "2026-01-02 03:04:05.000006",
      '{"a": 1}',
      Buffer.from([0, 255]),
      "it's 备份",
    ],
  );
  expect([made.affectedRows, made.insertId]).toEqual([1, 1]);
  const [changed] = await pool.execute<ResultSetHeader>("update m2 set name = ? where id in (?, 99)", [
    "it's 备份",
    1,
  ]);
  expect([changed.affectedRows, changed.changedRows]).toEqual([1, 0]);
  const row = {
    id: 1,
    amount: "12.3456",
    big: "9007199254740993",
    at: "2026-01-02 03:04:05.000006",
    doc: { a: 1 },
    raw: Buffer.from([0, 255]),
    name: "it's 备份",
  };
  const [binary] = await pool.execute<RowDataPacket[]>("select * from m2 where id = ? limit ?", [1, 10]);
  const [text] = await pool.query<RowDataPacket[]>("select * from m2");
  expect(binary).toEqual([row]);
  expect(text).toEqual([row]);
  await pool.end();
});

test("mysql2: several statements, an open transaction and its rollback", async () => {
  const db = await mysql.createConnection(options({ multipleStatements: true }));
  const [results] = await db.query<RowDataPacket[][]>(
    "create table several (a int); insert into several values (1), (2); select sum(a) s, count(*) n from several",
  );
  expect(results[2]).toEqual([{ s: "3", n: 2 }]);
  await db.beginTransaction();
  await db.query("delete from several");
  await db.rollback();
  const [rows] = await db.query<RowDataPacket[]>("select count(*) n from several");
  expect(rows).toEqual([{ n: 2 }]);
  await expect(db.query("select * from nix")).rejects.toMatchObject({
    errno: 1146,
    sqlState: "42S02",
    code: "ER_NO_SUCH_TABLE",
  });
  await db.end();
});

test("two clients that write at the same time wait for each other", async () => {
  const pool = mysql.createPool(options({ connectionLimit: 4 }));
  await pool.query("create table counter (id int primary key, n int)");
  await pool.query("insert into counter values (1, 0)");
  const add = async () => {
    const db = await pool.getConnection();
    await db.beginTransaction();
    await db.query("update counter set n = n + 1 where id = 1");
    await db.query("select n from counter");
    await db.commit();
    db.release();
  };
  await Promise.all(Array.from({ length: 20 }, add));
  const [rows] = await pool.query<RowDataPacket[]>("select n from counter");
  expect(rows).toEqual([{ n: 20 }]);
  await pool.end();
});

test("the mariadb client: batch, named results and streamed rows", async () => {
  const db = await mariadb.createConnection(options({ insertIdAsNumber: true }));
  await db.query(`create table mdb ${CREATE}`);
  await db.batch("insert into mdb (name, amount) values (?, ?)", [
    ["a", 1.5],
    ["b", 2.25],
  ]);
  expect(await db.query("select name, amount from mdb order by id")).toEqual([
    { name: "a", amount: "1.5000" },
    { name: "b", amount: "2.2500" },
  ]);
  const streamed: unknown[] = [];
  for await (const row of db.queryStream("select id from mdb order by id")) streamed.push(row.id);
  expect(streamed.map(Number)).toEqual([1, 2]);
  await db.end();
});

const CLI = "/usr/bin/mariadb";
const DUMP = "/usr/bin/mariadb-dump";
const sh = promisify(execFile);
const target = () => ["--skip-ssl", "-h127.0.0.1", `-P${server.port}`, "-uroot@shop"];

test.skipIf(!existsSync(CLI))(
  existsSync(CLI)
    ? "the mariadb command line"
    : `the mariadb command line (skipped: ${CLI} is not installed)`,
  async () => {
    const script =
      "create table cli (id int primary key, s varchar(9)); insert into cli values (1, 'x'); select * from cli; desc cli";
    const { stdout } = await sh(CLI, [...target(), "-D", "test", "-e", script]);
    expect(stdout).toContain("id\ts\n1\tx\n");
    expect(stdout).toContain("id\tint(11)\tNO\tPRI\tNULL");
    const failed = await sh(CLI, [...target(), "-e", "select 1 from"]).catch(
      (error: { stderr: string }) => error.stderr,
    );
    expect(failed).toContain(
      "ERROR 1064 (42000) at line 1: You have an error in your SQL syntax; check the manual that corresponds to your OceanBase version",
    );
  },
);

test.skipIf(!existsSync(DUMP))(
  existsSync(DUMP)
    ? "a dump of a database makes the same database again"
    : `a dump of a database (skipped: ${DUMP} is not installed)`,
  async () => {
    const setup =
      "create database dumped; use dumped; create table d (id int primary key, s varchar(20), b blob, n decimal(9,3), t timestamp(6) null, key k (s)); " +
      "insert into d values (1, 'it''s \\\\ \\n', x'00ff27', -1.5, now(6)), (2, null, null, null, null); create view v as select id from d; create database again";
    await sh(CLI, [...target(), "-e", setup]);
    const { stdout: dump } = await sh(DUMP, [...target(), "--single-transaction", "dumped"], {
      encoding: "buffer",
    });
    const load = execFile(CLI, [...target(), "again"]);
    let complaint = "";
    load.stderr?.on("data", (chunk: Buffer | string) => (complaint += String(chunk)));
    load.stdin?.end(dump);
    await new Promise((resolve) => load.once("close", resolve));
    expect(complaint).toBe("");
    const rows = async (database: string) =>
      (
        await sh(CLI, [
          ...target(),
          database,
          "-e",
          "select *, hex(b) from d; show create table d; select * from v",
        ])
      ).stdout;
    expect(await rows("again")).toBe(await rows("dumped"));
  },
);
