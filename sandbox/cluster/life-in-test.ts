import { SteppedClock } from "../model/clock.ts";
import { factsOf, tenantByName } from "../model/model.ts";
import { addPool, addTenant, commitRows, type TestCluster, testCluster } from "./cluster-in-test.ts";

/*
 * A process that a test kills: a cluster on a fast clock that commits numbers, backs up and restores without end. It says
 * on stdout which number was committed at which SCN, after the commit: what was said must be there after a restore.
 */
const [dir = ""] = process.argv.slice(2);
const FACTOR = 40;

const clock = new SteppedClock(Date.UTC(2026, 0, 15, 8) * 1000);
const life = testCluster({ dir, clock, version: "4.2.5.1" });
clock.moveTo(factsOf(life.model).now);
if (!tenantByName(life.model, "shop")) {
  addTenant(life, "shop");
  addPool(life, "free");
}
const from = { cluster: clock.now(), machine: performance.now() };
console.log("begun");
setInterval(() => turn(life), 5);

let committed = 0;

function turn(test: TestCluster): void {
  clock.moveTo(from.cluster + (performance.now() - from.machine) * 1000 * FACTOR);
  test.cluster.advance();
  committed++;
  const value = Date.now() * 100 + (committed % 100);
  const scn = commitRows(test, "shop", [value]);
  console.log(`commit ${value} ${scn}`);
  if (committed % 7 === 0) test.answer("ALTER SYSTEM BACKUP INCREMENTAL TENANT = shop");
  if (committed % 5 === 0) restoreOrDrop(test);
}

function restoreOrDrop(test: TestCluster): void {
  const copy = tenantByName(test.model, "copy");
  if (copy?.status === "NORMAL") test.answer("DROP TENANT copy FORCE");
  else if (copy === undefined) {
    test.answer(
      "ALTER SYSTEM RESTORE copy FROM 'file:///backup/shop/data,file:///backup/shop/clog' WITH 'pool_list=free'",
    );
  }
}
