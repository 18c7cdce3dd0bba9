import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addPool, answerOf, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import type { Runner } from "../cluster/create-cluster.ts";
import { isSince, obVersion } from "../model/version.ts";
import layouts from "./layouts.json" with { type: "json" };
import { viewDefinitions } from "./view-columns.ts";

/*
 * Every view of every version, over a session, against the facts in the form in which they were collected: whole column
 * lists at the tip of each branch. columns.json has the same facts by column and build, so neither can err alone.
 */

/** The tips of the six branches (4.2.1 is 4.2.1.10), and the newest build whose views are known. */
const BUILDS = ["4.0.0.0", "4.1.0.2", "4.2.1.10", "4.2.5.1", "4.3.3.1", "4.3.5.0", "4.3.5.3"] as const;

interface Layouts {
  readonly layouts: Readonly<Record<string, readonly string[]>>;
  readonly types: Readonly<Record<string, string>>;
}

const FACTS: Readonly<Record<string, Layouts>> = layouts.views;

/** Types that DESC of 4.3.5.3 does not tell of earlier builds: recorded on 4.2.1.9, or stated by the source of the facts. */
const EARLIER_TYPES: readonly (readonly [view: string, column: string, before: string, type: string])[] = [
  ["DBA_OB_TENANTS", "PRIMARY_ZONE", "4.3.5.1", "varchar(128) NULL"],
  ["DBA_OB_TENANT_JOBS", "EXTRA_INFO", "4.3.5.1", "varchar(512) NULL"],
  ["DBA_OB_RESOURCE_POOLS", "REPLICA_TYPE", "4.2.5", "varchar(18)"],
  ["CDB_OB_BACKUP_TASKS", "OUTPUT_RATE_BYTES", "4.2.5", "decimal(28,4)"],
  ["CDB_OB_BACKUP_TASK_HISTORY", "OUTPUT_RATE_BYTES", "4.2.5", "decimal(28,4)"],
  ["CDB_OB_BACKUP_SET_FILES", "OUTPUT_RATE_BYTES", "4.2.5", "decimal(28,4)"],
  ["CDB_OB_BACKUP_SET_FILES", "MIN_RESTORE_SCN_DISPLAY", "4.2", "datetime(6)"],
];

/** The column list of a view at a build: that of the last tip at or before it. Undefined: the view came later. */
function expected(view: string, build: string): readonly string[] | undefined {
  const facts = FACTS[view];
  const version = obVersion(build);
  const tip = Object.keys(facts?.layouts ?? {}).findLast((each) => isSince(version, each));
  if (facts === undefined || tip === undefined) return undefined;
  return facts.layouts[tip]?.map((column) => {
    const earlier = EARLIER_TYPES.find(
      ([of, name, before]) => of === view && name === column && !isSince(version, before),
    );
    return `${column} ${earlier?.[3] ?? facts.types[column]}`;
  });
}

const SYS_ONLY = [
  "DBA_OB_SERVERS",
  "DBA_OB_ZONES",
  "DBA_OB_UNITS",
  "DBA_OB_UNIT_CONFIGS",
  "DBA_OB_RESOURCE_POOLS",
  "GV$OB_SERVERS",
  "DBA_OB_TENANT_JOBS",
  "DBA_OB_ROOTSERVICE_EVENT_HISTORY",
];
/** The twins that keep TENANT_ID in a user tenant. */
const KEEPS_TENANT_ID =
  /^DBA_OB_(BACKUP_STORAGE_INFO|BACKUP_STORAGE_INFO_HISTORY|LOG_RESTORE_SOURCE|ACCESS_POINT)$/;

function twinOf(view: string, columns: readonly string[]): readonly [string, readonly string[]] {
  const twin = view.replace(/^CDB_/, "DBA_");
  return [
    twin,
    KEEPS_TENANT_ID.test(twin) ? columns : columns.filter((column) => !column.startsWith("TENANT_ID ")),
  ];
}

/** What each tenant is to see: sys all views and the twins as well, a user tenant no CDB view and none of the cluster. */
function expectedViews(build: string, who: "sys" | "shop"): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const view of Object.keys(FACTS)) {
    const columns = expected(view, build);
    if (columns === undefined) continue;
    const isCdb = view.startsWith("CDB_");
    if (who === "sys" || !(isCdb || SYS_ONLY.includes(view))) found.set(view, columns);
    if (isCdb) found.set(...twinOf(view, columns));
  }
  return found;
}

const clusters = new Map<string, TestCluster>();
const sessions = new Map<string, Runner>();

beforeAll(() => {
  for (const version of [...BUILDS, "4.2.1.9"]) {
    const cluster = testCluster({ version });
    clusters.set(version, cluster);
    addPool(cluster, "shop_pool");
    cluster.run("CREATE TENANT shop RESOURCE_POOL_LIST = ('shop_pool')");
    for (const who of ["sys", "shop"]) sessions.set(`${version} ${who}`, cluster.cluster.as(`root@${who}`));
  }
});

afterAll(() => {
  for (const session of sessions.values()) session.close();
  for (const cluster of clusters.values()) cluster.close();
});

function ask(build: string, who: string, sql: string): readonly (readonly string[])[] {
  const reply = sessions.get(`${build} ${who}`)?.run(sql);
  if (reply?.kind !== "rows") throw new Error(`no rows: ${sql}`);
  return reply.rows.map((row) => row.map(String));
}

/** `name type` and NULL where the column may be. */
function described(build: string, who: string, view: string): readonly string[] {
  return ask(build, who, `DESC oceanbase.${view}`).map(
    ([name, type, nullable]) => `${name} ${type}${nullable === "YES" ? " NULL" : ""}`,
  );
}

const SEEN = BUILDS.flatMap((build) => (["sys", "shop"] as const).map((who) => [build, who] as const));

test.for(SEEN)(
  "DESC of every view of %s from %s gives its columns in order, with their types",
  ([build, who]) => {
    const wanted = expectedViews(build, who);
    for (const [view, columns] of wanted)
      expect([view, ...described(build, who, view)]).toEqual([view, ...columns]);
    expect(wanted.size).toBeGreaterThan(who === "sys" ? 49 : 21);
  },
);

test.for(SEEN)("SELECT * of every view of %s from %s announces the same columns in order", ([build, who]) => {
  for (const [view, columns] of expectedViews(build, who)) {
    const reply = sessions.get(`${build} ${who}`)?.run(`SELECT * FROM oceanbase.${view} LIMIT 0`);
    const announced = reply?.kind === "rows" ? reply.columns.map(({ name }) => name) : [];
    expect([view, ...announced]).toEqual([view, ...columns.map((column) => column.split(" ")[0])]);
  }
});

test.for(SEEN)("a view that %s has not, or does not show to %s, is answered with 1146", ([build, who]) => {
  const wanted = expectedViews(build, who);
  const all = BUILDS.flatMap((each) => [...expectedViews(each, "sys").keys()]);
  const others = [...new Set(all)].filter((view) => !wanted.has(view));
  for (const view of others) {
    const answer = answerOf(() => ask(build, who, `SELECT * FROM oceanbase.${view}`));
    // In which case the real one repeats the name is not known for all ways to ask.
    expect(answer.toUpperCase()).toBe(`1146 TABLE 'OCEANBASE.${view}' DOESN'T EXIST`);
  }
});

test.for(SEEN)("SHOW TABLES and information_schema of %s tell %s of exactly these views", ([build, who]) => {
  const wanted = expectedViews(build, who);
  const names = new Set(wanted.keys());
  expect(new Set(ask(build, who, "SHOW TABLES FROM oceanbase").map(([name]) => name))).toEqual(names);
  const tables = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'oceanbase'";
  const kind = "TABLE_TYPE = 'SYSTEM VIEW' AND ENGINE = 'MEMORY' AND ROW_FORMAT = 'DYNAMIC'";
  expect(new Set(ask(build, who, `${tables} AND ${kind}`).map(([name]) => name))).toEqual(names);
  expect(ask(build, who, tables)).toHaveLength(names.size);
  const columns =
    "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'oceanbase' " +
    "AND IS_NULLABLE = 'YES' " +
    "ORDER BY TABLE_NAME, ORDINAL_POSITION";
  const listed = Map.groupBy(ask(build, who, columns), ([view]) => String(view));
  for (const [view, own] of wanted) {
    const told = listed.get(view)?.map(([, name, type]) => `${name} ${type}`);
    expect([view, told]).toEqual([view, own.map((column) => column.replace(/ NULL$/, ""))]);
  }
});

/** DESC of a real 4.2.1.9 as root of sys: `== view`, then its columns. */
const RECORDED = readFileSync(join(import.meta.dirname, "desc-4.2.1.9.txt"), "utf8")
  .split(/^== /m)
  .slice(1)
  .map((part) => part.trimEnd().split("\n"))
  .map(([view = "", ...rows]) => ({ view, rows: rows.map((row) => row.split("\t")) }));

test("the recording of 4.2.1.9 has 22 views", () => {
  expect(RECORDED.map(({ rows }) => rows.length > 0)).toEqual(Array.from({ length: 22 }, () => true));
});

test.for(RECORDED.map(({ view }) => view))(
  "%s of 4.2.1.9 is described as the real one describes it",
  (view) => {
    const recorded = RECORDED.find((each) => each.view === view)?.rows ?? [];
    const real = recorded.map(
      ([name, type, nullable]) => `${name} ${type}${nullable === "YES" ? " NULL" : ""}`,
    );
    expect(described("4.2.1.9", "sys", view)).toEqual(real);
  },
);

/** Columns that came within a line. 4.2.1 from K421 and the documents of its BPs, 4.3.5.3 from seekdb's first commit. */
const WITHIN_A_LINE = [
  ["CDB_OB_BACKUP_TASKS", "DATA_PROGRESS", "4.2.1.2", "4.2.1.3"],
  ["CDB_OB_RESTORE_PROGRESS", "RECOVER_SCN", "4.2.1.6", "4.2.1.7"],
  ["CDB_OB_RESTORE_PROGRESS", "RECOVER_SCN_DISPLAY", "4.2.1.6", "4.2.1.7"],
  ["CDB_OB_RESTORE_PROGRESS", "RECOVER_PROGRESS", "4.2.1.6", "4.2.1.7"],
  ["CDB_OB_RESTORE_PROGRESS", "TABLET_COUNT", "4.2.1.6", "4.2.1.7"],
  ["CDB_OB_RESTORE_PROGRESS", "FINISH_TABLET_COUNT", "4.2.1.6", "4.2.1.7"],
  ["CDB_OB_RESTORE_PROGRESS", "RESTORE_PROGRESS", "4.2.1.6", "4.2.1.7"],
  ["GV$OB_SERVERS", "SS_DATA_DISK_SIZE_SUGGESTED", "4.3.5.2", "4.3.5.3"],
] as const;

test.for(WITHIN_A_LINE)("%s has %s in no %s, and in %s", ([view, column, before, since]) => {
  const has = (build: string) =>
    viewDefinitions(obVersion(build))
      .get(view)
      ?.columns.some(({ name }) => name === column);
  expect([has(before), has(since)]).toEqual([false, true]);
});
