import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSandbox } from "../../test/support/sandbox-process.ts";
import { openOceanBase } from "./connect.ts";

test.each([1, 300])(
  "a pass over a cluster with %i tenants costs six statements, and connecting four more, once",
  async (count) => {
    const dir = mkdtempSync(join(tmpdir(), "holdfast-cost-"));
    const tenants = Array.from({ length: count }, (_, i) => `t${i}`).join(",");
    const logFile = join(dir, "statements");
    const flags = ["--tenants", tenants, "--workload", "off"];
    const sandbox = await startSandbox({ dir: join(dir, "cluster"), flags, logFile });
    const door = openOceanBase({ host: "127.0.0.1", port: sandbox.port, user: "root@sys", password: "" });
    const before = sandbox.statements().length;
    const first = await door.takeInventory();
    const connected = sandbox.statements().length;
    await door.takeInventory();
    const after = sandbox.statements().length;
    await door.close();
    await sandbox.kill("SIGKILL");
    rmSync(dir, { recursive: true, force: true });
    expect(first.tenants.filter(({ tenant }) => tenant.kind === "user")).toHaveLength(count);
    expect([connected - before, after - connected]).toEqual([10, 6]);
  },
  60_000,
);
