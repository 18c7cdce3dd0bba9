import type { ArchivePiece } from "./archive-piece.ts";
import { notEnoughLog } from "./storage-fault.ts";

export interface LogRange {
  /** Redo above it is needed. */
  readonly startScn: bigint;
  readonly targetScn: bigint;
}

/** The unbroken run of pieces from `startScn` to `targetScn` as ob_archive_store.cpp takes it. Throws 4018. */
export function choosePieces(all: readonly ArchivePiece[], range: LogRange): readonly ArchivePiece[] {
  const { startScn, targetScn } = range;
  const usable = all.filter(
    (piece) =>
      piece.destId === all.at(-1)?.destId && piece.fileStatus === "AVAILABLE" && piece.endScn > startScn,
  );
  const run = unbrokenRun(usable, range);
  const last = run.at(-1);
  if (last === undefined) throw notEnoughLog(`no archive piece holds the redo from ${startScn}`);
  if (startScn >= targetScn) throw notEnoughLog(`${targetScn} is not above ${startScn}`);
  if (last.checkpointScn < targetScn) {
    throw notEnoughLog(`redo is archived up to ${last.checkpointScn}, ${targetScn} lies behind it`);
  }
  return run;
}

function unbrokenRun(
  usable: readonly ArchivePiece[],
  { startScn, targetScn }: LogRange,
): readonly ArchivePiece[] {
  let run: readonly ArchivePiece[] = [];
  for (const piece of usable) {
    const previous = run.at(-1);
    const isNext = previous?.endScn === piece.startScn;
    if (piece.startScn >= targetScn) {
      const isMissed = isNext && previous !== undefined && previous.checkpointScn < targetScn;
      return isMissed ? [...run, piece] : run;
    }
    if (isNext) run = [...run, piece];
    else run = piece.startScn <= startScn ? [piece] : [];
  }
  return run;
}
