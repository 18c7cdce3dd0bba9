import * as fc from "fast-check";
import { expect } from "vitest";
import type { TenantInventory } from "../domain/inventory.ts";
import { scn } from "../domain/scn.ts";
import {
  aBackupJob,
  anInventory,
  aPiece,
  aRound,
  aSet,
  aTenant,
  aTenantInventory,
  dropped,
  newCluster,
  START,
} from "./sample-inventory.ts";
import type { StoreCase } from "./store.contract.ts";
import type { Store } from "./store.ts";

const RUNS = 30;

const ids = fc
  .uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 4 })
  .map((some) => some.toSorted((a, b) => a - b));
/** A detail that differs between passes now and then. */
const detail = fc.integer({ min: 0, max: 2 });

const tenant = fc
  .record({
    id: fc.integer({ min: 1001, max: 1004 }),
    sets: ids,
    rounds: ids,
    pieces: ids,
    jobs: ids,
    detail,
  })
  .map(({ id, sets, rounds, pieces, jobs, detail: at }): TenantInventory => {
    return aTenantInventory(id, `t${id}`, {
      tenant: { ...aTenant(id, `t${id}`), syncScn: scn(at) },
      sets: sets.map((set) => ({ ...aSet(set), outputBytes: at })),
      rounds: rounds.map((round) => ({ ...aRound(round), checkpointScn: scn(at) })),
      pieces: pieces.map((piece) => ({ ...aPiece(piece), checkpointScn: scn(at) })),
      backupJobs: jobs.toReversed().map((job) => ({ ...aBackupJob(job), comment: `${at}` })),
    });
  });

type Pass = readonly TenantInventory[];
const passes: fc.Arbitrary<readonly Pass[]> = fc.array(
  fc.uniqueArray(tenant, { maxLength: 4, selector: (each) => each.tenant.id }),
  { minLength: 1, maxLength: 5 },
);

/** The definition, told another way: by name, what the last pass that saw the tenant said of it. */
function lastSeen(all: readonly Pass[]): ReadonlyMap<string, TenantInventory> {
  return new Map(all.flat().map((each) => [each.tenant.name, each]));
}

async function expectLast(store: Store, cluster: string, all: readonly Pass[]): Promise<void> {
  const present = (all.at(-1) ?? []).map((each) => each.tenant.name);
  expect((await store.tenants(cluster)).map((each) => each.tenant.name)).toEqual(present.toSorted());
  for (const [name, seen] of lastSeen(all)) {
    const wasBackedUp = seen.sets.length + seen.rounds.length + seen.pieces.length > 0;
    const told = await store.tenantInventory(cluster, name);
    if (present.includes(name)) expect(told).toEqual(seen);
    else if (wasBackedUp) expect(told).toEqual({ ...dropped(seen), goneAt: expect.any(Number) });
    else expect(told).toBeUndefined();
  }
}

export const RANDOM_CASES: Readonly<Record<string, StoreCase>> = {
  "after any passes each tenant is as it was seen last, in memory and read back": async ({
    store,
    reopen,
  }) => {
    const recorded = new Map<string, readonly Pass[]>();
    await fc.assert(
      fc.asyncProperty(passes, async (all) => {
        const cluster = `c${recorded.size}`;
        recorded.set(cluster, all);
        await store.addCluster(newCluster(cluster));
        for (const [at, tenants] of all.entries()) {
          await store.recordInventory(cluster, anInventory(tenants, { observedAt: START + at }));
        }
        await expectLast(store, cluster, all);
      }),
      { numRuns: RUNS },
    );
    const again = await reopen();
    for (const [cluster, all] of recorded) await expectLast(again, cluster, all);
  },
};
