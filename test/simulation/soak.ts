import { fork } from "node:child_process";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { runSchedule } from "./schedule.ts";
import { count, emptyTally, replayCommand, sum, summary, type Tally } from "./tally.ts";

/*
 * npm run soak -- --seeds 1..200000      as many schedules as asked, one process for each core, and a summary
 * npm run soak -- --seed 17 --story      one schedule, told
 */

const USAGE = "usage: npm run soak -- (--seeds FIRST..LAST [--processes N] | --seed N [--story])";
/** Most of what a schedule makes is garbage when it ends: room for it saves collecting it over and over. */
const ROOM = ["--max-semi-space-size=64"];
const SAID_EVERY_MS = 30_000;

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Every `step`th seed from `first` on: each process takes its share of every part of the range. */
interface Share extends Range {
  readonly step: number;
}

async function main(): Promise<void> {
  const share = process.env.SOAK_SHARE;
  if (share !== undefined) return void process.send?.(await runShare(JSON.parse(share) as Share));
  const options = {
    seeds: { type: "string" },
    seed: { type: "string" },
    story: { type: "boolean" },
    processes: { type: "string" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.seed !== undefined) return tellOne(numberIn(values.seed), values.story === true);
  const range = rangeIn(values.seeds ?? "");
  await soak(range, values.processes === undefined ? cpus().length : numberIn(values.processes));
}

async function tellOne(seed: number, isTold: boolean): Promise<void> {
  const { violation } = await runSchedule(seed, isTold ? { say: (line) => console.log(line) } : {});
  console.log(violation ? `seed ${seed} failed: ${violation.stack}` : `seed ${seed} passed`);
  process.exitCode = violation ? 1 : 0;
}

async function soak({ first, last }: Range, processes: number): Promise<void> {
  const began = performance.now();
  const shares = Array.from({ length: processes }, (_, i) => ({ first: first + i, last, step: processes }));
  const tally = sum(await Promise.all(shares.map(inOwnProcess)));
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `seeds ${first}..${last} in ${seconds.toFixed(0)} s, ${(tally.schedules / seconds).toFixed(1)} a second, ${processes} processes`,
  );
  console.log(summary(tally));
  process.exitCode = tally.failures.length > 0 ? 1 : 0;
}

function inOwnProcess(share: Share): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, {
      execArgv: ROOM,
      env: { ...process.env, SOAK_SHARE: JSON.stringify(share) },
    });
    child.once("message", (tally) => resolve(tally as Tally));
    child.once("exit", (code) => reject(new Error(`a process of the soak ended with ${code}`)));
  });
}

/** A failing seed prints itself at once: a long soak need not end to be of use. */
async function runShare({ first, last, step }: Share): Promise<Tally> {
  const tally = emptyTally();
  let saidAt = performance.now();
  for (let seed = first; seed <= last; seed += step) {
    const result = await runSchedule(seed);
    count(tally, result);
    if (result.violation) console.log(`seed ${seed}: ${result.violation.message}\n  ${replayCommand(seed)}`);
    if (performance.now() - saidAt < SAID_EVERY_MS) continue;
    saidAt = performance.now();
    console.log(`at seed ${seed}: ${tally.schedules} schedules, ${tally.failures.length} failed`);
  }
  return tally;
}

function rangeIn(text: string): Range {
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (first === undefined || last === undefined) throw new Error(USAGE);
  return { first: Number(first), last: Number(last) };
}

function numberIn(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(USAGE);
  return Number(text);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
