import { runSchedule } from "./schedule.ts";

/** The first seed that breaks a promise; null where none does. */
export type FirstFailure = { readonly seed: number; readonly message: string } | null;

/** `node find-failure.ts N`: runs the schedules of seeds 1 to N until one fails, and prints it as JSON. */
async function search(last: number): Promise<FirstFailure> {
  for (let seed = 1; seed <= last; seed++) {
    const { violation } = await runSchedule(seed);
    if (violation) return { seed, message: violation.message };
  }
  return null;
}

if (import.meta.main) console.log(JSON.stringify(await search(Number(process.argv[2]))));
