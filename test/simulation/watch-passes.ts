import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Micros } from "../../src/domain/scn.ts";

/** When Holdfast last saw the cluster, read past the program; asked after everything that happens. */
export class PassWatch {
  readonly #row: StatementSync;

  constructor(database: DatabaseSync) {
    this.#row = database.prepare(
      "select observed_at from cluster where name = 'prod' and unobserved_since is null",
    );
  }

  /** By Holdfast's own clock; undefined before the first pass and while passes fail. */
  observedAt(): Micros | undefined {
    const at = this.#row.get()?.["observed_at"];
    return typeof at === "number" ? at : undefined;
  }
}
