import type { ScheduleResult } from "./schedule.ts";

/** What many schedules came to. Plain data: processes send it to one another. */
export interface Tally {
  schedules: number;
  kills: number;
  wishes: number;
  accepted: number;
  restores: number;
  refusals: number;
  readonly faults: Record<string, number>;
  readonly failures: { readonly seed: number; readonly message: string }[];
}

export function emptyTally(): Tally {
  return {
    schedules: 0,
    kills: 0,
    wishes: 0,
    accepted: 0,
    restores: 0,
    refusals: 0,
    faults: {},
    failures: [],
  };
}

export function count(tally: Tally, result: ScheduleResult): void {
  tally.schedules += 1;
  tally.kills += result.kills;
  tally.wishes += result.wishes;
  tally.accepted += result.accepted;
  tally.restores += result.restores;
  tally.refusals += result.refusals;
  for (const [kind, times] of result.faults) tally.faults[kind] = (tally.faults[kind] ?? 0) + times;
  if (result.violation) tally.failures.push({ seed: result.seed, message: result.violation.message });
}

export function sum(tallies: readonly Tally[]): Tally {
  const total = emptyTally();
  for (const each of tallies) {
    for (const key of ["schedules", "kills", "wishes", "accepted", "restores", "refusals"] as const)
      total[key] += each[key];
    for (const [kind, times] of Object.entries(each.faults))
      total.faults[kind] = (total.faults[kind] ?? 0) + times;
    total.failures.push(...each.failures);
  }
  return total;
}

/** In words, for a person. */
export function summary(tally: Tally): string {
  const { schedules, kills, wishes, accepted, restores, refusals, failures } = tally;
  const faults = Object.entries(tally.faults).toSorted(([, a], [, b]) => b - a);
  return [
    `${schedules} schedules, ${failures.length} failed`,
    `${wishes} wishes, ${accepted} accepted; Holdfast killed ${kills} times`,
    `${restores} restores and ${refusals} refusals judged`,
    `faults: ${faults.map(([kind, times]) => `${kind} ${times}`).join(", ")}`,
  ].join("\n");
}

export function replayCommand(seed: number): string {
  return `npm run soak -- --seed ${seed} --story`;
}
