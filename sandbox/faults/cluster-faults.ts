import { nextDueAt } from "../model/advance.ts";
import type { Model } from "../model/model.ts";
import { type Micros, SECOND } from "../model/time.ts";
import {
  type ClusterFault,
  type Fault,
  isClusterFault,
  isLineFault,
  isViewFault,
  type ViewFault,
} from "./fault.ts";
import { FaultPlan, type PlanOptions, type Watched } from "./fault-plan.ts";
import type { Troubles } from "./faulty-media.ts";
import type { Ground } from "./ground.ts";
import type { ShiftedClock } from "./shifted-clock.ts";
import { strike } from "./strike.ts";
import { releaseArchives } from "./strike-archive.ts";
import { releaseJobs } from "./strike-jobs.ts";

export interface ClusterFaultsOptions extends Pick<PlanOptions, "onStruck"> {
  readonly model: Model;
  readonly clock: ShiftedClock;
  readonly troubles: Troubles;
  /** Lives up to a moment of the cluster's own clock. */
  readonly live: (until: Micros) => void;
  /** A fault of a view comes into force. */
  readonly onView: (watched: Watched<ViewFault>) => void;
}

/** A fault that goes on, and when and how it ends. */
interface Going {
  readonly watched: Watched<ClusterFault>;
  readonly whom: string;
  readonly endsAt: Micros;
  readonly end: () => void;
}

/** More turns than this in one stretch of life are a loop without progress. */
const MOST_TURNS = 1_000_000;

/** The faults of one cluster: makes those happen that lie in the cluster, at their moments, between its own steps. */
export class ClusterFaults {
  /** Faults of the line and of the views are asked of it; it knows what is in force. */
  readonly plan: FaultPlan;
  readonly #ground: Ground;
  readonly #live: (until: Micros) => void;
  readonly #onView: (watched: Watched<ViewFault>) => void;
  readonly #begun = new WeakSet<Watched>();
  #going: Going[] = [];
  #isLiving = false;

  constructor({ model, clock, troubles, live, onView, onStruck }: ClusterFaultsOptions) {
    this.plan = new FaultPlan({ now: () => clock.baseNow(), onStruck });
    this.#ground = { model, clock, troubles, plan: this.plan };
    this.#live = live;
    this.#onView = onView;
    releaseJobs(model);
    releaseArchives(model);
  }

  /** Their seconds count from now on. */
  add(faults: readonly Fault[]): void {
    this.plan.add(faults);
  }

  /** Lets a fault of the cluster strike now. Throws in words when there is nothing that it could strike. */
  strike(what: ClusterFault): void {
    if (strike(this.#ground, what) === "waits")
      throw new Error(`there is nothing for ${what.kind} to strike`);
  }

  /** Ends what goes on and forgets what has not come yet. What was done (a tenant dropped, a file lost, a clock put wrong) stays so. */
  stop(): void {
    this.plan.clear();
    for (const going of this.#going) this.#end(going, this.plan.now);
    this.#going = [];
  }

  /** Lives up to the present, with every fault at its own moment. */
  liveOn(): void {
    // A postponed statement asks for the present too: it has its own moment, which is being lived.
    if (this.#isLiving) return;
    this.#isLiving = true;
    try {
      this.#liveOn();
    } finally {
      this.#isLiving = false;
    }
  }

  #liveOn(): void {
    const { clock } = this.#ground;
    const until = clock.baseNow();
    for (let turns = 0; turns < MOST_TURNS; turns++) {
      const at = Math.min(this.#nextAt(), until);
      this.#live(clock.at(at));
      this.#turn(at);
      if (at >= until) return;
    }
    throw new Error("the faults come without end");
  }

  /** A statement was answered: whatever it was to bring about comes now. True when something may have come. */
  onAnswered(): boolean {
    if (this.plan.watched.length === 0) return false;
    this.plan.answered();
    this.liveOn();
    return true;
  }

  /** Faults that wait for something to strike look after every step of the cluster. */
  #nextAt(): Micros {
    let next = this.plan.nextLateAt;
    for (const { endsAt } of this.#going) next = Math.min(next, endsAt);
    for (const watched of this.plan.watched) {
      if (isLineFault(watched.what) || this.#begun.has(watched)) continue;
      if (watched.since !== undefined) next = Math.min(next, this.#nextStepAt());
      else if (watched.matches === undefined) next = Math.min(next, watched.armedAt);
    }
    return next;
  }

  /** Whole microseconds, as the cluster lives in them: a step that is due in between is taken at the next one. */
  #nextStepAt(): Micros {
    const { model, clock } = this.#ground;
    return Math.ceil(Math.max(clock.baseAt(nextDueAt(model)), clock.baseAt(model.now)));
  }

  #turn(at: Micros): void {
    this.plan.actLate(at);
    for (const going of this.#going.filter(({ endsAt }) => endsAt <= at)) this.#end(going, at);
    this.#going = this.#going.filter(({ endsAt }) => endsAt > at);
    for (const watched of this.plan.inForce(isViewFault, at)) {
      if (!this.#begun.has(watched)) this.#onView(watched);
      this.#begun.add(watched);
    }
    for (const watched of this.plan.inForce(isClusterFault, at)) {
      if (!this.#begun.has(watched)) this.#begin(watched, at);
    }
  }

  #begin(watched: Watched<ClusterFault>, at: Micros): void {
    const struck = strike(this.#ground, watched.what);
    if (struck === "waits") return;
    this.#begun.add(watched);
    const { whom, end } = struck;
    this.plan.tell(watched, { at, stage: "struck", whom, statement: null });
    const span = watched.fault.for;
    const endsAt =
      span !== undefined && "seconds" in span ? at + span.seconds * SECOND : Number.POSITIVE_INFINITY;
    if (end !== undefined) this.#going.push({ watched, whom, endsAt, end });
  }

  #end({ watched, whom, end }: Going, at: Micros): void {
    end();
    this.plan.tell(watched, { at, stage: "ended", whom, statement: null });
  }
}
