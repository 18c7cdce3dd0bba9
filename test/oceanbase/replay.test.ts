import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import accepted from "./accepted.json" with { type: "json" };
import { accountOf, asFarAsSeenIn } from "./account.ts";
import { type Difference, differencesBetween } from "./differences.ts";
import { SandboxStage } from "./sandbox-stage.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";
import type { Scenario } from "./stage.ts";
import { readTrace, type Trace, tracePath } from "./trace.ts";

/**
 * The sandbox lives through what a real OceanBase 4.2.1.9 was recorded to live through, on a driven clock, and shows the
 * same. What differs is listed in accepted.json, each with its reason, and told in docs/sandbox.md.
 */
interface Accepted {
  readonly kind: string;
  /** Regular expressions, each over the whole text. */
  readonly where: string;
  readonly at?: string;
  readonly kernel?: string;
  readonly sandbox?: string;
  readonly reason: string;
}

const used = new Set<Accepted>();
const recorded = SCENARIOS.filter(({ name }) => existsSync(tracePath(name)));

describe("the sandbox lives as a recorded OceanBase 4.2.1.9 did", () => {
  test.each(recorded)("$name: $title", { timeout: 60_000 }, async (scenario) => {
    const kernel = readTrace(scenario.name);
    const sandbox = asFarAsSeenIn(kernel, await replay(scenario));
    const differences = differencesBetween(accountOf(kernel), accountOf(sandbox));
    expect(differences.filter((difference) => !isAccepted(difference))).toEqual([]);
  });
});

describe("scenarios that no kernel has lived through yet", () => {
  const waiting = SCENARIOS.filter((scenario) => !recorded.includes(scenario));
  test.each(waiting)(
    "$name comes to its end on the sandbox: $title",
    { timeout: 60_000 },
    async (scenario) => {
      const { moments } = await replay(scenario);
      expect(moments.filter((moment) => "sql" in moment).length).toBeGreaterThan(5);
      expect(moments.filter((moment) => "view" in moment).length).toBeGreaterThan(20);
    },
  );
});

describe("accepted differences", () => {
  test("are told in docs/sandbox.md, each with its reason", () => {
    const told = readFileSync(join(import.meta.dirname, "../../docs/sandbox.md"), "utf8");
    expect(accepted.filter(({ reason }) => !told.includes(reason))).toEqual([]);
  });

  test("are all still seen", () => {
    expect(accepted.filter((each) => !used.has(each))).toEqual([]);
  });
});

async function replay(scenario: Scenario): Promise<Trace> {
  const stage = await SandboxStage.open(scenario);
  try {
    await scenario.act(stage);
    return stage.recording.trace("4.2.1.9");
  } finally {
    await stage.close();
  }
}

function isAccepted(difference: Difference): boolean {
  const found = (accepted as readonly Accepted[]).find((each) => fits(each, difference));
  if (found) used.add(found);
  return found !== undefined;
}

function fits(each: Accepted, difference: Difference): boolean {
  const parts = ["where", "at", "kernel", "sandbox"] as const;
  return (
    each.kind === difference.kind &&
    parts.every((part) => new RegExp(`^(?:${each[part] ?? ".*"})$`, "s").test(difference[part]))
  );
}
