import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../support/sandbox-process.ts";
import { TOOLS, type Tool } from "./tools.ts";

/**
 * `npm run test:tools`: tools that people have, on a sandbox as it is. Each lists the cluster from sys and reads the
 * catalogue and the rows of a tenant. A tool that is not installed is skipped, and counted as that.
 */
const dir = mkdtempSync(join(tmpdir(), "holdfast-tools-"));
const sandbox = await startSandbox({
  dir: join(dir, "sandbox"),
  flags: ["--version", "4.2.1.9", "--tenants", "shop", "--workload", "off"],
});
const count = { passed: 0, failed: 0, skipped: 0 };
for (const tool of TOOLS) count[await tryOut(tool)]++;
await sandbox.kill("SIGTERM");
rmSync(dir, { recursive: true, force: true });
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed === 0 ? 0 : 1);

async function tryOut({ title, needs, act }: Tool): Promise<keyof typeof count> {
  const missing = needs.find(({ isThere }) => !isThere());
  if (missing) {
    console.log(`skipped ${title}: ${missing.what} is not installed`);
    return "skipped";
  }
  try {
    await act({ port: sandbox.port, dir, query: (sql) => sandbox.query("root@shop", sql) });
    console.log(`ok      ${title}`);
    return "passed";
  } catch (error) {
    console.log(`FAILED  ${title}`);
    console.error(error);
    return "failed";
  }
}
