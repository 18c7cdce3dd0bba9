import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Cluster, createCluster } from "../cluster/create-cluster.ts";
import { SteppedClock } from "../model/clock.ts";
import { HOUR } from "../model/time.ts";
import { clusterViews } from "../views/cluster-views.ts";
import { datedDeeds, parseStory, type Story } from "./story.ts";
import { isTold, storyStart, tellStory } from "./tell-story.ts";

const NOW = Date.UTC(2026, 0, 15, 8) * 1000;
let dir = "";
afterEach(() => {
  if (dir) fs.rmSync(dir, { recursive: true, force: true });
});

function rows(cluster: Cluster, name: string) {
  const view = clusterViews(cluster.model, { tenantId: () => 1 }).find(name);
  const columns = view?.columns.map((column) => column.name) ?? [];
  return (view?.rows() ?? []).map((row) =>
    Object.fromEntries(columns.map((column, at) => [column, row[at]])),
  );
}

test("times count from the beginning, or with a plus sign from the step before, and repeat", () => {
  const story: Story = {
    days: 1,
    steps: [
      { at: "2h", as: "root", sql: "a" },
      { at: "+30m", as: "root", sql: "b" },
      { at: "1h", every: "2h", times: 3, as: "root", sql: "c" },
    ],
  };
  const deeds = datedDeeds(story, 0).map(({ at, deed }) => [at / HOUR, "sql" in deed ? deed.sql : ""]);
  expect(deeds).toEqual([
    [1, "c"],
    [2, "a"],
    [2.5, "b"],
    [3, "c"],
    [5, "c"],
  ]);
});

test("a file that is no story is refused in words", () => {
  expect(() => parseStory("[]")).toThrow('a story is {"days": n, "steps": [ … ]}');
  expect(() => parseStory('{"days": 1, "steps": [{"at": "1h"}]}')).toThrow("step 1 of the story is none");
  const wrong = { at: "1h", fault: { kind: "archive-interrupt", tenant: "crm" } };
  expect(() => parseStory(JSON.stringify({ days: 1, steps: [wrong] }))).toThrow(
    'step 1 of the story: found "archive-interrupt", expected a kind of',
  );
  const line = { at: "1h", fault: { kind: "refused" } };
  expect(() => parseStory(JSON.stringify({ days: 1, steps: [line] }))).toThrow(
    'step 1 of the story: found "refused", expected a fault of the cluster',
  );
  expect(() => datedDeeds({ days: 1, steps: [{ at: "soon", as: "root", sql: "x" }] }, 0)).toThrow(
    'no time "soon"',
  );
});

function told(name: "prod" | "lab"): { readonly cluster: Cluster; readonly seconds: number } {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-story-"));
  const story = parseStory(fs.readFileSync(path.join(import.meta.dirname, `${name}.json`), "utf8"));
  const clock = new SteppedClock(storyStart(story, NOW));
  const version = name === "prod" ? "4.2.5.1" : "4.3.5.0";
  const cluster = createCluster({ dir, clock, version, name });
  // Of the processor, not of the clock on the wall: other tests run beside this one.
  const before = process.cpuUsage();
  tellStory({ cluster, clock, story });
  const { user, system } = process.cpuUsage(before);
  return { cluster, seconds: (user + system) / 1e6 };
}

test("prod lives its nine days in seconds and ends as the demo tells it", { timeout: 120_000 }, () => {
  const { cluster, seconds } = told("prod");
  expect(seconds).toBeLessThan(15);
  expect(cluster.clock.now()).toBe(NOW);
  const tenants = new Map(
    rows(cluster, "DBA_OB_TENANTS").map((row) => [row["TENANT_NAME"], row["TENANT_ID"]]),
  );
  const of = (view: string, tenant: string) =>
    rows(cluster, view).filter((row) => row["TENANT_ID"] === tenants.get(tenant));
  expect(of("CDB_OB_BACKUP_SET_FILES", "shop").every((row) => row["STATUS"] === "SUCCESS")).toBe(true);
  expect(of("CDB_OB_ARCHIVELOG_SUMMARY", "shop").map((row) => row["STATUS"])).toEqual(["DOING"]);
  const crm = of("CDB_OB_ARCHIVELOG_SUMMARY", "crm");
  expect(crm.map((row) => row["STATUS"])).toEqual(["STOP", "DOING"]);
  const gapHours = Number(
    ((crm[1]?.["START_SCN"] as bigint) - (crm[0]?.["CHECKPOINT_SCN"] as bigint)) / 3_600_000_000_000n,
  );
  expect(gapHours).toBe(11);
  expect(of("CDB_OB_BACKUP_SET_FILES", "billing").at(-1)).toMatchObject({ STATUS: "FAILED", RESULT: -4016 });
  expect(of("CDB_OB_BACKUP_JOB_HISTORY", "billing").at(-1)?.["COMMENT"]).toMatch(
    /result: -4016\(Internal error\)/,
  );
  expect(of("CDB_OB_BACKUP_SET_FILES", "hr")).toEqual([]);
  expect(of("CDB_OB_ARCHIVELOG", "hr")).toEqual([]);
  cluster.close();
});

test("lab is a spare cluster of the newest version with one tenant to play in", () => {
  const { cluster } = told("lab");
  const names = rows(cluster, "DBA_OB_TENANTS").map((row) => row["TENANT_NAME"]);
  expect(names).toEqual(["sys", "META$1002", "play"]);
  cluster.close();
});

test("a story that was broken off goes on where it was, and each deed is done once", () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "sandbox-story-"));
  const steps = [1, 2, 3, 4, 5].map((n) => ({
    at: `${n}h`,
    as: "root@sys",
    sql: `CREATE RESOURCE UNIT u${n} MAX_CPU 1, MEMORY_SIZE '1G'`,
  }));
  const story: Story = { days: 1, steps };
  const clock = new SteppedClock(storyStart(story, NOW));
  const first = createCluster({ dir, clock });
  const broken = {
    ...story,
    steps: [...steps.slice(0, 3), { at: "4h", as: "root@sys", sql: "DROP RESOURCE UNIT nope" }],
  };
  expect(() => tellStory({ cluster: first, clock, story: broken })).toThrow(
    /the story stops at .* 4648|resource unit 'nope' not exist/,
  );
  first.close();
  const again = new SteppedClock(0);
  const second = createCluster({ dir, clock: again });
  tellStory({ cluster: second, clock: again, story });
  expect(isTold(second, story)).toBe(true);
  expect(again.now()).toBe(NOW);
  const units = rows(second, "DBA_OB_UNIT_CONFIGS").map((row) => row["NAME"]);
  expect(units).toEqual(["sys_unit_config", "u1", "u2", "u3", "u4", "u5"]);
  second.close();
});
