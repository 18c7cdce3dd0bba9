import type { Micros } from "../../src/domain/scn.ts";
import { Violation } from "./violation.ts";

/** A statement of Holdfast's that asks for something, and how its answer read. */
export interface Sent {
  readonly at: Micros;
  readonly sql: string;
  /** `unknown`: no answer, or one that leaves open whether it took effect. */
  answer: "unknown" | "ok" | "refused";
}

const ASKS = /^(ALTER SYSTEM (?!CHANGE TENANT)|CREATE |DROP )/;
const ONCE = /^ALTER SYSTEM (BACKUP|RESTORE)\b.*DESCRIPTION = '([^']+)'/s;

/** Invariant 2: what Holdfast sends is written down where it leaves, and what the cluster carried out where it does so. */
export class SentStatements {
  readonly #sent: Sent[] = [];
  /** `BACKUP op-…` of each job that the cluster was asked for with success. */
  readonly #carriedOut = new Set<string>();
  readonly #adoptionTime: Micros;

  constructor(adoptionTime: Micros) {
    this.#adoptionTime = adoptionTime;
  }

  static asks(sql: string): boolean {
    return ASKS.test(sql);
  }

  /** Throws Violation. */
  send(sql: string, at: Micros): Sent {
    refuseUnnamed(sql);
    refuseForeignDrop(sql);
    const job = jobOf(sql);
    if (job !== undefined) this.#refuseSecond(job, at);
    const sent: Sent = { at, sql, answer: "unknown" };
    this.#sent.push(sent);
    return sent;
  }

  /** The cluster has carried a statement out, whoever sent it. */
  carriedOut(sql: string): void {
    const job = jobOf(sql);
    if (job !== undefined) this.#carriedOut.add(job);
  }

  #refuseSecond(job: string, at: Micros): void {
    if (this.#carriedOut.has(job)) throw new Violation(2, `${job} was sent again, and it had taken effect`);
    const open = this.#sent.findLast((each) => jobOf(each.sql) === job && each.answer !== "refused");
    if (!open || at - open.at >= this.#adoptionTime) return;
    throw new Violation(
      2,
      `${job} was sent again after ${(at - open.at) / 1e6} s, and its effect may be to come`,
    );
  }
}

/** From sys, BACKUP and CANCEL BACKUP without a name act on every tenant. */
function refuseUnnamed(sql: string): void {
  if (!/\b(?:BACKUP|ARCHIVELOG)\b/.test(sql) || /\bTENANT = /.test(sql)) return;
  throw new Violation(2, `${sql} names no tenant`);
}

/** Whatever is cleaned up was made by a restore that a person wished: nothing else bears such a name. */
function refuseForeignDrop(sql: string): void {
  if (!sql.startsWith("DROP ") || /`copy\d+(?:_pool|_unit)?`/.test(sql)) return;
  throw new Violation(5, `${sql} drops what no restore of Holdfast's made`);
}

function jobOf(sql: string): string | undefined {
  const found = ONCE.exec(sql);
  return found ? `${found[1]} ${found[2]}` : undefined;
}
