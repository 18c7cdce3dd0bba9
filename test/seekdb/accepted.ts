import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Both, difference, type Question } from "./answer.ts";

/** Differences that stay, grouped by why. A statement stands at most once. */
interface AcceptedGroup {
  readonly reason: string;
  readonly differences: readonly Accepted[];
}

export interface Accepted {
  readonly statement: string;
  readonly seekdb: string;
  readonly sandbox: string;
}

export type Verdict =
  | { readonly kind: "agree" }
  | { readonly kind: "accepted" }
  /** Agrees now, though a difference is listed: the list has to follow. */
  | { readonly kind: "vanished" }
  | { readonly kind: "differ"; readonly seekdb: string; readonly sandbox: string };

export function readAccepted(): ReadonlyMap<string, Accepted> {
  const groups = JSON.parse(
    readFileSync(join(import.meta.dirname, "accepted.json"), "utf8"),
  ) as readonly AcceptedGroup[];
  const all = groups.flatMap((group) => group.differences);
  const byStatement = new Map(all.map((each) => [each.statement, each]));
  if (byStatement.size !== all.length) throw new Error("accepted.json names a statement twice");
  return byStatement;
}

export function judge(both: Both, question: Question, accepted: Accepted | undefined): Verdict {
  const found = difference(both, question.valuesVary);
  if (found === undefined) return { kind: accepted === undefined ? "agree" : "vanished" };
  const isKnown = accepted?.seekdb === found.seekdb && accepted.sandbox === found.sandbox;
  return isKnown ? { kind: "accepted" } : { kind: "differ", ...found };
}
