import type { ClusterFault, Fault, LineFault, ViewFault } from "../../sandbox/faults/fault.ts";
import type { Chance } from "./chance.ts";
import { TENANTS } from "./world.ts";

/** An effect that goes on after 4012, and a row that shows late, are there before this; Holdfast's adoption time is longer. */
export const LATEST_EFFECT_SECONDS = 12;

type Draw<What> = (chance: Chance) => What;

const LATE: Draw<number> = (chance) => chance.whole(1, LATEST_EFFECT_SECONDS);

const LINE: readonly [Draw<LineFault>, ...Draw<LineFault>[]] = [
  () => ({ kind: "refused" }),
  () => ({ kind: "dropped-before" }),
  () => ({ kind: "dropped-after" }),
  (chance) => ({ kind: "timeout", effectAfterSeconds: chance.whole(0, LATEST_EFFECT_SECONDS) }),
  () => ({ kind: "error", errno: 4016 }),
  () => ({ kind: "error", errno: 8001 }),
];

const JOB_VIEWS = ["CDB_OB_BACKUP_JOBS", "CDB_OB_BACKUP_JOB_HISTORY", "CDB_OB_RESTORE_PROGRESS"] as const;
const SET_VIEWS = [
  "CDB_OB_BACKUP_SET_FILES",
  "CDB_OB_ARCHIVELOG_PIECE_FILES",
  "CDB_OB_ARCHIVELOG_SUMMARY",
] as const;

const VIEW: readonly [Draw<ViewFault>, ...Draw<ViewFault>[]] = [
  (chance) => ({
    kind: "rows-late",
    view: chance.pick([...JOB_VIEWS, ...SET_VIEWS]),
    bySeconds: LATE(chance),
  }),
  (chance) => ({ kind: "rows-twice", view: chance.pick(JOB_VIEWS) }),
  (chance) => ({ kind: "unknown-word", view: chance.pick([...JOB_VIEWS, ...SET_VIEWS]), word: "PONDERING" }),
  (chance) => ({
    kind: "row-in-both",
    of: chance.pick(["backup-jobs", "restores"]),
    bySeconds: LATE(chance),
  }),
  (chance) => ({
    kind: "row-in-neither",
    of: chance.pick(["backup-jobs", "restores"]),
    bySeconds: LATE(chance),
  }),
];

const CLUSTER: readonly [Draw<ClusterFault>, ...Draw<ClusterFault>[]] = [
  () => ({ kind: "archive-interrupted", tenant: "shop" }),
  (chance) => ({ kind: "archive-interrupted", tenant: chance.pick(TENANTS) }),
  (chance) => ({ kind: "archive-lagging", tenant: chance.pick(TENANTS) }),
  (chance) => ({ kind: "archive-stopped", tenant: chance.pick(TENANTS) }),
  (chance) => ({ kind: "archive-deferred", tenant: chance.pick(TENANTS) }),
  (chance) => ({ kind: "job-stays", job: chance.pick(["backup", "restore"]) }),
  (chance) => ({ kind: "job-fails", job: chance.pick(["backup", "restore"]), code: -4016 }),
  (chance) => ({ kind: "job-canceled", job: chance.pick(["backup", "restore"]) }),
  (chance) => ({ kind: "destination-full", of: chance.pick(["data", "archive"]), tenant: "shop" }),
  (chance) => ({ kind: "destination-read-only", of: chance.pick(["data", "archive"]), tenant: "shop" }),
  (chance) => ({ kind: "destination-gone", of: chance.pick(["data", "archive"]), tenant: "shop" }),
  (chance) => ({ kind: chance.pick(["set-lost", "set-damaged"]), tenant: "shop" }),
  (chance) => ({ kind: chance.pick(["piece-lost", "piece-damaged"]), tenant: "shop" }),
  () => ({ kind: "tenant-dropped", tenant: "crm" }),
  () => ({ kind: "tenant-renamed", tenant: "crm", to: "crm_before" }),
  (chance) => ({ kind: "tenant-switched-over", tenant: chance.pick(TENANTS) }),
  () => ({ kind: "upgraded", to: "4.3.5.2" }),
  (chance) => ({ kind: "clock-off", bySeconds: chance.pick([-20, -3, 3, 20]) }),
];

/** What goes wrong in one schedule, as the sandbox takes it: each at a moment, some only with a certain statement. */
export function drawFaults(chance: Chance, seconds: number): readonly Fault[] {
  const lines = Array.from({ length: chance.whole(0, 3) }, () => lineFault(chance, seconds));
  const views = Array.from({ length: chance.whole(0, 1) }, () =>
    lasting(chance, seconds, chance.pick(VIEW)(chance)),
  );
  const cluster = Array.from({ length: chance.whole(0, 2) }, () =>
    lasting(chance, seconds, chance.pick(CLUSTER)(chance)),
  );
  return [...lines, ...views, ...cluster];
}

function lineFault(chance: Chance, seconds: number): Fault {
  const what = chance.pick(LINE)(chance);
  const afterSeconds = chance.whole(0, seconds);
  const statement =
    what.kind === "refused" ? {} : { statement: chance.pick(["effect", "effect", "read", "any"]) };
  const span = chance.happens(0.6) ? { times: chance.whole(1, 3) } : { seconds: chance.whole(1, 15) };
  return { when: { afterSeconds, ...statement }, for: span, what };
}

function lasting(chance: Chance, seconds: number, what: ViewFault | ClusterFault): Fault {
  const when = { afterSeconds: chance.whole(0, seconds) };
  return GOES_ON.has(what.kind) ? { when, for: { seconds: chance.whole(2, 30) }, what } : { when, what };
}

/** What ends by itself after a while; the others are done once. */
const GOES_ON: ReadonlySet<string> = new Set([
  "rows-late",
  "rows-twice",
  "unknown-word",
  "row-in-both",
  "row-in-neither",
  "job-stays",
  "archive-lagging",
  "archive-stopped",
  "archive-deferred",
  "tenant-switched-over",
  "destination-full",
  "destination-read-only",
  "destination-gone",
]);
