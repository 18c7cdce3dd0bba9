import type { LogWriter } from "./log-block.ts";
import type { RedoCursor, RedoLog } from "./redo-log.ts";
import { type ReadRecord, recordBytes } from "./redo-record.ts";

/** Records without pages that wait for one with pages. Beyond this number they are archived by themselves. */
const MOST_WAITING = 1000;

export interface Taken {
  readonly inputBytes: number;
  /** SCN and LSN of the newest record that was written, undefined when none was. */
  readonly newest: { readonly scn: bigint; readonly lsn: number } | undefined;
}

/**
 * Reads a tenant's redo for archiving. Each move of a checkpoint leaves a record without pages in the redo
 * (TenantData.promise); such records go into the archive only together with the next commit, or an idle tenant's archive
 * would grow with every checkpoint.
 */
export class RedoIntake {
  readonly #redo: RedoLog;
  #cursor: RedoCursor;
  #waiting: ReadRecord[] = [];

  constructor(redo: RedoLog, lsn: number) {
    this.#redo = redo;
    this.#cursor = redo.behind(lsn);
  }

  /** Hands the records up to `until` and before `end` to `writer`. Throws 9087. */
  take({
    until,
    end,
    writer,
  }: {
    readonly until: bigint;
    readonly end: bigint;
    readonly writer: LogWriter;
  }): Taken {
    let taken: Taken = { inputBytes: 0, newest: undefined };
    for (let next = this.#cursor.peek(); next !== undefined; next = this.#cursor.peek()) {
      if (next.record.scn > until || next.record.scn >= end) break;
      this.#cursor.next();
      if (next.record.frames > 0) taken = written(writer, { taken, records: [...this.#release(), next] });
      else this.#waiting.push({ record: next.record, bytes: Buffer.from(next.bytes) });
    }
    if (this.#waiting.length < MOST_WAITING) return taken;
    return written(writer, { taken, records: this.#release() });
  }

  /** After a failure: reads again behind what is archived. */
  rewind(lsn: number): void {
    this.close();
    this.#waiting = [];
    this.#cursor = this.#redo.behind(lsn);
  }

  close(): void {
    this.#cursor.close();
  }

  #release(): readonly ReadRecord[] {
    const records = this.#waiting;
    this.#waiting = [];
    return records;
  }
}

function written(
  writer: LogWriter,
  { taken, records }: { readonly taken: Taken; readonly records: readonly ReadRecord[] },
): Taken {
  let { inputBytes, newest } = taken;
  for (const each of records) {
    writer.add(each);
    inputBytes += recordBytes(each.record);
    newest = each.record;
  }
  return { inputBytes, newest };
}
