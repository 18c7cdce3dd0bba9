import { afterEach, beforeEach, expect, test } from "vitest";
import { addPool, addTenant, type TestCluster, testCluster } from "../cluster/cluster-in-test.ts";
import { connectTo, jobsOf, plan, type TestClient } from "./client-in-test.ts";

const BACKUP = "ALTER SYSTEM BACKUP TENANT = shop";
const RESTORE =
  "ALTER SYSTEM RESTORE copy FROM 'file:///backup/shop/data,file:///backup/shop/clog' WITH 'pool_list=free'";
const HISTORY = "CDB_OB_BACKUP_JOB_HISTORY";

let cluster: TestCluster;
let client: TestClient;

beforeEach(() => {
  cluster = testCluster();
  addTenant(cluster, "shop");
  addPool(cluster, "free");
  client = connectTo(cluster);
});
afterEach(() => cluster.close());

function restores(): readonly string[] {
  const rows = client.ask("SELECT TENANT_ID, STATUS, COMMENT FROM CDB_OB_RESTORE_HISTORY ORDER BY TENANT_ID");
  return rows.map((row) => `${String(row["TENANT_ID"])} ${String(row["STATUS"])} ${String(row["COMMENT"])}`);
}

test("a backup stays for its time, however long that is, and then goes on to its end", () => {
  plan(cluster, {
    when: { afterSeconds: 0 },
    for: { seconds: 3600 },
    what: { kind: "job-stays", job: "backup" },
  });
  expect(client.answer(BACKUP)).toBe("ok");
  cluster.wait(60);
  const halfWay = client.ask("SELECT STATUS, INPUT_BYTES FROM CDB_OB_BACKUP_TASKS");
  cluster.clock.moveBy(3500 * 1_000_000);
  expect(client.ask("SELECT STATUS, INPUT_BYTES FROM CDB_OB_BACKUP_TASKS")).toEqual(halfWay);
  expect(jobsOf(client)).toHaveLength(1);
  cluster.wait(90);
  expect(jobsOf(client, HISTORY)).toEqual(["1 COMPLETED"]);
});

test("a backup that stays for ever can be canceled", () => {
  plan(cluster, {
    when: { statement: "backup" },
    what: { kind: "job-stays", job: "backup", tenant: "shop" },
  });
  client.answer(BACKUP);
  cluster.wait(60);
  client.answer("ALTER SYSTEM CANCEL BACKUP TENANT = shop");
  cluster.wait(3);
  expect(jobsOf(client, HISTORY)).toEqual(["1 CANCELED"]);
});

test("a backup fails with the code and the comment asked for, and the next one does not", () => {
  plan(cluster, {
    when: { afterSeconds: 1 },
    what: { kind: "job-fails", job: "backup", code: -4016, comment: "as asked" },
  });
  client.answer(BACKUP);
  cluster.wait(30);
  expect(client.ask(`SELECT STATUS, RESULT, COMMENT FROM ${HISTORY} WHERE TENANT_ID > 1`)).toEqual([
    { STATUS: "FAILED", RESULT: -4016n, COMMENT: "as asked" },
  ]);
  client.answer(BACKUP);
  cluster.wait(30);
  expect(jobsOf(client, HISTORY)).toEqual(["1 FAILED", "2 COMPLETED"]);
});

test("a backup is canceled by somebody else as soon as one runs", () => {
  plan(cluster, { when: { afterSeconds: 0 }, what: { kind: "job-canceled", job: "backup" } });
  cluster.wait(20);
  client.answer(BACKUP);
  cluster.wait(3);
  expect(jobsOf(client, HISTORY)).toEqual(["1 CANCELED"]);
  const events = "DBA_OB_ROOTSERVICE_EVENT_HISTORY WHERE EVENT = 'cancel_backup_data'";
  expect(client.ask(`SELECT COUNT(*) AS n FROM ${events}`)).toEqual([{ n: 1n }]);
});

test("a restore stays, and is whole once it may go on", () => {
  client.answer(BACKUP);
  cluster.wait(30);
  plan(cluster, {
    when: { statement: "restore" },
    for: { seconds: 100 },
    what: { kind: "job-stays", job: "restore", tenant: "copy" },
  });
  expect(client.answer(RESTORE)).toBe("ok");
  cluster.wait(90);
  expect(restores()).toEqual([]);
  expect(client.ask("SELECT STATUS FROM DBA_OB_TENANTS WHERE TENANT_NAME = 'copy'")).toEqual([
    { STATUS: "RESTORE" },
  ]);
  cluster.wait(40);
  expect(restores()).toEqual(["1 SUCCESS ", "1004 SUCCESS "]);
});

test("a restore fails with the code asked for, and its half-made tenant stays", () => {
  client.answer(BACKUP);
  cluster.wait(30);
  plan(cluster, { when: { afterSeconds: 0 }, what: { kind: "job-fails", job: "restore", code: -4009 } });
  client.answer(RESTORE);
  cluster.wait(5);
  expect(restores()[0]).toMatch(
    /^1 FAIL \(SERVER\)addr: "127\.0\.0\.1:\d+", result: -4009\(IO error\), trace_id: Y/,
  );
  expect(restores()).toHaveLength(2);
  expect(client.ask("SELECT STATUS FROM DBA_OB_TENANTS WHERE TENANT_NAME = 'copy'")).toEqual([
    { STATUS: "RESTORE" },
  ]);
  expect(client.answer("ALTER SYSTEM CANCEL RESTORE copy")).toBe("ok");
});

test("a restore is canceled by somebody else: its tenant is gone, and its row of sys ends FAIL later", () => {
  client.answer(BACKUP);
  cluster.wait(30);
  plan(cluster, { when: { afterSeconds: 0 }, what: { kind: "job-canceled", job: "restore" } });
  client.answer(RESTORE);
  cluster.wait(2);
  expect(client.ask("SELECT 1 FROM DBA_OB_TENANTS WHERE TENANT_NAME = 'copy'")).toEqual([]);
  cluster.wait(5);
  expect(restores()[0]).toMatch(/^1 FAIL ROOTSERVICE : OB_TENANT_NOT_EXIST\(-5157\)/);
});

test("without a password, and with a wrong one, a restore of an encrypted set is refused by the sandbox itself", () => {
  client.answer("SET ENCRYPTION ON IDENTIFIED BY 'secret' ONLY");
  client.answer(BACKUP);
  cluster.wait(30);
  expect(client.answer(RESTORE)).toBe("9047 invalid password for backup");
  client.answer("SET DECRYPTION IDENTIFIED BY 'guess'");
  expect(client.answer(RESTORE)).toBe("9047 invalid password for backup");
  client.answer("SET DECRYPTION IDENTIFIED BY 'secret'");
  expect(client.answer(RESTORE)).toBe("ok");
});

test("a cluster that is opened anew without the fault lets a held job go on", () => {
  plan(cluster, { when: { statement: "backup" }, what: { kind: "job-stays", job: "backup" } });
  client.answer(BACKUP);
  cluster.wait(10);
  cluster = cluster.reopen();
  cluster.wait(40);
  expect(jobsOf(connectTo(cluster), HISTORY)).toEqual(["1 COMPLETED"]);
});
