import type { BackupSet, Piece } from "./backup-rows.ts";
import type { Model } from "./model.ts";
import { refusal } from "./refusal.ts";
import type { Micros } from "./time.ts";

/** Only rows are looked at. */
type Holds = Pick<Model, "state">;

export interface Obsolete {
  /** Newest first, as the kernel lists them. */
  readonly sets: readonly BackupSet[];
  /** Oldest first. */
  readonly pieces: readonly Piece[];
}

/**
 * What a job of deletion takes: the choice of ob_backup_clean_scheduler.cpp, step by step. Only what lies in the current
 * paths. Throws 9069 when a piece that is to go is not frozen.
 */
export function obsoleteBackups(model: Holds, tenantId: number, expiredAt: Micros): Obsolete {
  const { sets, cleanPoint } = obsoleteSets(model, tenantId, expiredAt);
  return { sets, pieces: cleanPoint ? obsoletePieces(model, tenantId, cleanPoint) : [] };
}

interface ObsoleteSets {
  readonly sets: readonly BackupSet[];
  /** The full set that stays: what it and everything newer needs is kept. */
  readonly cleanPoint: BackupSet | undefined;
}

function obsoleteSets(model: Holds, tenantId: number, expiredAt: Micros): ObsoleteSets {
  let cleanPoint: BackupSet | undefined;
  const sets: BackupSet[] = [];
  for (const set of candidates(model, tenantId, expiredAt).toReversed()) {
    if (set.status === "DOING") continue;
    if (set.status === "FAILED" || set.fileStatus === "DELETING") sets.push(set);
    else if (set.type === "FULL" && cleanPoint === undefined) cleanPoint = set;
    else if (set.type === "FULL" || set.setId < (cleanPoint?.setId ?? 0)) sets.push(set);
  }
  return { sets, cleanPoint };
}

function candidates({ state }: Holds, tenantId: number, expiredAt: Micros): readonly BackupSet[] {
  const uri = state.dataDests.get(tenantId)?.uri;
  const found = state.sets.where(
    (set) =>
      set.tenantId === tenantId &&
      set.uri === uri &&
      set.fileStatus !== "DELETED" &&
      (set.endedAt ?? 0) <= expiredAt,
  );
  return found.toSorted((a, b) => a.setId - b.setId);
}

function obsoletePieces({ state }: Holds, tenantId: number, cleanPoint: BackupSet): readonly Piece[] {
  const uri = state.archiveDests.get(tenantId)?.uri;
  const found = state.pieces.where(
    (piece) =>
      piece.tenantId === tenantId &&
      piece.uri === uri &&
      piece.fileStatus !== "DELETED" &&
      piece.checkpointScn <= cleanPoint.startReplayScn,
  );
  if (found.some((piece) => piece.status !== "FROZEN")) {
    throw refusal("OB_BACKUP_DELETE_BACKUP_PIECE_NOT_ALLOWED");
  }
  return found.toSorted((a, b) => a.pieceId - b.pieceId);
}
