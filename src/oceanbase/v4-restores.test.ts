import { expect, test } from "vitest";
import type { Row } from "./row.ts";
import { restoreJobs } from "./v4-restores.ts";

/** The rows of one restore as 4.2.1.9 showed them, step by step. */
const SYS: Row = {
  SOURCE: "running",
  TENANT_ID: "1",
  JOB_ID: "4",
  RESTORE_TENANT_NAME: "shop2",
  BACKUP_TENANT_NAME: "shop",
  BACKUP_CLUSTER_NAME: "kernel",
  BACKUP_DEST: "file:///d,oss://b/l?access_id=ID&access_key=KEY",
  RESTORE_SCN: "1795601876210938204",
  STATUS: "WAIT_TENANT_RESTORE_FINISH",
  DESCRIPTION: "op-2",
  START_TIMESTAMP: "1795602041699827",
};
const TENANT: Row = {
  ...SYS,
  TENANT_ID: "1012",
  STATUS: "RESTORING",
  TABLET_COUNT: "0",
  FINISH_TABLET_COUNT: "0",
};

test("a restore whose tenant is not there yet has only sys's row and no progress", () => {
  const [job] = restoreJobs([{ ...SYS, STATUS: "CREATE_TENANT" }]);
  expect(job).toMatchObject({
    id: 4,
    status: "running",
    statusWord: "CREATE_TENANT",
    fraction: null,
    isHistory: false,
  });
  expect(job).toMatchObject({ restoreScn: 1795601876210938204n, description: "op-2", endedAt: null });
});

test("while it runs, word and progress are the new tenant's", () => {
  const [job] = restoreJobs([
    SYS,
    { ...TENANT, RESTORE_PROGRESS: "99.83", RECOVER_PROGRESS: "100.00", TOTAL_BYTES: "19299446" },
  ]);
  expect(job?.statusWord).toBe("RESTORING");
  expect(job?.fraction).toBeCloseTo(0.99915, 5);
  expect(job?.totalBytes).toBe(19299446);
});

test("a half without numbers counts as nothing done; a version without both is judged by its tablets", () => {
  const [early] = restoreJobs([SYS, { ...TENANT, RESTORE_PROGRESS: null, RECOVER_PROGRESS: "0.00" }]);
  expect(early?.fraction).toBe(0);
  const [old] = restoreJobs([SYS, { ...TENANT, TABLET_COUNT: "600", FINISH_TABLET_COUNT: "150" }]);
  expect(old?.fraction).toBe(0.25);
});

test("a restore is not over while sys's row still runs, though the tenant's has ended", () => {
  const ended = { ...TENANT, SOURCE: "history", STATUS: "SUCCESS", FINISH_TIMESTAMP: "1795602285437302" };
  const [job] = restoreJobs([SYS, { ...ended, TABLET_COUNT: "596", FINISH_TABLET_COUNT: "596" }]);
  expect(job).toMatchObject({ status: "running", isHistory: false, endedAt: null, fraction: 1 });
  expect(job?.statusWord).toBe("WAIT_TENANT_RESTORE_FINISH");
});

test("it ends with sys's row", () => {
  const [job] = restoreJobs([
    { ...SYS, SOURCE: "history", STATUS: "SUCCESS", FINISH_TIMESTAMP: "1795602308175724" },
    { ...TENANT, SOURCE: "history", STATUS: "SUCCESS", FINISH_TIMESTAMP: "1795602285437302" },
  ]);
  expect(job).toMatchObject({
    status: "completed",
    statusWord: "SUCCESS",
    isHistory: true,
    fraction: 1,
    endedAt: 1795602308175724,
  });
});

test("a failed restore tells its cause, secrets masked", () => {
  const [job] = restoreJobs([
    {
      ...SYS,
      SOURCE: "history",
      STATUS: "FAIL",
      COMMENT: "ROOTSERVICE : OB_RESOURCE_POOL_ALREADY_GRANTED(-4626)",
    },
  ]);
  expect(job).toMatchObject({
    status: "failed",
    comment: "ROOTSERVICE : OB_RESOURCE_POOL_ALREADY_GRANTED(-4626)",
  });
  expect(job?.destinations).toBe("file:///d,oss://b/l?access_id=******&access_key=******");
});

test("a restore that was called off is canceled, though OceanBase says FAIL", () => {
  const comment = 'ROOTSERVICE : OB_TENANT_NOT_EXIST(-5157) on "127.0.0.1:4882" with traceid Y1-0';
  const [running] = restoreJobs([SYS]);
  const [ended] = restoreJobs([{ ...SYS, SOURCE: "history", STATUS: "FAIL", COMMENT: comment }]);
  expect(running?.status).toBe("running");
  expect(ended).toMatchObject({ status: "canceled", statusWord: "FAIL", comment });
});

test("running restores come first, then the newest", () => {
  const jobs = restoreJobs([
    { ...SYS, JOB_ID: "1", SOURCE: "history", STATUS: "SUCCESS", START_TIMESTAMP: "1" },
    { ...SYS, JOB_ID: "2", SOURCE: "history", STATUS: "PAUSED", START_TIMESTAMP: "2" },
    SYS,
  ]);
  expect(jobs.map((job) => [job.id, job.status])).toEqual([
    [4, "running"],
    [2, "unknown"],
    [1, "completed"],
  ]);
});
