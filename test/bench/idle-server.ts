import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "../../src/api/client.ts";
import { startSandbox } from "../support/sandbox-process.ts";
import type { Figure } from "./main.ts";
import { ADDRESS, residentMiB, start } from "./processes.ts";

const SETTLE_MS = 60_000;

/** `holdfast serve` watching two clusters in which nothing happens, a minute after it began. */
export async function measureIdleServer(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  const clusters = await Promise.all(
    ["a", "b"].map((name) =>
      startSandbox({ dir: join(dir, name), flags: ["--name", name, "--tenants", "t1,t2"] }),
    ),
  );
  const server = await start({
    program: process.execPath,
    args: ["src/main.ts", "serve", "--dir", join(dir, "holdfast"), "--port", "0"],
    ready: ADDRESS,
    withinMs: 20_000,
  });
  const client = createClient(server.address);
  for (const [index, { port }] of clusters.entries()) {
    await client.call("addCluster", { body: { name: `c${index}`, address: `127.0.0.1:${port}` } });
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const resident = residentMiB(server.child.pid ?? 0);
  await server.stop();
  await Promise.all(clusters.map((each) => each.kill("SIGTERM")));
  rmSync(dir, { recursive: true, force: true });
  return [
    {
      what: "idle server watching two clusters, resident memory",
      wanted: "≤ 150 MB",
      measured: `${resident.toFixed(0)} MiB`,
      isMet: resident * 1.048576 <= 150,
    },
  ];
}
