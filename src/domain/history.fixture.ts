import type { ArchivePiece, ArchiveRound, RoundStatus } from "./archive.ts";
import type { BackupSet, FileStatus } from "./backup-set.ts";
import type { BackupHistory } from "./inventory.ts";
import { NO_SCN, scn } from "./scn.ts";

/** Histories for tests. Instants are mostly small integers (nanoseconds since 1970), real SCNs where a test needs them. */
type Instant = number | bigint;

export interface SetSketch {
  readonly id: number;
  /** MIN_RESTORE_SCN; 0 while the set runs or after it failed. */
  readonly at: Instant;
  /** START_REPLAY_SCN; 20 before `at` where not given. */
  readonly replay?: Instant;
  /** PREV_FULL and PREV_INC; a full set where absent. */
  readonly onto?: readonly [number, number];
  readonly status?: BackupSet["status"];
  readonly files?: FileStatus;
  readonly path?: string;
  readonly plusArchivelog?: boolean;
  readonly encrypted?: boolean;
  readonly startedAt?: number;
  readonly bytes?: number;
}

export function setOf(sketch: SetSketch): BackupSet {
  const [previousFullId, previousIncrementalId] = sketch.onto ?? [0, 0];
  const status = sketch.status ?? "succeeded";
  return {
    id: sketch.id,
    type: sketch.onto ? "incremental" : "full",
    previousFullId,
    previousIncrementalId,
    status,
    fileStatus: sketch.files ?? (status === "succeeded" ? "available" : "incomplete"),
    statusWords: "",
    startReplayScn: scn(sketch.at === 0 ? 0 : (sketch.replay ?? BigInt(sketch.at) - 20n)),
    minRestoreScn: scn(sketch.at),
    // One microsecond is 1000 of the sketch's instants, so only sketches in microseconds name a start.
    startedAt: sketch.startedAt ?? null,
    endedAt: null,
    inputBytes: sketch.bytes ?? 0,
    outputBytes: sketch.bytes ?? 0,
    path: sketch.path ?? "file:///data",
    plusArchivelog: sketch.plusArchivelog ?? false,
    encrypted: sketch.encrypted ?? false,
    tenantCompatible: null,
    clusterVersion: null,
  };
}

export interface PieceSketch {
  readonly id: number;
  readonly round: number;
  readonly start: Instant;
  readonly end: Instant;
  /** CHECKPOINT_SCN; the planned end where not given. */
  readonly checkpoint?: Instant;
  readonly files?: FileStatus;
  readonly destination?: number;
  readonly bytes?: number;
}

export function pieceOf(sketch: PieceSketch): ArchivePiece {
  const destId = sketch.destination ?? 1001;
  return {
    destId,
    roundId: sketch.round,
    id: sketch.id,
    startScn: scn(sketch.start),
    endScn: scn(sketch.end),
    checkpointScn: scn(sketch.checkpoint ?? sketch.end),
    fileStatus: sketch.files ?? "available",
    statusWords: "",
    inputBytes: sketch.bytes ?? 0,
    outputBytes: sketch.bytes ?? 0,
    path: `file:///archive${destId}`,
  };
}

export interface RoundSketch {
  readonly id: number;
  readonly start: Instant;
  readonly checkpoint: Instant;
  readonly status?: RoundStatus;
  readonly comment?: string;
  readonly interruption?: string;
  readonly destination?: number;
}

export function roundOf(sketch: RoundSketch): ArchiveRound {
  const destId = sketch.destination ?? 1001;
  const status = sketch.status ?? "doing";
  const comment = sketch.comment ?? "";
  return {
    destId,
    id: sketch.id,
    status,
    statusWord: status.toUpperCase(),
    startScn: scn(sketch.start),
    checkpointScn: scn(sketch.checkpoint),
    startedAt: null,
    path: `file:///archive${destId}`,
    inputBytes: 0,
    outputBytes: 0,
    comment,
    interruption: sketch.interruption ?? (status === "interrupted" ? comment : null),
  };
}

export interface HistorySketch {
  readonly sets?: readonly SetSketch[];
  readonly rounds?: readonly RoundSketch[];
  /** One piece per round, as long as the round is, where not given. */
  readonly pieces?: readonly PieceSketch[];
}

export function historyOf({ sets = [], rounds = [], pieces }: HistorySketch): BackupHistory {
  const all = rounds.map(roundOf);
  const wholeRounds = all
    .filter((round) => round.startScn > NO_SCN)
    .map((round) => ({
      ...pieceOf({ id: round.id, round: round.id, start: 0, end: 0, destination: round.destId }),
      startScn: round.startScn,
      endScn: scn(round.startScn + 100_000n),
      checkpointScn: round.checkpointScn,
    }));
  return { sets: sets.map(setOf), rounds: all, pieces: pieces ? pieces.map(pieceOf) : wholeRounds };
}
