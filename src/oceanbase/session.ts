import { type Asked, isAnswer, problemFrom } from "./errors.ts";
import type { ClusterAddress } from "./oceanbase.ts";
import type { Row } from "./row.ts";
import { type OpenWire, tcpWire, type Wire } from "./wire.ts";

/** How long Holdfast waits, in milliseconds. */
export interface Patience {
  readonly connectMs: number;
  /** For one question of an inventory. */
  readonly questionMs: number;
  /** For one ALTER SYSTEM or CREATE. RESTORE returns only when the new META tenant is there: 10 minutes at the most. */
  readonly requestMs: number;
}

export const PATIENCE: Patience = { connectMs: 5_000, questionMs: 30_000, requestMs: 900_000 };

/** Given to a statement beyond its ob_query_timeout, so that OceanBase's own 4012 comes before ours. */
const GRACE_MS = 5_000;

export interface OpenSession {
  readonly kind: Asked["kind"];
  readonly patience: Patience;
  /** Default: TCP. */
  readonly openWire?: OpenWire;
}

/**
 * One connection, opened for one purpose and used by one caller at a time. Session state (encryption passwords, the
 * tenant changed to) ends with it: there is no pool that it could come back from.
 */
export class Session {
  readonly #asked: Asked;
  readonly #timeoutMs: number;
  #wire: Wire | undefined;

  private constructor(asked: Asked, timeoutMs: number) {
    this.#asked = asked;
    this.#timeoutMs = timeoutMs;
  }

  static async open(address: ClusterAddress, { kind, patience, openWire }: OpenSession): Promise<Session> {
    const asked: Asked = { address: `${address.host}:${address.port}`, kind };
    const timeoutMs = kind === "request" ? patience.requestMs : patience.questionMs;
    const session = new Session(asked, timeoutMs);
    const dial = { address, connectMs: patience.connectMs, whenBroken: () => session.close() };
    session.#wire = await (openWire ?? tcpWire)(dial).catch((error: unknown) => {
      throw problemFrom(error, { ...asked, kind: "question" });
    });
    await session.#prepare();
    return session;
  }

  get isOpen(): boolean {
    return this.#wire !== undefined;
  }

  /** Runs one statement; every value comes as the text that OceanBase wrote. Throws Problem. */
  async run(sql: string): Promise<readonly Row[]> {
    try {
      return await this.#query(sql);
    } catch (error) {
      if (!isAnswer(error)) this.close();
      throw problemFrom(error, this.#asked);
    }
  }

  /** At once, whatever is under way: a session is not reused, so there is nothing to say goodbye to. */
  close(): void {
    this.#wire?.destroy();
    this.#wire = undefined;
  }

  /**
   * Times are asked as numbers, but a fixed zone keeps the rest of a session's answers comparable; sql_mode is named so
   * that a backslash escapes, as quoteText relies on.
   */
  async #prepare(): Promise<void> {
    const microseconds = this.#timeoutMs * 1000;
    try {
      await this.#query(
        `SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES', ob_query_timeout = ${microseconds}`,
      );
    } catch (error) {
      this.close();
      throw problemFrom(error, { ...this.#asked, kind: "question" });
    }
  }

  async #query(sql: string): Promise<readonly Row[]> {
    if (!this.#wire) throw new Error("the session is closed");
    return this.#wire.query({ sql, timeout: this.#timeoutMs + GRACE_MS });
  }
}
