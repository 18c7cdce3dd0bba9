import { afterEach, beforeEach, expect, test } from "vitest";
import { addTenant, commitRows, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { connectTo, plan, type TestClient } from "./client-in-test.ts";

let cluster: TestCluster;
let client: TestClient;

beforeEach(() => {
  cluster = testCluster();
  addTenant(cluster, "shop");
  client = connectTo(cluster);
});
afterEach(() => cluster.close());

function rounds(): readonly string[] {
  const rows = client.ask("SELECT ROUND_ID, STATUS FROM CDB_OB_ARCHIVELOG_SUMMARY ORDER BY ROUND_ID");
  return rows.map((row) => `${String(row["ROUND_ID"])} ${String(row["STATUS"])}`);
}

function checkpoint(): bigint {
  const [row] = client.ask("SELECT CHECKPOINT_SCN FROM CDB_OB_ARCHIVELOG");
  return BigInt(String(row?.["CHECKPOINT_SCN"]));
}

/** How far the checkpoint is behind the present, in seconds. */
function delay(): number {
  return Number(BigInt(cluster.clock.now()) * 1000n - checkpoint()) / 1e9;
}

test("an interrupted archive stays so with the kernel's words, and a backup is refused", () => {
  plan(cluster, { when: { afterSeconds: 5 }, what: { kind: "archive-interrupted", tenant: "shop" } });
  cluster.wait(60);
  expect(client.ask("SELECT STATUS, COMMENT FROM CDB_OB_ARCHIVELOG")).toEqual([
    { STATUS: "INTERRUPTED", COMMENT: "log stream 1001 interrupted." },
  ]);
  expect(client.answer("ALTER SYSTEM BACKUP TENANT = shop")).toBe(
    "9040 backup can not start, because log archive status is not doing.",
  );
});

test("a lagging archive says DOING while its checkpoint stands still, and catches up without a gap", () => {
  plan(cluster, { when: { afterSeconds: 5 }, for: { seconds: 600 }, what: { kind: "archive-lagging" } });
  cluster.wait(10);
  const stuck = checkpoint();
  commitRows(cluster, "shop", [1]);
  cluster.wait(590);
  expect(checkpoint()).toBe(stuck);
  expect(delay()).toBeGreaterThan(590);
  expect(rounds()).toEqual(["1 DOING"]);
  cluster.wait(10);
  expect(delay()).toBeLessThan(10);
});

test("an archive that somebody stops ends its round, and begins another when they start it again", () => {
  plan(cluster, { when: { afterSeconds: 5 }, for: { seconds: 60 }, what: { kind: "archive-stopped" } });
  cluster.wait(30);
  expect(rounds()).toEqual(["1 STOP"]);
  expect(client.ask("SELECT LOG_MODE FROM DBA_OB_TENANTS WHERE TENANT_NAME = 'shop'")).toEqual([
    { LOG_MODE: "NOARCHIVELOG" },
  ]);
  cluster.wait(60);
  expect(rounds()).toEqual(["1 STOP", "2 DOING"]);
});

test("what somebody stopped and a person has started again meanwhile is left alone", () => {
  plan(cluster, { when: { afterSeconds: 5 }, for: { seconds: 60 }, what: { kind: "archive-stopped" } });
  cluster.wait(30);
  expect(client.answer("ALTER SYSTEM ARCHIVELOG TENANT = shop")).toBe("ok");
  cluster.wait(60);
  expect(rounds()).toEqual(["1 STOP", "2 DOING"]);
});

test("an archive that somebody defers is suspended, and goes on in the same round", () => {
  plan(cluster, { when: { afterSeconds: 5 }, for: { seconds: 60 }, what: { kind: "archive-deferred" } });
  cluster.wait(30);
  expect(rounds()).toEqual(["1 SUSPEND"]);
  cluster.wait(60);
  expect(rounds()).toEqual(["1 DOING"]);
  expect(delay()).toBeLessThan(10);
});

test("one long stretch of life and many short ones see the same faults at the same moments", () => {
  const struck: string[] = [];
  const other = testCluster({ onFault: ({ at, stage }) => struck.push(`${stage} ${at}`) });
  addTenant(other, "shop");
  plan(other, { when: { afterSeconds: 5 }, for: { seconds: 60 }, what: { kind: "archive-stopped" } });
  const began = other.clock.now();
  other.clock.moveBy(3600 * 1_000_000);
  other.cluster.advance();
  expect(struck).toEqual([`struck ${began + 5_000_000}`, `ended ${began + 65_000_000}`]);
  expect(other.rows("CDB_OB_ARCHIVELOG_SUMMARY").map((row) => row["STATUS"])).toEqual(["STOP", "DOING"]);
  other.close();
});
