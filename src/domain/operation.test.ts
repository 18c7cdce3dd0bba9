import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  AFTER,
  ended,
  NO_RESULT,
  type Operation,
  type OperationEvent,
  type Outcome,
  type Phase,
  phaseAfter,
} from "./operation.ts";

const PHASES: readonly Phase[] = ["requested", "starting", "running", "ended"];
const EVENTS: readonly OperationEvent[] = ["intend", "adopt", "end"];
const OUTCOMES: readonly Outcome[] = ["succeeded", "failed", "canceled", "lost"];

const requested: Operation = {
  id: "op-0123456789",
  requestId: "request-1",
  kind: "back-up",
  cluster: "prod",
  tenant: "shop",
  request: { kind: "back-up", type: "full", plusArchivelog: false },
  phase: "requested",
  outcome: null,
  steps: [],
  progress: null,
  result: NO_RESULT,
  problem: null,
  requestedAt: 1,
  endedAt: null,
  cancelRequestedAt: null,
  revision: 0,
};

test.each([
  ["requested", "intend", "starting"],
  ["requested", "adopt", null],
  ["requested", "end", "ended"],
  ["starting", "intend", "starting"],
  ["starting", "adopt", "running"],
  ["starting", "end", "ended"],
  ["running", "intend", "running"],
  ["running", "adopt", "running"],
  ["running", "end", "ended"],
  ["ended", "intend", null],
  ["ended", "adopt", null],
  ["ended", "end", null],
] as const)("in phase %s the event %s leads to %s", (phase, event, next) => {
  expect(AFTER[phase][event]).toBe(next);
  if (next === null) expect(() => phaseAfter(phase, event)).toThrow(RangeError);
  else expect(phaseAfter(phase, event)).toBe(next);
});

test("the table says something about every event in every phase and about nothing else", () => {
  expect(Object.keys(AFTER)).toEqual(PHASES);
  for (const phase of PHASES) expect(Object.keys(AFTER[phase])).toEqual(EVENTS);
});

test("I1: an ended operation never changes", () => {
  const end = { outcome: "succeeded", at: 9, problem: null } as const;
  const done = ended(requested, end);
  expect(() => ended(done, { ...end, outcome: "failed" })).toThrow(RangeError);
  for (const event of EVENTS) expect(() => phaseAfter(done.phase, event)).toThrow(RangeError);
});

test("I2: an operation has an outcome exactly when it has ended, whatever happened to it", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...EVENTS)), fc.constantFrom(...OUTCOMES), (events, outcome) => {
      let operation = requested;
      for (const event of events) {
        if (AFTER[operation.phase][event] === null) continue;
        operation =
          event === "end"
            ? ended(operation, { outcome, at: 9, problem: null })
            : { ...operation, phase: phaseAfter(operation.phase, event) };
        expect(operation.outcome !== null).toBe(operation.phase === "ended");
        expect(operation.endedAt !== null).toBe(operation.phase === "ended");
      }
    }),
  );
});

test("I3: nothing runs before an intention was recorded", () => {
  const first = EVENTS.filter((event) => AFTER.requested[event] === "running");
  expect(first).toEqual([]);
});

test("from every phase but the last there is a way to the end, and none away from it", () => {
  for (const phase of PHASES.filter((each) => each !== "ended"))
    expect(phaseAfter(phase, "end")).toBe("ended");
  expect(EVENTS.every((event) => AFTER.ended[event] === null)).toBe(true);
});

test("the end keeps what was known and adds outcome, time and problem", () => {
  const problem = { code: "outcome-unknown", found: "", remedy: "", values: {}, oceanbase: null } as const;
  const running: Operation = {
    ...requested,
    phase: "running",
    result: { ...NO_RESULT, jobId: 17 },
    revision: 4,
  };
  expect(ended(running, { outcome: "lost", at: 9, problem })).toEqual({
    ...running,
    phase: "ended",
    outcome: "lost",
    endedAt: 9,
    problem,
  });
});
