import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { KernelStage } from "./kernel-stage.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";
import type { Scenario } from "./stage.ts";
import { keepTrace, writeTrace } from "./trace.ts";
import { type Watch, watch } from "./watch.ts";

/** What was seen of a scenario that breaks off is worth reading too. */
const KEEP_EVERY_MS = 60_000;

/**
 * `npm run record -- SCENARIO… [--address HOST:PORT] [--at-once N]`: lives through the scenarios on a cluster that may be
 * changed at will, and writes what it showed below traces/.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    address: { type: "string", default: "127.0.0.1:2881" },
    "at-once": { type: "string", default: "1" },
  },
});
const scenarios = positionals.map((name) => SCENARIOS.find((each) => each.name === name) ?? unknown(name));
if (scenarios.length === 0) unknown("");
process.exitCode = (await recordAll(scenarios)) ? 0 : 1;

function unknown(name: string): never {
  console.error(`no scenario ${JSON.stringify(name)}; known:`);
  for (const each of SCENARIOS) console.error(`  ${each.name.padEnd(30)}${each.title}`);
  process.exit(2);
}

async function recordAll(wanted: readonly Scenario[]): Promise<boolean> {
  const [host = "", port = ""] = values.address.split(":");
  const address = { host, port: Number(port) };
  const watching = watch(address);
  const waiting = [...wanted];
  const failed: string[] = [];
  const recordInTurn = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await record(next, { address, watching }).catch((error: unknown) => {
        console.error(`${next?.name}:`, error);
        failed.push(next?.name ?? "");
      });
    }
  };
  await Promise.all(Array.from({ length: Number(values["at-once"]) }, recordInTurn));
  watching.stop();
  return failed.length === 0;
}

interface Where {
  readonly address: { readonly host: string; readonly port: number };
  readonly watching: Watch;
}

async function record(scenario: Scenario, { address, watching }: Where): Promise<void> {
  const base = mkdtempSync(join(tmpdir(), `holdfast-record-${scenario.stem}-`));
  const stage = new KernelStage(scenario, { address, base });
  const version = await stage.value("SELECT ob_version()");
  await stage.open();
  watching.recordings.add(stage.recording);
  const keeping = setInterval(() => keepTrace(stage.recording.trace(version)), KEEP_EVERY_MS);
  try {
    await scenario.act(stage);
    await stage.settle();
    stage.recording.list();
    console.log(`${scenario.name} is written to ${writeTrace(stage.recording.trace(version))}`);
  } finally {
    clearInterval(keeping);
    watching.recordings.delete(stage.recording);
    keepTrace(stage.recording.trace(version));
  }
  await stage.cleanUp();
  rmSync(base, { recursive: true, force: true });
}
