import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, SqlError } from "../engine.ts";
import { rowsOf, type TestTenant, testTenant } from "./session-fixture.ts";

/* What the engine cannot answer as OceanBase would is refused with 1235 and a word why: never answered wrongly. */

let tenant: TestTenant;
let session: Connection;

beforeAll(() => {
  tenant = testTenant();
  session = tenant.open();
  for (const sql of [
    "create table word (v varchar(10) primary key, n bigint, e enum('b','a'))",
    "insert into word values ('x', 9223372036854775807, 'a'), ('中文', 1795601876210938204, 'b')",
  ])
    session.execute(sql);
});

afterAll(() => {
  session.close();
  tenant.close();
});

function answerOf(sql: string): unknown {
  try {
    const reply = session.execute(sql);
    return reply.kind === "rows" ? rowsOf(reply) : "ok";
  } catch (error) {
    if (error instanceof SqlError) return error.errno;
    throw error;
  }
}

const REFUSED = [
  "create trigger t before insert on word for each row set new.v = 'x'",
  "create procedure p() select 1",
  "create function f() returns int return 1",
  "create event e on schedule every 1 day do select 1",
  "call p()",
  "select * from word for update skip locked",
  "create table p (id int primary key) partition by hash(id) partitions 4",
  "select * from word partition (p0)",
  "select * from json_table('[1]', '$[*]' columns (x int path '$')) j",
  "create table g (a int, b int generated always as (a * 2) stored)",
  "create table c (id int primary key, p int, foreign key (p) references word(v))",
  "create table c (a int check (a > 0))",
  "select get_lock('a', 1)",
  "xa start 'x'",
  "explain select * from word",
  "create temporary table t (id int)",
  "create sequence s",
  "create fulltext index fx on word (v)",
  "select match (v) against ('x') from word",
  "select v from word group by v with rollup",
  "select @a := 5",
  "select v into @x from word",
  "select * from word full join word b on word.v = b.v",
  "select * from word full outer join word b on word.v = b.v",
  "select * from word, lateral (select 1) x",
  "select * from (values row(1, 2)) v",
  "values row(1, 2)",
  "table word",
  "select _latin1'a'",
  "select v from word where v = 'é'",
  "select v from word where v in ('Ä', 'x')",
  "select e from word where e = 1",
  "select e from word where e in (1, 2)",
  "select e from word order by e",
  "select n from word where n > all (select 1)",
  "create table z (z int(5) zerofill)",
  "create table z (f float(5, 2))",
  "create table z (v varchar(9), unique key (v(3)))",
  "create unique index z on word (v(2))",
  "create table z (v varchar(9)) charset = gbk",
  "create table z (v varchar(9) character set latin1)",
  "create table z (v varchar(9) collate utf8mb4_unicode_ci)",
  "create table z (v varchar(9)) collate = utf8mb4_unicode_ci",
  "alter database test character set gbk",
  "alter database test read only",
  "set sql_mode = 'ANSI_QUOTES'",
  "set session sql_mode = 'STRICT_ALL_TABLES,PIPES_AS_CONCAT'",
  "merge into word using word b on (1 = 1) when matched then update set v = 'm'",
  "load data infile '/x' into table word",
  "prepare s from 'select 1'",
  "handler word open",
  "flashback table word to before drop",
  "select * from word as of snapshot 1",
];

test.for(REFUSED)("not answered at all: %s", (sql) => {
  expect(answerOf(sql)).toBe(1235);
});

const ANSWERED: readonly (readonly [sql: string, answer: unknown])[] = [
  ["select v from word where v = 'X '", [["x"]]],
  ["select v from word where v = '中文'", [["中文"]]],
  ["select v from word where n = '9223372036854775807'", [["x"]]],
  ["select v from word where n = '1795601876210938203'", []],
  ["select count(*) from word where n = cast(n as char)", [[2]]],
  ["select 'a' like binary 'A', 'abc' regexp binary 'ABC', binary 'abc' regexp 'abc'", [[0, 0, 1]]],
  ["select upper('straße')", [["STRAßE"]]],
  ["select v from word minus select 'x'", [["中文"]]],
  ["select full from (select 1 full) x", [[1]]],
  ["select time from (select 1 time) x", [[1]]],
  ["create table k (v varchar(9), key (v(3))) default charset = utf8mb4 collate = utf8mb4_bin", "ok"],
  ["create table d (f float(30), g float, h double precision)", "ok"],
];

test.for(ANSWERED)("answered as OceanBase would: %s", ([sql, answer]) => {
  expect(answerOf(sql)).toEqual(answer);
});

test("under NO_AUTO_VALUE_ON_ZERO, which dumps set, a 0 stays a 0", () => {
  const sql = [
    "create table counted (id int primary key auto_increment)",
    "set sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
    "insert into counted values (0)",
    "set sql_mode = 'STRICT_ALL_TABLES'",
    "insert into counted values (0), (null)",
  ];
  expect(sql.map(answerOf)).toEqual(sql.map(() => "ok"));
  expect(answerOf("select id from counted")).toEqual([[0], [1], [2]]);
});
