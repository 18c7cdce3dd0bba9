import type { Kysely, Transaction } from "kysely";
import type { Micros } from "../domain/scn.ts";
import type { ChangeRow, Schema } from "./schema.ts";
import type { Change } from "./store.ts";

/** As many changes are kept for clients that come back; whoever was away for longer reloads everything. */
export const KEPT_CHANGES = 10_000;

export type Announcement = Pick<Change, "topic" | "cluster" | "tenant" | "operation">;

/** What one piece of writing has in hand. */
export interface Writing {
  readonly tx: Transaction<Schema>;
  /** Takes part in the transaction; listeners hear of it when that is durable. */
  readonly announce: (announcement: Announcement) => Change;
  /** Runs when the transaction is durable and before anybody hears of it; must not fail. */
  readonly afterCommit: (effect: () => void) => void;
}

/**
 * One transaction after the other. So changes have numbers without holes, listeners hear them in order, and what is kept
 * in memory changes in the same order as the rows.
 */
export class Writer {
  readonly #db: Kysely<Schema>;
  readonly #now: () => Micros;
  readonly #listeners = new Set<(change: Change) => void>();
  #last: number;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(db: Kysely<Schema>, start: { readonly lastChange: number; readonly now: () => Micros }) {
    this.#db = db;
    this.#now = start.now;
    this.#last = start.lastChange;
  }

  get lastChange(): number {
    return this.#last;
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  write<T>(work: (writing: Writing) => Promise<T>): Promise<T> {
    const turn = this.#tail.then(() => this.#transact(work));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when everything asked for so far is written or refused. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  async #transact<T>(work: (writing: Writing) => Promise<T>): Promise<T> {
    const changes: Change[] = [];
    const effects: (() => void)[] = [];
    const announce = (announcement: Announcement) => {
      const change = { number: this.#last + changes.length + 1, at: this.#now(), ...announcement };
      changes.push(change);
      return change;
    };
    const result = await this.#db.transaction().execute(async (tx) => {
      const done = await work({ tx, announce, afterCommit: (effect) => effects.push(effect) });
      await logChanges(tx, changes);
      return done;
    });
    for (const effect of effects) effect();
    this.#publish(changes);
    return result;
  }

  #publish(changes: readonly Change[]): void {
    for (const change of changes) {
      this.#last = change.number;
      for (const listener of this.#listeners) tell(listener, change);
    }
  }
}

/** A listener that fails must not undo what is stored, nor keep the others from hearing. */
function tell(listener: (change: Change) => void, change: Change): void {
  try {
    listener(change);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

/** The statement is built once: a pass over three hundred tenants announces as many changes. */
async function logChanges(tx: Transaction<Schema>, changes: readonly Change[]): Promise<void> {
  const newest = changes.at(-1);
  if (!newest) return;
  const insert = tx.insertInto("change_log").values(rowOf(newest)).compile();
  for (const change of changes) {
    await tx.executeQuery({ ...insert, parameters: Object.values(rowOf(change)) });
  }
  await tx
    .deleteFrom("change_log")
    .where("number", "<=", newest.number - KEPT_CHANGES)
    .execute();
}

function rowOf({ number, at, topic, cluster, tenant, operation }: Change): ChangeRow {
  return { number, at, topic, cluster, tenant, operation };
}

export async function readLastChange(db: Kysely<Schema>): Promise<number> {
  const found = await db
    .selectFrom("change_log")
    .select((select) => select.fn.max("number").as("number"))
    .executeTakeFirst();
  return found?.number ?? 0;
}

/** "forgotten" also for a number that this database has not reached: it was another one's. */
export async function readChangesAfter(
  db: Kysely<Schema>,
  span: { readonly after: number; readonly last: number },
): Promise<readonly Change[] | "forgotten"> {
  if (span.after > span.last || span.after < span.last - KEPT_CHANGES) return "forgotten";
  const rows = await db
    .selectFrom("change_log")
    .selectAll()
    .where("number", ">", span.after)
    .orderBy("number")
    .execute();
  return rows;
}
