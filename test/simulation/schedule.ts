import type { DatabaseSync } from "node:sqlite";
import { isLineFault, type What } from "../../sandbox/faults/fault.ts";
import type { StruckFault } from "../../sandbox/faults/fault-plan.ts";
import { restorable } from "../../src/domain/restorable.ts";
import type { Store } from "../../src/store/store.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import { type Drawn, draw } from "./draw.ts";
import { LATEST_EFFECT_SECONDS } from "./draw-faults.ts";
import { CauseJudge } from "./judge-causes.ts";
import { ClaimJudge } from "./judge-claims.ts";
import { newMemory } from "./memory.ts";
import { People } from "./people.ts";
import { ADOPT, HoldfastProcess } from "./process.ts";
import { Rest } from "./rest.ts";
import { SentStatements } from "./sent-statements.ts";
import { SessionPool } from "./session-pool.ts";
import { type Story, toldStory, UNTOLD } from "./story.ts";
import { drained, SECOND, Timeline } from "./timeline.ts";
import { Violation } from "./violation.ts";
import { OutcomeWatch } from "./watch-outcomes.ts";
import { PassWatch } from "./watch-passes.ts";
import { TruthWatch } from "./watch-truth.ts";
import { openWorld, START, TENANTS, type TenantName, type World } from "./world.ts";

/** Invariant 6: three sendings, each absent for the whole adoption time, and what the last of them does. */
const SETTLES_WITHIN = 4 * ADOPT + 2 * LATEST_EFFECT_SECONDS * SECOND + 120 * SECOND;
/** More deeds than any schedule has. */
const MOST_DEEDS = 20_000;

export interface ScheduleResult {
  readonly seed: number;
  readonly violation: Error | undefined;
  readonly kills: number;
  readonly wishes: number;
  readonly accepted: number;
  /** How often each kind of fault fell. */
  readonly faults: ReadonlyMap<string, number>;
  readonly restores: number;
  readonly refusals: number;
}

export interface Run {
  /** Hears what happens as a story. */
  readonly say?: (line: string) => void;
  /** Instead of what the seed draws: a schedule that was kept because it once failed. */
  readonly drawn?: Drawn;
}

/** Runs the schedule of a seed from its first draw to its last judgement. */
export async function runSchedule(seed: number, { say, drawn: kept }: Run = {}): Promise<ScheduleResult> {
  const chance = chanceFrom(seed);
  const drawn = kept ?? draw(chance.fork("schedule"));
  const schedule = new Schedule({ seed, chance, drawn, database: await newMemory(drawn.version), say });
  try {
    await schedule.run();
    return schedule.result(undefined);
  } catch (error) {
    return schedule.result(error instanceof Error ? error : new Error(String(error)));
  } finally {
    schedule.end();
  }
}

interface Beginning {
  readonly seed: number;
  readonly chance: Chance;
  readonly drawn: Drawn;
  readonly database: DatabaseSync;
  readonly say: ((line: string) => void) | undefined;
}

class Schedule {
  readonly #seed: number;
  readonly #chance: Chance;
  readonly #drawn: Drawn;
  readonly #timeline = new Timeline(START);
  readonly #world: World;
  readonly #story: Story;
  readonly #database: DatabaseSync;
  readonly #people: People;
  readonly #outcomes: OutcomeWatch;
  readonly #passes: PassWatch;
  readonly #truth: TruthWatch;
  readonly #claims: ClaimJudge;
  readonly #causes: CauseJudge;
  readonly #faults = new Map<string, number>();
  readonly #sessions: SessionPool;
  readonly #sent = new SentStatements(ADOPT);
  #process: HoldfastProcess | undefined;
  #kills = 0;
  #ids = 0;
  /** Whose claims are judged after the next pass that saw the views as they are. */
  #toJudge: TenantName | undefined;
  #failure: unknown;

  constructor({ seed, chance, drawn, database, say }: Beginning) {
    this.#seed = seed;
    this.#chance = chance;
    this.#drawn = drawn;
    this.#world = openWorld(drawn.version, {
      onFault: (struck) => this.#struck(struck),
      onStatement: ({ sql, errno }) => errno === null && this.#sent.carriedOut(sql),
    });
    this.#database = database;
    this.#sessions = new SessionPool(this.#world);
    this.#story = say ? toldStory({ now: () => this.#timeline.now, start: START }, say) : UNTOLD;
    this.#outcomes = new OutcomeWatch(this.#database, this.#story);
    this.#passes = new PassWatch(database);
    this.#truth = new TruthWatch(this.#world);
    this.#causes = new CauseJudge(this.#world);
    this.#claims = new ClaimJudge(this.#world, { chance: this.#chance.fork("judge"), story: this.#story });
    this.#people = new People({
      timeline: this.#timeline,
      chance: this.#chance.fork("people"),
      story: this.#story,
      running: () => this.#process?.running,
      defect: (error, words) => this.#fail(error, words),
    });
  }

  async run(): Promise<void> {
    this.#appoint();
    this.#startProcess();
    await drained();
    const deadline = this.#drawn.faultsEnd + SETTLES_WITHIN;
    for (let deeds = 0; deeds < MOST_DEEDS; deeds++) {
      const deed = this.#timeline.next();
      if (!deed) throw new Error("nothing is left to happen");
      this.#world.liveTo(this.#timeline.now);
      deed();
      await drained();
      await this.#look();
      if (this.#timeline.now >= this.#drawn.faultsEnd && this.#isSettled()) return this.#lastJudgement();
      if (this.#timeline.now > deadline) throw new Violation(6, this.#unsettled());
    }
    throw new Violation(6, `still not settled after ${MOST_DEEDS} deeds`);
  }

  result(violation: Error | undefined): ScheduleResult {
    const { asked } = this.#people;
    return {
      seed: this.#seed,
      violation,
      kills: this.#kills,
      wishes: asked.length,
      accepted: asked.filter((each) => each.answer === "accepted").length,
      faults: this.#faults,
      restores: this.#claims.restores,
      refusals: this.#claims.refusals,
    };
  }

  end(): void {
    this.#process?.kill("at the end");
    for (const tenant of TENANTS) this.#world.tenant(tenant).close();
    this.#world.end();
    this.#database.close();
  }

  #appoint(): void {
    const { wishes, others, faults, kills, judgings, commits, faultsEnd } = this.#drawn;
    const timeline = this.#timeline;
    this.#world.cluster.faults.add(faults);
    for (const { at, kind, tenant } of wishes) timeline.at(at, () => this.#people.wish(kind, tenant));
    for (const { at, sql } of others) timeline.at(at, () => this.#anotherSends(sql));
    for (const { at, points } of kills) timeline.at(at, () => this.#process?.doom(points));
    for (const { at, tenant } of judgings) timeline.at(at, () => (this.#toJudge = tenant));
    for (const { at, tenant } of commits) timeline.at(at, () => this.#world.tenant(tenant).commit(at));
    timeline.at(faultsEnd, () => {
      this.#world.cluster.faults.stop();
      this.#story.tell("fault", () => "no more faults");
    });
  }

  #anotherSends(sql: string): void {
    const answer = this.#world.attempt(sql);
    this.#story.tell("another", () => `sends ${sql}: ${answer}`);
  }

  #startProcess(): void {
    const { clockAhead, latency, slowShare } = this.#drawn;
    this.#story.tell("holdfast", () => "starts");
    this.#process = new HoldfastProcess({
      sessions: this.#sessions,
      timeline: this.#timeline,
      chance: this.#chance.fork("wire"),
      story: this.#story,
      sent: this.#sent,
      latency,
      slowShare,
      rest: new Rest(this.#timeline, (error) => this.#fail(error, "")),
      violated: (error) => this.#fail(error, ""),
      database: this.#database,
      clockAhead: () => clockAhead,
      newId: () => `op-${String(++this.#ids).padStart(10, "0")}`,
      whenKilled: (where) => this.#killed(where),
      defect: (error, words) => this.#fail(error, words),
    });
    this.#process.start().catch((error: unknown) => this.#fail(error, "starting"));
  }

  #killed(where: string): void {
    if (where === "at the end") return;
    const pause = this.#drawn.kills[this.#kills]?.pause ?? 0;
    this.#kills += 1;
    this.#sessions.reclaim();
    this.#story.tell("fault", () => `Holdfast is killed ${where}`);
    this.#timeline.after(pause, () => this.#startProcess());
  }

  /** What goes wrong inside a callback is thrown where the schedule runs. */
  #fail(error: unknown, words: string): void {
    this.#story.tell("holdfast", () => `${words}: ${String(error)}`);
    this.#failure ??= error;
  }

  /** Everything that must hold after every deed. */
  async #look(): Promise<void> {
    if (this.#failure) throw this.#failure;
    this.#causes.writeDown();
    for (const operation of this.#outcomes.look()) {
      this.#truth.look(operation);
      if (operation.outcome === "succeeded") await this.#claims.judgeRestored(operation);
    }
    await this.#lookAtPass();
  }

  /** Right after a pass what it claims is judged, when that is due. */
  async #lookAtPass(): Promise<void> {
    if (!this.#isFresh()) return;
    this.#causes.observed();
    for (const tenant of TENANTS) await this.#judge(tenant);
  }

  /** Whether a pass that saw the views as they are has ended in this very moment. */
  #isFresh(): boolean {
    const at = this.#passes.observedAt();
    if (at === undefined || !this.#process?.running) return false;
    return at - this.#drawn.clockAhead === this.#timeline.now && !this.#world.isDistorted;
  }

  /** The causes of its gaps, and when it is its turn what is claimed of it. */
  async #judge(tenant: TenantName): Promise<void> {
    const claims = await this.#process?.peek((store) => this.#claimsOf(store, tenant));
    if (!claims) return;
    const { claimed, isExact } = claims;
    if (isExact && this.#world.has(tenant)) this.#causes.judge(tenant, claimed);
    if (this.#toJudge !== tenant) return;
    this.#toJudge = undefined;
    await this.#claims.judge(tenant, claimed, { isExact });
  }

  async #claimsOf(store: Store, tenant: TenantName) {
    const now = (await store.cluster("prod"))?.clusterNow;
    const inventory = await store.tenantInventory("prod", tenant);
    if (!now || !inventory) return undefined;
    const isExact = this.#drawn.latency === 0 && Number(now / 1000n) === this.#world.clusterNow;
    return { claimed: restorable(inventory, { now }), isExact };
  }

  #struck({ fault, stage, statement }: StruckFault): void {
    const { what } = fault;
    this.#story.tell(
      "fault",
      () => `${JSON.stringify(what)} ${stage}${statement === null ? "" : `: ${statement}`}`,
    );
    if (stage === "ended") return;
    this.#faults.set(what.kind, (this.#faults.get(what.kind) ?? 0) + 1);
    if (isLineFault(what)) return;
    for (const tenant of spoiledBy(what)) this.#claims.spoil(tenant);
  }

  #isSettled(): boolean {
    if (!this.#process?.running || this.#outcomes.active.length > 0) return false;
    if (this.#people.asked.some((each) => each.answer === "none")) return false;
    return this.#isFresh();
  }

  #unsettled(): string {
    const active = this.#outcomes.active.map(({ id, kind, phase }) => `${id} (${kind}) is ${phase}`);
    const unanswered = this.#people.asked
      .filter((each) => each.answer === "none")
      .map((each) => each.requestId);
    return (
      [...active, ...unanswered, this.#process?.running ? "" : "Holdfast does not run"]
        .filter(Boolean)
        .join(", ") || "no pass succeeds"
    );
  }

  async #lastJudgement(): Promise<void> {
    for (const { operation } of this.#people.asked) {
      if (operation !== undefined && !this.#outcomes.operations.has(operation)) {
        throw new Violation(1, `${operation} was accepted and is not on record`);
      }
    }
    this.#toJudge = "shop";
    await this.#judge("shop");
  }
}

/** Whose files below the destinations a fault takes away or spoils, or puts out of reach. */
function spoiledBy(what: What): readonly TenantName[] {
  if (!/^(?:set|piece)-|^destination-gone/.test(what.kind)) return [];
  const named = "tenant" in what ? TENANTS.find((each) => each === what.tenant) : undefined;
  return named ? [named] : TENANTS;
}
