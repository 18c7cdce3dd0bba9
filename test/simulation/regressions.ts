import type { Drawn } from "./draw.ts";
import { SECOND } from "./timeline.ts";
import { START } from "./world.ts";

/** A day on which nothing happens. */
const QUIET: Drawn = {
  version: "4.2.5.1",
  latency: 0,
  slowShare: 0,
  clockAhead: 0,
  wishes: [],
  others: [],
  faults: [],
  kills: [],
  judgings: [],
  commits: [],
  faultsEnd: START + 30 * SECOND,
};

const at = (seconds: number) => START + seconds * SECOND;

/** What a soak found, cut down to the days that show it: kept for ever, whatever seeds draw. */
export const REGRESSIONS: Readonly<Record<string, Drawn>> = {
  "a cluster that says it is starting is not asked again without a pause": {
    ...QUIET,
    wishes: [{ at: at(6), kind: "back-up", tenant: "shop" }],
    faults: [{ when: { statement: "backup" }, for: { seconds: 9 }, what: { kind: "error", errno: 8001 } }],
  },
  "a restored tenant that is dropped before a pass sees it ends its operation": {
    ...QUIET,
    wishes: [{ at: at(6), kind: "restore", tenant: "shop" }],
    others: [19, 19.5, 20, 20.5].map((seconds) => ({ at: at(seconds), sql: "DROP TENANT copy1 FORCE" })),
  },
  "the backup of a tenant that is renamed meanwhile is followed to its end": {
    ...QUIET,
    wishes: [
      { at: at(6), kind: "back-up", tenant: "crm" },
      { at: at(28), kind: "cancel", tenant: "crm" },
    ],
    faults: [
      { when: { afterSeconds: 8 }, what: { kind: "tenant-renamed", tenant: "crm", to: "crm_before" } },
    ],
  },
  "a start of log backup that meets a deferred destination ends": {
    ...QUIET,
    wishes: [{ at: at(21), kind: "start-archive", tenant: "shop" }],
    others: [
      { at: at(1), sql: "ALTER SYSTEM NOARCHIVELOG TENANT = shop" },
      { at: at(23.5), sql: "ALTER SYSTEM SET LOG_ARCHIVE_DEST_STATE = 'DEFER' TENANT = shop" },
    ],
  },
  "a job that was asked for long ago and is in neither view for a moment is not lost": {
    ...QUIET,
    wishes: [{ at: at(1), kind: "back-up", tenant: "shop" }],
    faults: [
      { when: { afterSeconds: 3 }, for: { seconds: 50 }, what: { kind: "job-stays", job: "backup" } },
      { when: { afterSeconds: 3 }, what: { kind: "row-in-neither", of: "backup-jobs", bySeconds: 12 } },
    ],
    faultsEnd: at(90),
  },
  "a round that is about to begin does not hide that the one before it was stopped": {
    ...QUIET,
    others: [
      { at: at(1), sql: "ALTER SYSTEM NOARCHIVELOG TENANT = shop" },
      { at: at(19.4), sql: "ALTER SYSTEM ARCHIVELOG TENANT = shop" },
    ],
    judgings: [{ at: at(19.5), tenant: "shop" }],
  },
};
