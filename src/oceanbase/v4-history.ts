import type { ArchivePiece, ArchiveRound, RoundStatus } from "../domain/archive.ts";
import type { BackupSet, BackupType, FileStatus, SetStatus } from "../domain/backup-set.ts";
import { microsFromScn, NO_SCN } from "../domain/scn.ts";
import { readVersion } from "../domain/version.ts";
import { maskSecrets } from "./destination.ts";
import { countOf, microsOf, type Row, scnOf, textOf } from "./row.ts";

/** Sets, rounds and pieces of 4.x: what decides to which instants a tenant can be restored. */

const SET_STATUS: Readonly<Record<string, SetStatus>> = {
  DOING: "running",
  SUCCESS: "succeeded",
  FAILED: "failed",
};

const FILE_STATUS: Readonly<Record<string, FileStatus>> = {
  AVAILABLE: "available",
  COPYING: "copying",
  INCOMPLETE: "incomplete",
  DELETING: "deleting",
  DELETED: "deleted",
  BROKEN: "broken",
};

const ROUND_STATUS: Readonly<Record<string, RoundStatus>> = {
  PREPARE: "preparing",
  BEGINNING: "beginning",
  DOING: "doing",
  INTERRUPTED: "interrupted",
  SUSPENDING: "suspending",
  SUSPEND: "suspended",
  STOPPING: "stopping",
  STOP: "stopped",
};

/** A row of CDB_OB_BACKUP_SET_FILES. */
export function backupSet(row: Row): BackupSet {
  return {
    id: countOf(row, "BACKUP_SET_ID"),
    type: backupType(row),
    previousFullId: countOf(row, "PREV_FULL_BACKUP_SET_ID"),
    previousIncrementalId: countOf(row, "PREV_INC_BACKUP_SET_ID"),
    status: SET_STATUS[textOf(row, "STATUS")] ?? "unknown",
    fileStatus: fileStatus(row),
    statusWords: `${textOf(row, "STATUS")} / ${textOf(row, "FILE_STATUS")}`,
    startReplayScn: scnOf(row, "START_REPLAY_SCN"),
    minRestoreScn: scnOf(row, "MIN_RESTORE_SCN"),
    startedAt: microsOf(row, "START_TIMESTAMP"),
    endedAt: microsOf(row, "END_TIMESTAMP"),
    inputBytes: countOf(row, "INPUT_BYTES"),
    outputBytes: countOf(row, "OUTPUT_BYTES"),
    path: maskSecrets(textOf(row, "PATH")),
    plusArchivelog: textOf(row, "PLUS_ARCHIVELOG") === "ON",
    encrypted: !["", "NONE"].includes(textOf(row, "ENCRYPTION_MODE")),
    tenantCompatible: readVersion(textOf(row, "TENANT_COMPATIBLE")) ?? null,
    clusterVersion: readVersion(textOf(row, "CLUSTER_VERSION")) ?? null,
  };
}

/**
 * A row of CDB_OB_ARCHIVELOG_SUMMARY. A round in PREPARE still has the SCNs of the round before it (seen on 4.2.1.9): it
 * has archived nothing yet.
 */
export function archiveRound(row: Row): ArchiveRound {
  const hasBegun = textOf(row, "STATUS") !== "PREPARE";
  const startScn = hasBegun ? scnOf(row, "START_SCN") : NO_SCN;
  const comment = maskSecrets(textOf(row, "COMMENT"));
  return {
    destId: countOf(row, "DEST_ID"),
    id: countOf(row, "ROUND_ID"),
    status: ROUND_STATUS[textOf(row, "STATUS")] ?? "unknown",
    statusWord: textOf(row, "STATUS"),
    startScn,
    checkpointScn: hasBegun ? scnOf(row, "CHECKPOINT_SCN") : NO_SCN,
    startedAt: startScn > 0n ? microsFromScn(startScn) : null,
    path: maskSecrets(textOf(row, "PATH")),
    inputBytes: countOf(row, "INPUT_BYTES"),
    outputBytes: countOf(row, "OUTPUT_BYTES"),
    comment,
    interruption: textOf(row, "STATUS") === "INTERRUPTED" ? comment : null,
  };
}

/** A row of CDB_OB_ARCHIVELOG_PIECE_FILES. */
export function archivePiece(row: Row): ArchivePiece {
  return {
    destId: countOf(row, "DEST_ID"),
    roundId: countOf(row, "ROUND_ID"),
    id: countOf(row, "PIECE_ID"),
    startScn: scnOf(row, "START_SCN"),
    endScn: scnOf(row, "END_SCN"),
    checkpointScn: scnOf(row, "CHECKPOINT_SCN"),
    fileStatus: fileStatus(row),
    statusWords: `${textOf(row, "STATUS")} / ${textOf(row, "FILE_STATUS")}`,
    inputBytes: countOf(row, "INPUT_BYTES"),
    outputBytes: countOf(row, "OUTPUT_BYTES"),
    path: maskSecrets(textOf(row, "PATH")),
  };
}

/** FULL or INC, as the kernel decided: an increment without a base becomes a full set. */
export function backupType(row: Row): BackupType {
  return textOf(row, "BACKUP_TYPE") === "INC" ? "incremental" : "full";
}

function fileStatus(row: Row): FileStatus {
  return FILE_STATUS[textOf(row, "FILE_STATUS")] ?? "unknown";
}
