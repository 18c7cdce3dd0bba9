import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Operation } from "../../src/domain/operation.ts";
import { fromText } from "../../src/store/columns.ts";
import type { Story } from "./story.ts";
import { Violation } from "./violation.ts";

/** Invariant 1, read past the program: what its database holds of each operation, after everything that happens. */
export class OutcomeWatch {
  readonly #changes: StatementSync;
  readonly #rows: StatementSync;
  readonly #database: DatabaseSync;
  readonly #story: Story;
  readonly #texts = new Map<string, string>();
  readonly operations = new Map<string, Operation>();
  #seenChanges: unknown;

  constructor(database: DatabaseSync, story: Story) {
    this.#database = database;
    this.#story = story;
    this.#changes = database.prepare("select total_changes() as count");
    this.#rows = database.prepare("select id, record from operation");
  }

  /** Answers the operations that changed. Throws Violation. */
  look(): readonly Operation[] {
    // A transaction that is open belongs to a process that has more to say.
    if (this.#database.isTransaction) return [];
    const count = this.#changes.get()?.["count"];
    if (count === this.#seenChanges) return [];
    this.#seenChanges = count;
    const rows = this.#rows.all();
    this.#refuseVanished(rows.map((row) => String(row["id"])));
    return rows.flatMap((row) => this.#lookAt(String(row["id"]), String(row["record"])));
  }

  get active(): readonly Operation[] {
    return [...this.operations.values()].filter((each) => each.phase !== "ended");
  }

  #refuseVanished(ids: readonly string[]): void {
    const there = new Set(ids);
    for (const id of this.#texts.keys()) if (!there.has(id)) throw new Violation(1, `${id} has vanished`);
  }

  #lookAt(id: string, text: string): readonly Operation[] {
    if (this.#texts.get(id) === text) return [];
    const before = this.operations.get(id);
    const operation = fromText<Operation>(text);
    if (before?.phase === "ended") throw new Violation(1, `${id} had ended and changed`);
    if ((operation.phase === "ended") !== (operation.outcome !== null)) {
      throw new Violation(1, `${id} is ${operation.phase} with outcome ${operation.outcome}`);
    }
    this.#texts.set(id, text);
    this.operations.set(id, operation);
    if (before?.phase !== operation.phase) this.#tell(operation);
    return [operation];
  }

  #tell({ id, kind, tenant, phase, outcome, problem }: Operation): void {
    const end = outcome ? `: ${outcome}${problem ? ` (${problem.code}: ${problem.found})` : ""}` : "";
    this.#story.tell("holdfast", () => `${id} (${kind} of ${tenant}) is ${phase}${end}`);
  }
}
