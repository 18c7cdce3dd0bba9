import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveMysql } from "../../sandbox/wire/server.ts";
import { readSettings } from "../../src/config.ts";
import { Problem } from "../../src/domain/problem.ts";
import { type Restorable, restorable } from "../../src/domain/restorable.ts";
import type { RestoreOrder } from "../../src/domain/restore-plan.ts";
import { type Scn, scn } from "../../src/domain/scn.ts";
import { type RunningServer, serve } from "../../src/serve.ts";
import { until } from "../support/sandbox-process.ts";
import { LivedCluster } from "./lived-cluster.ts";

/**
 * What Holdfast calls restorable does restore, with the right content; what it calls a gap does not. The statements of its
 * own plan are run by hand, as a DBA would, on a cluster that restores from its files alone.
 */
const RESTORES = 200;
const REFUSALS = 50;
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

const root = mkdtempSync(join(tmpdir(), "holdfast-exact-"));
let lived: LivedCluster;
let wire: Awaited<ReturnType<typeof serveMysql>>;
let holdfast: RunningServer;
let claimed: Restorable;

beforeAll(async () => {
  lived = liveADay();
  wire = await serveMysql({ engine: lived.cluster.engine, port: 0, host: "127.0.0.1" });
  holdfast = await serve({
    ...readSettings({ dir: join(root, "holdfast") }, {}),
    port: 0,
    observeIdleSeconds: 0.2,
    observeBusySeconds: 0.2,
  });
  await holdfast.requests.addCluster({
    name: "prod",
    address: `127.0.0.1:${wire.port}`,
    user: "root@sys",
    password: "",
  });
  await until(
    "the first observation",
    async () => (await holdfast.store.cluster("prod"))?.observedAt !== null,
  );
  const inventory = await holdfast.store.tenantInventory("prod", "shop");
  const now = (await holdfast.store.cluster("prod"))?.clusterNow;
  if (!inventory || !now) throw new Error("shop was not observed");
  claimed = restorable(inventory, { now });
});

afterAll(async () => {
  await holdfast?.stop();
  await wire?.close();
  lived?.cluster.close();
  rmSync(root, { recursive: true, force: true });
});

// First, while the cluster's clock stands: what is not archived yet will be a minute later.
test(`${REFUSALS} random instants in gaps are refused by the plan, and by the cluster when it is asked directly (seed ${SEED})`, async () => {
  const chance = randomFrom(SEED + 1);
  const gaps = claimed.gaps.filter((gap) => gap.from < gap.to);
  expect(gaps.length).toBeGreaterThan(1);
  lived.sys("CREATE RESOURCE UNIT asked_unit MAX_CPU 1, MIN_CPU 1, MEMORY_SIZE '2G', LOG_DISK_SIZE '6G'");
  lived.sys("CREATE RESOURCE POOL asked_pool UNIT = 'asked_unit', UNIT_NUM = 1, ZONE_LIST = ('zone1')");
  for (let i = 0; i < REFUSALS; i++) {
    const instant = instantIn(gaps, chance);
    await expect(
      holdfast.requests.planRestore(orderTo("refused", instant)),
      `instant ${instant}`,
    ).rejects.toThrow(Problem);
    const asked = `ALTER SYSTEM RESTORE refused FROM 'file:///exact/data,file:///exact/log' UNTIL SCN = ${instant} WITH 'pool_list=asked_pool'`;
    expect(() => lived.sys(asked), `instant ${instant}`).toThrow(expect.objectContaining({ errno: 4018 }));
  }
});

test(`${RESTORES} random instants that are called restorable restore to exactly their commit (seed ${SEED})`, async () => {
  const chance = randomFrom(SEED);
  for (let i = 0; i < RESTORES; i++) {
    const instant = instantIn(claimed.intervals, chance);
    const name = `r${i}`;
    const { plan, statements } = await holdfast.requests.planRestore(orderTo(name, instant));
    expect(plan.until).toBe(instant);
    for (const statement of statements) lived.sys(statement);
    lived.liveUntil(
      `${name} restored`,
      () =>
        lived.sys(
          `SELECT 1 FROM oceanbase.DBA_OB_TENANTS WHERE TENANT_NAME = '${name}' AND STATUS = 'NORMAL'`,
        ).length === 1,
    );
    const verdict = await lived.verify(name);
    const expected = lived.commitAt(instant);
    expect({ ...verdict, extra: lived.columnsOfExtra(name) }, `instant ${instant}`).toMatchObject({
      matches: true,
      problems: [],
      seq: expected?.seq,
      extra: expected?.extraColumns,
    });
    drop(name);
  }
});

/** Full and incremental sets, DDL, a failed set, an interruption, a stop, and new sets after each. */
function liveADay(): LivedCluster {
  const day = new LivedCluster(join(root, "prod"), SEED);
  const hour = () => day.live(3600);
  day.sys("ALTER SYSTEM SET DATA_BACKUP_DEST = 'file:///exact/data' TENANT = shop");
  day.sys("ALTER SYSTEM SET LOG_ARCHIVE_DEST = 'LOCATION=file:///exact/log' TENANT = shop");
  const archive = () => {
    day.sys("ALTER SYSTEM ARCHIVELOG TENANT = shop");
    day.liveUntil("archiving", () => day.roundIs("DOING"));
  };
  archive();
  hour();
  day.backUp("");
  day.shop("CREATE TABLE shop.extra (id INT PRIMARY KEY, name VARCHAR(20))");
  day.shop("INSERT INTO shop.extra VALUES (1, 'one')");
  hour();
  day.backUp("INCREMENTAL");
  day.shop("ALTER TABLE shop.extra ADD COLUMN more INT");
  hour();
  day.cluster.faults.strike({ kind: "job-fails", job: "backup", tenant: "shop", code: -4016 });
  day.backUp("");
  hour();
  day.cluster.faults.strike({ kind: "archive-interrupted", tenant: "shop" });
  hour();
  day.sys("ALTER SYSTEM NOARCHIVELOG TENANT = shop");
  day.liveUntil("stopped", () => day.roundIs("STOP"));
  hour();
  archive();
  hour();
  day.backUp("");
  day.shop("DROP TABLE shop.extra");
  hour();
  day.backUp("INCREMENTAL");
  day.live(600);
  return day;
}

function orderTo(tenant: string, instant: Scn): RestoreOrder {
  return {
    source: { cluster: "prod", tenant: "shop" },
    until: instant,
    target: {
      cluster: "prod",
      tenant,
      zones: ["zone1"],
      unit: { cpu: 1, memoryBytes: 2 * 1024 ** 3, logDiskBytes: 6 * 1024 ** 3 },
      unitCount: 1,
      primaryZone: null,
      concurrency: null,
    },
    activate: false,
    decryptionPasswords: [],
  };
}

function drop(tenant: string): void {
  lived.sys(`DROP TENANT ${tenant} FORCE`);
  lived.liveUntil(
    `${tenant} gone`,
    () => lived.sys(`SELECT 1 FROM oceanbase.DBA_OB_TENANTS WHERE TENANT_NAME = '${tenant}'`).length === 0,
  );
  lived.sys(`DROP RESOURCE POOL ${tenant}_pool`);
  lived.sys(`DROP RESOURCE UNIT ${tenant}_unit`);
}

/** Any nanosecond of any range, the ends as often as the middle. */
function instantIn(
  ranges: readonly { readonly from: bigint; readonly to: bigint }[],
  chance: () => number,
): Scn {
  const range = ranges[Math.floor(chance() * ranges.length)];
  if (!range) throw new Error("there is no range to choose from");
  const kind = chance();
  if (kind < 0.1) return scn(range.from);
  if (kind < 0.2) return scn(range.to);
  return scn(range.from + (BigInt(Math.floor(chance() * 2 ** 50)) * (range.to - range.from)) / 2n ** 50n);
}

/** Mulberry32: the same seed, the same instants. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
