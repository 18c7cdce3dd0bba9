import { expect, test } from "vitest";
import type { RoundStatus } from "../domain/archive.ts";
import { inventoryOf } from "../domain/inventory.fixture.ts";
import { NO_RESULT, type Operation } from "../domain/operation.ts";
import { NO_SCN } from "../domain/scn.ts";
import { START_ARCHIVE_STEPS } from "./archive-logs.ts";
import { newStep } from "./next-move.ts";

const STARTING: Operation = {
  id: "op-0123456789",
  requestId: "request-1",
  kind: "start-archive",
  cluster: "prod",
  tenant: "shop",
  request: { kind: "start-archive" },
  phase: "running",
  outcome: null,
  steps: [newStep("start-archive")],
  progress: null,
  result: NO_RESULT,
  problem: null,
  requestedAt: 0,
  endedAt: null,
  cancelRequestedAt: null,
  revision: 1,
};

/** What the start's only step sees of a newest round in this status. */
function seenOf(status: RoundStatus): string | undefined {
  const inventory = {
    observedAt: 0,
    clusterNow: NO_SCN,
    cluster: {
      clusterName: "prod",
      version: { numbers: [4, 2, 5, 1], build: undefined },
      versionComment: "",
    },
    restoreJobs: [],
    resources: { servers: [], unitConfigs: [], pools: [] },
    tenants: [inventoryOf({ rounds: [{ id: 1, start: 100, checkpoint: 200, status }] })],
  } as const;
  const [step] = STARTING.steps;
  return step && START_ARCHIVE_STEPS[0]?.effect(STARTING, { beganAt: 0, inventory }, step).seen;
}

test.each([
  ["preparing", "going-on"],
  ["beginning", "going-on"],
  ["doing", "done"],
  ["suspending", "going-on"],
  ["suspended", "failed"],
  ["interrupted", "failed"],
  ["stopped", "absent"],
] as const)("a start of log backup that meets a round that is %s is %s", (status, seen) => {
  expect(seenOf(status)).toBe(seen);
});
