import { SqlError } from "../engine.ts";
import { planRecovery } from "../tenant-data/plan-restore.ts";
import { DURATIONS } from "./durations.ts";
import { type Model, putTenant } from "./model.ts";
import { notAllowed, notSupported } from "./refusal.ts";
import type { Tenant } from "./state.ts";
import { UNLIMITED_SCN } from "./time.ts";

/** ACTIVATE STANDBY: PRIMARY at once (4.2.1.9: half a second). On a primary it has no effect. */
export function activateStandby(model: Model, tenant: Tenant): void {
  if (tenant.status !== "NORMAL") throw notAllowed("tenant status is not normal, activate standby is");
  if (tenant.role !== "STANDBY") return;
  putTenant(model, tenant, {
    role: "PRIMARY",
    standbyScn: null,
    recoveryUntilScn: UNLIMITED_SCN,
    switchoverEpoch: model.now,
    nextAt: null,
  });
}

/**
 * SWITCHOVER TO STANDBY: the tenant takes no writes any more (4688); its rows and its archive stay. Of what it is already, it
 * has no effect (4.2.1.9, of a primary).
 */
export function becomeStandby(model: Model, tenant: Tenant): void {
  if (tenant.role === "STANDBY") return;
  if (tenant.status !== "NORMAL") throw notAllowed("tenant status is not normal, switchover is");
  model.media.data(tenant.id);
  const standbyScn = model.freshScn();
  putTenant(model, tenant, { role: "STANDBY", standbyScn, switchoverEpoch: model.now, nextAt: null });
}

/**
 * SWITCHOVER TO PRIMARY, for a tenant that was one: it has no source of log to catch up with. A standby that follows an
 * archive is refused: whether its primary has stepped down cannot be told here.
 */
export function becomePrimary(model: Model, tenant: Tenant): void {
  if (tenant.role === "PRIMARY") return;
  if (tenant.status !== "NORMAL") throw notAllowed("tenant status is not normal, switchover is");
  if (model.state.restoreSources.get(tenant.id)) {
    throw notSupported("switchover of a standby that follows an archive in this sandbox is");
  }
  putTenant(model, tenant, {
    role: "PRIMARY",
    standbyScn: null,
    recoveryUntilScn: UNLIMITED_SCN,
    switchoverEpoch: model.now,
    nextAt: null,
  });
}

export type RecoverUntil = { readonly scn: bigint } | "unlimited" | "cancel";

/** RECOVER STANDBY: moves the mark up to which the standby replays. Throws 4179. */
export function recoverStandby(model: Model, tenant: Tenant, until: RecoverUntil): void {
  if (tenant.role !== "STANDBY") throw notAllowed("tenant role is not STANDBY, recover is");
  const at = tenant.standbyScn ?? 0n;
  const mark = until === "cancel" ? at : until === "unlimited" ? UNLIMITED_SCN : until.scn;
  if (mark < at) throw notAllowed(`recover before tenant sync_scn ${at} is`);
  putTenant(model, tenant, {
    recoveryUntilScn: mark,
    nextAt: mark > at ? model.now + DURATIONS.standbyReplay : null,
  });
}

/** Replays what the archive path holds by now, as far as the mark; looks again later while there is more to come. */
export function replayStandby(model: Model, tenant: Tenant): void {
  const reached = replayed(model, tenant);
  const done = reached >= tenant.recoveryUntilScn;
  const nextAt = done ? null : model.now + DURATIONS.standbyReplay;
  putTenant(model, tenant, { standbyScn: reached, nextAt });
}

const STEP_BYTES = 1024 * 1024;
const MOST_STEPS = 1_000_000;

function replayed(model: Model, tenant: Tenant): bigint {
  const at = tenant.standbyScn ?? 0n;
  const source = model.state.restoreSources.get(tenant.id);
  if (source === undefined) return at;
  try {
    const archivePath = model.media.directoryOf(source.archiveUri);
    const newest = planRecovery({ archivePath, fromScn: at, target: { latest: true } }).targetScn;
    const scn = newest < tenant.recoveryUntilScn ? newest : tenant.recoveryUntilScn;
    if (scn <= at) return at;
    const run = model.media.recoveryRun(tenant.id, () =>
      planRecovery({ archivePath, fromScn: at, target: { scn } }),
    );
    for (let steps = 0; steps < MOST_STEPS && !run.step(STEP_BYTES); steps++);
    model.media.endRestore(tenant.id);
    return scn;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    model.media.endRestore(tenant.id);
    return at;
  }
}
