import { DatabaseSync, type StatementSync } from "node:sqlite";

/** What a process that is killed no longer does: thrown at whatever the dead one still tries. */
export class Dead extends Error {
  constructor() {
    super("this process was killed");
  }
}

/** The life of one process: killed, it says and writes nothing more. */
export interface Life {
  readonly isDead: boolean;
  /** A moment at which a kill may fall. Throws Dead when it does, and ever after. */
  point(): void;
}

/**
 * The database as one process sees it. Each statement is a moment at which the process may be killed, before it and
 * after it; what a kill leaves half done was never committed. The database itself outlives every process.
 */
export function mortal(database: DatabaseSync, life: Life): DatabaseSync {
  const wrapped: Partial<Record<keyof DatabaseSync, unknown>> = {
    prepare: (sql: string) => mortalStatement(database.prepare(sql), life),
    exec: (sql: string) => {
      life.point();
      database.exec(sql);
    },
    // A process that ends lets go of its database; ours is the next one's.
    close: () => undefined,
  };
  return new Proxy(database, {
    get: (target, name) =>
      wrapped[name as keyof DatabaseSync] ?? (Reflect.get(target, name, target) as unknown),
  });
}

function mortalStatement(statement: StatementSync, life: Life): StatementSync {
  const between = <T>(run: () => T): T => {
    life.point();
    const answer = run();
    life.point();
    return answer;
  };
  const wrapped: Partial<Record<keyof StatementSync, unknown>> = {
    columns: () => statement.columns(),
    all: (...values: Parameters<StatementSync["all"]>) => between(() => statement.all(...values)),
    run: (...values: Parameters<StatementSync["run"]>) => between(() => statement.run(...values)),
    iterate: (...values: Parameters<StatementSync["iterate"]>) => between(() => statement.iterate(...values)),
  };
  return wrapped as unknown as StatementSync;
}
