import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Scenario, Stage } from "../stage.ts";
import { createTenant } from "../steps.ts";

/** Statements that Holdfast and its users may send, with a word on each version's parser. */
const GRAMMAR = join(import.meta.dirname, "../../../src/oceanbase/grammar.tsv");

/**
 * Every line is sent as it stands but for its names: only the first tenant is there, no pool, no second tenant, and the
 * destinations lie below the scenario's directory.
 */
export const grammar: Scenario = {
  name: "grammar",
  stem: "gram",
  title: "every statement of the grammar's list, to a cluster where little of what they name exists",
  async act(stage) {
    await createTenant(stage);
    for (const line of lines(stage)) await stage.run(line);
  },
};

function lines(stage: Stage): readonly string[] {
  const [, ...rows] = readFileSync(GRAMMAR, "utf8").trimEnd().split("\n");
  const here = stage.destination("d");
  return rows.map((row) =>
    (row.split("\t").at(-1) ?? "")
      .replaceAll("file:///d", here)
      .replace(/\bt1\b/g, "gram")
      .replace(/\bt2\b/g, "gram_x")
      .replace(/`t-1`/g, "`gram-1`")
      .replace(/`t-2`/g, "`gram-2`")
      .replace(/\bp1\b/g, "gram_p")
      .replace(/\bu1\b/g, "gram_u"),
  );
}
