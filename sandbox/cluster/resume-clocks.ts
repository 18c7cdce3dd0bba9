import type { Model } from "../model/model.ts";
import type { Micros } from "../model/time.ts";

/**
 * A cluster that was down takes its next steps as much later as it was down: nothing went on meanwhile. `stoppedAt` is the
 * last moment that it saved.
 */
export function resumeClocks({ state, now }: Model, stoppedAt: Micros): void {
  const down = Math.max(0, now - stoppedAt);
  const later = (at: Micros | null) => (at === null ? null : at + down);
  for (const row of state.tenants.all()) {
    if (row.nextAt !== null) state.tenants.put({ ...row, nextAt: later(row.nextAt) });
  }
  for (const row of state.archiveDests.all()) {
    if (row.nextAt !== null) state.archiveDests.put({ ...row, nextAt: later(row.nextAt) });
  }
  for (const row of state.rounds.all()) {
    if (row.nextAt === null && row.refreshAt === null) continue;
    state.rounds.put({ ...row, nextAt: later(row.nextAt), refreshAt: later(row.refreshAt) });
  }
  for (const row of state.jobs.all()) {
    if (row.nextAt !== null) state.jobs.put({ ...row, nextAt: later(row.nextAt) });
  }
  for (const row of state.restores.all()) {
    if (row.nextAt === null) continue;
    state.restores.put({ ...row, nextAt: later(row.nextAt), phaseStartedAt: row.phaseStartedAt + down });
  }
}
