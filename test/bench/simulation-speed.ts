import { runSchedule } from "../simulation/schedule.ts";
import type { Figure } from "./main.ts";

/** The first ones pay for what a process makes once: the clusters' pasts, and machine code. */
const WARM_UP = 60;
const MEASURED = 300;

/** Schedules of the simulation one after the other on one core, whole: a cluster of their own each, kills, restores judged. */
export async function measureSimulation(): Promise<readonly Figure[]> {
  for (let seed = 1; seed <= WARM_UP; seed++) await runSchedule(seed);
  const began = performance.now();
  let failed = 0;
  for (let seed = WARM_UP + 1; seed <= WARM_UP + MEASURED; seed++) {
    const { violation } = await runSchedule(seed);
    if (violation) failed += 1;
  }
  const rate = MEASURED / ((performance.now() - began) / 1000);
  return [
    {
      what: `simulation: ${MEASURED} schedules on one core (${failed} failed)`,
      wanted: "≥ 50 /s",
      measured: `${rate.toFixed(1)} /s`,
      isMet: failed === 0 && rate >= 50,
    },
  ];
}
