import { expect, test } from "vitest";
import { inventoryOf } from "./inventory.fixture.ts";
import { Problem, type ProblemBody } from "./problem.ts";
import { input, refusalOf, shop, version } from "./restore-plan.fixture.ts";
import { type PlanInput, planRestore } from "./restore-plan.ts";

const madeBy = (text: string): PlanInput["source"]["tenant"] => {
  const made = inventoryOf(shop);
  return {
    ...made,
    sets: made.sets.map((set) => ({
      ...set,
      clusterVersion: version(text),
      tenantCompatible: version(text),
    })),
  };
};

function versionRefusal(made: string, target: string): ProblemBody | null {
  const base = input({ versions: { source: "4.2.5.1", target } });
  try {
    planRestore({ ...base, source: { ...base.source, tenant: madeBy(made) } });
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.body;
    throw error;
  }
}

test("a set goes into the same version or a later one, never into an earlier one", () => {
  expect(versionRefusal("4.2.1.9", "4.2.1.9")).toBeNull();
  expect(versionRefusal("4.2.1.9", "4.3.5.0")).toBeNull();
  expect(versionRefusal("4.2.5.1", "4.2.5.0")).toMatchObject({
    code: "target-version-too-low",
    values: { needed: "4.2.5.1", found: "4.2.5.0" },
  });
});

test("the build number counts where both sides tell it", () => {
  const [older, newer] = ["3.2.2-20220304134610", "3.2.2-20220304134611"];
  expect(versionRefusal(older, newer)).toBeNull();
  expect(versionRefusal(newer, older)?.code).toBe("target-version-too-low");
});

test("backups of 4.0 go only into 4.0, earlier ones never into 4.x", () => {
  expect(versionRefusal("4.0.0.0", "4.0.0.0")).toBeNull();
  expect(versionRefusal("4.0.0.0", "4.1.0.0")?.code).toBe("version-not-supported");
  expect(versionRefusal("3.2.4.0", "4.2.5.1")?.code).toBe("version-not-supported");
});

test("a set that does not tell its version is judged by its cluster's", () => {
  expect(refusalOf({ versions: { source: "4.3.5.1", target: "4.3.5.0" } }).code).toBe(
    "target-version-too-low",
  );
});
