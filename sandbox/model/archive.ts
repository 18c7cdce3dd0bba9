import { SqlError } from "../engine.ts";
import type { ArchiveRun } from "../tenant-data/archive-log.ts";
import type { ArchiveDest, Round, RoundStatus } from "./backup-rows.ts";
import { DURATIONS } from "./durations.ts";
import { recordEvent } from "./events.ts";
import { countersOf, type Model, nextCount, putTenant, tenantById } from "./model.ts";
import { durationParameter } from "./parameters.ts";
import { codeOf, notSupported, refusal } from "./refusal.ts";
import { currentRound } from "./rounds.ts";
import { destinationOf, sourceOf } from "./source.ts";
import type { Tenant } from "./state.ts";
import { DAY, durationOf, type Micros, microsOf, scnAt } from "./time.ts";
import { isSince } from "./version.ts";

/** ARCHIVELOG / NOARCHIVELOG: LOG_MODE flips at once, the round follows. Throws 9023, 9091, 9092. */
export function setLogMode(model: Model, tenant: Tenant, logMode: Tenant["logMode"]): void {
  const refused = refusalOfLogMode(model, tenant, logMode);
  const event = logMode === "ARCHIVELOG" ? "open_archive_mode" : "close_archive_mode";
  const values = { tenant_id: tenant.id, result: refused === undefined ? 0 : codeOf(refused) };
  recordEvent(model, { module: "log_archive", event, values });
  if (refused !== undefined) throw refused;
  putTenant(model, tenant, { logMode });
  wakeArchive(model, tenant.id);
}

/** 4.0 takes a second ARCHIVELOG or NOARCHIVELOG in silence. */
function refusalOfLogMode(model: Model, tenant: Tenant, logMode: Tenant["logMode"]): SqlError | undefined {
  if (tenant.status !== "NORMAL") return refusal("OB_CANNOT_START_LOG_ARCHIVE_BACKUP");
  // OceanBase archives standbys too; here a replay replaces their data under a round's feet.
  if (tenant.role !== "PRIMARY") return notSupported("archive log of a standby tenant in this sandbox is");
  if (tenant.logMode !== logMode || !isSince(model.version, "4.1")) return undefined;
  return refusal(logMode === "ARCHIVELOG" ? "OB_ALREADY_IN_ARCHIVE_MODE" : "OB_ALREADY_IN_NOARCHIVE_MODE");
}

/** SET LOG_ARCHIVE_DEST_STATE: DEFER suspends the round, ENABLE goes on with it. */
export function setArchiveState(model: Model, tenant: Tenant, state: "ENABLE" | "DEFER"): void {
  const dest = model.state.archiveDests.get(tenant.id);
  if (dest === undefined) throw refusal("OB_ENTRY_NOT_EXIST");
  model.state.archiveDests.put({ ...dest, state });
  if (state === "DEFER") {
    recordEvent(model, {
      module: "log_archive",
      event: "defer_archive",
      values: archiveValues(model, tenant.id),
    });
  }
  wakeArchive(model, tenant.id);
}

function archiveValues(model: Model, tenantId: number): Readonly<Record<string, string | number>> {
  const round = currentRound(model, tenantId);
  return { tenant_id: tenantId, dest_no: 0, round_id: round?.roundId ?? 0, path: round?.uri ?? "" };
}

/** Lets the tenant's archive thread look soon at what is wanted. */
export function wakeArchive(model: Model, tenantId: number): void {
  const dest = model.state.archiveDests.get(tenantId);
  if (dest) model.state.archiveDests.put({ ...dest, nextAt: model.now + DURATIONS.archiveWake });
}

const STOPPABLE: readonly RoundStatus[] = ["BEGINNING", "DOING", "INTERRUPTED", "SUSPENDING", "SUSPEND"];

/**
 * The archive thread. It looks at LOG_MODE and the destination's state only when it wakes: NOARCHIVELOG and at once
 * ARCHIVELOG again leave the round DOING (4.2.1.9). A round in PREPARE cannot be stopped: it stops once it has begun.
 */
export function stepArchiveThread(model: Model, tenantId: number): void {
  const dest = model.state.archiveDests.get(tenantId);
  const tenant = tenantById(model, tenantId);
  if (dest === undefined || tenant === undefined) return;
  model.state.archiveDests.put({ ...dest, nextAt: null });
  const last = currentRound(model, tenantId);
  if (tenant.logMode === "NOARCHIVELOG" || tenant.status !== "NORMAL") {
    if (last && STOPPABLE.includes(last.status)) beginStopping(model, last);
  } else if (dest.state === "DEFER") {
    if (last?.status === "DOING" || last?.status === "BEGINNING") beginSuspending(model, last);
  } else if (last?.status === "SUSPEND") {
    changeStatus(model, last, { status: "BEGINNING", nextAt: model.now + DURATIONS.archiveBegin });
  } else if (last === undefined || last.status === "STOP") {
    prepareRound(model, dest);
  }
}

/** Until it begins, a round shows where the one before it stopped, and the pieces that it will begin with (4.2.1.9). */
function prepareRound(model: Model, dest: ArchiveDest): void {
  const { tenantId, destId, uri } = dest;
  const before = currentRound(model, tenantId);
  const pieceId = (model.state.counters.get(tenantId)?.pieceId ?? 0) + 1;
  model.state.rounds.put({
    tenantId,
    destId,
    roundId: nextCount(model, tenantId, "roundId"),
    status: "PREPARE",
    uri,
    startScn: before?.startScn ?? 0n,
    checkpointScn: before?.checkpointScn ?? 0n,
    basePieceId: pieceId,
    usedPieceId: pieceId,
    intervalMicros: durationOf(dest.interval) ?? DAY,
    inputBytes: 0,
    outputBytes: 0,
    comment: "",
    nextAt: model.now + DURATIONS.archivePrepare,
    refreshAt: null,
  });
  const values = archiveValues(model, tenantId);
  recordEvent(model, { module: "log_archive", event: "enable_archive", values });
}

/** The checkpoint moves on once more when a round begins to stop or to be suspended (4.2.1.9). */
function lastCheckpoint(model: Model, round: Round): Round {
  if (round.status === "DOING") advanceTo(model, round, model.freshScn());
  return model.state.rounds.get(round.tenantId, round.roundId) ?? round;
}

function beginStopping(model: Model, round: Round): void {
  const values = archiveValues(model, round.tenantId);
  recordEvent(model, { module: "log_archive", event: "disable_archive", values });
  const stopping = lastCheckpoint(model, round);
  changeStatus(model, stopping, { status: "STOPPING", nextAt: model.now + DURATIONS.archiveStop });
}

function beginSuspending(model: Model, round: Round): void {
  const suspending = lastCheckpoint(model, round);
  changeStatus(model, suspending, { status: "SUSPENDING", nextAt: model.now + DURATIONS.archiveSuspend });
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
  const source = sourceOf(model, tenant);
  // Counted once the round has begun: a medium that refuses it again and again uses up no numbers.
  const piece = countersOf(model, round.tenantId).pieceId + 1;
  // Opening the data tells the cluster's SCN clock what it holds: START_SCN must lie above.
  model.media.data(round.tenantId);
  const startScn = model.freshScn();
  const began = { ...round, startScn, checkpointScn: startScn, basePieceId: piece, usedPieceId: piece };
  try {
    const destination = destinationOf(model, dest);
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
  const refreshAt = model.now + refreshPeriod(model, round.tenantId);
  const doing = changeStatus(model, round, { status: "DOING", nextAt: null, refreshAt });
  advanceTo(model, doing, model.freshScn());
  wakeArchive(model, round.tenantId);
}

function suspend(model: Model, round: Round): void {
  model.media.closeArchive(round.tenantId);
  changeStatus(model, round, { status: "SUSPEND", nextAt: null, refreshAt: null });
  wakeArchive(model, round.tenantId);
}

/** STOPPING → STOP: all pieces freeze. A dead medium is waited for, and since 4.2.5 stopped by force. */
function stop(model: Model, round: Round): void {
  try {
    refuseDeleted(model, round);
    const run = model.media.archiveRun(round);
    run.stop();
    mirror(model, { ...round, comment: "" }, run);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    if (!AT_ONCE.includes(error.errno) && !mayForce(model, round)) {
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

/** Before 4.2.5 there is no forced stop: it hangs in STOPPING until the medium is back. */
function mayForce(model: Model, round: Round): boolean {
  const since = round.stoppingSince ?? model.now;
  return isSince(model.version, "4.2.5") && model.now - since >= DURATIONS.archiveForcedStop;
}

function forceStop(model: Model, round: Round, error: SqlError): void {
  const comment = `force stop, result: -${error.errno}(${error.message})`;
  model.state.rounds.put({ ...round, comment: AT_ONCE.includes(error.errno) ? "" : comment });
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
    refuseDeleted(model, round);
    const run = model.media.archiveRun(round);
    run.advance(scn);
    mirror(model, round, run);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    lagBehind(model, round, error);
  }
}

function refuseDeleted(model: Model, round: Round): void {
  if (model.media.isDeleted(round.uri)) throw refusal("OB_BACKUP_FILE_NOT_EXIST");
}

/** Log that is gone, and files or a mark of the round that somebody deleted: waiting mends neither. */
const AT_ONCE = [9087, 9011, 9080, 9081];

/** A medium that takes no writes interrupts the round too, once the log that it waits for has been recycled. */
function lagBehind(model: Model, round: Round, error: SqlError): void {
  const behind = model.now - microsOf(round.checkpointScn);
  if (AT_ONCE.includes(error.errno) || behind > DURATIONS.archiveLogKept) interruptRound(model, round);
}

/** INTERRUPTED never heals by itself. The comment is the kernel's (4.2.1.9), which does not tell the cause. */
export function interruptRound(model: Model, round: Round): void {
  model.media.closeArchive(round.tenantId);
  const comment = "log stream 1001 interrupted.";
  changeStatus(model, round, { status: "INTERRUPTED", nextAt: null, refreshAt: null, comment });
}

type RoundChange = Pick<Round, "status" | "nextAt"> & Partial<Round>;

function changeStatus(model: Model, round: Round, change: RoundChange): Round {
  const values = {
    tenant_id: round.tenantId,
    dest_no: 0,
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
