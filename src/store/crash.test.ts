import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Phase } from "../domain/operation.ts";
import { passOf } from "./crash-writer.ts";
import { DATABASE_FILE, openStore } from "./open-store.ts";
import { newCluster, START } from "./sample-inventory.ts";
import { withFolder } from "./store.contract.ts";
import type { Store } from "./store.ts";

const KILLS = 5;
const LINES = { least: 3, most: 100 };
const PHASES: readonly Phase[] = ["requested", "starting", "running", "ended"];

/** What a killed writer had been told was stored. */
interface Acknowledged {
  readonly pass: number;
  readonly change: number;
  readonly phases: ReadonlyMap<string, Phase>;
}

/** Kills the writer once it has said `lines` lines; it has gone on by then, and is wherever it is. */
async function writeAndKill(path: string, lines: number): Promise<Acknowledged> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, "crash-writer.ts"), path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  writer.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (said.split("\n").length > lines) writer.kill("SIGKILL");
  });
  const [code, signal] = await once(writer, "close");
  expect([code, signal]).toEqual([null, "SIGKILL"]);
  return acknowledgedIn(said.slice(0, said.lastIndexOf("\n")).split("\n"));
}

function acknowledgedIn(lines: readonly string[]): Acknowledged {
  const words = lines.map((line) => line.split(" "));
  const last = (what: string) => Number(words.findLast(([first]) => first === what)?.[1] ?? 0);
  const phases = words.flatMap(([first, id = "", word]) => {
    const phase = PHASES.find((each) => each === word);
    return first === "operation" && phase ? [[id, phase] as const] : [];
  });
  return { pass: last("pass"), change: last("change"), phases: new Map(phases) };
}

async function expectNothingLost(store: Store, acknowledged: Acknowledged): Promise<void> {
  expect(await store.lastChange()).toBeGreaterThanOrEqual(acknowledged.change);
  for (const [id, phase] of acknowledged.phases) {
    const stored = await store.operation(id);
    expect(PHASES.indexOf(stored?.phase ?? "requested"), id).toBeGreaterThanOrEqual(PHASES.indexOf(phase));
    expect(stored, id).toBeDefined();
  }
  const { observedAt } = (await store.cluster("prod")) ?? { observedAt: null };
  expect((observedAt ?? START) - START).toBeGreaterThanOrEqual(acknowledged.pass);
}

/** Exactly one pass is there, whole; an operation has secrets exactly while it is active; changes have no holes. */
async function expectNothingHalf(store: Store): Promise<void> {
  const { observedAt } = (await store.cluster("prod")) ?? { observedAt: null };
  const pass = observedAt === null ? { tenants: [] } : passOf(observedAt - START);
  expect((await store.tenants("prod")).map(({ tenant }) => tenant.name)).toEqual(
    pass.tenants.map(({ tenant }) => tenant.name),
  );
  for (const tenant of pass.tenants) {
    expect(await store.tenantInventory("prod", tenant.tenant.name)).toEqual(tenant);
  }
  for (const { id, phase, outcome } of (await store.operations({})).operations) {
    expect([id, outcome]).toEqual([id, phase === "ended" ? "succeeded" : null]);
    expect((await store.operationSecrets(id)) === null, id).toBe(phase === "ended");
  }
  const changes = await store.changesAfter(Math.max(0, (await store.lastChange()) - 5000));
  if (changes === "forgotten") throw new Error("five thousand changes must be kept");
  const first = changes[0]?.number ?? 0;
  expect(changes.map((change) => change.number)).toEqual(changes.map((_, at) => first + at));
  expect(await store.clusterPassword("prod")).toBe(newCluster("prod").password);
}

function expectSoundFile(path: string): void {
  const raw = new DatabaseSync(path, { readOnly: true });
  expect(raw.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(raw.prepare("pragma foreign_key_check").all()).toEqual([]);
  raw.close();
}

test("a store whose program was killed while it wrote has lost nothing and holds nothing half", {
  timeout: 60_000,
}, async () => {
  await withFolder(async (folder) => {
    const path = join(folder, DATABASE_FILE);
    for (let kill = 1; kill <= KILLS; kill++) {
      const lines = randomInt(LINES.least, LINES.most);
      console.log(`kill ${kill} of ${KILLS} after ${lines} acknowledgements`);
      const acknowledged = await writeAndKill(path, lines);
      const store = await openStore({ path, now: () => START });
      await expectNothingLost(store, acknowledged);
      await expectNothingHalf(store);
      await store.close();
      expectSoundFile(path);
    }
  });
});
