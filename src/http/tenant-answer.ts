import type { AnswerOf } from "../api/contract.ts";
import { type Loose, toJson } from "../api/json.ts";
import { newestRound } from "../domain/archive.ts";
import { isUsable } from "../domain/backup-set.ts";
import type { TenantInventory } from "../domain/inventory.ts";
import {
  backUpRefusal,
  restoreRefusal,
  setDestinationsRefusal,
  startArchiveRefusal,
  stopArchiveRefusal,
} from "../domain/offers.ts";
import { Problem } from "../domain/problem.ts";
import { type Restorable, restorable } from "../domain/restorable.ts";
import { NO_SCN, type Scn, SECOND_NS, scnFromMicros } from "../domain/scn.ts";
import { verdictOf } from "../domain/window.ts";
import type { ClusterRecord } from "../store/store.ts";
import { newestFirst } from "./task-answers.ts";

type Row = Loose<AnswerOf<"listTenants">["items"][number]>;
type Actions = Loose<AnswerOf<"showTenant">["actions"]>;
type Figures = Pick<Row, "hasBackups" | "lastDataBackup" | "log" | "verdict" | "files">;

/** Older than this, an observation is told apart from the present. */
const STALE_AFTER_MICROS = 5 * 60 * 1_000_000;

/** A tenant with the cluster it was observed in, and what follows from its history. */
export interface SeenTenant {
  readonly cluster: ClusterRecord;
  readonly seen: TenantInventory;
  /** The cluster's clock when it was observed: nothing later is known. */
  readonly now: Scn;
  readonly restorable: Restorable;
}

export function seenTenant(cluster: ClusterRecord, seen: TenantInventory): SeenTenant {
  const now = seen.goneAt === undefined ? clusterNow(cluster) : lastLogged(seen);
  return { cluster, seen, now, restorable: restorable(seen, { now }) };
}

function clusterNow({ clusterNow: told, observedAt }: ClusterRecord): Scn {
  return told ?? scnFromMicros(observedAt ?? 0);
}

/** A dropped tenant has no time after its last log: nothing is missing there, and no gap grows. */
function lastLogged({ rounds, goneAt = 0 }: TenantInventory): Scn {
  return newestRound(rounds)?.checkpointScn ?? scnFromMicros(goneAt);
}

export function tenantRow(tenant: SeenTenant, at: { readonly now: number }): Row {
  const { cluster, seen } = tenant;
  const observedAt = cluster.observedAt ?? 0;
  return {
    cluster: cluster.name,
    tenant: toJson(seen.tenant),
    observedAt,
    goneAt: seen.goneAt ?? null,
    isStale: cluster.unobserved !== null || at.now - observedAt > STALE_AFTER_MICROS,
    ...figuresOf(tenant),
  };
}

export function figuresOf({ seen, now, restorable: found }: SeenTenant): Figures {
  return {
    hasBackups: seen.sets.length > 0 || seen.backupJobs.length > 0,
    lastDataBackup: lastDataBackup(seen),
    log: logFigures(seen, now),
    verdict: toJson(verdictOf(found)),
    files: {
      dataBytes: sum(seen.sets.filter((set) => set.fileStatus !== "deleted").map((set) => set.outputBytes)),
      logBytes: sum(
        seen.pieces.filter((piece) => piece.fileStatus !== "deleted").map((piece) => piece.outputBytes),
      ),
    },
  };
}

function lastDataBackup({ sets }: TenantInventory): Row["lastDataBackup"] {
  const usable = sets.filter(isUsable);
  if (usable.length === 0) return null;
  const last = usable.reduce((newest, each) => (each.minRestoreScn > newest.minRestoreScn ? each : newest));
  return { at: last.minRestoreScn.toString(), setId: last.id, type: last.type };
}

/** Set or no set: a page that only tells of the last success hides that the backups fail since. */
export function lastAttempt({ backupJobs }: TenantInventory): Loose<AnswerOf<"showTenant">["lastAttempt"]> {
  const last = newestFirst(backupJobs.filter((job) => job.isHistory))[0];
  if (!last) return null;
  const { id, setId, status, statusWord, endedAt, resultCode, comment } = last;
  return { jobId: id, setId, status, statusWord, endedAt, resultCode, comment };
}

/** The newest instant that logs cover, and how far it lies behind the cluster's own clock. */
function logFigures(seen: TenantInventory, now: Scn): Row["log"] {
  const round = newestRound(seen.rounds);
  const checkpoint = round && round.checkpointScn > NO_SCN ? round.checkpointScn : null;
  const isGoingOn = round !== undefined && round.status !== "stopped";
  return {
    checkpoint: checkpoint?.toString() ?? null,
    delaySeconds:
      checkpoint !== null && isGoingOn ? Math.max(0, Number((now - checkpoint) / SECOND_NS)) : null,
    roundId: round?.id ?? null,
    status: round?.status ?? null,
    statusWord: round?.statusWord ?? null,
    comment: round?.comment ?? "",
  };
}

/** What the page offers, and why not. The same judgements refuse a request. */
export function actionsOf({ cluster, seen, restorable: found }: SeenTenant): Actions {
  const asked = { tenant: seen, version: cluster.version };
  const silent = cluster.unobserved
    ? new Problem(cluster.unobserved.problem.code, problemDetails(cluster))
    : null;
  const offer = (refusal: Problem | null) => ({ refusedBy: (silent ?? refusal)?.body ?? null });
  return {
    backUp: offer(backUpRefusal(asked)),
    backUpCluster: offer(notYet("Backing up a whole cluster")),
    newPolicy: offer(notYet("Backup policies")),
    restore: { refusedBy: restoreRefusal(seen, found)?.body ?? null },
    startArchive: offer(startArchiveRefusal(asked)),
    stopArchive: offer(stopArchiveRefusal(asked)),
    setDestinations: offer(setDestinationsRefusal({ ...asked, wanted: null })),
  };
}

function problemDetails({ unobserved }: ClusterRecord) {
  const { found = "", remedy = "", values = {} } = unobserved?.problem ?? {};
  return { found, remedy, values };
}

/** Buttons that the page has and this version cannot carry out yet say so. */
function notYet(what: string): Problem {
  return new Problem("version-not-supported", {
    found: `Not part of this Holdfast yet: ${what.charAt(0).toLowerCase()}${what.slice(1)}.`,
    remedy: "Back up the tenants one by one.",
    values: { what },
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
