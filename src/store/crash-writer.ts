import { writeSync } from "node:fs";
import type { ClusterInventory, TenantInventory } from "../domain/inventory.ts";
import type { Operation } from "../domain/operation.ts";
import { openStore } from "./open-store.ts";
import {
  aBackupJob,
  anInventory,
  anOperation,
  aPiece,
  aRound,
  aSet,
  aTenantInventory,
  newCluster,
  START,
} from "./sample-inventory.ts";
import type { Store } from "./store.ts";

/**
 * Run by crash.test.ts as a process of its own and killed there in the middle. It says on stdout what the store has
 * acknowledged: `pass N`, `operation ID PHASE`, `change N`, each after the fact.
 */
const TENANTS = [1002, 1004, 1006] as const;
/** It ends by itself when nobody kills it. */
const PASSES_AT_MOST = 20_000;

/** Pass `n` of the cluster: every row of every tenant bears the number, so that half a pass would show. */
export function passOf(n: number): ClusterInventory {
  return anInventory(
    TENANTS.map((id) => tenantAt(id, n)),
    { observedAt: START + n, restoreJobs: [] },
  );
}

function tenantAt(id: number, n: number): TenantInventory {
  const numbers = Array.from({ length: 12 }, (_, at) => n + at);
  return aTenantInventory(id, `t${id}`, {
    sets: [{ ...aSet(1), statusWords: `pass ${n}` }],
    rounds: [{ ...aRound(1), comment: `pass ${n}` }],
    pieces: numbers.map((piece) => ({ ...aPiece(piece), statusWords: `pass ${n}` })),
    backupJobs: [{ ...aBackupJob(1), comment: `pass ${n}` }],
  });
}

function say(words: string): void {
  writeSync(1, `${words}\n`);
}

async function carryOut(store: Store, id: string): Promise<void> {
  const draft = anOperation(id, { tenant: `t${id}` });
  const secrets = { encryptionPassword: `secret of ${id}` };
  let operation: Operation | undefined = await store.requestOperation(draft, secrets);
  say(`operation ${operation.id} requested`);
  for (const phase of ["starting", "running", "ended"] as const) {
    const outcome = phase === "ended" ? "succeeded" : null;
    operation = operation && (await store.saveOperation({ ...operation, phase, outcome }));
    say(`operation op-${id} ${phase}`);
  }
}

async function write(path: string): Promise<void> {
  const store = await openStore({ path, now: () => START });
  store.onChange((change) => say(`change ${change.number}`));
  if (!(await store.cluster("prod"))) await store.addCluster(newCluster("prod"));
  const first = ((await store.cluster("prod"))?.observedAt ?? START) - START + 1;
  for (let n = first; n < first + PASSES_AT_MOST; n++) {
    const recorded = store.recordInventory("prod", passOf(n)).then(() => say(`pass ${n}`));
    await Promise.all([recorded, carryOut(store, `n${n}`)]);
  }
}

const path = process.argv[2];
if (import.meta.main && path !== undefined) await write(path);
