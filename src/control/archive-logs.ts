import { type ArchiveRound, newestRound } from "../domain/archive.ts";
import type { Operation } from "../domain/operation.ts";
import { Problem } from "../domain/problem.ts";
import { ABSENT, type Effect, type Pass, type StepRule, tenantIn } from "./step-rule.ts";

/** Start log backup, and wait until the round is DOING: LOG_MODE alone says nothing (facts 2.1, quirk 8). */
export const START_ARCHIVE_STEPS: readonly StepRule[] = [
  {
    name: "start-archive",
    request: (operation) => ({ ask: "start-archive", tenant: operation.tenant }),
    effect: (operation, pass) => startEffect(operation, pass),
    repeatable: true,
    cancel: () => null,
  },
];

/** Stop log backup, and wait until the round is STOP: only then may a new one be started or the destination changed. */
export const STOP_ARCHIVE_STEPS: readonly StepRule[] = [
  {
    name: "stop-archive",
    request: (operation) => ({ ask: "stop-archive", tenant: operation.tenant }),
    effect: (operation, pass) => stopEffect(operation, pass),
    repeatable: true,
    cancel: () => null,
  },
];

function roundIn(operation: Operation, pass: Pass): ArchiveRound | undefined {
  return newestRound(tenantIn(pass, operation.tenant)?.rounds ?? []);
}

function startEffect(operation: Operation, pass: Pass): Effect {
  const round = roundIn(operation, pass);
  if (!round || tenantIn(pass, operation.tenant)?.tenant.logMode === "noarchivelog") return ABSENT;
  const result = { roundId: round.id };
  const note = `round ${round.id}: ${round.statusWord}`;
  switch (round.status) {
    case "doing":
      return { seen: "done", note, result };
    case "interrupted":
      return { seen: "failed", problem: interrupted(operation, round), result };
    case "suspended":
      return { seen: "failed", problem: suspended(operation, round), result };
    case "stopped":
      return ABSENT;
    default:
      return { seen: "going-on", note, progress: null, result };
  }
}

function stopEffect(operation: Operation, pass: Pass): Effect {
  const round = roundIn(operation, pass);
  const isOff = tenantIn(pass, operation.tenant)?.tenant.logMode === "noarchivelog";
  if (!isOff) return ABSENT;
  if (!round || round.status === "stopped") {
    return {
      seen: "done",
      note: round ? `round ${round.id}: ${round.statusWord}` : "no round",
      result: { roundId: round?.id ?? null },
    };
  }
  return {
    seen: "going-on",
    note: `round ${round.id}: ${round.statusWord}`,
    progress: null,
    result: { roundId: round.id },
  };
}

/** Another person's DEFER: the round rests until somebody enables its destination, which may be never. */
function suspended(operation: Operation, round: ArchiveRound) {
  return new Problem("archive-not-running", {
    found: `Archive round ${round.id} of ${operation.tenant} is ${round.statusWord}: its destination is deferred.`,
    remedy: "Enable its destination again (LOG_ARCHIVE_DEST_STATE = 'ENABLE'): the same round then goes on.",
    values: { tenant: operation.tenant, round: round.id, status: round.statusWord },
  }).body;
}

function interrupted(operation: Operation, round: ArchiveRound) {
  return new Problem("archive-not-running", {
    found: `Archive round ${round.id} of ${operation.tenant} is ${round.statusWord}: ${round.comment || "no comment"}.`,
    remedy:
      "It does not heal by itself: mend the cause, stop log backup, start it again, then make a full backup.",
    values: { tenant: operation.tenant, round: round.id, status: round.statusWord },
  }).body;
}
