import { SqlError } from "../engine.ts";
import type { ArchiveRun } from "../tenant-data/archive-log.ts";
import type { Round, RoundStatus } from "./backup-rows.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { type Model, nextCount, putTenant, tenantById } from "./model.ts";
import { durationParameter } from "./parameters.ts";
import { refusal } from "./refusal.ts";
import { currentRound } from "./rounds.ts";
import { destinationOf, sourceOf } from "./source.ts";
import type { Tenant } from "./state.ts";
import { DAY, durationOf, type Micros, microsOf, scnAt } from "./time.ts";

/** ARCHIVELOG / NOARCHIVELOG: LOG_MODE flips at once, the round follows. Throws 9023, 9091, 9092. */
export function setLogMode(model: Model, tenant: Tenant, logMode: Tenant["logMode"]): void {
  if (tenant.status !== "NORMAL") throw refusal("OB_CANNOT_START_LOG_ARCHIVE_BACKUP");
  if (tenant.logMode === logMode) {
    throw refusal(logMode === "ARCHIVELOG" ? "OB_ALREADY_IN_ARCHIVE_MODE" : "OB_ALREADY_IN_NOARCHIVE_MODE");
  }
  putTenant(model, tenant, { logMode });
  const event = logMode === "ARCHIVELOG" ? "open_archive_mode" : "close_archive_mode";
  recordEvent(model, { module: "log_archive", event, values: { tenant_id: tenant.id } });
  if (logMode === "ARCHIVELOG") wakeArchive(model, tenant.id);
  else stopRound(model, tenant.id);
}

/** SET LOG_ARCHIVE_DEST_STATE: DEFER suspends the round, ENABLE goes on with it. */
export function setArchiveState(model: Model, tenant: Tenant, state: "ENABLE" | "DEFER"): void {
  const dest = model.state.archiveDests.get(tenant.id);
  if (dest === undefined) throw refusal("OB_ENTRY_NOT_EXIST");
  model.state.archiveDests.put({ ...dest, state });
  const event = state === "ENABLE" ? "enable_archive" : "defer_archive";
  recordEvent(model, { module: "log_archive", event, values: { tenant_id: tenant.id, dest_no: 0 } });
  const round = currentRound(model, tenant.id);
  if (state === "ENABLE") {
    if (round?.status === "SUSPEND") {
      changeStatus(model, round, { status: "BEGINNING", nextAt: model.now + DURATIONS.archiveBegin });
    }
    wakeArchive(model, tenant.id);
  } else if (round?.status === "DOING" || round?.status === "BEGINNING") {
    changeStatus(model, round, { status: "SUSPENDING", nextAt: model.now + DURATIONS.archiveSuspend });
  }
}

/** Lets the tenant's archive thread look soon whether a round is to begin. */
export function wakeArchive(model: Model, tenantId: number): void {
  const dest = model.state.archiveDests.get(tenantId);
  if (dest) model.state.archiveDests.put({ ...dest, nextAt: model.now + DURATIONS.archiveWake });
}

/** The archive thread: begins a round where one is wanted and none lives. */
export function stepArchiveThread(model: Model, tenantId: number): void {
  const dest = model.state.archiveDests.get(tenantId);
  if (dest === undefined) return;
  model.state.archiveDests.put({ ...dest, nextAt: null });
  const tenant = tenantById(model, tenantId);
  const last = currentRound(model, tenantId);
  const wanted = tenant?.logMode === "ARCHIVELOG" && tenant.status === "NORMAL" && dest.state === "ENABLE";
  if (!wanted || (last !== undefined && last.status !== "STOP")) return;
  model.state.rounds.put({
    tenantId,
    destId: dest.destId,
    roundId: nextCount(model, tenantId, "roundId"),
    status: "PREPARE",
    uri: dest.uri,
    startScn: 0n,
    checkpointScn: 0n,
    basePieceId: 0,
    usedPieceId: 0,
    intervalMicros: durationOf(dest.interval) ?? DAY,
    inputBytes: 0,
    outputBytes: 0,
    comment: "",
    nextAt: model.now + DURATIONS.archivePrepare,
    refreshAt: null,
  });
}

/** NOARCHIVELOG. A round in PREPARE cannot be stopped directly: it stops once it has begun. */
function stopRound(model: Model, tenantId: number): void {
  const round = currentRound(model, tenantId);
  if (round === undefined || round.status === "STOP" || round.status === "PREPARE") return;
  beginStopping(model, round);
}

function beginStopping(model: Model, round: Round): void {
  changeStatus(model, round, { status: "STOPPING", nextAt: model.now + DURATIONS.archiveStop });
}

/** One step of a round that is not at rest. */
export function stepRound(model: Model, round: Round): void {
  const steps: Readonly<Partial<Record<RoundStatus, () => void>>> = {
    PREPARE: () => beginRound(model, round),
    BEGINNING: () => enterDoing(model, round),
    SUSPENDING: () => suspend(model, round),
    STOPPING: () => stop(model, round),
  };
  const step = steps[round.status];
  if (step) step();
  else model.state.rounds.put({ ...round, nextAt: null });
}

function beginRound(model: Model, round: Round): void {
  const tenant = tenantById(model, round.tenantId);
  const dest = model.state.archiveDests.get(round.tenantId);
  if (tenant === undefined || dest === undefined) return;
  const destination = destinationOf(model, dest);
  const source = sourceOf(model, tenant);
  const piece = nextCount(model, round.tenantId, "pieceId");
  const startScn = model.freshScn();
  const began = { ...round, startScn, checkpointScn: startScn, basePieceId: piece, usedPieceId: piece };
  try {
    model.media.checkDestination({ type: "archive_log", destination, source });
    mirror(model, began, model.media.startArchive(began, { destination, source }));
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    retry(model, round, error);
    return;
  }
  const now = model.state.rounds.get(round.tenantId, round.roundId) ?? began;
  changeStatus(model, now, { status: "BEGINNING", nextAt: model.now + DURATIONS.archiveBegin });
}

/** The medium does not let the round begin: it stays where it is, says why, and tries again. */
function retry(model: Model, round: Round, error: SqlError): void {
  const nextAt = model.now + DURATIONS.archiveWake * 10;
  model.state.rounds.put({ ...round, comment: `result: -${error.errno}(${error.message})`, nextAt });
}

function enterDoing(model: Model, round: Round): void {
  if (tenantById(model, round.tenantId)?.logMode !== "ARCHIVELOG") return beginStopping(model, round);
  const refreshAt = model.now + refreshPeriod(model, round.tenantId);
  const doing = changeStatus(model, round, { status: "DOING", nextAt: null, refreshAt });
  advanceTo(model, doing, model.freshScn());
}

function suspend(model: Model, round: Round): void {
  model.media.closeArchive(round.tenantId);
  changeStatus(model, round, { status: "SUSPEND", nextAt: null, refreshAt: null });
}

/** STOPPING → STOP: all pieces freeze. A dead medium is waited for, and since 4.2.5 stopped by force. */
function stop(model: Model, round: Round): void {
  try {
    const run = model.media.archiveRun(round);
    run.stop();
    mirror(model, round, run);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (!mayForce(model, round)) {
      model.state.rounds.put({ ...round, nextAt: model.now + DURATIONS.archiveStop });
      return;
    }
    forceStop(model, round, error);
  }
  model.media.closeArchive(round.tenantId);
  const now = model.state.rounds.get(round.tenantId, round.roundId) ?? round;
  changeStatus(model, now, { status: "STOP", nextAt: null, refreshAt: null });
  wakeArchive(model, round.tenantId);
}

/** 4.2.1 has no forced stop: it hangs in STOPPING until the medium is back. */
function mayForce(model: Model, round: Round): boolean {
  const since = round.stoppingSince ?? model.now;
  return model.version.line !== "4.2.1" && model.now - since >= DURATIONS.archiveForcedStop;
}

function forceStop(model: Model, round: Round, error: SqlError): void {
  const comment = `force stop, result: -${error.errno}(${error.message})`;
  model.state.rounds.put({ ...round, comment });
  const active = model.state.pieces.where(
    (piece) => piece.tenantId === round.tenantId && piece.status === "ACTIVE",
  );
  for (const piece of active) model.state.pieces.put({ ...piece, status: "FROZEN" });
}

/** How often CHECKPOINT_SCN moves: max(archive_lag_target / 2, 2 s), at most 60 s. */
function refreshPeriod(model: Model, tenantId: number): Micros {
  const half = durationParameter(model, tenantId, "archive_lag_target") / 2;
  return Math.min(Math.max(half, DURATIONS.archiveRefreshFloor), DURATIONS.archiveRefreshCeiling);
}

/** Moves the checkpoint of a DOING round, which trails now by half the lag target when it moves. */
export function refreshRound(model: Model, round: Round): void {
  const period = refreshPeriod(model, round.tenantId);
  const missed = Math.floor((model.now - (round.refreshAt ?? model.now)) / period);
  const refreshedAt = (round.refreshAt ?? model.now) + missed * period;
  const doing = model.state.rounds.put({ ...round, refreshAt: refreshedAt + period });
  const half = durationParameter(model, round.tenantId, "archive_lag_target") / 2;
  const target = scnAt(refreshedAt - half);
  if (target > doing.checkpointScn) advanceTo(model, doing, target);
}

function advanceTo(model: Model, round: Round, scn: bigint): void {
  try {
    const run = model.media.archiveRun(round);
    run.advance(scn);
    mirror(model, round, run);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    lagBehind(model, round, error);
  }
}

const LOG_RECYCLED = 9087;

/** Log that is gone interrupts the round at once; a medium that takes no writes does when the log has been recycled. */
function lagBehind(model: Model, round: Round, error: SqlError): void {
  const behind = model.now - microsOf(round.checkpointScn);
  if (error.errno === LOG_RECYCLED || behind > DURATIONS.archiveLogKept) interruptRound(model, round);
}

/** INTERRUPTED never heals by itself. The comment is the kernel's, without the cause. */
export function interruptRound(model: Model, round: Round): void {
  model.media.closeArchive(round.tenantId);
  const comment = "log stream 1001 interrupted";
  changeStatus(model, round, { status: "INTERRUPTED", nextAt: null, refreshAt: null, comment });
}

type RoundChange = Pick<Round, "status" | "nextAt"> & Partial<Round>;

function changeStatus(model: Model, round: Round, change: RoundChange): Round {
  const values = {
    tenant_id: round.tenantId,
    round_id: round.roundId,
    old_status: round.status,
    new_status: change.status,
  };
  recordEvent(model, { module: "log_archive", event: "change_status", values });
  const stoppingSince = change.status === "STOPPING" ? model.now : null;
  return model.state.rounds.put({ ...round, refreshAt: null, stoppingSince, ...change });
}

/** What the files say becomes the rows. */
function mirror(model: Model, round: Round, run: ArchiveRun): void {
  const { state } = model;
  const { startScn, checkpointScn, usedPieceId, inputBytes, outputBytes } = run.round;
  const row = state.rounds.get(round.tenantId, round.roundId) ?? round;
  state.rounds.put({ ...row, ...round, startScn, checkpointScn, usedPieceId, inputBytes, outputBytes });
  const { tenantId } = round;
  for (const { source: _, path: __, ...piece } of run.pieces) {
    const before = state.pieces.get(tenantId, piece.pieceId);
    if (before?.status !== "FROZEN") state.pieces.put({ ...piece, tenantId, uri: round.uri });
  }
  const counters = state.counters.get(tenantId);
  if (counters && counters.pieceId < usedPieceId) state.counters.put({ ...counters, pieceId: usedPieceId });
}
