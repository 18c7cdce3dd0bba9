import { SqlError } from "../engine.ts";
import type { RestoreRun } from "../tenant-data/execute-restore.ts";
import { traceId } from "./backup-end.ts";
import type { RestoreJob, RestorePhase } from "./backup-rows.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { type Model, putTenant, tenantById } from "./model.ts";
import { refusal } from "./refusal.ts";
import { SERVERS } from "./resources.ts";
import { failRestore, recordPhase, rootserviceReason } from "./restore.ts";
import { planAgain } from "./restore-origin.ts";
import type { Micros } from "./time.ts";
import { isSince } from "./version.ts";

const CONSISTENT = "PHYSICAL_RESTORE_WAIT_RESTORE_TO_CONSISTENT_SCN";

const PHASES: readonly RestorePhase[] = [
  "RESTORE_PRE",
  "RESTORE_CREATE_INIT_LS",
  CONSISTENT,
  "RESTORE_WAIT_LS",
  "POST_CHECK",
  "UPGRADE",
];

/** The two phases that move data, each in so many parts. */
const PARTS = 5;
const MOVING: readonly RestorePhase[] = [CONSISTENT, "RESTORE_WAIT_LS"];
const MEBIBYTE = 1024 * 1024;

/** Tablets that a restore counts of an almost empty tenant (4.2.1.9). */
const RESTORED_TABLETS = 596;

/** One step of a restore. */
export function stepRestore(model: Model, job: RestoreJob): void {
  if (tenantById(model, job.tenantId) === undefined) {
    return failRestore(model, job, rootserviceReason(model, refusal("OB_TENANT_NOT_EXIST", job.tenantName)));
  }
  if (job.sysPhase === "CREATE_TENANT") return tenantIsThere(model, job);
  if (job.phase === "RESTORE_SUCCESS") return finishSysRow(model, job);
  try {
    if (!MOVING.includes(job.phase)) return enterNext(model, job);
    moveData(model, job);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    failRestore(model, job, commentOf(model, error));
  }
}

function commentOf(model: Model, error: SqlError): string {
  const address = `${SERVERS[0]?.ip}:${model.sqlPort + 1}`;
  return `(SERVER)addr: "${address}", result: -${error.errno}(${error.message}), trace_id: ${traceId(model)}`;
}

/** The tenant's own row appears, and with it the role RESTORE. */
function tenantIsThere(model: Model, job: RestoreJob): void {
  const tenant = tenantById(model, job.tenantId);
  if (tenant) putTenant(model, tenant, { role: "RESTORE" });
  model.state.restores.put({
    ...job,
    sysPhase: "WAIT_TENANT_RESTORE_FINISH",
    phaseStartedAt: model.now,
    nextAt: model.now + phaseTime(job.phase),
  });
}

function phaseTime(phase: RestorePhase): Micros {
  const whole = DURATIONS.restorePhase[phase] ?? 0;
  return MOVING.includes(phase) ? whole / PARTS : whole;
}

/** Before 4.2 there is no consistent SCN to wait for: all data moves while the tenant waits for its streams. */
function phaseAfter(model: Model, phase: RestorePhase): RestorePhase | undefined {
  const next = PHASES[PHASES.indexOf(phase) + 1];
  return next === CONSISTENT && !isSince(model.version, "4.2") ? "RESTORE_WAIT_LS" : next;
}

function enterNext(model: Model, job: RestoreJob): void {
  const next = phaseAfter(model, job.phase);
  if (next === undefined) return succeed(model, job);
  recordPhase(model, job, next);
  const nextAt = model.now + phaseTime(next);
  model.state.restores.put({ ...job, phase: next, phaseStartedAt: model.now, nextAt });
}

/**
 * Reads sets while the tenant comes to its consistent SCN, pieces while it waits for its streams. After a restart the run
 * starts anew and is quickly past what was done.
 */
function moveData(model: Model, job: RestoreJob): void {
  const run = runOf(model, job);
  const total = run.progress.dataBytes + run.progress.logBytes;
  let whole = run.step(Math.max(Math.ceil(total / (2 * PARTS)), 1));
  const elapsed = model.now - job.phaseStartedAt;
  const late = elapsed + 1 >= (DURATIONS.restorePhase[job.phase] ?? 0) + slowness(total);
  if (late && job.phase === "RESTORE_WAIT_LS") {
    for (let more = 0; !whole && more < 1_000_000; more++) whole = run.step(MEBIBYTE);
  }
  const moved = model.state.restores.put({ ...job, ...progressOf(run) });
  if (late) enterNext(model, moved);
  else
    model.state.restores.put({
      ...moved,
      nextAt: model.now + phaseTime(job.phase) + slowness(total) / PARTS,
    });
}

function slowness(bytes: number): Micros {
  return (bytes / MEBIBYTE) * DURATIONS.restorePerMebibyte;
}

function runOf(model: Model, job: RestoreJob): RestoreRun {
  return model.media.restoreRun(job.tenantId, () => planAgain(model, job.source, { scn: job.scn }));
}

function progressOf({ progress }: RestoreRun) {
  const { restoredBytes, dataBytes, recoveredBytes, logBytes } = progress;
  const restored = dataBytes === 0 ? 1 : Math.min(restoredBytes / dataBytes, 1);
  const recovered = logBytes === 0 ? restored : Math.min(recoveredBytes / logBytes, 1);
  return {
    totalBytes: dataBytes,
    finishedBytes: Math.min(restoredBytes, dataBytes),
    tablets: RESTORED_TABLETS,
    finishedTablets: Math.floor(RESTORED_TABLETS * restored),
    recoverPercent: Math.floor(recovered * 10_000) / 100,
  };
}

/** The tenant's row goes to the history and its role becomes STANDBY; STATUS follows with the row of sys. */
function succeed(model: Model, job: RestoreJob): void {
  const tenant = tenantById(model, job.tenantId);
  model.media.endRestore(job.tenantId);
  if (tenant) {
    putTenant(model, tenant, { role: "STANDBY", standbyScn: job.scn, recoveryUntilScn: job.scn });
  }
  if (job.source.archiveUri !== null) {
    model.state.restoreSources.put({ tenantId: job.tenantId, archiveUri: job.source.archiveUri });
  }
  model.state.restores.put({
    ...job,
    phase: "RESTORE_SUCCESS",
    tenantFinishedAt: model.now,
    recoverPercent: 100,
    source: { ...job.source, passwords: [] },
    nextAt: model.now + DURATIONS.restoreSysFinish,
  });
}

function finishSysRow(model: Model, job: RestoreJob): void {
  const tenant = tenantById(model, job.tenantId);
  if (tenant) putTenant(model, tenant, { status: "NORMAL" });
  model.state.restores.put({ ...job, sysPhase: "RESTORE_SUCCESS", sysFinishedAt: model.now, nextAt: null });
  recordPhase(model, job, "RESTORE_SUCCESS");
  const values = { restore_status: 0, tenant: job.tenantName };
  recordEvent(model, { module: "physical_restore", event: "restore_finish", values });
}
