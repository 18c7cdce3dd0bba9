import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The gates that need no test runner. Each counts as one test of the whole run. */
const GATES: Readonly<Record<string, readonly string[]>> = {
  "types of server, sandbox and tests": ["tsc", "-p", "."],
  "types of the console": ["tsc", "-p", "console"],
  "oxlint with type-aware rules": [
    "oxlint",
    "--type-aware",
    "--deny-warnings",
    "src",
    "sandbox",
    "console",
    "test",
    "tools",
  ],
  "biome formatting": ["biome", "check", "--error-on-warnings", "."],
  "knip: nothing unused": ["knip"],
  "tidy: borders, sizes, words": [
    "vitest",
    "run",
    "--project",
    "unit",
    "test/tidy.test.ts",
    "--reporter=dot",
  ],
};

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export function runChecks(gates: Readonly<Record<string, readonly string[]>> = GATES): Tally {
  let passed = 0;
  let failed = 0;
  for (const [title, [program = "", ...args]] of Object.entries(gates)) {
    const ran = spawnSync(join("node_modules", ".bin", program), args, { encoding: "utf8" });
    if (ran.status === 0) {
      passed += 1;
      console.log(`ok    ${title}`);
    } else {
      failed += 1;
      console.log(`FAIL  ${title}\n${ran.stdout}${ran.stderr}`);
    }
  }
  return { passed, failed };
}

/** In the whole run, tidy is counted among the unit tests. */
export function gatesOfTheWholeRun(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(GATES).filter(([title]) => !title.startsWith("tidy")));
}

if (import.meta.main) {
  const { failed } = runChecks();
  process.exit(failed === 0 ? 0 : 1);
}
