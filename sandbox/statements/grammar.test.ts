import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { addPool, answerOf, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { obVersion } from "../model/version.ts";
import { readCommand } from "./read-command.ts";

/*
 * grammar.tsv was tried on the kernels' own parsers (community): y, the parser takes the statement; n, it answers 1064.
 * Nothing is said of whether the kernel then carries it out. Columns marked ~ were not tried: 4.3.3 is inferred from its
 * neighbours, which agree on every line, and 4.1.0 from the versions that the documents give for each form. 3.1.5 is
 * another language; the sandbox does not speak it.
 */
const [HEADER = [], ...LINES] = readFileSync(join(import.meta.dirname, "grammar.tsv"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => line.split("\t"));

const BUILD_OF: Readonly<Record<string, string>> = {
  "4.0.0": "4.0.0.0",
  "4.1.0~": "4.1.0.2",
  "4.2.1": "4.2.1.9",
  "4.2.5": "4.2.5.1",
  "4.3.3~": "4.3.3.1",
  "4.3.5": "4.3.5.0",
};

const clusters = new Map<string, TestCluster>();
afterAll(() => {
  for (const cluster of clusters.values()) cluster.close();
});

function open(version: string): TestCluster {
  const cluster = testCluster({ version });
  clusters.set(version, cluster);
  addPool(cluster, "t1_pool");
  cluster.run("CREATE TENANT t1 RESOURCE_POOL_LIST = ('t1_pool')");
  return cluster;
}

/** What a session of sys says to a statement: 1064 or anything else. */
function verdict(version: string, sql: string): string {
  const session = (clusters.get(version) ?? open(version)).cluster.as("root@sys");
  const answer = answerOf(() => session.run(sql));
  session.close();
  return answer.startsWith("1064 ") ? "n" : "y";
}

test("the list has its 74 statements, and a word for each of seven versions", () => {
  expect(HEADER).toEqual(["3.1.5", ...Object.keys(BUILD_OF), "statement"]);
  expect(LINES).toHaveLength(74);
  expect(new Set(LINES.flatMap((line) => line.slice(0, -1)))).toEqual(new Set(["y", "n"]));
});

const KNOWN = LINES.flatMap((line) =>
  Object.entries(BUILD_OF).map(([column, build]) => ({
    build,
    word: line[HEADER.indexOf(column)] ?? "",
    sql: line.at(-1) ?? "",
  })),
);

test.for(KNOWN)("$build answers $word to: $sql", ({ build, word, sql }) => {
  expect(verdict(build, sql)).toBe(word);
});

/** Statements that a real 4.2.1.9 was sent in the course of other inquiries, and the number of what it answered. */
const HEARD = readFileSync(join(import.meta.dirname, "heard-4.2.1.9.tsv"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => line.split("\t"));

test.for(HEARD)("a real 4.2.1.9 said %s and the sandbox parses alike: %s", ([errno = "", sql = ""]) => {
  expect(verdict("4.2.1.9", sql)).toBe(errno === "1064" ? "n" : "y");
});

test("of what a real 4.2.1.9 was sent, 219 statements are kept", () => {
  expect(HEARD).toHaveLength(219);
});

/** Forms that are in no line of the list, with the first build whose grammar has them, and one before it. */
const LATER = [
  ["ALTER SYSTEM CANCEL RECOVER TABLE t1", "4.1.0.2", "4.2.1.9"],
  ["ALTER SYSTEM ACTIVATE STANDBY TENANT = t1 VERIFY", "4.2.1.7", "4.2.1.8"],
  ["ALTER SYSTEM SWITCHOVER TO STANDBY TENANT = t1 VERIFY", "4.2.1.7", "4.2.1.8"],
  ["ALTER SYSTEM RECOVER STANDBY TENANT = t1 CANCEL", "4.0.0.0", "4.1.0.2"],
  ["ALTER SYSTEM BACKUP CLUSTER PARAMETERS TO = 'file:///p'", "4.2.1.9", "4.2.1.10"],
  ["ALTER SYSTEM BACKUP CLUSTER PARAMETERS TO = 'file:///p'", "4.3.5.0", "4.2.5.1"],
  ["ALTER SYSTEM ALTER EXTERNAL_STORAGE_DEST PATH = 's3://b' SET ACCESS_INFO = 'a'", "4.2.5.1", "4.3.3.1"],
  ["ALTER SYSTEM CHANGE EXTERNAL_STORAGE_DEST PATH = 's3://b' SET ACCESS_INFO = 'a'", "4.2.5.1", "4.3.3.1"],
  ["ALTER SYSTEM MODIFY EXTERNAL_STORAGE_DEST PATH = 's3://b' SET ACCESS_INFO = 'a'", "4.2.5.1", "4.3.3.1"],
] as const;

test.for(LATER)("%s is not parsed by %s, and is by %s", ([sql, without, having]) => {
  expect([verdict(without, sql), verdict(having, sql)]).toEqual(["n", "y"]);
});

/** Forms that every 4.x parses, whether or not it carries them out. */
const ALWAYS = [
  "ALTER SYSTEM BACKUP DATABASE TO 'file:///d/x'",
  "ALTER SYSTEM CANCEL DELETE BACKUP",
  "ALTER SYSTEM DELETE BACKUPSET 5 COPY 1",
  "ALTER SYSTEM DELETE BACKUPPIECE 5",
  "ALTER SYSTEM ADD DELETE BACKUP POLICY 'default' RECOVERY_WINDOW '7d' REDUNDANCY 1 BACKUP_COPIES 0 TENANT t1",
  "ALTER SYSTEM DROP DELETE BACKUP POLICY 'default' TENANT t1",
  "ALTER SYSTEM BACKUP BACKUPSET ALL TO 'file:///d/x'",
  "ALTER SYSTEM SUSPEND BACKUP",
  "ALTER SYSTEM VALIDATE DATABASE",
  "ALTER SYSTEM RESTORE t2 FROM 'file:///d' WITH 'pool_list=p' WITH KEY FROM 'file:///k' ENCRYPTED BY 'pw'",
  "ALTER SYSTEM ADD RESTORE SOURCE 'file:///d/backup_set_1_full,file:///d/piece_d1001r1p1'",
  "ALTER SYSTEM ACTIVATE STANDBY",
  "ALTER RESOURCE TENANT t1 UNIT_NUM = 1",
  "alter system /*+ query_timeout(1000000000) */ backup tenant = t1",
];

test.for(ALWAYS)("every version parses: %s", (sql) => {
  for (const build of Object.values(BUILD_OF)) expect([build, verdict(build, sql)]).toEqual([build, "y"]);
});

const REFUSED = [
  "ALTER SYSTEM RESTORE t2 FROM 'file:///d/data' UNTIL SCN 17 WITH 'pool_list=p1'",
  "ALTER SYSTEM BACKUP TENANT",
  "ALTER SYSTEM BACKUP TENANT = t1 DESCRIPTION = op",
  "ALTER SYSTEM DELETE ARCHIVELOG_PIECE 5 TENANT = t1",
  "ALTER SYSTEM DELETE BACKUPSET 5, 6 TENANT = t1",
  "ALTER SYSTEM RECOVER TABLE t1 TO TENANT = t2 FROM 'file:///d' WITH 'pool_list=p1'",
  "ALTER SYSTEM RECOVER TABLE db1.t1 FROM 'file:///d' WITH 'pool_list=p1'",
  "ALTER SYSTEM RECOVER TABLE db1.t1 TO t2 FROM 'file:///d' WITH 'pool_list=p1' REMAP COLUMN a:b",
  "ALTER SYSTEM CHANGE EXTERNAL_STORAGE PATH = 's3://b'",
  "ALTER SYSTEM NONSENSE",
  "ALTER SYSTEM",
  "DROP TENANT",
];

test.for(REFUSED)("every version answers 1064 to: %s", (sql) => {
  for (const build of Object.values(BUILD_OF)) expect([build, verdict(build, sql)]).toEqual([build, "n"]);
});

const TABLE_RECOVERIES = [
  "*.* TO t1 FROM 'file:///d' WITH 'pool_list=p1'",
  "db1.* TO TENANT t1 FROM 'file:///d' UNTIL TIME = '2026-01-01 00:00:00' WITH 'pool_list=p1' DESCRIPTION 'op'",
  "db1.a, db1.b TO TENANT = t1 FROM 'file:///d,file:///a' WITH 'pool_list=p1' REMAP TABLE db1.a:c, db1.b:d.e",
  "db1.a TO t1 FROM 'file:///d' WITH 'pool_list=p1' REMAP TABLE db1.*:x.* REMAP TABLEGROUP g:h REMAP TABLESPACE t:u",
];

test.for(TABLE_RECOVERIES)("4.2.1 parses RECOVER TABLE %s, and looks for the backup", (form) => {
  const session = (clusters.get("4.2.1.9") ?? open("4.2.1.9")).cluster.as("root@sys");
  expect(answerOf(() => session.run(`ALTER SYSTEM RECOVER TABLE ${form}`))).toBe(
    "9011 cannot find backup file",
  );
  session.close();
});

test("a form that this version does not know yet is refused near its first unknown word", () => {
  const near = (sql: string, version: string) => answerOf(() => readCommand(sql, obVersion(version)));
  expect(near("ALTER SYSTEM CANCEL RESTORE t2", "4.0.0.0")).toContain("near 'RESTORE t2' at line 1");
  expect(near("ALTER SYSTEM ACTIVATE STANDBY TENANT = t2 VERIFY", "4.1.0.2")).toContain("near 'VERIFY'");
  expect(near("ALTER SYSTEM ACTIVATE STANDBY TENANT = t2", "4.1.0.2")).toBe("ok");
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
  expect(own.map((sql) => readCommand(sql, obVersion("4.2.5.1")))).toEqual(own.map(() => undefined));
});
