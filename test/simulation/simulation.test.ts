import { expect, test } from "vitest";
import { runSchedule } from "./schedule.ts";
import { count, emptyTally, replayCommand, summary } from "./tally.ts";

/** The same seeds every time: a soak is where new ones are tried. */
const FIRST = 1;
const SCHEDULES = 1000;

test(`${SCHEDULES} schedules from seed ${FIRST} on keep every promise`, async () => {
  const tally = emptyTally();
  for (let seed = FIRST; seed < FIRST + SCHEDULES; seed++) count(tally, await runSchedule(seed));
  console.log(`seeds ${FIRST}..${FIRST + SCHEDULES - 1}: ${summary(tally)}`);
  const failures = tally.failures.map(({ seed, message }) => `${message}\n  ${replayCommand(seed)}`);
  expect(failures).toEqual([]);
  // What was not tried was not kept.
  expect(tally.kills).toBeGreaterThan(SCHEDULES / 4);
  expect(tally.restores).toBeGreaterThan(SCHEDULES);
  expect(tally.refusals).toBeGreaterThan(SCHEDULES / 2);
  expect(Object.keys(tally.faults).length).toBeGreaterThan(15);
});

test("a seed tells the same story twice", async () => {
  const told = async () => {
    const lines: string[] = [];
    await runSchedule(3, { say: (line) => lines.push(line) });
    return lines;
  };
  const first = await told();
  expect(first.length).toBeGreaterThan(10);
  expect(await told()).toEqual(first);
});
