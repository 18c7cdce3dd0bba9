import {
  type Account,
  type Connection,
  type Engine,
  LineDropped,
  LockWait,
  type Login,
  type Reply,
  SqlError,
} from "../engine.ts";
import { errorOf, refusal } from "../model/refusal.ts";
import type { LineFault } from "./fault.ts";
import type { FaultPlan } from "./fault-plan.ts";
import { LOGIN } from "./statement-kind.ts";

/** OceanBase's default ob_query_timeout. */
const DEFAULT_QUERY_TIMEOUT_MICROS = 10_000_000;

const SETS_TIMEOUT = /^\s*set\b.*\bob_query_timeout\s*(?::?=)\s*(\d+)/is;

export interface FaultyLine {
  readonly plan: FaultPlan;
  /** Told when an arrival or a statement has been answered, or its line was dropped. */
  readonly onAnswered?: () => void;
}

/**
 * The same engine behind a line that fails as planned, for every caller alike: a dropped line is a LineDropped, which the
 * MySQL wire turns into a closed socket. Each arrival and each statement is counted once.
 */
export function faultyEngine(engine: Engine, line: FaultyLine): Engine {
  return {
    handshakeVersion: engine.handshakeVersion,
    account(login: Login): Account {
      const fault = line.plan.meet(LOGIN);
      line.onAnswered?.();
      if (fault?.kind === "refused") throw new LineDropped("connection refused");
      const account = engine.account(login);
      return {
        passwordHash: account.passwordHash,
        open: () => new FaultyConnection(account.open(), line),
      };
    },
  };
}

/** A statement that waits for a lock is sent again and again: it was counted when it came first. */
interface Waiting {
  readonly sql: string;
  readonly fault: LineFault | undefined;
}

class FaultyConnection implements Connection {
  readonly #inner: Connection;
  readonly #line: FaultyLine;
  readonly #epoch: number;
  #waiting: Waiting | undefined;
  #isDown = false;
  #queryTimeoutMicros = DEFAULT_QUERY_TIMEOUT_MICROS;
  /** Effects still to come: the session is needed until they have. */
  #late = 0;

  constructor(inner: Connection, line: FaultyLine) {
    this.#inner = inner;
    this.#line = line;
    this.#epoch = line.plan.epoch;
  }

  get inTransaction(): boolean {
    return this.#inner.inTransaction;
  }

  get autocommit(): boolean {
    return this.#inner.autocommit;
  }

  execute(sql: string): Reply {
    if (this.#line.plan.epoch !== this.#epoch) this.close();
    if (this.#isDown) throw new LineDropped("the line is down");
    const fault = this.#waiting?.sql === sql ? this.#waiting.fault : this.#line.plan.meet(sql);
    this.#waiting = undefined;
    try {
      return fault === undefined ? this.#executed(sql) : this.#struck(sql, fault);
    } catch (error) {
      if (error instanceof LockWait) this.#waiting = { sql, fault };
      throw error;
    } finally {
      if (this.#waiting === undefined) this.#line.onAnswered?.();
    }
  }

  reset(): void {
    this.#inner.reset();
  }

  /** A statement whose effect is still to come has left for the cluster: it is carried out after the goodbye too. */
  close(): void {
    if (this.#isDown && this.#late === 0) return;
    this.#isDown = true;
    if (this.#late === 0) this.#inner.close();
  }

  #executed(sql: string): Reply {
    this.#noteTimeout(sql);
    return this.#inner.execute(sql);
  }

  #struck(sql: string, fault: LineFault): Reply {
    switch (fault.kind) {
      case "refused":
      case "dropped-before":
        throw this.#drop(`dropped before "${sql}"`);
      case "dropped-after":
        this.#inVain(sql);
        throw this.#drop(`dropped after "${sql}"`);
      case "timeout":
        this.#timeOut(sql, fault.effectAfterSeconds ?? 0);
        throw refusal("OB_TIMEOUT", this.#queryTimeoutMicros);
      case "error": {
        const known = errorOf(fault.errno);
        const { sqlState = known.sqlState, message = known.message } = fault;
        throw new SqlError(fault.errno, sqlState, message);
      }
    }
  }

  /** 4012 names the session's own ob_query_timeout. */
  #noteTimeout(sql: string): void {
    const found = SETS_TIMEOUT.exec(sql)?.[1];
    if (found !== undefined) this.#queryTimeoutMicros = Number(found);
  }

  /** Carried out, and what came of it never told. A lock that is held by another is waited for by the wire as ever. */
  #inVain(sql: string): void {
    try {
      this.#executed(sql);
    } catch (error) {
      if (error instanceof LockWait || !(error instanceof SqlError)) throw error;
    }
  }

  #timeOut(sql: string, seconds: number): void {
    if (seconds === 0) return this.#inVain(sql);
    this.#late++;
    this.#line.plan.postpone(() => this.#actLate(sql), seconds);
  }

  #actLate(sql: string): void {
    try {
      this.#inVain(sql);
    } catch (error) {
      if (!(error instanceof LockWait)) throw error;
    } finally {
      this.#late--;
      if (this.#isDown && this.#late === 0) this.#inner.close();
    }
  }

  #drop(words: string): LineDropped {
    this.close();
    return new LineDropped(words);
  }
}
