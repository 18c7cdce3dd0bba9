import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, SqlError } from "../engine.ts";
import { type TestTenant, testTenant } from "./session-fixture.ts";

/** What 4.2.1.9 and the 4.3.5 line were seen to answer, of that which nothing else here holds. */
let tenant: TestTenant;
let early: Connection;
let late: Connection;

beforeAll(() => {
  tenant = testTenant();
  early = tenant.open({ versionText: "5.7.25-OceanBase_CE-v4.2.1.9" });
  late = tenant.open({ versionText: "5.7.25-OceanBase_CE-v4.3.5.3" });
  early.execute("create database words");
  for (const session of [early, late]) session.execute("use words");
});
afterAll(() => {
  early.close();
  late.close();
  tenant.close();
});

function failure(sql: string, session = early): string {
  try {
    session.execute(sql);
  } catch (error) {
    if (error instanceof SqlError) return `${error.errno} (${error.sqlState}) ${error.message}`;
    throw error;
  }
  throw new Error(`not refused: ${sql}`);
}

function rowsOf(sql: string, session = early) {
  const reply = session.execute(sql);
  if (reply.kind !== "rows") throw new Error(`no rows: ${sql}`);
  return reply;
}
const columns = (sql: string, session = early) =>
  rowsOf(sql, session).columns.map(
    ({ name, type, unsigned }) => `${name} ${type}${unsigned ? " unsigned" : ""}`,
  );

const DEFINITIONS = [
  ["a int, b int, primary key (a), primary key (b)", "1062 (23000) Duplicated primary key"],
  ["a int default 'x'", "1067 (42000) Invalid default value for 'a'"],
  ["a varchar(3) default 'abcd'", "1067 (42000) Invalid default value for 'a'"],
  ["a int not null default null", "1067 (42000) Invalid default value for 'a'"],
  ["a text primary key", "1167 (42000) The used storage engine can't index column 'a'"],
  ["a varchar(262145)", "1074 (42000) Column length too big for column 'a' (max = 262144)"],
  ["a char(257)", "1074 (42000) Column length too big for column 'a' (max = 256)"],
  ["a decimal(66,2)", "1426 (42000) Too big precision 66 specified for column 'a'. Maximum is 65."],
  ["a decimal(40,31)", "1425 (42000) Too big scale 31 specified for column 'a'. Maximum is 30."],
  [
    "a decimal(10,11)",
    "1427 (42000) For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column 'a').",
  ],
  ["a time(7)", "1426 (42000) Too big precision 7 specified for column 'a'. Maximum is 6."],
  [
    "a int auto_increment, b int auto_increment, key (a), key (b)",
    "1075 (42000) Incorrect table definition; there can be only one auto column",
  ],
] as const;

test.for(DEFINITIONS)("a table of (%s) is refused with %s", ([body, words]) => {
  expect(failure(`create table refused (${body})`)).toBe(words);
  expect(failure("select * from refused")).toMatch(/^1146/);
});

test("the widest columns that are taken are taken", () => {
  early.execute(
    "create table widest (a varchar(262144), b decimal(65,30), c char(256), d time(6), e varbinary(1048576), f text null default null)",
  );
  expect(String(rowsOf("show create table widest").rows[0]?.[1])).toContain("`f` text DEFAULT NULL");
});

test("a key that rows already double is refused with the value, and the table stays as it was", () => {
  early.execute("create table doubled (a int, b int)");
  early.execute("insert into doubled values (1, 1), (7, 2), (7, 3)");
  expect(failure("create unique index x on doubled (a)")).toBe(
    "1062 (23000) Duplicate entry '7' for key 'x'",
  );
  expect(failure("alter table doubled add primary key (a)")).toBe("1062 (23000) Duplicated primary key");
  expect(failure("drop index nothing on doubled")).toMatch(/^1091/);
  expect(rowsOf("select count(*) from doubled").rows).toEqual([[3n]]);
  expect(rowsOf("show index from doubled").rows).toEqual([]);
});

test("NULL makes no row id up", () => {
  early.execute("create table keyed (id int primary key, n int)");
  for (const value of ["null", "1 + null", "(select max(n) from keyed)"]) {
    expect(failure(`insert into keyed values (${value}, 1)`)).toBe("1048 (23000) Column 'id' cannot be null");
  }
  expect(failure("insert into keyed select null, 1")).toBe("1048 (23000) Column 'id' cannot be null");
  expect(rowsOf("select count(*) from keyed").rows).toEqual([[0n]]);
});

test("SET tells what may be set where", () => {
  expect(failure("set nothing = 1")).toBe("1193 (HY000) Unknown system variable 'nothing'");
  expect(failure("set lower_case_table_names = 0")).toMatch(/^1238 \(HY000\) .* read only variable$/);
  expect(failure("set connect_timeout = 1")).toMatch(/^1229 \(HY000\) .* SET GLOBAL$/);
  expect(failure("set max_allowed_packet = 1")).toMatch(/^1621 \(HY000\) SESSION variable/);
  expect(failure("set time_zone = 'SYSTEM'")).toMatch(/^1298/);
  expect(failure("set sql_mode = 'NOTHING'")).toMatch(/^1231/);
});

test("sql_mode is shown in OceanBase's order, and begins as it does there", () => {
  const mode = () => rowsOf("select @@sql_mode").rows[0]?.[0];
  expect(mode()).toBe("STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_AUTO_CREATE_USER");
  early.execute("set sql_mode = concat(@@sql_mode, ',no_auto_value_on_zero')");
  expect(mode()).toBe("NO_AUTO_VALUE_ON_ZERO,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_AUTO_CREATE_USER");
  early.execute("set sql_mode = default");
});

test("the 4.3.5 line has variables that 4.2.1.9 does not know", () => {
  expect(rowsOf("select @@optimizer_switch", late).rows).toEqual([[""]]);
  expect(failure("select @@optimizer_switch")).toMatch(/^1193/);
  const counted = (session: Connection) => rowsOf("show variables", session).rows.length;
  expect([counted(early), counted(late)]).toEqual([184, 775]);
});

test("system variables and conditions have the types that the kernels announce", () => {
  const sql =
    "select @@autocommit as a, @@auto_increment_increment as b, @@sql_mode as c, 1 = 1 as d, 'a' like 'a' as e, true as f, null as g, @nothing as h, year(now()) as i";
  const types = "a bigint,b bigint unsigned,c varchar,d int,e bigint,f tinyint,g null,h varbinary,i int";
  expect(columns(sql)).toEqual(types.split(","));
});

test("SHOW names the pattern in its heading, where OceanBase does", () => {
  expect(columns("show databases like 'wor%'")).toEqual(["Database (wor%) varchar"]);
  expect(columns("show full tables like 'k%'")[0]).toBe("Tables_in_words (k%) varchar");
  expect(columns("show variables like 'autocommit'")[0]).toBe("Variable_name varchar");
});

test("what is no SHOW is a syntax error, what the sandbox lacks is told", () => {
  expect(failure("show events")).toMatch(/^1064 .* near 'events' at line 1$/);
  expect(failure("show grants for somebody_else")).toMatch(/^1235/);
  expect(failure("show create procedure p")).toBe("1305 (42000) procedure/function does not exist");
});

test("a statement that ends too early is quoted from its last word on", () => {
  expect(failure("select 1 from")).toMatch(/near 'from' at line 1$/);
  expect(failure("alter table")).toMatch(/near 'table' at line 1$/);
});

test("information_schema has the columns of its version, and says what it cannot list", () => {
  const heads = (session: Connection) =>
    columns("select * from information_schema.tables limit 0", session).map((words) => words.split(" ")[0]);
  expect(heads(early).at(-1)).toBe("TABLE_COMMENT");
  expect(heads(late).slice(-4)).toEqual([
    "TABLE_COMMENT",
    "AUTO_SPLIT",
    "AUTO_SPLIT_TABLET_SIZE",
    "ORGANIZATION",
  ]);
  expect(failure("select * from information_schema.user_privileges")).toMatch(/^1235/);
  expect(failure("select * from information_schema.nothing")).toBe(
    "1109 (42S02) Unknown table 'nothing' in information_schema",
  );
});

test("SHOW CREATE TABLE and FLUSH follow the version", () => {
  const text = (session: Connection) => String(rowsOf("show create table keyed", session).rows[0]?.[1]);
  expect(text(early)).not.toContain("ORGANIZATION");
  expect(text(late)).toContain(") ORGANIZATION INDEX DEFAULT CHARSET");
  expect(failure("flush tables")).toMatch(/^1064/);
  expect(failure("flush tables", late)).toBe("1235 (0A000) This statement is not supported");
});

test("SET NAMES binary is taken for dumps", () => {
  late.execute("set names binary");
  expect(rowsOf("select @@character_set_client, @@collation_connection", late).rows).toEqual([
    ["binary", "binary"],
  ]);
  late.execute("set names utf8mb4");
  expect(rowsOf("select @@character_set_results, @@collation_connection", late).rows).toEqual([
    ["utf8mb4", "utf8mb4_general_ci"],
  ]);
});
