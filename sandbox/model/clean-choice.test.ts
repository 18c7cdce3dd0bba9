import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { BackupSet, Piece } from "./backup-rows.ts";
import { obsoleteBackups } from "./clean-choice.ts";
import type { Model } from "./model.ts";
import { emptyState } from "./state.ts";
import { scnAt } from "./time.ts";

/*
 * What a deletion may never take: whatever is needed to restore an instant of the window that could be restored before.
 * A life is drawn as moments 1, 2, 3 …, one a unit of time apart; each makes a set, lets one fail, stops the archive or
 * does nothing. A piece is as long as the archive ran.
 */
type Moment = "full" | "inc" | "failed" | "stop" | "nothing";

const TENANT = 1002;
const DATA = "file:///data";
const LOG = "file:///log";

interface Life {
  readonly model: Pick<Model, "state">;
  readonly now: number;
}

function lived(moments: readonly Moment[]): Life {
  const state = emptyState();
  state.dataDests.put({ tenantId: TENANT, destId: 1001, uri: DATA });
  state.archiveDests.put({
    tenantId: TENANT,
    destId: 1002,
    uri: LOG,
    binding: "OPTIONAL",
    interval: "1d",
    state: "ENABLE",
    compression: "none",
    nextAt: null,
  });
  let began = 0;
  for (const [index, moment] of moments.entries()) {
    const at = index + 1;
    if (moment === "stop") {
      if (began < at) state.pieces.put(piece(state.pieces.all().length + 1, began, at));
      began = at + 1;
    } else if (moment !== "nothing" && at > began) state.sets.put(setAt(state.sets.all(), moment, at));
  }
  const now = moments.length + 1;
  const last = piece(state.pieces.all().length + 1, began, now);
  if (began < now) state.pieces.put({ ...last, status: "ACTIVE" });
  return { model: { state }, now };
}

function setAt(before: readonly BackupSet[], moment: "full" | "inc" | "failed", at: number): BackupSet {
  const base = before.findLast((set) => set.status === "SUCCESS");
  const isInc = moment === "inc" && base !== undefined;
  const row: Partial<BackupSet> = {
    tenantId: TENANT,
    setId: before.length + 1,
    uri: DATA,
    type: isInc ? "INC" : "FULL",
    prevIncId: isInc ? base.setId : 0,
    prevFullId: isInc ? base.prevFullId || base.setId : 0,
    status: moment === "failed" ? "FAILED" : "SUCCESS",
    fileStatus: moment === "failed" ? "INCOMPLETE" : "AVAILABLE",
    endedAt: at,
    startReplayScn: scnAt(at - 1) + 1n,
    minRestoreScn: scnAt(at),
  };
  return row as BackupSet;
}

function piece(pieceId: number, from: number, to: number): Piece {
  const row: Partial<Piece> = {
    tenantId: TENANT,
    pieceId,
    uri: LOG,
    status: "FROZEN",
    fileStatus: "AVAILABLE",
    startScn: scnAt(from),
    checkpointScn: scnAt(to),
  };
  return row as Piece;
}

/** Whether the moment can be restored from these sets and pieces. */
function restores(sets: readonly BackupSet[], pieces: readonly Piece[], at: number): boolean {
  const target = scnAt(at);
  const usable = sets.filter((set) => set.status === "SUCCESS" && set.minRestoreScn <= target);
  return usable.some((set) => {
    const isWhole = chainOf(set, usable);
    const log = pieces.find((p) => p.startScn <= set.startReplayScn && p.checkpointScn >= target);
    return isWhole && log !== undefined;
  });
}

function chainOf(set: BackupSet, sets: readonly BackupSet[]): boolean {
  if (set.type === "FULL") return true;
  const base = sets.find(({ setId }) => setId === set.prevIncId);
  return base !== undefined && chainOf(base, sets);
}

const MOMENT = fc.constantFrom<Moment>("full", "inc", "inc", "failed", "stop", "nothing");

test("no deletion takes an instant of its window, leaves an increment without its base, or keeps two full sets that are old", () => {
  const seed = Date.now() % 2 ** 31;
  const property = fc.property(fc.array(MOMENT, { maxLength: 40 }), fc.nat(40), (moments, window) => {
    const { model, now } = lived(moments);
    const from = now - window;
    const before = { sets: model.state.sets.all(), pieces: model.state.pieces.all() };
    const gone = obsoleteBackups(model, TENANT, from);
    const sets = before.sets.filter((set) => !gone.sets.includes(set));
    const pieces = before.pieces.filter((row) => !gone.pieces.includes(row));
    for (let at = Math.max(from, 1); at <= now; at++) {
      if (restores(before.sets, before.pieces, at)) expect(restores(sets, pieces, at), `at ${at}`).toBe(true);
    }
    for (const set of sets) if (set.status === "SUCCESS") expect(chainOf(set, sets)).toBe(true);
    const old = sets.filter((set) => set.type === "FULL" && (set.endedAt ?? 0) <= from);
    expect(old.length).toBeLessThanOrEqual(1);
    expect(gone.pieces.every((row) => row.status === "FROZEN")).toBe(true);
    const wasUsable = before.sets.some((set) => set.status === "SUCCESS");
    expect(sets.some((set) => set.status === "SUCCESS")).toBe(wasUsable);
  });
  fc.assert(property, { seed, numRuns: 2000 });
});
