import { afterEach, beforeEach, expect, test } from "vitest";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { connectTo, jobsOf, plan, type TestClient } from "./client-in-test.ts";
import type { Fault } from "./fault.ts";

const BACKUP = "ALTER SYSTEM BACKUP TENANT = shop";
const RESTORE =
  "ALTER SYSTEM RESTORE copy FROM 'file:///backup/shop/data,file:///backup/shop/clog' WITH 'pool_list=free'";

let cluster: TestCluster;
let client: TestClient;

beforeEach(() => {
  cluster = testCluster();
  addTenant(cluster, "shop");
  addPool(cluster, "free");
  client = connectTo(cluster);
});
afterEach(() => cluster.close());

const now = { afterSeconds: 0 };

function backedUp(): void {
  commitRows(cluster, "shop", [1, 2, 3]);
  expect(client.answer(BACKUP)).toBe("ok");
  cluster.wait(25);
  commitRows(cluster, "shop", [4, 5, 6]);
  cluster.wait(10);
}

function strike(...faults: readonly Fault[]): void {
  plan(cluster, ...faults);
  cluster.wait(0.2);
}

function roundStatus(): unknown {
  return client.ask("SELECT STATUS FROM CDB_OB_ARCHIVELOG")[0]?.["STATUS"];
}

test.for([
  ["destination-full", "9082 backup device out of space", -9082],
  ["destination-read-only", "9071 no I/O operation permission at the backup destination", -9071],
  ["destination-gone", "9070 can not connect to backup destination", -9070],
] as const)(
  "a destination of data with %s is refused when set, and fails the backup under it",
  ([kind, text, code]) => {
    expect(client.answer(BACKUP)).toBe("ok");
    cluster.wait(3);
    strike({ when: now, for: { seconds: 60 }, what: { kind, of: "data" } });
    cluster.wait(5);
    const history = client.ask("SELECT STATUS, RESULT FROM CDB_OB_BACKUP_JOB_HISTORY WHERE TENANT_ID > 1");
    expect(history).toEqual([{ STATUS: "FAILED", RESULT: BigInt(code) }]);
    const set = "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///backup/shop/data' TENANT = shop";
    expect(client.answer(set).slice(0, text.length)).toBe(text);
    cluster.wait(60);
    expect(client.answer(set)).toBe("ok");
    backedUp();
    expect(jobsOf(client, "CDB_OB_BACKUP_JOB_HISTORY")).toEqual(["1 FAILED", "2 COMPLETED"]);
  },
);

test("an archive waits for a destination that is gone for a short time, and has no gap when it is back", () => {
  backedUp();
  strike({ when: now, for: { seconds: 120 }, what: { kind: "destination-gone", of: "archive" } });
  commitRows(cluster, "shop", [7]);
  cluster.wait(100);
  expect(roundStatus()).toBe("DOING");
  cluster.wait(40);
  expect(roundStatus()).toBe("DOING");
  expect(client.answer(RESTORE)).toBe("ok");
});

test("an archive whose destination takes no writes for long is interrupted, and stays so when it takes them again", () => {
  strike({ when: now, for: { seconds: 900 }, what: { kind: "destination-full", of: "archive" } });
  cluster.wait(280);
  expect(roundStatus()).toBe("DOING");
  cluster.wait(60);
  expect(roundStatus()).toBe("INTERRUPTED");
  cluster.wait(600);
  expect(roundStatus()).toBe("INTERRUPTED");
});

test("a restore from a destination that is gone is refused, and one under way fails", () => {
  backedUp();
  expect(client.answer(RESTORE)).toBe("ok");
  cluster.wait(3);
  strike({ when: now, for: { seconds: 30 }, what: { kind: "destination-gone", of: "archive" } });
  cluster.wait(5);
  const [row] = client.ask("SELECT STATUS, COMMENT FROM CDB_OB_RESTORE_HISTORY WHERE TENANT_ID = 1");
  expect(row).toMatchObject({ STATUS: "FAIL", COMMENT: expect.stringContaining("result: -9070(") });
  expect(client.answer("ALTER SYSTEM CANCEL RESTORE copy")).toBe("ok");
  expect(client.answer(RESTORE)).toMatch(/^9070 /);
  cluster.wait(30);
  expect(client.answer(RESTORE)).toBe("ok");
});

test("a full destination can still be restored from", () => {
  backedUp();
  strike(
    { when: now, what: { kind: "destination-full", of: "archive" } },
    { when: now, what: { kind: "destination-full", of: "data" } },
  );
  expect(client.answer(RESTORE)).toBe("ok");
  cluster.wait(30);
  expect(client.ask("SELECT STATUS FROM CDB_OB_RESTORE_HISTORY WHERE TENANT_ID = 1")).toEqual([
    { STATUS: "SUCCESS" },
  ]);
});

function restoreOutcome(): string {
  const answer = client.answer(RESTORE);
  if (answer !== "ok") return answer;
  cluster.wait(30);
  const [row] = client.ask("SELECT STATUS, COMMENT FROM CDB_OB_RESTORE_HISTORY WHERE TENANT_ID = 1");
  return `${String(row?.["STATUS"])} ${/result: -\d+/.exec(String(row?.["COMMENT"]))?.[0] ?? ""}`;
}

test("a lost set still stands AVAILABLE in its view; a restore finds no full set, or an orphan", () => {
  backedUp();
  client.answer("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop");
  cluster.wait(30);
  strike({ when: now, what: { kind: "set-lost", setId: 1 } });
  expect(client.ask("SELECT BACKUP_SET_ID, FILE_STATUS FROM CDB_OB_BACKUP_SET_FILES")).toEqual([
    { BACKUP_SET_ID: 1n, FILE_STATUS: "AVAILABLE" },
    { BACKUP_SET_ID: 2n, FILE_STATUS: "AVAILABLE" },
  ]);
  expect(restoreOutcome()).toBe("4201 hash map/set entry not exist");
});

test("without an id the newest set is lost, and the older one serves alone", () => {
  backedUp();
  client.answer("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop");
  cluster.wait(30);
  strike({ when: now, what: { kind: "set-lost" } });
  expect(restoreOutcome()).toBe("SUCCESS ");
});

test("a damaged set lets the restore begin and fail", () => {
  backedUp();
  strike({ when: now, what: { kind: "set-damaged" } });
  expect(restoreOutcome()).toBe("FAIL result: -4009");
});

test("a lost piece that is frozen leaves no log to restore with", () => {
  backedUp();
  client.answer("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  cluster.wait(10);
  strike({ when: now, what: { kind: "piece-lost" } });
  expect(client.ask("SELECT FILE_STATUS FROM CDB_OB_ARCHIVELOG_PIECE_FILES")).toEqual([
    { FILE_STATUS: "AVAILABLE" },
  ]);
  expect(restoreOutcome()).toMatch(/^4018 Entry not exist/);
});

test("a piece that is lost while it is written interrupts its round", () => {
  backedUp();
  strike({ when: now, what: { kind: "piece-lost" } });
  commitRows(cluster, "shop", [8]);
  cluster.wait(10);
  expect(roundStatus()).toBe("INTERRUPTED");
});

test("a damaged piece fails the restore that reads it", () => {
  backedUp();
  client.answer("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  cluster.wait(10);
  strike({ when: now, what: { kind: "piece-damaged" } });
  expect(restoreOutcome()).toMatch(/^FAIL result: -4009$/);
});

test("a set that is to be lost before there is one is lost once it is made", () => {
  strike({ when: now, what: { kind: "set-lost" } });
  backedUp();
  expect(restoreOutcome()).toMatch(/^4018 /);
});
