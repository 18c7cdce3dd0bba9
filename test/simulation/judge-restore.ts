import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { SqlError } from "../../sandbox/engine.ts";
import { startRestore } from "../../sandbox/tenant-data/execute-restore.ts";
import { dataFileOf } from "../../sandbox/tenant-data/open-tenant.ts";
import {
  planRestore,
  type RestorePlan,
  type RestoreRequest,
} from "../../sandbox/tenant-data/plan-restore.ts";
import { verifyWorkload } from "../../sandbox/workload/verify-workload.ts";
import { rawSession } from "./lived-tenant.ts";
import { PASSWORD } from "./people.ts";
import { newFolder } from "./scratch.ts";

/** Where a tenant's backups lie on this machine. */
export interface Storage {
  readonly dataPath: string;
  readonly archivePath: string;
}

export type Restored =
  | { readonly kind: "restored"; readonly seq: number; readonly problems: readonly string[] }
  | { readonly kind: "refused"; readonly words: string };

const ALL_AT_ONCE = 2 ** 30;
const MOST_STEPS = 1000;

/**
 * A real restore by the sandbox, from the files alone: the same choice of sets and pieces and the same replay that its
 * RESTORE statement uses, without the minutes in between. What came out is read and its checksum worked out anew.
 */
export async function restoreTo(scn: bigint, { dataPath, archivePath }: Storage): Promise<Restored> {
  const restored = await restoreFrom(scn, { dataPath, archivePath });
  // A set that brings its own logs restores without an archive, to one instant.
  return restored.kind === "refused" ? restoreFrom(scn, { dataPath }) : restored;
}

async function restoreFrom(
  scn: bigint,
  storage: Pick<RestoreRequest, "dataPath" | "archivePath">,
): Promise<Restored> {
  const directory = newFolder("judged");
  try {
    const plan = planRestore({ ...storage, target: { scn }, passwords: [PASSWORD] });
    carryOut(plan, directory);
    return { kind: "restored", ...(await contentOf(directory)) };
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    return { kind: "refused", words: `${error.errno} ${error.message}` };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function carryOut(plan: RestorePlan, directory: string): void {
  const run = startRestore(plan, directory);
  for (let steps = 0; steps < MOST_STEPS; steps++) if (run.step(ALL_AT_ONCE)) return;
  throw new Error("the restore takes steps without end");
}

function contentOf(directory: string) {
  return contentIn(new DatabaseSync(dataFileOf(directory)));
}

/** Which commit a tenant stands at, worked out from its rows. Closes the database. */
export async function contentIn(database: DatabaseSync) {
  try {
    const session = rawSession(database);
    const { seq, problems } = await verifyWorkload((sql) => session.query(sql));
    return { seq, problems };
  } finally {
    database.close();
  }
}
