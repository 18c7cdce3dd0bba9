import { type ArchiveRound, newestRound } from "./archive.ts";
import { noBackupYet } from "./instant-refusal.ts";
import type { TenantInventory } from "./inventory.ts";
import { Problem } from "./problem.ts";
import type { Restorable } from "./restorable.ts";
import type { Tenant } from "./tenant.ts";
import {
  atLeast,
  backsUpOneTenant,
  FIRST_VERSION_WITH_TENANT_BACKUP,
  type Version,
  versionText,
} from "./version.ts";

/**
 * Which actions a tenant is offered, and why not (X6). The page disables a button with the same problem that a request
 * would be refused with: one judgement, two places. Null: offered.
 */
export interface Asked {
  readonly tenant: TenantInventory;
  readonly version: Version;
}

export function backUpRefusal({ tenant, version }: Asked): Problem | null {
  return (
    versionRefusal(version) ??
    kindRefusal(tenant, "backed up by itself") ??
    standbyRefusal(tenant) ??
    dataDestinationRefusal(tenant) ??
    runningBackupRefusal(tenant) ??
    archiveNotDoingRefusal(tenant)
  );
}

/** For a backup that is to bring its own logs: OceanBase answers 1235 before 4.2 (facts 3.3). */
export function plusArchivelogRefusal(version: Version): Problem | null {
  if (atLeast(version, 4, 2)) return null;
  return new Problem("version-not-supported", {
    found: `PLUS ARCHIVELOG needs OceanBase ≥ 4.2.0.0; this is ${versionText(version)}.`,
    remedy: "Back up without it: the logs come from log backup.",
    values: { needed: "4.2.0.0", found: versionText(version) },
  });
}

export function startArchiveRefusal({ tenant }: Asked): Problem | null {
  return (
    kindRefusal(tenant, "archived") ??
    standbyRefusal(tenant) ??
    archiveDestinationRefusal(tenant) ??
    alreadyArchivingRefusal(tenant)
  );
}

export function stopArchiveRefusal({ tenant }: Asked): Problem | null {
  const { name, logMode } = tenant.tenant;
  if (logMode !== "noarchivelog") return kindRefusal(tenant, "archived");
  return new Problem("archive-not-running", {
    found: `Log backup of ${name} is off already.`,
    remedy: "Nothing is left to stop.",
    values: { tenant: name },
  });
}

/** `wanted` null: would any change be offered at all? A null destination is left as it is and not judged. */
export function setDestinationsRefusal({
  tenant,
  wanted,
}: Asked & {
  readonly wanted: { readonly data: string | null; readonly archive: string | null } | null;
}): Problem | null {
  const refusal = kindRefusal(tenant, "backed up");
  if (refusal || wanted === null) return refusal;
  return (
    // 9036 while a job runs, 1235 while the newest round is not STOP (facts 3.1).
    (wanted.data === null ? null : runningBackupRefusal(tenant)) ??
    (wanted.archive === null ? null : archiveRunsRefusal(tenant))
  );
}

/** Whether there is any instant to restore to; which ones is for the plan to judge. */
export function restoreRefusal({ tenant }: TenantInventory, known: Restorable): Problem | null {
  if (tenant.kind !== "user") return notUser(tenant, "restored");
  return known.intervals.length > 0 ? null : noBackupYet(tenant.name, known.gaps.at(-1) ?? null);
}

function versionRefusal(version: Version): Problem | null {
  if (backsUpOneTenant(version)) return null;
  const [needed, found] = [versionText(FIRST_VERSION_WITH_TENANT_BACKUP), versionText(version)];
  return new Problem("version-without-tenant-backup", {
    found: `Needs OceanBase ≥ ${needed}; this is ${found}.`,
    remedy: "Back up the owning cluster, or upgrade.",
    values: { needed, found },
  });
}

function kindRefusal({ tenant }: TenantInventory, what: string): Problem | null {
  if (tenant.kind !== "user") return notUser(tenant, what);
  if (tenant.isNormal) return null;
  return new Problem("tenant-not-normal", {
    found: `${tenant.name} is ${tenant.statusWord}, expected NORMAL.`,
    remedy: "Wait until the tenant is NORMAL; a restore that failed leaves it as it is until it is dropped.",
    values: { tenant: tenant.name, status: tenant.statusWord },
  });
}

function notUser({ name, kind }: Tenant, what: string): Problem {
  return new Problem("tenant-is-sys", {
    found: `${name} is the ${kind} tenant; only user tenants can be ${what}.`,
    remedy: "Choose a user tenant.",
    values: { tenant: name },
  });
}

function standbyRefusal({ tenant }: TenantInventory): Problem | null {
  if (tenant.role !== "standby") return null;
  return new Problem("tenant-is-standby", {
    found: `${tenant.name} is a standby tenant; backups are made of its primary.`,
    remedy: "Back up the primary, or activate this one first.",
    values: { tenant: tenant.name },
  });
}

function dataDestinationRefusal({ tenant, destinations }: TenantInventory): Problem | null {
  if (destinations.data !== null) return null;
  return new Problem("destination-not-set", {
    found: `${tenant.name} has no data destination.`,
    remedy: "Set where its data backups go, then back up.",
    values: { tenant: tenant.name, which: "data" },
  });
}

function archiveDestinationRefusal({ tenant, destinations }: TenantInventory): Problem | null {
  if (destinations.archive !== null) return null;
  return new Problem("destination-not-set", {
    found: `${tenant.name} has no log destination: OceanBase would say yes and archive nothing.`,
    remedy: "Set where its logs go, then start log backup.",
    values: { tenant: tenant.name, which: "archive" },
  });
}

function runningBackupRefusal({ tenant, backupJobs }: TenantInventory): Problem | null {
  const job = backupJobs.find((each) => !each.isHistory && each.setId !== 0);
  if (!job) return null;
  const fraction = job.progress?.fraction ?? null;
  const percent = fraction === null ? null : Math.floor(fraction * 100);
  return new Problem("backup-already-running", {
    found: `Set ${job.setId} of ${tenant.name} is being backed up${percent === null ? "" : ` (${percent}%)`}.`,
    remedy: "Start again when it ends, or cancel it.",
    values: { tenant: tenant.name, set: job.setId, percent },
  });
}

/** 9040 otherwise: the kernel wants a round that is DOING (facts 3.3). */
function archiveNotDoingRefusal(tenant: TenantInventory): Problem | null {
  const round = newestRound(tenant.rounds);
  if (round?.status === "doing") return null;
  const { name } = tenant.tenant;
  const state = round
    ? `its newest archive round (${round.id}) is ${round.statusWord}`
    : "it has never had an archive round";
  return new Problem("archive-not-running", {
    found: `Log backup of ${name} is not going on: ${state}.`,
    remedy: remedyFor(round),
    values: { tenant: name, status: round?.statusWord ?? null, round: round?.id ?? null },
  });
}

function remedyFor(round: ArchiveRound | undefined): string {
  switch (round?.status) {
    case "interrupted":
      return "An interrupted round does not heal: stop log backup, start it again, then back up.";
    case "suspending":
    case "suspended":
      return "Enable its destination again (LOG_ARCHIVE_DEST_STATE = 'ENABLE'), then back up.";
    case "preparing":
    case "beginning":
      return "Wait until it is going on, then back up.";
    default:
      return "Start log backup and wait until it is going on, then back up.";
  }
}

/** 9091 otherwise, also where starting it again would be of use. */
function alreadyArchivingRefusal(tenant: TenantInventory): Problem | null {
  const { name, logMode } = tenant.tenant;
  if (logMode !== "archivelog") return null;
  const round = newestRound(tenant.rounds);
  return new Problem("archive-already-running", {
    found: `Log backup of ${name} is on already${round ? `: round ${round.id} is ${round.statusWord}` : ", but no round has appeared"}.`,
    remedy: remedyWhereOn(round),
    values: { tenant: name, status: round?.statusWord ?? null, round: round?.id ?? null },
  });
}

function remedyWhereOn(round: ArchiveRound | undefined): string {
  if (round?.status === "interrupted") {
    return "An interrupted round does not heal: stop log backup first, then start it.";
  }
  // Switched on while no destination was set, or a moment ago (facts 3.2, 7).
  if (!round || round.status === "stopped") {
    return "If no round appears within two minutes, stop log backup and start it again.";
  }
  return "Nothing is left to start.";
}

function archiveRunsRefusal(tenant: TenantInventory): Problem | null {
  const round = newestRound(tenant.rounds);
  if (!round || round.status === "stopped") return null;
  const { name } = tenant.tenant;
  return new Problem("archive-already-running", {
    found: `The log destination of ${name} cannot be changed while its archive round ${round.id} is ${round.statusWord}.`,
    remedy: "Stop log backup first; that opens a gap until it is started again and a full backup completes.",
    values: { tenant: name, status: round.statusWord, round: round.id },
  });
}
