import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gatesOfTheWholeRun, runChecks, type Tally } from "./run-checks.ts";

/** Everything, in one run: the gates, the unit tests and stories, the browser. Ends with `N passed, N failed`. */
const scratch = mkdtempSync(join(tmpdir(), "holdfast-test-"));
const tallies: Tally[] = [runChecks(gatesOfTheWholeRun()), runVitest(), runBrowserTests()];
rmSync(scratch, { recursive: true, force: true });
const passed = tallies.reduce((sum, each) => sum + each.passed, 0);
const failed = tallies.reduce((sum, each) => sum + each.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

function runVitest(): Tally {
  const report = join(scratch, "vitest.json");
  const status = run(
    "vitest",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    {},
  );
  const read = readReport<VitestReport>(report);
  if (!read) return { passed: 0, failed: 1 };
  const failures = read.numFailedTests || (status === 0 ? 0 : Math.max(1, read.numFailedTestSuites));
  return { passed: read.numPassedTests, failed: failures };
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

function runBrowserTests(): Tally {
  const report = join(scratch, "browser.json");
  const status = run(
    "playwright",
    ["test", "--config", "test/e2e/playwright.config.ts", "--reporter=list,json"],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  );
  const read = readReport<PlaywrightReport>(report);
  if (!read) return { passed: 0, failed: 1 };
  const failures = read.stats.unexpected + read.stats.flaky;
  return { passed: read.stats.expected, failed: failures || (status === 0 ? 0 : 1) };
}

function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): number {
  const ran = spawnSync(join("node_modules", ".bin", program), args, {
    stdio: "inherit",
    env: { ...process.env, ...environment },
  });
  return ran.status ?? 1;
}

function readReport<Report>(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Report;
  } catch {
    return undefined;
  }
}
