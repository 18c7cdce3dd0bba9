import type { Reply } from "../../engine.ts";
import type { Compilation } from "../compile/compilation.ts";
import { lift } from "../lift.ts";
import type { Core } from "./core.ts";

/** A statement that has been translated and can be run with other literals. */
export interface Plan {
  run(literals: readonly string[]): Reply;
}

export interface Made {
  readonly plan: Plan;
  readonly compilation: Compilation;
  /** The statement's literals as the lexer sees them. */
  readonly literals: readonly string[];
}

interface Entry {
  /** Literals whose values the plans depend on. */
  readonly pinned: readonly number[];
  readonly plans: Map<string, Plan>;
}

const MAX_ENTRIES = 300;
const MAX_PLANS_PER_ENTRY = 50;

/** Plans by the text of their statement without its literals. */
export class PlanCache {
  readonly #core: Core;
  readonly #make: (sql: string) => Made;
  #entries = new Map<string, Entry>();
  #validFor = "";

  constructor(core: Core, make: (sql: string) => Made) {
    this.#core = core;
    this.#make = make;
  }

  run(sql: string): Reply {
    this.#dropStale();
    const lifted = lift(sql);
    if (!lifted) return this.#make(sql).plan.run([]);
    const { key, literals } = lifted;
    const known = this.#find(key, literals);
    if (known) return known.run(literals);
    const { plan, compilation, literals: lexed } = this.#make(sql);
    // Were the two ever to see a text differently, values would go to the wrong places.
    const agree = lexed.length === literals.length && lexed.every((text, i) => text === literals[i]);
    if (!compilation.reusable || !agree) return plan.run([]);
    this.#keep(key, { pinned: compilation.pinned, literals, plan });
    return plan.run(literals);
  }

  /** Plans hold the current database, the zone and the definitions they were made with. */
  #dropStale(): void {
    const { catalog, database, zoneMinutes } = this.#core;
    const now = `${catalog.epoch} ${zoneMinutes} ${database}`;
    if (now === this.#validFor) return;
    this.#entries.clear();
    this.#core.slots.clear();
    this.#validFor = now;
  }

  #find(key: string, literals: readonly string[]): Plan | undefined {
    const entry = this.#entries.get(key);
    return entry?.plans.get(pinnedValues(entry.pinned, literals));
  }

  #keep(
    key: string,
    {
      pinned,
      literals,
      plan,
    }: { readonly pinned: readonly number[]; readonly literals: readonly string[]; readonly plan: Plan },
  ): void {
    if (this.#entries.size >= MAX_ENTRIES) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    const entry = this.#entries.get(key) ?? { pinned, plans: new Map<string, Plan>() };
    if (entry.plans.size >= MAX_PLANS_PER_ENTRY) entry.plans.clear();
    entry.plans.set(pinnedValues(entry.pinned, literals), plan);
    this.#entries.set(key, entry);
  }
}

const pinnedValues = (pinned: readonly number[], literals: readonly string[]) =>
  pinned.length === 0 ? "" : JSON.stringify(pinned.map((ordinal) => literals[ordinal]));
