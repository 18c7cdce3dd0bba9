import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verifyWorkload } from "./verify-workload.ts";
import { openWorkload, type Workload, type WorkloadSession } from "./workload.ts";

const START = 1_700_000_000_000_000;
const MINUTE = 60_000_000;

let database: DatabaseSync;
let session: WorkloadSession;

/** SQLite stands in for the tenant: an attached database has the name that CREATE DATABASE would give it. */
beforeEach(() => {
  database = new DatabaseSync(":memory:");
  database.exec("ATTACH ':memory:' AS shop");
  session = sessionIn(database);
});

afterEach(() => database.close());

function sessionIn(opened: DatabaseSync): WorkloadSession {
  return {
    execute: (sql) => {
      if (!sql.startsWith("CREATE DATABASE")) opened.exec(sql);
    },
    query: (sql) => opened.prepare(sql).all(),
  };
}

function commits(workload: Workload, count: number, everyMinutes = 5): void {
  for (let turn = 0; turn < count; turn++) {
    clock += everyMinutes * MINUTE;
    workload.commitOne(clock);
  }
}

let clock = START;
beforeEach(() => {
  clock = START;
});

const verify = () => verifyWorkload((sql) => session.query(sql));
const count = (table: string) => Number(session.query(`SELECT count(*) AS n FROM shop.${table}`)[0]?.["n"]);

test("after any number of commits the rows add up to what the newest commit says", async () => {
  const workload = openWorkload(session, { seed: 7 });
  expect(await verify()).toMatchObject({ seq: 0, matches: true });
  for (const seq of [1, 2, 50, 400]) {
    commits(workload, seq - (await verify()).seq);
    expect(await verify()).toMatchObject({ seq, matches: true, problems: [] });
  }
});

test.each([
  ["an order is missing", "DELETE FROM shop.orders WHERE id = 40"],
  ["an item is missing", "DELETE FROM shop.order_items WHERE order_id = 40 AND line = 1"],
  ["a value differs", "UPDATE shop.orders SET total_cents = total_cents + 1 WHERE id = 40"],
  ["a row is too many", "INSERT INTO shop.order_items VALUES (40, 9, 'kite', 1, 100)"],
  ["the last commit is half there", "DELETE FROM shop.commit_ledger WHERE seq = 60"],
  ["a commit in between is gone", "DELETE FROM shop.commit_ledger WHERE seq = 50"],
])("when %s the verdict is that nothing matches", async (_what, damage) => {
  commits(openWorkload(session, { seed: 7 }), 60);
  session.execute(damage);
  const verdict = await verify();
  expect(verdict.matches).toBe(false);
  expect(verdict.problems).toHaveLength(1);
});

test("two tenants with the same seed and clock hold the same, one with another seed does not", async () => {
  const checksums = [];
  for (const seed of [7, 7, 8]) {
    database.exec("DETACH shop; ATTACH ':memory:' AS shop");
    clock = START;
    commits(openWorkload(session, { seed }), 30);
    checksums.push((await verify()).checksum);
  }
  expect(checksums[0]).toBe(checksums[1]);
  expect(checksums[0]).not.toBe(checksums[2]);
});

test("it goes on where the tables say it stood, whoever opens it", async () => {
  commits(openWorkload(session, { seed: 7 }), 30);
  commits(openWorkload(session, { seed: 7 }), 30);
  const split = await verify();
  database.exec("DETACH shop; ATTACH ':memory:' AS shop");
  clock = START;
  commits(openWorkload(session, { seed: 7 }), 60);
  expect(await verify()).toEqual(split);
});

test("a commit that fails leaves nothing behind and the next one carries on", async () => {
  const workload = openWorkload(session, { seed: 7 });
  commits(workload, 10);
  database.exec(
    "CREATE TRIGGER shop.full BEFORE INSERT ON commit_ledger BEGIN SELECT RAISE(ABORT, 'disk full'); END",
  );
  expect(() => workload.commitOne(clock)).toThrow("disk full");
  expect(await verify()).toMatchObject({ seq: 10, matches: true });
  database.exec("DROP TRIGGER shop.full");
  commits(workload, 5);
  expect(await verify()).toMatchObject({ seq: 15, matches: true });
});

test("months of commits do not make the tables grow", async () => {
  const workload = openWorkload(session, { seed: 7 });
  commits(workload, 2000, 60);
  expect(count("orders")).toBeLessThan(100);
  commits(workload, 2500, 0.05);
  expect(count("orders")).toBe(2000);
  expect(count("order_items")).toBeLessThanOrEqual(8000);
  expect(count("commit_ledger")).toBe(500);
  expect(await verify()).toMatchObject({ seq: 4500, matches: true });
});

test("a client that reads DATETIME as Date and BIGINT as text comes to the same verdict", async () => {
  commits(openWorkload(session, { seed: 7 }), 60);
  const asClient = (sql: string) =>
    session.query(sql).map((row) => ({
      ...row,
      ...("placed_at" in row && { placed_at: new Date(String(row["placed_at"])) }),
      ...("id" in row && { id: String(row["id"]) }),
    }));
  expect(await verifyWorkload(async (sql) => asClient(sql))).toMatchObject({ seq: 60, matches: true });
});
