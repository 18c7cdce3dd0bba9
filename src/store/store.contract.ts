import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { CHANGE_CASES } from "./changes.contract.ts";
import { CLUSTER_CASES } from "./clusters.contract.ts";
import { INVENTORY_CASES } from "./inventories.contract.ts";
import { OPERATION_CASES } from "./operations.contract.ts";
import { RANDOM_CASES } from "./random-passes.contract.ts";
import { START } from "./sample-inventory.ts";
import type { Change, Store } from "./store.ts";

/** What every backend promises, written once. A backend is a way to open the same store again and again. */
export type OpenAgain = (folder: string) => Promise<Store>;

/** What a case has in hand. */
export interface Given {
  readonly store: Store;
  /** Every change that `store` has announced. */
  readonly heard: readonly Change[];
  /** Closes the store and opens it again: all that follows comes from what was written. */
  readonly reopen: () => Promise<Store>;
}

export type StoreCase = (given: Given) => Promise<void>;

const CASES: Readonly<Record<string, StoreCase>> = {
  ...CLUSTER_CASES,
  ...INVENTORY_CASES,
  ...OPERATION_CASES,
  ...CHANGE_CASES,
  ...RANDOM_CASES,
};

export function storeContract(name: string, open: OpenAgain): void {
  for (const [title, run] of Object.entries(CASES)) {
    test(`${name}: ${title}`, () => withFolder((folder) => runCase(run, () => open(folder))));
  }
}

async function runCase(run: StoreCase, open: () => Promise<Store>): Promise<void> {
  const heard: Change[] = [];
  let store = await open();
  store.onChange((change) => heard.push(change));
  const reopen = async () => {
    await store.close();
    store = await open();
    return store;
  };
  try {
    await run({ store, heard, reopen });
  } finally {
    await store.close();
  }
}

export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-store-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A clock for stores under test: stands still. */
export const testNow = () => START;
