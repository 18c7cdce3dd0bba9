import { logFolder } from "./archive-piece.ts";
import { blocksOf, type LogBlock, readBlock } from "./log-block.ts";
import { PageSet } from "./page-set.ts";
import type { RestorePlan } from "./plan-restore.ts";
import { framesBackwards } from "./redo-record.ts";
import { damaged } from "./storage-fault.ts";

/**
 * The redo of a plan, walked from the newest record to the oldest: so each page is written once, as the target found it,
 * and memory holds one block and one bit per page, however long the log is.
 */
export class LogReplay {
  readonly #plan: RestorePlan;
  readonly #write: (pageNumber: number, page: Buffer) => void;
  readonly #blocks: LogBlock[];
  readonly #seen = new PageSet();
  /** Pages of the data file at the target; undefined until a record is met. */
  #pageCount: number | undefined;
  #done = 0;
  readonly bytes: number;

  /** Throws 9011 or 4009 when a log file or a record is missing. */
  constructor(plan: RestorePlan, write: (pageNumber: number, page: Buffer) => void) {
    this.#plan = plan;
    this.#write = write;
    this.#blocks = neededBlocks(plan);
    this.bytes = this.#blocks.reduce((sum, block) => sum + block.bytes, 0);
  }

  get doneBytes(): number {
    return this.#done;
  }

  get pageCount(): number | undefined {
    return this.#pageCount;
  }

  /** Works off about `bytes` of stored log; true at the end. */
  step(bytes: number): boolean {
    for (let left = bytes; left > 0; ) {
      const block = this.#blocks.pop();
      if (block === undefined) return true;
      this.#replay(block);
      left -= block.bytes;
      this.#done += block.bytes;
    }
    return this.#blocks.length === 0;
  }

  #replay(block: LogBlock): void {
    const { startScn, targetScn } = this.#plan;
    for (const whole of readBlock(block).toReversed()) {
      const { record } = whole;
      if (record.scn > targetScn) continue;
      if (record.scn <= startScn) return;
      this.#pageCount ??= record.pageCount;
      framesBackwards(whole, (pageNumber, page) => this.#place(pageNumber, page));
    }
  }

  #place(pageNumber: number, page: Buffer): void {
    if (pageNumber <= (this.#pageCount ?? 0) && this.#seen.add(pageNumber)) this.#write(pageNumber, page);
  }
}

/** All blocks from the first that holds redo above the start to the one that holds the target, without a hole. */
function neededBlocks({ pieces, sets, startScn, targetScn }: RestorePlan): LogBlock[] {
  const needed: LogBlock[] = [];
  const first = pieces[0];
  const known = sets.at(-1)?.set.startReplayLsn ?? Number.MAX_SAFE_INTEGER;
  if (first === undefined || first.piece.startLsn > known) {
    throw damaged(first?.directory ?? "the archive", `it lacks the redo from record ${known + 1}`);
  }
  let lsn = first.piece.startLsn;
  for (const { piece, directory } of pieces) {
    if (piece.startLsn !== lsn) throw damaged(directory, `redo record ${lsn + 1} is missing`);
    for (const block of blocksOf(logFolder(directory), piece.fileBytes)) {
      if (block.firstLsn !== lsn + 1) throw damaged(block.file, `redo record ${lsn + 1} is missing`);
      if (block.firstScn > targetScn) return needed;
      lsn = block.lastLsn;
      if (block.lastScn > startScn) needed.push(block);
    }
    if (piece.endLsn !== lsn) throw damaged(directory, `redo record ${lsn + 1} is missing`);
  }
  return needed;
}
