import { expect, test } from "vitest";
import type { Row } from "./row.ts";
import { backupJobsByTenant } from "./v4-jobs.ts";

const SHOP = "1006";

function jobRow(values: Readonly<Record<string, string | null>>): Row {
  return {
    SOURCE: "history",
    TENANT_ID: SHOP,
    JOB_ID: "1",
    BACKUP_SET_ID: "1",
    INITIATOR_TENANT_ID: "1",
    INITIATOR_JOB_ID: "1",
    EXECUTOR_TENANT_ID: SHOP,
    PLUS_ARCHIVELOG: "OFF",
    BACKUP_TYPE: "FULL",
    STATUS: "COMPLETED",
    RESULT: "0",
    COMMENT: "",
    DESCRIPTION: "op-1",
    PATH: "file:///backup/data",
    START_TIMESTAMP: "1795601671948108",
    END_TIMESTAMP: "1795601800805390",
    ...values,
  };
}

function parentRow(values: Readonly<Record<string, string | null>>): Row {
  return jobRow({ TENANT_ID: "1", BACKUP_SET_ID: "0", PATH: "", ...values });
}

function jobsOf(rows: readonly Row[], tenantId = 1006) {
  return backupJobsByTenant(rows).get(tenantId) ?? [];
}

test("a running job has its phase and progress from its newest task", () => {
  const running = jobRow({ SOURCE: "running", STATUS: "DOING", END_TIMESTAMP: null });
  const task = {
    SOURCE: "task",
    TENANT_ID: SHOP,
    JOB_ID: "1",
    INPUT_BYTES: "12588614",
    OUTPUT_BYTES: "648467",
  };
  const jobs = jobsOf([
    running,
    { ...task, TASK_ID: "10", STATUS: "BACKUP_USER_META", DATA_PROGRESS: "25.00" },
    { ...task, TASK_ID: "9", STATUS: "BACKUP_SYS_META", DATA_PROGRESS: "8.00" },
  ]);
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatchObject({
    status: "running",
    statusWord: "DOING",
    phaseWord: "BACKUP_USER_META",
    isHistory: false,
    endedAt: null,
    progress: { fraction: 0.25, inputBytes: 12588614, outputBytes: 648467 },
  });
});

test("where a version has no DATA_PROGRESS, the macro blocks tell how far a job is", () => {
  const running = jobRow({ SOURCE: "running", STATUS: "DOING" });
  const task = { SOURCE: "task", TENANT_ID: SHOP, JOB_ID: "1", TASK_ID: "1", STATUS: "BACKUP_DATA_MINOR" };
  const blocks = { ...task, MACRO_BLOCK_COUNT: "50", FINISH_MACRO_BLOCK_COUNT: "4", DATA_PROGRESS: null };
  expect(jobsOf([running, blocks])[0]?.progress?.fraction).toBe(0.08);
  expect(jobsOf([running, { ...blocks, MACRO_BLOCK_COUNT: "0" }])[0]?.progress?.fraction).toBeNull();
});

test("a job seen in both views, moving from one to the other, is one job and ended", () => {
  const jobs = jobsOf([jobRow({ SOURCE: "running", STATUS: "DOING" }), jobRow({})]);
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatchObject({ isHistory: true, status: "completed" });
});

test("a parent with a child is not a job of its own, also when it ends later or worse than the child", () => {
  const jobs = jobsOf([
    parentRow({ SOURCE: "running", JOB_ID: "3", INITIATOR_JOB_ID: "3", STATUS: "DOING", RESULT: "-4072" }),
    jobRow({ JOB_ID: "2", INITIATOR_JOB_ID: "3", STATUS: "CANCELED", RESULT: "-4072" }),
  ]);
  expect(jobs.map((job) => [job.id, job.status, job.resultCode])).toEqual([[2, "canceled", -4072]]);
});

test("a parent that OceanBase calls COMPLETED but that made no set is a failure", () => {
  const jobs = jobsOf([
    jobRow({ SOURCE: "running", STATUS: "DOING", DESCRIPTION: "op-1" }),
    parentRow({ JOB_ID: "2", INITIATOR_JOB_ID: "2", DESCRIPTION: "op-2" }),
  ]);
  const second = jobs.find((job) => job.description === "op-2");
  expect(second).toMatchObject({
    id: -2,
    setId: 0,
    status: "failed",
    statusWord: "COMPLETED",
    isHistory: true,
  });
  expect(second?.comment).toContain("no set was made");
});

test("a parent whose child is not made yet runs", () => {
  const jobs = jobsOf([parentRow({ SOURCE: "running", JOB_ID: "7", STATUS: "INIT", END_TIMESTAMP: null })]);
  expect(jobs[0]).toMatchObject({ id: -7, status: "running", statusWord: "INIT", description: "op-1" });
});

test("a parent for several tenants stands for each that has no child", () => {
  const rows = [
    parentRow({ JOB_ID: "5", EXECUTOR_TENANT_ID: "1006,1008", STATUS: "FAILED", RESULT: "-9027" }),
    jobRow({ JOB_ID: "9", INITIATOR_JOB_ID: "5" }),
  ];
  expect(jobsOf(rows, 1006).map((job) => job.id)).toEqual([9]);
  expect(jobsOf(rows, 1008).map((job) => [job.id, job.status])).toEqual([[-5, "failed"]]);
});

test("running jobs come first, then the newest", () => {
  const jobs = jobsOf([
    jobRow({ JOB_ID: "1", START_TIMESTAMP: "100" }),
    jobRow({ JOB_ID: "2", START_TIMESTAMP: "200" }),
    jobRow({ JOB_ID: "3", START_TIMESTAMP: "50", SOURCE: "running", STATUS: "DOING" }),
  ]);
  expect(jobs.map((job) => job.id)).toEqual([3, 2, 1]);
});

test("a word that is not known is carried through, and a job started by the tenant itself is told apart", () => {
  const [job] = jobsOf([jobRow({ STATUS: "PAUSED", INITIATOR_TENANT_ID: SHOP, INITIATOR_JOB_ID: "0" })]);
  expect(job).toMatchObject({ status: "unknown", statusWord: "PAUSED", startedBySys: false });
});

test("keys in a comment are masked, and a code that a version prints positive is negative", () => {
  const [job] = jobsOf([
    jobRow({ STATUS: "FAILED", RESULT: "9027", COMMENT: "oss://b?access_key=KEY, result: -9027" }),
  ]);
  expect(job?.comment).toBe("oss://b?access_key=******, result: -9027");
  expect(job?.resultCode).toBe(-9027);
});
