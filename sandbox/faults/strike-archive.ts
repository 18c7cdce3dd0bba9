import { interruptRound, setArchiveState, setLogMode } from "../model/archive.ts";
import type { Round } from "../model/backup-rows.ts";
import { type Model, tenantById } from "../model/model.ts";
import { currentRound } from "../model/rounds.ts";
import type { Tenant } from "../model/state.ts";
import { type Ground, type Strike, tenantsMeant } from "./ground.ts";

interface Archiving {
  readonly tenant: Tenant;
  readonly round: Round;
}

/** A tenant whose round is DOING. */
function archiving(model: Model, name: string | undefined): Archiving | undefined {
  for (const tenant of tenantsMeant(model, name)) {
    const round = currentRound(model, tenant.id);
    if (round?.status === "DOING" && tenant.status === "NORMAL") return { tenant, round };
  }
  return undefined;
}

function roundWords({ tenant, round }: Archiving): string {
  return `round ${round.roundId} of ${tenant.name}`;
}

/** The log is recycled before it was archived (9087): INTERRUPTED, which never heals by itself. */
export function interruptArchive({ model }: Ground, name: string | undefined): Strike {
  const found = archiving(model, name);
  if (found === undefined) return "waits";
  model.media.data(found.tenant.id).recycleRedo();
  interruptRound(model, found.round);
  return { whom: roundWords(found) };
}

/** CHECKPOINT_SCN stands still. Whether the kernel's log disk would fill up meanwhile is left to archive-interrupted. */
export function lagArchive({ model }: Ground, name: string | undefined): Strike {
  const { rounds } = model.state;
  const found = archiving(model, name);
  if (found === undefined || found.round.refreshAt === null) return "waits";
  const { tenantId, roundId } = found.round;
  rounds.put({ ...found.round, refreshAt: null });
  return { whom: roundWords(found), end: () => refreshAgain(model, rounds.get(tenantId, roundId)) };
}

function refreshAgain({ state, now }: Model, round: Round | undefined): void {
  if (round?.status === "DOING" && round.refreshAt === null) state.rounds.put({ ...round, refreshAt: now });
}

/** A sandbox that was stopped while an archive lagged starts without that fault. */
export function releaseArchives(model: Model): void {
  for (const round of model.state.rounds.all()) refreshAgain(model, round);
}

/** Another person sends NOARCHIVELOG; the round that ARCHIVELOG begins later leaves a gap behind it. */
export function stopArchive({ model }: Ground, name: string | undefined): Strike {
  const found = archiving(model, name);
  if (found?.tenant.logMode !== "ARCHIVELOG" || found.tenant.role !== "PRIMARY") return "waits";
  setLogMode(model, found.tenant, "NOARCHIVELOG");
  return {
    whom: roundWords(found),
    end() {
      const tenant = tenantById(model, found.tenant.id);
      const mayStart = tenant?.status === "NORMAL" && tenant.role === "PRIMARY";
      if (mayStart && tenant.logMode === "NOARCHIVELOG") setLogMode(model, tenant, "ARCHIVELOG");
    },
  };
}

/** Another person sends DEFER, and ENABLE later: the round goes on without a gap. */
export function deferArchive({ model }: Ground, name: string | undefined): Strike {
  const found = archiving(model, name);
  if (found === undefined || model.state.archiveDests.get(found.tenant.id)?.state !== "ENABLE")
    return "waits";
  setArchiveState(model, found.tenant, "DEFER");
  return {
    whom: roundWords(found),
    end() {
      const tenant = tenantById(model, found.tenant.id);
      const dest = model.state.archiveDests.get(found.tenant.id);
      if (tenant && dest?.state === "DEFER") setArchiveState(model, tenant, "ENABLE");
    },
  };
}
