import { afterAll, expect, test } from "vitest";
import { addPool, type TestCluster, testCluster } from "../../sandbox/cluster/cluster-in-test.ts";
import type { Value } from "../../sandbox/engine.ts";
import { SqlError } from "../../sandbox/engine.ts";
import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import { openOceanBase } from "./connect.ts";
import type { OceanBase } from "./oceanbase.ts";
import type { Row } from "./row.ts";
import type { OpenWire } from "./wire.ts";

/*
 * The door against every version: what a pass sees of a tenant that archives, is backed up and restored. In one process,
 * on a clock that the test moves; what travels over TCP is the contract's to say.
 */
const BUILDS = ["4.0.0.0", "4.1.0.2", "4.2.1.2", "4.2.1.9", "4.2.5.1", "4.3.3.1", "4.3.5.0"] as const;
type Build = (typeof BUILDS)[number];

interface Place {
  readonly cluster: TestCluster;
  readonly door: OceanBase;
}

const places = new Map<Build, Place>();
afterAll(async () => {
  for (const { cluster, door } of places.values()) {
    await door.close();
    cluster.close();
  }
});

function wireTo(cluster: TestCluster): OpenWire {
  return async ({ address }) => {
    const session = cluster.cluster.as(address.user);
    return {
      query: async ({ sql }) => {
        try {
          const reply = session.run(sql);
          cluster.cluster.advance();
          if (reply.kind !== "rows") return [];
          const names = reply.columns.map(({ name }) => name);
          return reply.rows.map(
            (row) => Object.fromEntries(names.map((name, i) => [name, text(row[i])])) as Row,
          );
        } catch (error) {
          if (!(error instanceof SqlError)) throw error;
          throw Object.assign(new Error(error.message), { errno: error.errno, sqlMessage: error.message });
        }
      },
      destroy: () => session.close(),
    };
  };
}

function text(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

const ADDRESS = { host: "sandbox", port: 2881, user: "root@sys", password: "" };

function placeOf(build: Build): Place {
  const known = places.get(build);
  if (known) return known;
  const cluster = testCluster({ version: build });
  addPool(cluster, "shop_pool");
  cluster.run("CREATE TENANT shop RESOURCE_POOL_LIST = ('shop_pool')");
  const observedNow = () => cluster.clock.now();
  const door = openOceanBase(ADDRESS, { openWire: wireTo(cluster), observedNow });
  places.set(build, { cluster, door });
  return { cluster, door };
}

function shopIn(inventory: ClusterInventory): TenantInventory {
  const shop = inventory.tenants.find(({ tenant }) => tenant.name === "shop");
  if (!shop) throw new Error("no shop");
  return shop;
}

async function seen<T>(
  { cluster, door }: Place,
  look: (inventory: ClusterInventory) => T | undefined,
): Promise<T> {
  for (let times = 0; times < 300; times++) {
    const found = look(await door.takeInventory());
    if (found !== undefined) return found;
    cluster.wait(0.2);
  }
  throw new Error("not seen within a minute of the cluster's clock");
}

test.for(BUILDS)("%s is known by its version, its servers and its tenants", async (build) => {
  const { door } = placeOf(build);
  const { cluster, tenants, resources } = await door.takeInventory();
  expect(cluster.version.numbers).toEqual(
    build.split(".").map(Number).slice(0, cluster.version.numbers.length),
  );
  expect(tenants.map(({ tenant }) => [tenant.name, tenant.kind, tenant.isNormal])).toEqual([
    ["sys", "sys", true],
    ["shop", "user", true],
  ]);
  expect(resources.servers.map(({ isActive, memoryBytes }) => isActive && memoryBytes.total > 0)).toEqual([
    true,
    true,
    true,
  ]);
  expect(resources.pools.map(({ name }) => name)).toContain("shop_pool");
});

test.for(BUILDS)("on %s archiving starts and stops and is seen to", async (build) => {
  const place = placeOf(build);
  const { cluster, door } = place;
  await door.setDestinations({ tenant: "shop", data: "file:///b/data", archive: "file:///b/log" });
  cluster.run("ALTER SYSTEM SET archive_lag_target = '4s' TENANT = shop");
  await door.startArchive("shop");
  const running = await seen(place, (inventory) =>
    shopIn(inventory).rounds[0]?.status === "doing" ? shopIn(inventory) : undefined,
  );
  expect(running.destinations).toEqual({
    data: "file:///b/data",
    archive: "file:///b/log",
    pieceSwitchInterval: "1d",
  });
  expect(running.tenant.logMode).toBe("archivelog");
  expect(running.pieces).toMatchObject([{ roundId: 1, id: 1, fileStatus: "available" }]);
  await door.stopArchive("shop");
  const stopped = await seen(place, (inventory) =>
    shopIn(inventory).rounds[0]?.status === "stopped" ? shopIn(inventory) : undefined,
  );
  expect(stopped.tenant.logMode).toBe("noarchivelog");
  await door.startArchive("shop");
  await seen(place, (inventory) =>
    shopIn(inventory).rounds.some(({ id, status }) => id === 2 && status === "doing") ? true : undefined,
  );
});

test.for(BUILDS)("on %s a backup runs with a measure of its progress and leaves a set", async (build) => {
  const place = placeOf(build);
  const request = { tenant: "shop", type: "full", plusArchivelog: false, encryptionPassword: null } as const;
  await place.door.startBackup({ ...request, signature: "op-1" });
  await seen(place, (inventory) => {
    const [job] = shopIn(inventory).backupJobs;
    return job?.progress?.fraction ? true : undefined;
  });
  const { backupJobs, sets } = await seen(place, (inventory) =>
    shopIn(inventory).backupJobs[0]?.isHistory ? shopIn(inventory) : undefined,
  );
  expect(backupJobs[0]).toMatchObject({ description: "op-1", status: "completed", setId: 1, resultCode: 0 });
  expect(sets).toMatchObject([{ id: 1, type: "full", status: "succeeded", fileStatus: "available" }]);
  expect(sets[0]?.tenantCompatible?.numbers.slice(0, 2)).toEqual(build.split(".").map(Number).slice(0, 2));
  expect((sets[0]?.minRestoreScn ?? 0n) > 0n).toBe(true);
});

test.for(BUILDS)(
  "on %s a restore is found by its signature, ends, and its tenant is activated",
  async (build) => {
    const place = placeOf(build);
    const { cluster, door } = place;
    const [set] = shopIn(await door.takeInventory()).sets;
    if (!set) throw new Error("no set");
    await seen(place, (inventory) =>
      shopIn(inventory).rounds.some(({ checkpointScn }) => checkpointScn >= set.minRestoreScn)
        ? true
        : undefined,
    );
    addPool(cluster, "copy_pool");
    await door.startRestore({
      targetTenant: "copy",
      dataUri: "file:///b/data",
      archiveUri: "file:///b/log",
      until: set.minRestoreScn,
      pool: "copy_pool",
      locality: null,
      primaryZone: null,
      concurrency: null,
      signature: "op-2",
      decryptionPasswords: [],
    });
    const job = await seen(place, (inventory) => inventory.restoreJobs.find(({ isHistory }) => isHistory));
    expect(job).toMatchObject({
      status: "completed",
      description: "op-2",
      targetTenant: "copy",
      restoreScn: set.minRestoreScn,
      fraction: 1,
    });
    const copy = (inventory: ClusterInventory) =>
      inventory.tenants.find(({ tenant }) => tenant.name === "copy" && tenant.isNormal)?.tenant;
    const hasRole = build !== "4.0.0.0";
    expect((await seen(place, copy)).role).toBe(hasRole ? "standby" : "unknown");
    await door.activateStandby("copy");
    expect((await seen(place, copy)).role).toBe(hasRole ? "primary" : "unknown");
  },
);
