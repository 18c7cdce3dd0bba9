import type { Piece, Round } from "./backup-rows.ts";
import type { Model } from "./model.ts";

/** The last round of a tenant, whatever its status: the row of CDB_OB_ARCHIVELOG. */
export function currentRound({ state }: Model, tenantId: number): Round | undefined {
  let newest: Round | undefined;
  for (const round of state.rounds.where((row) => row.tenantId === tenantId)) {
    if (newest === undefined || round.roundId > newest.roundId) newest = round;
  }
  return newest;
}

export function piecesOf({ state }: Model, round: Round): readonly Piece[] {
  return state.pieces.where((piece) => piece.tenantId === round.tenantId && piece.roundId === round.roundId);
}
