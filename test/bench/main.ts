import { cpus } from "node:os";
import { measureDemoStart } from "./demo-start.ts";
import { measureIdleServer } from "./idle-server.ts";
import { measureIntervals } from "./intervals.ts";
import { measureSandboxStatements, measureSandboxTenants } from "./sandbox-load.ts";
import { measureSandboxCommits, measureSandboxRestore } from "./sandbox-speed.ts";
import { measureSimulation } from "./simulation-speed.ts";
import { measureViewToScreen } from "./view-to-screen.ts";

/** One figure as it was measured, beside what is wanted of it. Nothing here fails: a person reads the table. */
export interface Figure {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean;
}

const MEASURES: readonly (() => Promise<readonly Figure[]>)[] = [
  measureIntervals,
  measureSandboxCommits,
  measureSandboxRestore,
  measureSandboxStatements,
  measureSandboxTenants,
  measureSimulation,
  measureIdleServer,
  measureDemoStart,
  measureViewToScreen,
];

const [cpu] = cpus();
console.log(`${cpus().length} cores, ${cpu?.model ?? "unknown"}, Node ${process.version}\n`);
console.log(`${"figure".padEnd(62)} ${"wanted".padEnd(18)} measured`);
for (const measure of MEASURES) {
  for (const { what, wanted, measured, isMet } of await measure()) {
    console.log(`${what.padEnd(62)} ${wanted.padEnd(18)} ${measured}${isMet ? "" : "   ← not met"}`);
  }
}
process.exit(0);
