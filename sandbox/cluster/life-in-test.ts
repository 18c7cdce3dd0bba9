import { SteppedClock } from "../model/clock.ts";
import { factsOf, tenantByName } from "../model/model.ts";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "./cluster-in-test.ts";

/** Run by killed.test.ts: `node life-in-test.ts DIR`. */
export const script = import.meta.filename;

const FACTOR = 40;

/**
 * A cluster on a fast clock that commits numbers, backs up and restores until it is killed. It says on stdout which number
 * was committed at which SCN, after the commit: what was said must be there after a restore.
 */
function liveUntilKilled(dir: string): void {
  const clock = new SteppedClock(Date.UTC(2026, 0, 15, 8) * 1000);
  const life = testCluster({ dir, clock, version: "4.2.5.1" });
  clock.moveTo(factsOf(life.model).now);
  if (!tenantByName(life.model, "shop")) {
    addTenant(life, "shop");
    addPool(life, "free");
  }
  const from = { cluster: clock.now(), machine: performance.now() };
  let turns = 0;
  setInterval(() => {
    clock.moveTo(from.cluster + (performance.now() - from.machine) * 1000 * FACTOR);
    turn(life, ++turns);
  }, 5);
}

function turn(life: TestCluster, turns: number): void {
  life.cluster.advance();
  const value = Date.now() * 100 + (turns % 100);
  const scn = commitRows(life, "shop", [value]);
  console.log(`commit ${value} ${scn}`);
  if (turns % 7 === 0) life.answer("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop");
  if (turns % 5 === 0) restoreOrDrop(life);
}

function restoreOrDrop(life: TestCluster): void {
  const copy = tenantByName(life.model, "copy");
  if (copy?.status === "NORMAL") life.answer("DROP TENANT copy FORCE");
  if (copy !== undefined) return;
  const from = "FROM 'file:///backup/shop/data,file:///backup/shop/clog'";
  life.answer(`ALTER SYSTEM RESTORE copy ${from} WITH 'pool_list=free'`);
}

if (import.meta.main) liveUntilKilled(process.argv[2] ?? "");
