import { afterEach, beforeEach, expect, test } from "vitest";
import { addTenant, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { type Connection, LineDropped, SqlError } from "../engine.ts";
import type { Fault } from "./fault.ts";

const BACKUP = "ALTER SYSTEM BACKUP TENANT = shop";

let cluster: TestCluster;
let connections = 0;

beforeEach(() => {
  cluster = testCluster();
  addTenant(cluster, "shop");
});
afterEach(() => cluster.close());

function plan(...faults: readonly Fault[]): void {
  cluster.cluster.faults.add(faults);
}

/** A client of the engine: what it sees, in short. */
function connect(): Connection {
  const login = { user: "root@sys", database: "oceanbase", clientAddress: "127.0.0.1" };
  return cluster.cluster.engine.account({ ...login, connectionId: ++connections }).open();
}

function seen(deed: () => unknown): string {
  try {
    deed();
    return "answered";
  } catch (error) {
    if (error instanceof LineDropped) return "dropped";
    if (error instanceof SqlError) return `${error.errno} ${error.message}`;
    throw error;
  }
}

function jobs(): number {
  cluster.wait(1);
  return cluster.rows("CDB_OB_BACKUP_JOBS").filter((row) => row["TENANT_ID"] !== 1).length;
}

test("a line that is dropped before the statement leaves no job, and is down from then on", () => {
  plan({ when: { statement: "backup" }, what: { kind: "dropped-before" } });
  const client = connect();
  expect(seen(() => client.execute(BACKUP))).toBe("dropped");
  expect(seen(() => client.execute("SELECT 1"))).toBe("dropped");
  expect(jobs()).toBe(0);
  expect(seen(() => connect().execute(BACKUP))).toBe("answered");
});

test("a line that is dropped after the statement leaves the job that nobody was told of", () => {
  plan({ when: { statement: "backup" }, what: { kind: "dropped-after" } });
  expect(seen(() => connect().execute(BACKUP))).toBe("dropped");
  expect(jobs()).toBe(1);
});

test("a timeout is 4012 in the words of the session's own limit, and the effect is there", () => {
  plan({ when: { statement: "backup" }, what: { kind: "timeout" } });
  const client = connect();
  client.execute("SET ob_query_timeout = 900000000");
  expect(seen(() => client.execute(BACKUP))).toBe(
    "4012 Timeout, query has reached the maximum query timeout: 900000000(us), maybe you can adjust the session " +
      "variable ob_query_timeout or query_timeout hint, and try again.",
  );
  expect(jobs()).toBe(1);
  expect(seen(() => client.execute("SELECT 1"))).toBe("answered");
});

test("the effect of a timeout may come later, also when the client has left", () => {
  plan({ when: { statement: "backup" }, what: { kind: "timeout", effectAfterSeconds: 5 } });
  const client = connect();
  expect(seen(() => client.execute(BACKUP))).toMatch(/^4012 /);
  client.close();
  cluster.wait(3);
  expect(jobs()).toBe(0);
  cluster.wait(2);
  expect(jobs()).toBe(1);
});

test("an effect that comes later has its own moment, however far the clock has moved meanwhile", () => {
  plan({ when: { statement: "backup" }, what: { kind: "timeout", effectAfterSeconds: 5 } });
  expect(seen(() => connect().execute(BACKUP))).toMatch(/^4012 /);
  const due = cluster.clock.now() + 5_000_000;
  cluster.clock.moveBy(600_000_000);
  cluster.cluster.advance();
  const started = cluster.model.state.jobs.all().map((job) => job.startedAt);
  expect(started).toEqual([due, due + 50_000]);
});

test("a planned error has no effect and says what OceanBase says by that number", () => {
  plan({ when: { statement: "backup" }, what: { kind: "error", errno: 4016 } });
  const client = connect();
  expect(seen(() => client.execute(BACKUP))).toBe("4016 Internal error");
  expect(jobs()).toBe(0);
  expect(seen(() => client.execute(BACKUP))).toBe("answered");
});

test("a planned error takes the SQLSTATE and the text that are asked for, or OceanBase's own", () => {
  const error = (fault: { errno: number; sqlState?: string; message?: string }) => {
    plan({ when: { afterSeconds: 0 }, what: { kind: "error", ...fault } });
    try {
      connect().execute("SELECT 1");
    } catch (thrown) {
      if (thrown instanceof SqlError) return [thrown.errno, thrown.sqlState, thrown.message];
    }
    return "answered";
  };
  expect(error({ errno: 8001 })).toEqual([8001, "08004", "Server is initializing"]);
  expect(error({ errno: 4023, sqlState: "70100", message: "so" })).toEqual([4023, "70100", "so"]);
});

test("refused connections are refused for their time, and lines that are open go on", () => {
  plan({ when: { afterSeconds: 10 }, for: { seconds: 5 }, what: { kind: "refused" } });
  const client = connect();
  cluster.wait(10);
  expect(seen(connect)).toBe("dropped");
  expect(seen(connect)).toBe("dropped");
  expect(seen(() => client.execute("SELECT 1"))).toBe("answered");
  cluster.wait(5);
  expect(seen(connect)).toBe("answered");
});

test("the third login is refused once when nothing is said of how long", () => {
  plan({ when: { statement: "login", nth: 3 }, what: { kind: "refused" } });
  expect([1, 2, 3, 4].map(() => seen(connect))).toEqual(["answered", "answered", "dropped", "answered"]);
});

test("a statement can close the door behind it", () => {
  plan({ when: { statement: "backup" }, for: { seconds: 5 }, what: { kind: "refused" } });
  const client = connect();
  expect(seen(() => client.execute(BACKUP))).toBe("answered");
  expect(seen(connect)).toBe("dropped");
  cluster.wait(5);
  expect(seen(connect)).toBe("answered");
});

test("the nth statement that matches is struck, so many times", () => {
  plan({ when: { statement: "/^select/", nth: 2 }, for: { times: 2 }, what: { kind: "error", errno: 4023 } });
  const client = connect();
  const outcomes = ["SELECT 1", "SELECT 2", "SET @a = 1", "SELECT 3", "SELECT 4"].map((sql) =>
    seen(() => client.execute(sql)).slice(0, 4),
  );
  expect(outcomes).toEqual(["answ", "4023", "answ", "4023", "answ"]);
});

test("seconds and a statement together count statements only once the seconds are over", () => {
  plan({ when: { afterSeconds: 5, statement: "read" }, what: { kind: "dropped-before" } });
  const client = connect();
  expect(seen(() => client.execute("SELECT 1"))).toBe("answered");
  cluster.wait(5);
  expect(seen(() => client.execute("/* a hint */ SELECT 1"))).toBe("dropped");
});

test("without faults, and once they are stopped, every statement is answered", () => {
  plan({ when: { afterSeconds: 0 }, for: { seconds: 1000 }, what: { kind: "dropped-before" } });
  const client = connect();
  cluster.cluster.faults.stop();
  expect(seen(() => client.execute("SELECT 1"))).toBe("answered");
});
