import type { Piece, Round } from "../model/backup-rows.ts";
import { type Model, tenantById } from "../model/model.ts";
import { currentRound, piecesOf } from "../model/rounds.ts";
import { streamsOf } from "../model/streams.ts";
import { scnAt, timeTag } from "../model/time.ts";
import { at, bytesText, display, type ViewRow } from "./view-row.ts";

export function archiveSettings(model: Model): readonly ViewRow[] {
  return model.state.archiveDests.all().flatMap((dest) => {
    const items = {
      binding: dest.binding,
      dest_id: String(dest.destId),
      path: dest.uri,
      piece_switch_interval: dest.interval,
      state: dest.state,
    };
    return Object.entries(items).map(([name, value]) => ({
      TENANT_ID: dest.tenantId,
      DEST_NO: 0,
      NAME: name,
      VALUE: value,
    }));
  });
}

/** Without compression what goes in comes out. */
function ratio({ inputBytes, outputBytes }: Pick<Round, "inputBytes" | "outputBytes">): string {
  return outputBytes === 0 ? "0.00" : (inputBytes / outputBytes).toFixed(2);
}

function archivedBytes(row: Pick<Round, "inputBytes" | "outputBytes">): ViewRow {
  return {
    COMPATIBLE: 1,
    UNIT_SIZE: 1,
    COMPRESSION: "none",
    INPUT_BYTES: row.inputBytes,
    INPUT_BYTES_DISPLAY: bytesText(row.inputBytes),
    OUTPUT_BYTES: row.outputBytes,
    OUTPUT_BYTES_DISPLAY: bytesText(row.outputBytes),
    COMPRESSION_RATIO: ratio(row),
  };
}

function roundRow(round: Round): ViewRow {
  return {
    TENANT_ID: round.tenantId,
    DEST_ID: round.destId,
    ROUND_ID: round.roundId,
    INCARNATION: 1,
    DEST_NO: 0,
    STATUS: round.status,
    START_SCN: round.startScn,
    START_SCN_DISPLAY: display(round.startScn),
    CHECKPOINT_SCN: round.checkpointScn,
    CHECKPOINT_SCN_DISPLAY: display(round.checkpointScn),
    BASE_PIECE_ID: round.basePieceId,
    USED_PIECE_ID: round.usedPieceId,
    PIECE_SWITCH_INTERVAL: round.intervalMicros,
    ...archivedBytes(round),
    DELETED_INPUT_BYTES: 0,
    DELETED_INPUT_BYTES_DISPLAY: bytesText(0),
    DELETED_OUTPUT_BYTES: 0,
    DELETED_OUTPUT_BYTES_DISPLAY: bytesText(0),
    COMMENT: round.comment,
    PATH: round.uri,
  };
}

/** CDB_OB_ARCHIVELOG: the last round of each tenant, also when it is STOP. */
export function currentRounds(model: Model): readonly ViewRow[] {
  const tenantIds = new Set(model.state.rounds.all().map((round) => round.tenantId));
  return [...tenantIds].flatMap((tenantId) => {
    const round = currentRound(model, tenantId);
    return round ? [roundRow(round)] : [];
  });
}

export function allRounds(model: Model): readonly ViewRow[] {
  return model.state.rounds.all().map(roundRow);
}

export function pieces(model: Model): readonly ViewRow[] {
  return model.state.pieces.all().map(pieceRow);
}

function pieceRow(piece: Piece): ViewRow {
  return {
    TENANT_ID: piece.tenantId,
    DEST_ID: piece.destId,
    ROUND_ID: piece.roundId,
    PIECE_ID: piece.pieceId,
    INCARNATION: 1,
    DEST_NO: 0,
    STATUS: piece.status,
    START_SCN: piece.startScn,
    START_SCN_DISPLAY: display(piece.startScn),
    CHECKPOINT_SCN: piece.checkpointScn,
    CHECKPOINT_SCN_DISPLAY: display(piece.checkpointScn),
    MAX_SCN: piece.maxScn,
    END_SCN: piece.endScn,
    END_SCN_DISPLAY: display(piece.endScn),
    ...archivedBytes(piece),
    FILE_STATUS: piece.fileStatus,
    PATH: piece.uri,
  };
}

/** The active piece of each live round, stream by stream; the first user stream carries the bytes. */
export function streamProgress(model: Model): readonly ViewRow[] {
  const live = model.state.rounds.where(
    (round) => round.status === "DOING" || round.status === "INTERRUPTED",
  );
  return live.flatMap((round) => {
    const piece = piecesOf(model, round).at(-1);
    const tenant = tenantById(model, round.tenantId);
    if (piece === undefined || tenant === undefined) return [];
    return streamsOf(model, tenant).map((id) => streamRow(round, piece, id));
  });
}

function streamRow(round: Round, piece: Piece, id: number): ViewRow {
  const bytes = id === 1001 ? piece.inputBytes : 0;
  return {
    TENANT_ID: piece.tenantId,
    DEST_ID: piece.destId,
    LS_ID: id,
    ROUND_ID: piece.roundId,
    PIECE_ID: piece.pieceId,
    INCARNATION: 1,
    START_SCN: piece.startScn,
    MIN_LSN: 0n,
    MAX_LSN: BigInt(bytes),
    CHECKPOINT_SCN: piece.checkpointScn,
    STATUS: round.status,
    FILE_ID: 1,
    FILE_OFFSET: bytes,
    INPUT_BYTES: bytes,
    OUTPUT_BYTES: bytes,
  };
}

export function storageInfos(model: Model): readonly ViewRow[] {
  return model.state.storageInfos.all().map((info) => ({
    TENANT_ID: info.tenantId,
    PATH: info.uri,
    ENDPOINT: "",
    DEST_ID: info.destId,
    DEST_TYPE: info.destType,
    AUTHORIZATION: "",
    EXTENSION: "",
    CHECK_FILE_NAME: checkFileName(info.tenantId, info.checkedAt),
    LAST_CHECK_TIMESTAMP: at(info.checkedAt),
    MAX_IOPS: 0,
    MAX_BANDWIDTH: 0,
    MAX_BANDWIDTH_DISPLAY: "0.00MB/s",
  }));
}

function checkFileName(tenantId: number, checkedAt: number): string {
  return `${tenantId}_connect_file_${timeTag(scnAt(checkedAt))}.obbak`;
}
