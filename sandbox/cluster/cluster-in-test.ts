import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Reply, Value } from "../engine.ts";
import { SqlError } from "../engine.ts";
import { SteppedClock } from "../model/clock.ts";
import { type Model, tenantByName } from "../model/model.ts";
import { SECOND } from "../model/time.ts";
import { Accounts } from "../statements/accounts.ts";
import { readCommand } from "../statements/read-command.ts";
import { clusterViews } from "../views/cluster-views.ts";
import type { ClusterOptions } from "./cluster-options.ts";
import { type Cluster, createCluster } from "./create-cluster.ts";

export type Row = Readonly<Record<string, Value>>;

/** A cluster in a directory of its own, on a clock that the test moves, and the statements of the cluster sent to it. */
export interface TestCluster {
  readonly cluster: Cluster;
  readonly model: Model;
  readonly clock: SteppedClock;
  readonly dir: string;
  /** Sends a cluster statement as root of a tenant (default sys). */
  run(sql: string, tenant?: string): Reply;
  /** The answer to a statement in short: `ok`, or `errno text`. */
  answer(sql: string, tenant?: string): string;
  /** Rows of a view as a tenant (default sys) sees them. */
  rows(view: string, tenant?: string): readonly Row[];
  row(view: string, match: Row): Row | undefined;
  /** Moves the clock in steps of a fifth of a second. */
  wait(seconds: number): void;
  /** Stops and opens it again from its directory, as after a kill: nothing is said to the running one. */
  reopen(): TestCluster;
  close(): void;
}

const START = Date.UTC(2026, 0, 15, 8) * 1000;
const STEP = SECOND / 5;

export function testCluster(options: Partial<ClusterOptions> = {}): TestCluster {
  const dir = options.dir ?? fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-"));
  const clock = options.clock instanceof SteppedClock ? options.clock : new SteppedClock(START);
  const cluster = createCluster({ ...options, dir, clock });
  const { model } = cluster;
  const words = new Map<string, unknown>();
  const run = (sql: string, tenant = "sys") => {
    const reply = send(model, { sql, tenant, words });
    cluster.advance();
    return reply;
  };
  const rows = (view: string, tenant = "sys") => viewRows(model, view, tenant);
  return {
    cluster,
    model,
    clock,
    dir,
    run,
    rows,
    answer: (sql, tenant) => answerOf(() => run(sql, tenant)),
    row: (view, match) => rows(view).find((row) => matches(row, match)),
    wait(seconds) {
      const until = clock.now() + seconds * SECOND;
      while (clock.now() < until) {
        clock.moveTo(Math.min(clock.now() + STEP, until));
        cluster.advance();
      }
    },
    reopen() {
      cluster.close();
      return testCluster({ ...options, dir, clock });
    },
    close() {
      cluster.close();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

interface Sent {
  readonly sql: string;
  readonly tenant: string;
  readonly words: Map<string, unknown>;
}

function send(model: Model, { sql, tenant: name, words }: Sent): Reply {
  const read = readCommand(sql, model.version);
  if (read === undefined) throw new Error(`not a statement of the cluster: ${sql}`);
  const tenant = tenantByName(model, name);
  if (tenant === undefined) throw new Error(`no tenant ${name}`);
  const session = {
    connectionId: 1,
    tenantName: name,
    user: "root",
    database: undefined,
    zoneMinutes: 480,
    words,
    variable: () => undefined,
    now: () => model.freshScn(),
  };
  const accounts = new Accounts(model.media);
  return read.command({ model, session, tenant, accounts, changeTenant: () => undefined });
}

export function answerOf(deed: () => unknown): string {
  try {
    deed();
    return "ok";
  } catch (error) {
    if (error instanceof SqlError) return `${error.errno} ${error.message}`;
    throw error;
  }
}

function viewRows(model: Model, view: string, tenantName: string): readonly Row[] {
  const tenant = tenantByName(model, tenantName);
  const found = clusterViews(model, { tenantId: () => tenant?.id ?? 0 }).find(view);
  if (found === undefined) throw new Error(`${tenantName} has no view ${view}`);
  return found
    .rows()
    .map((row) =>
      Object.fromEntries(found.columns.map((column, index) => [column.name, row[index] ?? null])),
    );
}

function matches(row: Row, match: Row): boolean {
  return Object.entries(match).every(([name, value]) => row[name] === value);
}

/** A tenant with a unit of its own, its destinations set and its archive DOING. */
export function addTenant(test: TestCluster, name: string): void {
  addPool(test, `${name}_pool`);
  test.run(`CREATE TENANT ${name} RESOURCE_POOL_LIST = ('${name}_pool')`);
  test.run(`ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/${name}/data' TENANT = ${name}`);
  test.run(`ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///backup/${name}/clog' TENANT = ${name}`);
  test.run(`ALTER SYSTEM SET archive_lag_target = '4s' TENANT = ${name}`);
  test.run(`ALTER SYSTEM ARCHIVELOG TENANT = ${name}`);
  test.wait(3);
}

export function addPool(test: TestCluster, name: string): void {
  test.run("CREATE RESOURCE UNIT IF NOT EXISTS small MAX_CPU 1, MEMORY_SIZE '2G', LOG_DISK_SIZE '6G'");
  test.run(
    `CREATE RESOURCE POOL ${name} UNIT = 'small', UNIT_NUM = 1, ZONE_LIST = ('zone1','zone2','zone3')`,
  );
}

/** Commits rows of a table of its own, past the SQL of a session; returns the SCN of the commit. */
export function commitRows(test: TestCluster, tenant: string, values: readonly number[]): bigint {
  const id = tenantByName(test.model, tenant)?.id ?? 0;
  const data = test.model.media.data(id);
  const database = data.connect();
  database.exec("CREATE TABLE IF NOT EXISTS kept (value INTEGER)");
  const insert = database.prepare("INSERT INTO kept VALUES (?)");
  database.exec("BEGIN");
  for (const value of values) insert.run(value);
  database.exec("COMMIT");
  database.close();
  return data.captureCommit() ?? data.lastScn;
}

export function keptRows(test: TestCluster, tenant: string): readonly number[] {
  const id = tenantByName(test.model, tenant)?.id ?? 0;
  const database = test.model.media.data(id).connect();
  const isThere = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'kept'").get() !== undefined;
  const rows = isThere ? database.prepare("SELECT value FROM kept ORDER BY value").all() : [];
  database.close();
  return rows.map((row) => Number(row["value"]));
}
