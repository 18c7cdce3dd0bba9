import { type Micros, SECOND } from "../model/time.ts";
import { type Fault, isClusterFault, isLineFault, type LineFault, type What } from "./fault.ts";
import { LOGIN, type Matches, statementMatcher } from "./statement-kind.ts";

/** A fault with what has been seen of it. Only the plan writes to it. */
export interface Watched<Kind extends What = What> {
  readonly fault: Fault;
  readonly what: Kind;
  readonly armedAt: Micros;
  /** Undefined: it comes with the time alone. */
  readonly matches: Matches | undefined;
  /** Statements that matched while it was armed. */
  seen: number;
  /** Statements that it struck. */
  struck: number;
  /** Since when it is in force; undefined before. */
  since: Micros | undefined;
}

/** Something that went wrong as planned, for a log that reads as a story. */
export interface StruckFault {
  /** On the clock of the plan. */
  readonly at: Micros;
  readonly fault: Fault;
  readonly stage: "struck" | "ended";
  /** What it struck in the cluster, in words: `round 1 of shop`; null for a fault of the line or of a view. */
  readonly whom: string | null;
  /** The statement that a fault of the line struck. */
  readonly statement: string | null;
}

export interface PlanOptions {
  /** The clock by which times are meant. The cluster's own may be wrong by a fault; this one is not. */
  readonly now: () => Micros;
  readonly onStruck?: ((struck: StruckFault) => void) | undefined;
}

/** More than this at the same time is a mistake of whoever adds them. */
const MOST_WATCHED = 100_000;

/** Faults that are to come, and which of them a statement or the time has brought. */
export class FaultPlan {
  readonly #options: PlanOptions;
  #watched: Watched[] = [];
  /** Brought about by a statement that has no answer yet: faults of the cluster come when it has one. */
  readonly #unanswered = new Set<Watched>();
  #epoch = 0;
  #late: { readonly at: Micros; readonly act: () => void }[] = [];

  constructor(options: PlanOptions) {
    this.#options = options;
  }

  get now(): Micros {
    return this.#options.now();
  }

  get watched(): readonly Watched[] {
    return this.#watched;
  }

  /** Lines that were opened in an earlier one are down. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Every line that is open now will be found down. */
  dropLines(): void {
    this.#epoch++;
  }

  /** Their seconds count from now on. */
  add(faults: readonly Fault[]): void {
    if (this.#watched.length + faults.length > MOST_WATCHED)
      throw new Error(`a plan holds at most ${MOST_WATCHED} faults`);
    for (const fault of faults) this.#watched.push(watch(fault, this.now));
  }

  /** Forgets what has not come yet and what goes on. Effects that are still to come of statements stay. */
  clear(): void {
    this.#watched = [];
    this.#unanswered.clear();
  }

  /** What was met has been answered, or its line was dropped. */
  answered(): void {
    this.#unanswered.clear();
  }

  /** Counts a statement, or LOGIN, and says which fault of the line strikes it: the first one that does. */
  meet(statement: string): LineFault | undefined {
    let first: LineFault | undefined;
    if (this.#watched.length === 0) return undefined;
    for (const watched of this.#watched) {
      const isNew = watched.since === undefined;
      const strikes = meets(watched, statement, this.now);
      if (isNew && watched.since !== undefined && isClusterFault(watched.what)) this.#unanswered.add(watched);
      if (!strikes || first !== undefined || !isLineFault(watched.what)) continue;
      first = watched.what;
      watched.struck++;
      const struck = statement === LOGIN ? null : statement;
      this.tell(watched, { at: this.now, stage: "struck", whom: null, statement: struck });
    }
    return first;
  }

  /** Faults of some kinds that are in force at a moment, by default now. */
  inForce<Kind extends What>(
    isKind: (what: What) => what is Kind,
    at: Micros = this.now,
  ): readonly Watched<Kind>[] {
    if (this.#watched.length === 0) return [];
    return this.#watched.filter((watched): watched is Watched<Kind> => {
      return isKind(watched.what) && isInForce(watched, at) && !this.#unanswered.has(watched);
    });
  }

  /** Lets `act` happen so many seconds from now. */
  postpone(act: () => void, seconds: number): void {
    this.#late.push({ at: this.now + seconds * SECOND, act });
  }

  /** When the next postponed effect is due; infinity when there is none. */
  get nextLateAt(): Micros {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#late.map((late) => late.at));
  }

  /** Postponed effects whose time has come, in the order of their times. */
  actLate(until: Micros): void {
    const due = this.#late.filter((late) => late.at <= until).toSorted((a, b) => a.at - b.at);
    this.#late = this.#late.filter((late) => late.at > until);
    for (const { act } of due) act();
  }

  tell({ fault }: Watched, told: Omit<StruckFault, "fault">): void {
    this.#options.onStruck?.({ fault, ...told });
  }
}

function watch(fault: Fault, now: Micros): Watched {
  const { afterSeconds = 0, statement, nth } = fault.when;
  const byTime = statement === undefined && nth === undefined;
  const kind = statement ?? (fault.what.kind === "refused" ? "login" : "any");
  const matches = byTime ? undefined : statementMatcher(kind);
  if (!byTime && matches === undefined) throw new Error(`no statement is of the kind ${kind}`);
  const armedAt = now + afterSeconds * SECOND;
  return { fault, what: fault.what, armedAt, matches, seen: 0, struck: 0, since: undefined };
}

/** Whether a statement is struck. A statement may bring a fault into force that strikes only what comes after it. */
function meets(watched: Watched, statement: string, now: Micros): boolean {
  if (now < watched.armedAt) return false;
  const matches = watched.matches?.(statement) ?? true;
  if (watched.since === undefined && !comesWith(watched, matches, now)) return false;
  if (isOver(watched, now)) return false;
  if (watched.what.kind === "refused") return statement === LOGIN;
  return matches && statement !== LOGIN;
}

function comesWith(watched: Watched, matches: boolean, now: Micros): boolean {
  if (!matches) return false;
  watched.seen++;
  if (watched.matches !== undefined && watched.seen < (watched.fault.when.nth ?? 1)) return false;
  watched.since = watched.matches === undefined ? watched.armedAt : now;
  return true;
}

function isOver({ fault, what, struck, since }: Watched, now: Micros): boolean {
  const span = fault.for ?? (isLineFault(what) ? { times: 1 } : undefined);
  if (span === undefined || since === undefined) return false;
  return "times" in span ? struck >= span.times : now >= since + span.seconds * SECOND;
}

function isInForce(watched: Watched, now: Micros): boolean {
  if (watched.since === undefined && watched.matches === undefined && now >= watched.armedAt) {
    watched.since = watched.armedAt;
  }
  return watched.since !== undefined && !isOver(watched, now);
}
