import { expect, test } from "vitest";
import type { ClusterInventory } from "../domain/inventory.ts";
import type { BackupJob } from "../domain/job.ts";
import { NO_RESULT, type Operation } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";
import { NO_SCN, scn } from "../domain/scn.ts";
import { BACK_UP_STEPS } from "./back-up.ts";
import { type Move, newStep, nextMove } from "./next-move.ts";
import type { Sending, Sight } from "./step-rule.ts";

const SECOND = 1_000_000;

function operation(change: Partial<Operation> = {}): Operation {
  return {
    id: "op-0123456789",
    requestId: "request-1",
    kind: "back-up",
    cluster: "prod",
    tenant: "shop",
    request: { kind: "back-up", type: "full", plusArchivelog: false },
    phase: "requested",
    outcome: null,
    steps: [newStep("back-up")],
    progress: null,
    result: NO_RESULT,
    problem: null,
    requestedAt: 0,
    endedAt: null,
    cancelRequestedAt: null,
    revision: 1,
    ...change,
  };
}

function job(change: Partial<BackupJob> = {}): BackupJob {
  return {
    id: 17,
    setId: 3,
    isHistory: false,
    status: "running",
    statusWord: "DOING",
    phaseWord: "BACKUP_USER_DATA",
    type: "full",
    plusArchivelog: false,
    startedBySys: true,
    startedAt: 5 * SECOND,
    endedAt: null,
    description: "op-0123456789",
    resultCode: 0,
    comment: "",
    path: "file:///data",
    progress: { fraction: 0.25, inputBytes: 100, outputBytes: 40 },
    ...change,
  };
}

interface Scene {
  readonly jobs?: readonly BackupJob[];
  readonly sending?: Sending;
  readonly beganAt?: number;
  readonly watchedSince?: number;
  readonly seenAt?: number;
}

function sight({
  jobs = [],
  sending = { state: "none" },
  beganAt = 10 * SECOND,
  watchedSince = 0,
  seenAt = 0,
}: Scene): Sight {
  const inventory: ClusterInventory = {
    observedAt: beganAt + 1,
    clusterNow: scn(1n),
    cluster: {
      clusterName: "prod",
      version: { numbers: [4, 2, 5, 1], build: undefined },
      versionComment: "",
    },
    restoreJobs: [],
    resources: { servers: [], unitConfigs: [], pools: [] },
    tenants: [
      {
        tenant: {
          id: 1002,
          name: "shop",
          kind: "user",
          statusWord: "NORMAL",
          isNormal: true,
          role: "primary",
          logMode: "archivelog",
          locality: "",
          primaryZone: "",
          createdAt: null,
          compatible: null,
          mode: "mysql",
          syncScn: NO_SCN,
          unitCount: 1,
        },
        destinations: { data: "file:///data", archive: "file:///log", pieceSwitchInterval: "1d" },
        sets: [],
        rounds: [],
        pieces: [],
        backupJobs: jobs,
      },
    ],
  };
  return {
    pass: { beganAt, inventory },
    now: beganAt + 2,
    sending,
    watchedSince,
    seenAt,
    adoptMicros: 60 * SECOND,
  };
}

const sent = (sentAt: number, timesSent = 1): Partial<Operation> => ({
  phase: "starting",
  steps: [{ ...newStep("back-up"), state: "sending", startedAt: sentAt, sentAt, timesSent }],
});

const move = (change: Partial<Operation>, scene: Scene): Move =>
  nextMove(operation(change), BACK_UP_STEPS, sight(scene));

function after(made: Move): Operation {
  if (made.kind === "wait") throw new Error(`waits for ${made.for}`);
  return made.operation;
}

test("a requested back-up records its intention together with the words to be sent", () => {
  const made = move({}, {});
  expect(made).toMatchObject({
    kind: "send",
    request: { ask: "start-backup", with: { signature: "op-0123456789" } },
  });
  expect(after(made)).toMatchObject({ phase: "starting", steps: [{ state: "sending", timesSent: 1 }] });
});

test("the job that bears the signature is adopted, with its progress", () => {
  const made = move(sent(9 * SECOND), { jobs: [job()], sending: { state: "accepted" } });
  expect(made.kind).toBe("store");
  expect(after(made)).toMatchObject({
    phase: "running",
    progress: { fraction: 0.25 },
    result: { jobId: 17, setId: 3, actualType: "full" },
  });
});

test("somebody else's job is never adopted, however new", () => {
  const made = move(sent(9 * SECOND), {
    jobs: [job({ description: "" }), job({ id: 18, description: "op-zzzzzzzzzz" })],
    sending: { state: "accepted" },
  });
  expect(made.kind).toBe("wait");
});

test("after a restart nothing is sent again before the absence was watched for the whole adoption time", () => {
  const early = move(sent(9 * SECOND), { beganAt: 200 * SECOND, watchedSince: 150 * SECOND });
  expect(early.kind).toBe("wait");
  const proven = move(sent(9 * SECOND), { beganAt: 210 * SECOND, watchedSince: 150 * SECOND });
  expect(proven).toMatchObject({ kind: "send", operation: { steps: [{ timesSent: 2 }] } });
});

test("a restart finds the job it had sent for and adopts it instead of sending again", () => {
  const made = move(sent(9 * SECOND), { jobs: [job()], beganAt: 300 * SECOND, watchedSince: 150 * SECOND });
  expect(after(made)).toMatchObject({ phase: "running", steps: [{ timesSent: 1, state: "watching" }] });
});

test("words that the cluster never shows are sent three times at most, then the operation is lost", () => {
  const made = move(sent(9 * SECOND, 3), { beganAt: 300 * SECOND });
  expect(after(made)).toMatchObject({
    phase: "ended",
    outcome: "lost",
    problem: { code: "outcome-unknown" },
  });
});

test("a refusal ends the operation with its problem", () => {
  const problem = new Problem("backup-already-running", { found: "a", remedy: "b" });
  const made = move(sent(9 * SECOND), { sending: { state: "refused", problem } });
  expect(after(made)).toMatchObject({ outcome: "failed", problem: { code: "backup-already-running" } });
});

test("a job that is there outweighs a refusal that came late", () => {
  const problem = new Problem("backup-already-running", { found: "a", remedy: "b" });
  const made = move(sent(9 * SECOND), { jobs: [job()], sending: { state: "refused", problem } });
  expect(after(made)).toMatchObject({ phase: "running", outcome: null });
});

test("words that never reached the cluster leave the step as if it had not begun", () => {
  const made = move(sent(9 * SECOND), { sending: { state: "not-sent" } });
  expect(after(made)).toMatchObject({
    outcome: null,
    steps: [{ state: "waiting", timesSent: 0, sentAt: null }],
  });
});

test.each([
  ["completed", "succeeded"],
  ["failed", "failed"],
  ["canceled", "canceled"],
] as const)("a job that ended as %s gives the step its end", (status, outcome) => {
  const ended = job({ status, isHistory: true, resultCode: status === "failed" ? -9027 : 0, comment: "why" });
  let made = move({ ...sent(9 * SECOND), phase: "running" }, { jobs: [ended] });
  if (outcome === "succeeded") made = nextMove(after(made), BACK_UP_STEPS, sight({ jobs: [ended] }));
  expect(after(made)).toMatchObject({ phase: "ended", outcome });
  if (outcome === "canceled") expect(after(made).problem?.code).toBe("canceled-elsewhere");
  if (outcome === "failed") expect(after(made).problem?.oceanbase).toEqual({ errno: 9027, message: "why" });
});

test("a cancel asked for before anything was sent sends nothing", () => {
  const made = move({ cancelRequestedAt: 1 }, {});
  expect(after(made)).toMatchObject({
    phase: "ended",
    outcome: "canceled",
    steps: [{ state: "skipped", timesSent: 0 }],
  });
});

test("a cancel of a running job is sent once and the job decides the outcome", () => {
  const running = { ...sent(9 * SECOND), phase: "running" as const, cancelRequestedAt: 9 * SECOND };
  const made = move(running, { jobs: [job()] });
  expect(made).toMatchObject({ kind: "send", request: { ask: "cancel-backup", tenant: "shop" } });
  const again = nextMove(after(made), BACK_UP_STEPS, sight({ jobs: [job({ status: "canceling" })] }));
  expect(again.kind).not.toBe("send");
  const completed = nextMove(
    after(made),
    BACK_UP_STEPS,
    sight({ jobs: [job({ status: "completed", isHistory: true })] }),
  );
  expect(after(completed)).toMatchObject({ steps: [{ state: "done" }, { name: "cancel" }] });
});

test("a backup that fails while its cancel is on the way has failed, with its cause", () => {
  const running = { ...sent(9 * SECOND), phase: "running" as const, cancelRequestedAt: 9 * SECOND };
  const canceling = after(move(running, { jobs: [job()] }));
  const failed = job({ status: "failed", isHistory: true, resultCode: -9026, comment: "gone" });
  const end = after(nextMove(canceling, BACK_UP_STEPS, sight({ jobs: [failed] })));
  expect(end).toMatchObject({ outcome: "failed", problem: { oceanbase: { errno: 9026 } } });
});

test("progress that did not change is not stored again", () => {
  const watched = after(move(sent(9 * SECOND), { jobs: [job()] }));
  expect(nextMove(watched, BACK_UP_STEPS, sight({ jobs: [job()], beganAt: 12 * SECOND })).kind).toBe("wait");
});

const watched: Partial<Operation> = {
  phase: "running",
  steps: [{ ...newStep("back-up"), state: "watching", sentAt: 9 * SECOND, timesSent: 1 }],
};

test("a job in neither of its views for a moment is waited for, however long ago it was asked for", () => {
  const made = move(watched, { beganAt: 100 * SECOND, seenAt: 98 * SECOND });
  expect(made.kind).toBe("wait");
});

test("a job that was seen and then not for the whole adoption time is lost, also where a cancel was asked for", () => {
  const scene = { beganAt: 160 * SECOND, seenAt: 98 * SECOND };
  expect(after(move(watched, scene)).outcome).toBe("lost");
  expect(after(move({ ...watched, cancelRequestedAt: 99 * SECOND }, scene)).outcome).toBe("lost");
});

test("the job of a tenant that was renamed since is still ours", () => {
  const made = move({ ...sent(9 * SECOND), tenant: "shop_before" }, { jobs: [job()] });
  expect(after(made)).toMatchObject({ phase: "running", result: { jobId: 17 } });
});
