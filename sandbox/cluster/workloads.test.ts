import { afterEach, expect, test } from "vitest";
import { SqlError } from "../engine.ts";
import { HOUR, SECOND } from "../model/time.ts";
import { addPool, type TestCluster, testCluster } from "./cluster-in-test.ts";
import { setWorkload, Workloads } from "./workloads.ts";

let cluster: TestCluster;
afterEach(() => cluster.close());

function working(commitsPerHour: number) {
  cluster = testCluster();
  addPool(cluster, "p");
  cluster.run("CREATE TENANT shop RESOURCE_POOL_LIST = ('p')");
  const commits: number[] = [];
  const now = () => cluster.clock.now();
  const workloads = new Workloads(cluster.model, { now, commitOne: (_, at) => commits.push(at) });
  setWorkload(cluster.model, "shop", commitsPerHour);
  return { workloads, commits };
}

test("each commit comes at its own moment", () => {
  const { workloads, commits } = working(3600);
  const began = cluster.clock.now();
  cluster.clock.moveBy(3.5 * SECOND);
  workloads.commitDue();
  workloads.commitDue();
  expect(commits.map((at) => at - began)).toEqual([SECOND, 2 * SECOND, 3 * SECOND]);
});

test("a machine that slept does not catch up with what it missed", () => {
  const { workloads, commits } = working(3600);
  cluster.clock.moveBy(8 * HOUR);
  workloads.commitDue();
  expect(commits.length).toBeLessThanOrEqual(61);
  expect(commits.at(-1)).toBeGreaterThan(cluster.clock.now() - 2 * SECOND);
});

test("a tenant that takes no writes is left alone, and a commit that is refused costs only itself", () => {
  const { workloads, commits } = working(3600);
  cluster.run("DROP TENANT shop");
  cluster.clock.moveBy(5 * SECOND);
  workloads.commitDue();
  expect(commits).toEqual([]);
  const refusing = new Workloads(cluster.model, {
    now: () => cluster.clock.now(),
    commitOne: () => {
      throw new SqlError(1205, "HY000", "Lock wait timeout exceeded");
    },
  });
  expect(() => refusing.commitDue()).not.toThrow();
});

test("a rate of 0 ends it", () => {
  const { workloads } = working(60);
  setWorkload(cluster.model, "shop", 0);
  expect(workloads.nextAt()).toBeUndefined();
});
