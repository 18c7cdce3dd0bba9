import { Refusal } from "../api/client.ts";
import type { Operation } from "../domain/operation.ts";

/** Stable: scripts depend on them. */
export const EXIT = { done: 0, failed: 1, usage: 2, unreachable: 3, refused: 4 } as const;

const UNREACHABLE = new Set([
  "server-unreachable",
  "cluster-unreachable",
  "cluster-not-observed",
  "outcome-unknown",
]);
const USAGE = new Set(["input-invalid", "time-without-offset"]);

export function exitCodeOf(error: unknown): number {
  if (!(error instanceof Refusal)) return EXIT.failed;
  if (UNREACHABLE.has(error.problem.code)) return EXIT.unreachable;
  return USAGE.has(error.problem.code) ? EXIT.usage : EXIT.refused;
}

export function exitCodeOfOperation(operation: Pick<Operation, "outcome">): number {
  return operation.outcome === null || operation.outcome === "succeeded" ? EXIT.done : EXIT.failed;
}
