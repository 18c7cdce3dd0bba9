import type { ArchivePiece } from "../../src/domain/archive.ts";
import type { BackupSet } from "../../src/domain/backup-set.ts";
import type { BackupHistory } from "../../src/domain/inventory.ts";
import { restorable } from "../../src/domain/restorable.ts";
import { DAY_NS, HOUR_NS, type Scn, scn } from "../../src/domain/scn.ts";
import type { Figure } from "./main.ts";

const SETS = 400;
const PIECES = 10_000;
const BEGIN = 1_764_000_000_000_000_000n;
const PIECE_NS = HOUR_NS;

/** A tenant with a long past: a full set a week, increments between, hourly pieces. */
export async function measureIntervals(): Promise<readonly Figure[]> {
  const history = longHistory();
  const now = scn(BEGIN + BigInt(PIECES) * PIECE_NS);
  for (let i = 0; i < 20; i++) restorable(history, { now });
  const times = Array.from({ length: 101 }, () => {
    const began = performance.now();
    restorable(history, { now });
    return performance.now() - began;
  }).toSorted((a, b) => a - b);
  const median = times[50] ?? Number.NaN;
  return [
    {
      what: `intervals of ${SETS} sets × ${PIECES} pieces (median of 101)`,
      wanted: "≤ 5 ms",
      measured: `${median.toFixed(2)} ms`,
      isMet: median <= 5,
    },
  ];
}

function longHistory(): BackupHistory {
  const end = BEGIN + BigInt(PIECES) * PIECE_NS;
  return {
    sets: Array.from({ length: SETS }, (_, index) => setAt(index + 1)),
    pieces: Array.from({ length: PIECES }, (_, index) => pieceAt(index + 1)),
    rounds: [
      {
        destId: 1001,
        id: 1,
        status: "doing",
        statusWord: "DOING",
        startScn: scn(BEGIN),
        checkpointScn: scn(end - 1n),
        startedAt: null,
        path: "file:///log",
        inputBytes: 0,
        outputBytes: 0,
        comment: "",
        interruption: null,
      },
    ],
  };
}

function setAt(id: number): BackupSet {
  const at = BEGIN + BigInt(id) * DAY_NS + HOUR_NS;
  const full = id - ((id - 1) % 7);
  const isFull = full === id;
  return {
    id,
    type: isFull ? "full" : "incremental",
    previousFullId: isFull ? 0 : full,
    previousIncrementalId: isFull ? 0 : id - 1,
    status: "succeeded",
    fileStatus: "available",
    statusWords: "SUCCESS / AVAILABLE",
    startReplayScn: scn(at - HOUR_NS / 2n),
    minRestoreScn: scn(at),
    startedAt: null,
    endedAt: null,
    inputBytes: 0,
    outputBytes: 0,
    path: "file:///data",
    plusArchivelog: false,
    encrypted: false,
    tenantCompatible: null,
    clusterVersion: null,
  };
}

function pieceAt(id: number): ArchivePiece {
  const startScn: Scn = scn(BEGIN + BigInt(id - 1) * PIECE_NS);
  const endScn = scn(startScn + PIECE_NS);
  return {
    destId: 1001,
    roundId: 1,
    id,
    startScn,
    endScn,
    checkpointScn: id === PIECES ? scn(endScn - 1n) : endScn,
    fileStatus: "available",
    statusWords: "FROZEN / AVAILABLE",
    inputBytes: 0,
    outputBytes: 0,
    path: "file:///log",
  };
}
