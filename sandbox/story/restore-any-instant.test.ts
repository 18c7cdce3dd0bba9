import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Cluster, createCluster, type Runner } from "../cluster/create-cluster.ts";
import { SteppedClock } from "../model/clock.ts";
import { SECOND, scnAt } from "../model/time.ts";
import { verifyWorkload } from "../workload/verify-workload.ts";
import { sessionOf } from "../workload/workload.ts";
import type { Story } from "./story.ts";
import { storyStart, tellStory } from "./tell-story.ts";

const NOW = Date.UTC(2026, 0, 15, 8) * 1000;
let dir = "";
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const sys = (at: string, sql: string) => ({ at, as: "root@sys", sql });

/** A day and a half: full, two increments, one of them under a running archive, and a workload throughout. */
const STORY: Story = {
  days: 2,
  steps: [
    sys("0s", "CREATE RESOURCE UNIT u MAX_CPU 1, MEMORY_SIZE '2G'"),
    sys("0s", "CREATE RESOURCE POOL p UNIT = 'u', UNIT_NUM = 1"),
    sys("0s", "CREATE RESOURCE POOL copy_pool UNIT = 'u', UNIT_NUM = 1"),
    sys("1m", "CREATE TENANT shop RESOURCE_POOL_LIST = ('p')"),
    { at: "2m", workload: { shop: 30 } },
    sys("3m", "ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///b/data' TENANT = shop"),
    sys("3m", "ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///b/clog' TENANT = shop"),
    sys("4m", "ALTER SYSTEM ARCHIVELOG TENANT = shop"),
    sys("1h", "ALTER SYSTEM BACKUP TENANT = shop"),
    sys("12h", "ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop"),
    sys("1d", "ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop"),
  ],
};

function run(runner: Runner, sql: string): void {
  runner.run(sql);
}

async function verdictOf(cluster: Cluster, tenant: string) {
  const runner = cluster.as(`root@${tenant}`);
  const connection = { execute: (sql: string) => runner.run(sql) };
  const session = sessionOf(connection as never);
  const verdict = await verifyWorkload((sql) => session.query(sql));
  runner.close();
  return verdict;
}

test("a tenant restored to any instant stands at the last commit by then, with exactly its content", {
  timeout: 60_000,
}, async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-instants-"));
  const clock = new SteppedClock(storyStart(STORY, NOW));
  const cluster = createCluster({ dir, clock, version: "4.2.5.1" });
  tellStory({ cluster, clock, story: STORY });
  const whole = await verdictOf(cluster, "shop");
  expect(whole.problems).toEqual([]);
  const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
  console.log(`instants come from seed ${seed}`);
  const root = cluster.as("root@sys");
  const began = storyStart(STORY, NOW) + 2 * 60 * SECOND;
  for (let turn = 0; turn < 8; turn++) {
    const share = ((seed * (turn + 1) * 7919) % 100_000) / 100_000;
    const at = Math.trunc(NOW - 46 * 3600 * SECOND + share * 45 * 3600 * SECOND);
    run(
      root,
      `ALTER SYSTEM RESTORE copy FROM 'file:///b/data,file:///b/clog' UNTIL SCN = ${scnAt(at)} WITH 'pool_list=copy_pool'`,
    );
    for (let second = 0; second < 40; second++) {
      clock.moveBy(SECOND);
      cluster.advance();
    }
    const verdict = await verdictOf(cluster, "copy");
    expect(verdict.problems).toEqual([]);
    const commitEvery = 120 * SECOND;
    expect(Math.abs(verdict.seq - Math.floor((at - began) / commitEvery))).toBeLessThanOrEqual(1);
    run(root, "DROP TENANT copy FORCE");
  }
  root.close();
  cluster.close();
});
