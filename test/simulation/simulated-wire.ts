import { type Connection, LineDropped, type Reply, SqlError, type Value } from "../../sandbox/engine.ts";
import type { Micros } from "../../src/domain/scn.ts";
import type { Row } from "../../src/oceanbase/row.ts";
import type { OpenWire } from "../../src/oceanbase/wire.ts";
import type { Chance } from "./chance.ts";
import { LATEST_EFFECT_SECONDS } from "./draw-faults.ts";
import { Dead, type Life } from "./mortal-database.ts";
import type { Rest } from "./rest.ts";
import { type Sent, SentStatements } from "./sent-statements.ts";
import type { SessionPool } from "./session-pool.ts";
import type { Story } from "./story.ts";
import { SECOND, type Timeline } from "./timeline.ts";

export interface WireParts {
  readonly sessions: SessionPool;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly story: Story;
  readonly sent: SentStatements;
  /** How long a statement takes at most to arrive; 0: no time. */
  readonly latency: Micros;
  /** Of the statements that ask for something: these take seconds. */
  readonly slowShare: number;
  /** Asked before each statement. */
  readonly rest: Rest;
  /** Told of what no promise of Holdfast's may swallow. */
  readonly violated: (error: unknown) => void;
}

/** The wire of one process: SQL text in, rows of text out, over the sandbox's engine in this process. */
export function simulatedWire(parts: WireParts, life: Life): OpenWire {
  return async ({ address }) => {
    await point(life);
    const session = asClient(() => parts.sessions.open(address.user));
    return {
      query: ({ sql }) => new Statement({ ...parts, life, session, sql }).run(),
      destroy: () => parts.sessions.giveBack(session),
    };
  };
}

/** A kill falls here, or nothing: whoever was killed waits for ever. */
async function point(life: Life): Promise<void> {
  try {
    life.point();
  } catch (error) {
    if (!(error instanceof Dead)) throw error;
    await new Promise(() => undefined);
  }
}

interface StatementParts extends WireParts {
  readonly life: Life;
  readonly session: Connection;
  readonly sql: string;
}

/** One statement on its way to the cluster and back. */
class Statement {
  readonly #parts: StatementParts;
  #sent: Sent | undefined;

  constructor(parts: StatementParts) {
    this.#parts = parts;
  }

  async run(): Promise<readonly Row[]> {
    const { life, chance, rest, session, sessions } = this.#parts;
    await point(life);
    if (!rest.mayGoOn()) await new Promise(() => undefined);
    this.#send();
    const { before, after } = this.#delays();
    if (before > 0) await sessions.during(session, () => this.#wait(before));
    // What was on its way when its sender was killed arrives, or does not.
    if (life.isDead && chance.happens(0.5)) await new Promise(() => undefined);
    const rows = this.#execute();
    if (after > 0) await this.#wait(after);
    await point(life);
    return rows;
  }

  /** On the way to its effect, and from there back. */
  #delays(): { readonly before: Micros; readonly after: Micros } {
    const { latency, slowShare, chance } = this.#parts;
    const way = latency > 0 ? chance.whole(0, latency) : 0;
    if (!this.#sent || !chance.happens(slowShare)) return { before: way, after: 0 };
    const slow = chance.whole(1, LATEST_EFFECT_SECONDS) * SECOND;
    return chance.happens(0.5) ? { before: way + slow, after: 0 } : { before: way, after: slow };
  }

  #send(): void {
    const { sql, timeline, sent, story, violated } = this.#parts;
    if (!SentStatements.asks(sql)) return;
    story.tell("holdfast", () => `sends ${sql}`);
    try {
      this.#sent = sent.send(sql, timeline.now);
    } catch (error) {
      violated(error);
    }
  }

  #execute(): readonly Row[] {
    const { session, sessions, sql } = this.#parts;
    try {
      const rows = COLUMNS_QUESTION.test(sql) ? columnsAnswered(session, sql) : rowsOf(session.execute(sql));
      this.#answered("ok", "OK");
      return rows;
    } catch (error) {
      if (error instanceof LineDropped) sessions.breakDown(session);
      const isAnswer = error instanceof SqlError && error.errno !== TIMEOUT;
      this.#answered(
        isAnswer ? "refused" : "unknown",
        error instanceof Error ? error.message : String(error),
      );
      throw clientError(error);
    }
  }

  #answered(answer: Sent["answer"], words: string): void {
    if (!this.#sent) return;
    this.#sent.answer = answer;
    this.#parts.story.tell("cluster", () => words);
  }

  #wait(micros: Micros): Promise<void> {
    return new Promise((resolve) => void this.#parts.timeline.after(micros, resolve));
  }
}

const TIMEOUT = 4012;

const COLUMNS_QUESTION = /^SELECT TABLE_NAME, COLUMN_NAME FROM information_schema\.COLUMNS\b/;
const columnAnswers = new Map<string, readonly Row[]>();

/**
 * Which columns the views have is the same for ever on one version, and thousands of rows to look through. So every
 * question after the first of a process asks the session for its version alone, on the same line with the same faults.
 */
function columnsAnswered(session: Connection, sql: string): readonly Row[] {
  const version = JSON.stringify(rowsOf(session.execute("SELECT ob_version()")));
  const rows = columnAnswers.get(version + sql) ?? rowsOf(session.execute(sql));
  columnAnswers.set(version + sql, rows);
  return rows;
}

function asClient<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw clientError(error);
  }
}

/** What the driver would reject with. */
function clientError(error: unknown): unknown {
  if (error instanceof LineDropped) {
    return Object.assign(new Error(error.message), { code: "PROTOCOL_CONNECTION_LOST" });
  }
  if (!(error instanceof SqlError)) return error;
  return Object.assign(new Error(error.message), { errno: error.errno, sqlMessage: error.message });
}

function rowsOf(reply: Reply): readonly Row[] {
  if (reply.kind !== "rows") return [];
  const names = reply.columns.map((column) => column.name);
  return reply.rows.map((row) => Object.fromEntries(names.map((name, i) => [name, textOf(row[i] ?? null)])));
}

/** As the text protocol sends it. */
function textOf(value: Value): string | null {
  if (value === null || typeof value === "string") return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : String(value);
}
