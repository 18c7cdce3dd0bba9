import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { SteppedClock } from "../model/clock.ts";
import { keptRows, type TestCluster, testCluster } from "./cluster-in-test.ts";
import { script } from "./life-in-test.ts";

let dir = "";
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

interface Commit {
  readonly value: number;
  readonly scn: bigint;
}

/** Lets a cluster live in a process of its own and kills it; returns what it said to have committed. */
async function liveAndKill(afterMillis: number): Promise<readonly Commit[]> {
  const child = spawn(process.execPath, [script, dir], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await waitUntil(() => said.includes("commit"), child);
  await new Promise((resolve) => setTimeout(resolve, afterMillis));
  if (child.exitCode !== null) throw new Error(`the life ended by itself with ${child.exitCode}`);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  const whole = said.slice(0, said.lastIndexOf("\n") + 1);
  return [...whole.matchAll(/^commit (\d+) (\d+)$/gm)].map(([, value, scn]) => ({
    value: Number(value),
    scn: BigInt(scn ?? 0),
  }));
}

async function waitUntil(isSo: () => boolean, child: ChildProcess): Promise<void> {
  for (let turn = 0; turn < 1000 && !isSo(); turn++) {
    if (child.exitCode !== null) throw new Error(`the life ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** No two live jobs of a tenant, every job in one view, a half-made copy has its restore. */
function expectSound(cluster: TestCluster): void {
  const running = cluster.rows("CDB_OB_BACKUP_JOBS").filter((row) => row["TENANT_ID"] === 1002);
  expect(running.length).toBeLessThanOrEqual(1);
  const doing = cluster.rows("CDB_OB_BACKUP_SET_FILES").filter((row) => row["STATUS"] === "DOING");
  expect(doing.length).toBeLessThanOrEqual(1);
  const copy = cluster.row("DBA_OB_TENANTS", { TENANT_NAME: "copy" });
  if (copy?.["STATUS"] === "RESTORE")
    expect(cluster.rows("CDB_OB_RESTORE_PROGRESS").length).toBeGreaterThan(0);
  expect(cluster.row("CDB_OB_ARCHIVELOG", {})?.["STATUS"]).not.toBe("INTERRUPTED");
}

test("a cluster killed again and again keeps every commit, goes on with its jobs, and restores exactly", {
  timeout: 60_000,
}, async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-killed-"));
  const commits: Commit[] = [];
  const seed = Number(process.env["SEED"] ?? Date.now() % 100_000);
  console.log(`kills come from seed ${seed}`);
  for (let life = 0; life < 4; life++) {
    commits.push(...(await liveAndKill(150 + ((seed * (life + 7)) % 997))));
    const found = testCluster({ dir, clock: new SteppedClock(0) });
    found.clock.moveTo(found.model.now);
    expectSound(found);
    expect(keptRows(found, "shop")).toEqual(expect.arrayContaining(commits.map(({ value }) => value)));
    found.cluster.close();
  }
  expect(commits.length).toBeGreaterThan(20);
  restoreExactly(commits);
});

function restoreExactly(commits: readonly Commit[]): void {
  const cluster = testCluster({ dir, clock: new SteppedClock(Date.UTC(2027, 0, 1) * 1000) });
  cluster.answer("DROP TENANT copy FORCE");
  cluster.wait(40);
  const set = cluster.rows("CDB_OB_BACKUP_SET_FILES").findLast((row) => row["STATUS"] === "SUCCESS");
  const earliest = BigInt((set?.["MIN_RESTORE_SCN"] as bigint | undefined) ?? 0);
  const target = commits.findLast(({ scn }) => scn >= earliest)?.scn ?? earliest;
  const from = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";
  expect(
    cluster.answer(`ALTER SYSTEM RESTORE copy ${from} UNTIL SCN = ${target} WITH 'pool_list=free'`),
  ).toBe("ok");
  cluster.wait(40);
  const kept = new Set(keptRows(cluster, "copy"));
  expect(commits.filter(({ scn, value }) => kept.has(value) !== scn <= target)).toEqual([]);
  cluster.cluster.close();
}
