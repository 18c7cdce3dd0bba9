import fs from "node:fs";
import path from "node:path";
import {
  type ArchivePiece,
  type ArchiveRound,
  checkpointFile,
  checkpointFiles,
  checkpointMark,
  logFolder,
  pieceDirectory,
  pieceName,
  type RoundStart,
  readPieces,
  roundName,
  writeEarlierPieces,
} from "./archive-piece.ts";
import { type BackupSet, localTag, setName } from "./backup-set.ts";
import { checkFormat, type Destination, type Source } from "./destination.ts";
import { LogWriter } from "./log-block.ts";
import { RedoIntake } from "./redo-intake.ts";
import { having, namesIn, readDocument, writeDocument } from "./sandbox-file.ts";
import { writing } from "./storage-fault.ts";
import type { OpenTenant } from "./tenant-data.ts";

export interface ArchiveRequest {
  readonly data: OpenTenant;
  readonly destination: Destination;
  readonly source: Source;
  readonly roundId: number;
  readonly basePieceId: number;
  /** Microseconds. */
  readonly pieceSwitchInterval: number;
  /** A fresh SCN: every later commit is archived. */
  readonly startScn: bigint;
}

/** One archive round that is being written. Each advance is whole on disk before it returns: resumeArchive goes on. */
export interface ArchiveRun {
  readonly round: ArchiveRound;
  /** Pieces of this round, oldest first. */
  readonly pieces: readonly ArchivePiece[];
  /**
   * Writes the redo up to `upToScn` into the pieces it belongs to and moves the checkpoint there; freezes pieces that
   * the checkpoint has passed. Throws 9087 (redo is gone), 9070, 9071, 9082; the checkpoint then stays at the last
   * place that was written whole.
   */
  advance(upToScn: bigint): void;
  /** Ends the round at its checkpoint: freezes all pieces, writes the end mark. */
  stop(): void;
  /** Ends the round without touching the destination (forced stop: the medium is dead). */
  abandon(): void;
  /** Lets go of the files (DEFER, a restart); the redo is kept for resumeArchive as long as the log disk has room. */
  close(): void;
}

/** Throws 9070, 9071, 9080, 9081, 9082. */
export function startArchive(request: ArchiveRequest): ArchiveRun {
  const { data, destination, source, startScn } = request;
  checkFormat({ type: "archive_log", destination, source });
  data.captureCommit();
  if (startScn <= data.lastScn) throw new Error(`START_SCN ${startScn} is not above ${data.lastScn}`);
  data.promise(startScn);
  const start: RoundStart = {
    destId: destination.id,
    roundId: request.roundId,
    basePieceId: request.basePieceId,
    pieceSwitchInterval: request.pieceSwitchInterval,
    startScn,
    startLsn: data.redo.newest.lsn,
    source,
    path: destination.uri,
  };
  return beginRound({ data, destination, start });
}

/** Reads the round back from its files. Throws 9011 when it is not there. */
export function resumeArchive(request: {
  readonly data: OpenTenant;
  readonly destination: Destination;
  readonly roundId: number;
}): ArchiveRun {
  const { data, destination, roundId } = request;
  const name = roundName({ destId: destination.id, roundId });
  const start = readDocument(roundFile(destination, `${name}_start`), {
    kind: "archive_info",
    is: having<RoundStart>("startLsn"),
  });
  const stopped = namesIn(path.join(destination.directory, "rounds")).includes(`${name}_end.obarc`);
  return new RoundWriter({ data, destination, start, stopped });
}

/** PLUS ARCHIVELOG: an archive of its own, in the set, from START_REPLAY_SCN to MIN_RESTORE_SCN. */
export function writeComplement(request: {
  readonly data: OpenTenant;
  readonly set: BackupSet;
  readonly folder: string;
  readonly minRestoreScn: bigint;
}): void {
  const { data, set, folder, minRestoreScn } = request;
  const directory = path.join(folder, "complement_log");
  writing(() => fs.rmSync(directory, { recursive: true, force: true }));
  writing(() => fs.mkdirSync(directory));
  const uri = `${set.path}/${setName(set)}/complement_log`;
  const start: RoundStart = {
    destId: set.destId,
    roundId: 1,
    basePieceId: 1,
    // One piece holds it all, however long the backup took.
    pieceSwitchInterval: Number((minRestoreScn - set.startReplayScn) / 1000n) + 86_400_000_000,
    startScn: set.startReplayScn,
    startLsn: set.startReplayLsn,
    source: set.source,
    path: uri,
  };
  const round = beginRound({ data, destination: { directory, uri, id: set.destId }, start });
  round.advance(minRestoreScn);
  round.stop();
}

function beginRound(place: Omit<RoundPlace, "stopped">): RoundWriter {
  const { destination, start } = place;
  writeDocument(roundFile(destination, `${roundName(start)}_start`), {
    kind: "archive_info",
    content: start,
  });
  const round = new RoundWriter({ ...place, stopped: false });
  round.openPiece();
  return round;
}

function roundFile(destination: Destination, name: string): string {
  return path.join(destination.directory, "rounds", `${name}.obarc`);
}

interface RoundPlace {
  readonly data: OpenTenant;
  readonly destination: Destination;
  readonly start: RoundStart;
  readonly stopped: boolean;
}

class RoundWriter implements ArchiveRun {
  readonly #data: OpenTenant;
  readonly #destination: Destination;
  readonly #start: RoundStart;
  /** Pieces of earlier rounds in the same destination. */
  readonly #earlier: readonly ArchivePiece[];
  #pieces: readonly ArchivePiece[];
  /** Of the active piece, once this process has written it. */
  #checkpointFile: string | undefined;
  readonly #intake: RedoIntake;
  #stopped: boolean;

  constructor(given: RoundPlace) {
    this.#data = given.data;
    this.#destination = given.destination;
    this.#start = given.start;
    this.#stopped = given.stopped;
    const known = readPieces(given.destination.directory);
    this.#earlier = known.filter((piece) => piece.roundId < given.start.roundId);
    this.#pieces = known.filter((piece) => piece.roundId === given.start.roundId);
    this.#intake = new RedoIntake(given.data.redo, this.#lsn);
    if (!given.stopped) given.data.redo.pin(this.#pin, this.#lsn);
  }

  get pieces(): readonly ArchivePiece[] {
    return this.#pieces;
  }

  get round(): ArchiveRound {
    const newest = this.#pieces.at(-1);
    const sum = (of: (piece: ArchivePiece) => number) =>
      this.#pieces.reduce((total, piece) => total + of(piece), 0);
    return {
      ...this.#start,
      usedPieceId: newest?.pieceId ?? this.#start.basePieceId,
      checkpointScn: this.#checkpoint,
      maxScn: newest?.maxScn ?? this.#start.startScn,
      inputBytes: sum((piece) => piece.inputBytes),
      outputBytes: sum((piece) => piece.outputBytes),
      stopped: this.#stopped,
    };
  }

  advance(upToScn: bigint): void {
    if (this.#stopped) throw new Error(`round ${this.#start.roundId} has ended`);
    writing(() => fs.statSync(this.#destination.directory));
    this.#data.captureCommit();
    this.#data.promise(upToScn);
    try {
      // Bounded by the number of pieces between the checkpoint and `upToScn`.
      while (this.#checkpoint < upToScn) {
        const piece = this.#active ?? this.openPiece();
        const until = upToScn < piece.endScn ? upToScn : piece.endScn;
        this.#replace(this.#filled(piece, until));
      }
    } catch (cause) {
      this.#intake.rewind(this.#lsn);
      throw cause;
    }
    this.#data.redo.pin(this.#pin, this.#lsn);
  }

  stop(): void {
    const active = this.#active;
    if (active !== undefined) this.#replace({ ...active, status: "FROZEN" });
    writeDocument(roundFile(this.#destination, `${roundName(this.#start)}_end`), {
      kind: "archive_info",
      content: this.round,
    });
    this.abandon();
  }

  abandon(): void {
    this.#stopped = true;
    this.#data.redo.unpin(this.#pin);
    this.close();
  }

  close(): void {
    this.#intake.close();
  }

  /** The first piece, or the one behind the newest. */
  openPiece(): ArchivePiece {
    const newest = this.#pieces.at(-1);
    const startScn = newest?.endScn ?? this.#start.startScn;
    const { destId, roundId, source, path: uri } = this.#start;
    const piece: ArchivePiece = {
      destId,
      roundId,
      pieceId: newest === undefined ? this.#start.basePieceId : newest.pieceId + 1,
      startScn,
      endScn: startScn + BigInt(this.#start.pieceSwitchInterval) * 1000n,
      checkpointScn: startScn,
      maxScn: startScn,
      status: "ACTIVE",
      fileStatus: "INCOMPLETE",
      inputBytes: 0,
      outputBytes: 0,
      source,
      path: uri,
      startLsn: this.#lsn,
      endLsn: this.#lsn,
      fileBytes: [],
    };
    this.#writeNewPiece(piece);
    this.#pieces = [...this.#pieces, piece];
    return piece;
  }

  get #active(): ArchivePiece | undefined {
    const newest = this.#pieces.at(-1);
    return newest?.status === "ACTIVE" ? newest : undefined;
  }

  get #checkpoint(): bigint {
    return this.#pieces.at(-1)?.checkpointScn ?? this.#start.startScn;
  }

  /** The newest record that is in the pieces. */
  get #lsn(): number {
    return this.#pieces.at(-1)?.endLsn ?? this.#start.startLsn;
  }

  get #pin(): string {
    return `${this.#destination.uri} ${roundName(this.#start)}`;
  }

  #folder(piece: ArchivePiece): string {
    return pieceDirectory(this.#destination.directory, piece);
  }

  #writeNewPiece(piece: ArchivePiece): void {
    const folder = this.#folder(piece);
    writing(() => fs.rmSync(folder, { recursive: true, force: true }));
    writing(() => fs.mkdirSync(logFolder(folder), { recursive: true }));
    this.#markPiece(piece, `start_${localTag(piece.startScn, piece.source)}`);
    writeEarlierPieces(folder, [...this.#earlier, ...this.#pieces]);
    const schema = path.join(folder, "logstream_1/schema_meta", `${piece.startScn}.obarc`);
    writeDocument(schema, { kind: "archive_info", content: { tables: this.#data.tableNames() } });
    writeDocument(checkpointMark(folder), { kind: "mark", content: { event: "checkpoint" } });
    writeDocument(checkpointFile(folder, piece), { kind: "checkpoint_info", content: piece });
  }

  /** Appends the redo up to `until` that belongs to `piece`; nothing counts before #replace has written it down. */
  #filled(piece: ArchivePiece, until: bigint): ArchivePiece {
    const writer = new LogWriter(logFolder(this.#folder(piece)), piece.fileBytes);
    const { inputBytes, newest } = this.#intake.take({ until, end: piece.endScn, writer });
    writer.flush();
    return {
      ...piece,
      inputBytes: piece.inputBytes + inputBytes,
      maxScn: newest?.scn ?? piece.maxScn,
      endLsn: newest?.lsn ?? piece.endLsn,
      checkpointScn: until,
      status: until === piece.endScn ? "FROZEN" : "ACTIVE",
      fileStatus: "AVAILABLE",
      outputBytes: writer.fileBytes.reduce((sum, bytes) => sum + bytes, 0),
      fileBytes: writer.fileBytes,
    };
  }

  /** Writes down what the newest piece has become. */
  #replace(piece: ArchivePiece): void {
    const folder = this.#folder(piece);
    const old = this.#checkpointFile === undefined ? checkpointFiles(folder) : [this.#checkpointFile];
    const now = checkpointFile(folder, piece);
    if (piece.status === "FROZEN") this.#freeze(folder, piece);
    writeDocument(now, { kind: "checkpoint_info", content: piece });
    writing(() => {
      for (const file of old) if (file !== now) fs.rmSync(file, { force: true });
    });
    this.#checkpointFile = piece.status === "FROZEN" ? undefined : now;
    this.#pieces = [...this.#pieces.slice(0, -1), piece];
  }

  #freeze(folder: string, piece: ArchivePiece): void {
    const { source, startScn, endScn } = piece;
    const range = `${pieceName(piece)}_${localTag(startScn, source)}_${localTag(endScn, source)}.obarc`;
    writeDocument(path.join(folder, range), { kind: "mark", content: { event: "display" } });
    writeDocument(path.join(folder, "file_info.obarc"), {
      kind: "archive_info",
      content: { logStreams: [1, 1001] },
    });
    for (const [logStream, files] of [
      [1, 0],
      [1001, piece.fileBytes.length],
    ] as const) {
      const file = path.join(folder, `logstream_${logStream}/file_info.obarc`);
      writeDocument(file, { kind: "archive_info", content: { files } });
    }
    this.#markPiece(piece, `end_${localTag(endScn, source)}`);
    writeDocument(path.join(folder, "single_piece_info.obarc"), { kind: "piece_info", content: piece });
  }

  #markPiece(piece: ArchivePiece, event: string): void {
    const file = path.join(this.#destination.directory, "pieces", `${pieceName(piece)}_${event}.obarc`);
    writeDocument(file, { kind: "mark", content: { event } });
  }
}
