import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, LockWait, SqlError } from "../engine.ts";
import { rowsOf, type TestTenant, testTenant } from "./session-fixture.ts";

let tenant: TestTenant;
let session: Connection;

beforeAll(() => {
  tenant = testTenant();
  session = tenant.open();
});
afterAll(() => {
  session.close();
  tenant.close();
});

const rows = (sql: string, on = session) => rowsOf(on.execute(sql));
const run = (...statements: readonly string[]) => statements.map((sql) => session.execute(sql)).at(-1);

function failure(sql: string, on = session): string {
  try {
    on.execute(sql);
  } catch (error) {
    if (error instanceof SqlError) return `${error.errno} (${error.sqlState}) ${error.message}`;
    throw error;
  }
  return "no failure";
}

test("values of every type come back exactly as they were stored", () => {
  run(
    "create table exact (id int primary key, d decimal(38,10), b bigint, x varbinary(9), at datetime(6), t time(6), j json, f double)",
    "insert into exact values (1, 1234567890123456789012345678.0123456789, -9223372036854775808, x'00ff80', '2026-01-02 03:04:05.000006', '-27:00:01.5', '{\"b\": 12345678901234567890, \"a\": 1.10}', 1e-7)",
  );
  expect(rows("select d, b, x, at, t, j, f from exact")).toEqual([
    [
      "1234567890123456789012345678.0123456789",
      -9223372036854775808n,
      "00ff80",
      "2026-01-02 03:04:05.000006",
      "-27:00:01.500000",
      '{"a": 1.10, "b": 12345678901234567890}',
      1e-7,
    ],
  ]);
});

test("decimals of any size and scale are compared, sorted and added as numbers", () => {
  run("drop table if exists numbers", "create table numbers (n int primary key, d decimal(30,6))");
  const digits = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
  fc.assert(
    fc.property(fc.array(digits, { minLength: 1, maxLength: 12 }), (units) => {
      session.execute("truncate table numbers");
      const texts = units.map((unit) => decimal(unit));
      session.execute(`insert into numbers values ${texts.map((text, i) => `(${i}, ${text})`).join(", ")}`);
      const sorted = units.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map(decimal);
      expect(rows("select d from numbers order by d").flat()).toEqual(sorted);
      const sum = decimal(units.reduce((a, b) => a + b, 0n));
      expect(rows("select sum(d), min(d), max(d) from numbers")).toEqual([[sum, sorted[0], sorted.at(-1)]]);
      const more = units.filter((unit) => unit > (units[0] ?? 0n)).length;
      expect(rows(`select count(*) from numbers where d > ${texts[0]}`)).toEqual([[more]]);
    }),
    { numRuns: 60 },
  );
});

function decimal(units: bigint): string {
  const size = String(units < 0n ? -units : units).padStart(7, "0");
  return `${units < 0n ? "-" : ""}${size.slice(0, -6)}.${size.slice(-6)}`;
}

test("any text that is stored is read back the same and found by equality", () => {
  run("create table texts (id int primary key, s varchar(200) collate utf8mb4_bin)");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      const literal = `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "\\0")}'`;
      session.execute("delete from texts");
      session.execute(`insert into texts values (1, ${literal})`);
      expect(rows(`select s from texts where s = ${literal}`)).toEqual([[text]]);
    }),
    { numRuns: 100 },
  );
});

test("statements that differ only in digits of a type, a separator, an alias or a position do not share a plan", () => {
  run(
    "create table twins (n int, a decimal(9,4), s varchar(5))",
    "insert into twins values (1, 2.3456, 'x'), (2, 1.5, 'y')",
  );
  expect(rows("select cast(a as decimal(9,1)) from twins where n = 1")).toEqual([["2.3"]]);
  expect(rows("select cast(a as decimal(9,2)) from twins where n = 1")).toEqual([["2.35"]]);
  expect(rows("select group_concat(s separator '|') from twins")).toEqual([["x|y"]]);
  expect(rows("select group_concat(s separator ';') from twins")).toEqual([["x;y"]]);
  expect(rows("select n, a from twins order by 1")).toEqual([
    [1, "2.3456"],
    [2, "1.5000"],
  ]);
  expect(rows("select n, a from twins order by 2")).toEqual([
    [2, "1.5000"],
    [1, "2.3456"],
  ]);
  const names = ["select n as 'a' from twins", "select n as 'b' from twins", "select 1", "select 2"].map(
    (sql) => {
      const reply = session.execute(sql);
      return reply.kind === "rows" ? reply.columns[0]?.name : undefined;
    },
  );
  expect(names).toEqual(["a", "b", "1", "2"]);
});

test("inserting tells the first generated id and names the doubled key with its values", () => {
  run(
    "create table people (id bigint auto_increment primary key, name varchar(20), born date, unique key who (name, born))",
  );
  expect(run("insert into people (name, born) values ('ann', '2000-01-02'), ('bob', null)")).toMatchObject({
    affectedRows: 2,
    insertId: 1n,
  });
  expect(failure("insert into people (name, born) values ('ANN', '2000-01-02')")).toBe(
    "1062 (23000) Duplicate entry 'ANN-2000-01-02' for key 'who'",
  );
  expect(failure("insert into people (id) values (2)")).toBe(
    "1062 (23000) Duplicate entry '2' for key 'PRIMARY'",
  );
  expect(failure("update people set id = 1 where id = 2")).toBe(
    "1062 (23000) Duplicate entry '1' for key 'PRIMARY'",
  );
  expect(run("insert ignore into people (id, name) values (1, 'x'), (9, 'nine')")).toMatchObject({
    affectedRows: 1,
  });
  expect(rows("select id, name from people order by id")).toEqual([
    [1, "ann"],
    [2, "bob"],
    [9, "nine"],
  ]);
});

test("REPLACE counts what it removed, ON DUPLICATE KEY UPDATE counts two for a change and none for no change", () => {
  run(
    "create table stock (id int primary key, code varchar(9) unique, n int)",
    "insert into stock values (1, 'a', 1), (2, 'b', 2)",
  );
  expect(run("replace into stock values (1, 'b', 9)")).toMatchObject({ affectedRows: 3 });
  expect(
    run("insert into stock values (1, 'z', 5), (7, 'c', 1) on duplicate key update n = n + values(n)"),
  ).toMatchObject({ affectedRows: 3 });
  expect(run("insert into stock values (1, 'z', 5) on duplicate key update n = n")).toMatchObject({
    affectedRows: 0,
  });
  expect(rows("select * from stock order by id")).toEqual([
    [1, "b", 14],
    [7, "c", 1],
  ]);
});

test("UPDATE counts found and changed rows, sees its own earlier assignments and touches ON UPDATE columns only of changed rows", () => {
  run(
    "create table moved (id int primary key, a int, b int, at datetime default null on update current_timestamp)",
    "insert into moved (id, a, b) values (1, 1, 1), (2, 5, 5)",
  );
  expect(run("update moved set a = 5, b = a + 1 where b < 6")).toMatchObject({
    affectedRows: 2,
    matchedRows: 2,
  });
  expect(run("update moved set a = 5 where id < 9")).toMatchObject({ affectedRows: 0, matchedRows: 2 });
  expect(rows("select a, b, at is null from moved")).toEqual([
    [5, 6, 0],
    [5, 6, 0],
  ]);
  expect(run("update moved set a = a + 1 order by id desc limit 1")).toMatchObject({ affectedRows: 1 });
  expect(run("delete from moved where a = 5 limit 5")).toMatchObject({ affectedRows: 1 });
  expect(rows("select id, a from moved")).toEqual([[2, 6]]);
});

test("joined UPDATE and DELETE change the rows that the join finds", () => {
  run(
    "create table left_side (id int primary key, v int)",
    "create table right_side (id int primary key, v int)",
  );
  run(
    "insert into left_side values (1, 0), (2, 0), (3, 0)",
    "insert into right_side values (2, 20), (3, 30)",
  );
  expect(run("update left_side l join right_side r on l.id = r.id set l.v = r.v")).toMatchObject({
    affectedRows: 2,
  });
  expect(run("delete l from left_side l join right_side r using (id) where r.v > 20")).toMatchObject({
    affectedRows: 1,
  });
  expect(rows("select * from left_side")).toEqual([
    [1, 0],
    [2, 20],
  ]);
});

const REFUSALS: readonly (readonly [string, string])[] = [
  ["select nope from refused", "1054 (42S22) Unknown column 'nope' in 'field list'"],
  ["select * from nowhere", "1146 (42S02) Table 'test.nowhere' doesn't exist"],
  ["select * from nodb.t", "1146 (42S02) Table 'nodb.t' doesn't exist"],
  [
    "select * form refused",
    "1064 (42000) You have an error in your SQL syntax; check the manual that corresponds to your OceanBase version for the right syntax to use near 'form refused' at line 1",
  ],
  ["insert into refused values (300, 'a')", "1264 (22003) Out of range value for column 'n' at row 1"],
  ["insert into refused values (1, 'abcdef')", "1406 (22001) Data too long for column 's' at row 1"],
  ["insert into refused values ('x', 'a')", "1366 (HY000) Incorrect integer value for column 'n' at row 1"],
  ["insert into refused values (null, 'a')", "1048 (23000) Column 'n' cannot be null"],
  ["insert into refused (s) values ('a')", "1364 (HY000) Field 'n' doesn't have a default value"],
  ["insert into refused values (1)", "1136 (21S01) Column count doesn't match value count at row 1"],
  ["create table refused (n int)", "1050 (42S01) Table 'refused' already exists"],
  ["drop table nowhere", "1051 (42S02) Unknown table 'test.nowhere'"],
  ["select 9223372036854775807 + 1", "1690 (22003) BIGINT value is out of range"],
  ["select (select n from two_rows)", "1242 (21000) Subquery returns more than 1 row"],
  ["set time_zone = 'Europe/Paris'", "1298 (HY000) Unknown or incorrect time zone: 'Europe/Paris'"],
  ["select sleep(1)", "1235 (0A000) function SLEEP not supported"],
  ["create table p (a int) partition by hash(a) partitions 2", "1235 (0A000) PARTITION BY not supported"],
  ["create table c (a int check (a > 0))", "1235 (0A000) CHECK not supported"],
  ["create table g (a bit(3))", "1235 (0A000) column type BIT not supported"],
  [
    "insert into oceanbase.DBA_OB_TENANTS values (1)",
    "1142 (42000) update command denied to user for table 'oceanbase.DBA_OB_TENANTS'",
  ],
];

test("what is wrong or beyond the engine is refused with OceanBase's number, state and text", () => {
  run(
    "create table refused (n tinyint not null, s varchar(5))",
    "create table two_rows (n int)",
    "insert into two_rows values (1), (2)",
  );
  expect(REFUSALS.map(([sql]) => [sql, failure(sql)])).toEqual(REFUSALS);
  expect(rows("select count(*) from refused")).toEqual([[0]]);
});

test("system views join with each other and with tables, and compare texts without case", () => {
  run("create table mine (tenant varchar(20))", "insert into mine values ('SHOP')");
  expect(
    rows(
      "select v.TENANT_ID, v.SYNC_SCN, v.CREATE_TIME, scn_to_timestamp(v.SYNC_SCN) from oceanbase.dba_ob_tenants v join mine m on m.tenant = v.tenant_name",
    ),
  ).toEqual([[1002, 1795000000123456789n, "2026-11-18 19:06:40.123456", "2026-11-18 19:06:40.123456"]]);
  expect(
    rows("select json_arrayagg(json_object('id', tenant_id, 'scn', sync_scn)) from oceanbase.DBA_OB_TENANTS"),
  ).toEqual([['[{"id": 1, "scn": null}, {"id": 1002, "scn": 1795000000123456789}]']]);
  expect(
    rows(
      "select column_name, column_type from information_schema.columns where table_name = 'DBA_OB_TENANTS' order by ordinal_position limit 2",
    ),
  ).toEqual([
    ["TENANT_ID", "bigint(20)"],
    ["TENANT_NAME", "varchar(128)"],
  ]);
});

test("a TIMESTAMP follows the session's zone, a DATETIME does not", () => {
  run(
    "create table clocks (t timestamp(6) null, d datetime(6))",
    "insert into clocks values (now(6), now(6))",
  );
  const other = tenant.open();
  other.execute("set time_zone = '+00:00'");
  expect(rows("select t, d from clocks", other)).toEqual([
    ["2026-11-18 11:06:40.123456", "2026-11-18 19:06:40.123456"],
  ]);
  expect(rows("select count(*) from clocks where t = '2026-11-18 11:06:40.123456'", other)).toEqual([[1]]);
  other.close();
});

test("a transaction is seen by others only once it is committed, and its writer makes them wait", () => {
  run("create table shared (id int primary key)", "begin", "insert into shared values (1)");
  const other = tenant.open();
  expect(rows("select count(*) from shared", other)).toEqual([[0]]);
  expect(() => other.execute("insert into shared values (2)")).toThrow(LockWait);
  run("commit");
  expect(other.execute("insert into shared values (2)")).toMatchObject({ affectedRows: 1 });
  run(
    "begin",
    "insert into shared values (3)",
    "savepoint a",
    "insert into shared values (4)",
    "rollback to a",
    "commit",
  );
  expect(rows("select id from shared order by id", other)).toEqual([[1], [2], [3]]);
  run("start transaction with consistent snapshot");
  other.execute("insert into shared values (5)");
  expect(rows("select count(*) from shared")).toEqual([[3]]);
  expect(failure("insert into shared values (6)")).toBe(
    "6235 (25000) can't serialize access for this transaction",
  );
  run("rollback");
  other.close();
});

test("every commit is captured, a read and a rolled back transaction are not", () => {
  run("create table counted (id int primary key)");
  const count = (...statements: readonly string[]) => {
    const before = tenant.captured();
    run(...statements);
    return tenant.captured() - before;
  };
  expect(count("insert into counted values (1)")).toBe(1);
  expect(count("begin", "insert into counted values (2)", "insert into counted values (3)", "commit")).toBe(
    1,
  );
  expect(count("begin", "insert into counted values (4)", "rollback")).toBe(0);
  expect(count("select * from counted")).toBe(0);
  expect(count("alter table counted add column note varchar(9) default 'x'")).toBe(1);
});

test("a tenant that refuses writes still answers reads, SET and SHOW", () => {
  const refusal = new SqlError(4688, "HY000", "standby tenant is read only");
  const standby = tenant.open({ refuseWrite: () => refusal });
  expect(failure("insert into counted (id) values (10)", standby)).toBe(
    "4688 (HY000) standby tenant is read only",
  );
  expect(failure("create table other (a int)", standby)).toBe("4688 (HY000) standby tenant is read only");
  expect(rows("select count(*) from counted", standby)).toEqual([[3]]);
  standby.close();
});

test("ALTER TABLE keeps the rows and converts them, or fails and leaves the table as it was", () => {
  run(
    "create table altered (id int primary key, a varchar(9), b decimal(9,3))",
    "insert into altered values (1, '12', 1.234), (2, 'x', 5)",
  );
  expect(failure("alter table altered modify a int")).toBe(
    "1366 (HY000) Incorrect integer value for column 'a' at row 1",
  );
  run(
    "alter table altered add c int not null default 7 after id, change b bb decimal(9,1), add unique key u (a), rename to renamed",
  );
  expect(rows("select * from renamed")).toEqual([
    [1, 7, "12", "1.2"],
    [2, 7, "x", "5.0"],
  ]);
  expect(rows("show create table renamed")[0]?.[1]).toContain("UNIQUE KEY `u` (`a`)");
  expect(failure("insert into renamed (id, a) values (3, '12')")).toBe(
    "1062 (23000) Duplicate entry '12' for key 'u'",
  );
});

test("what SHOW CREATE TABLE prints makes the same table again", () => {
  run(
    "create table original (id bigint unsigned not null auto_increment, e enum('a','b') default 'b', t timestamp(3) null default current_timestamp(3) on update current_timestamp(3), s text, primary key (id), key k (e, id)) comment 'it''s'",
  );
  const text = String(rows("show create table original")[0]?.[1]);
  run("create database copies", text.replace("`original`", "copies.`original`"));
  expect(rows("show create table copies.original")[0]?.[1]).toBe(text);
  run("drop database copies");
});

test("intercept is offered what is not plain data and not offered what is", () => {
  const offered: string[] = [];
  const other = tenant.open({
    intercept: (sql, context) => {
      offered.push(`${context.database} ${sql}`);
      return sql.startsWith("ALTER SYSTEM") ? { kind: "ok", info: "done" } : undefined;
    },
  });
  other.execute("select 1");
  other.execute("use oceanbase");
  expect(other.execute("ALTER SYSTEM MAJOR FREEZE")).toMatchObject({ info: "done" });
  expect(offered).toEqual(["test use oceanbase", "oceanbase ALTER SYSTEM MAJOR FREEZE"]);
  other.close();
});
