import { expect } from "vitest";
import { runSchedule } from "./schedule.ts";
import { count, emptyTally, replayCommand, summary } from "./tally.ts";

/** Runs the schedules of the seeds from `first` on, as many as asked, and expects that every promise was kept. */
export async function expectKept(first: number, schedules: number): Promise<void> {
  const tally = emptyTally();
  for (let seed = first; seed < first + schedules; seed++) count(tally, await runSchedule(seed));
  console.log(`seeds ${first}..${first + schedules - 1}: ${summary(tally)}`);
  const failures = tally.failures.map(({ seed, message }) => `${message}\n  ${replayCommand(seed)}`);
  expect(failures).toEqual([]);
  // What was not tried was not kept.
  expect(tally.kills).toBeGreaterThan(schedules / 4);
  expect(tally.restores).toBeGreaterThan(schedules);
  expect(tally.refusals).toBeGreaterThan(schedules / 2);
  expect(Object.keys(tally.faults).length).toBeGreaterThan(15);
}
