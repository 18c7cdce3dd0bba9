import { expect, test } from "vitest";
import { judge } from "./accepted.ts";
import type { Answer, Both, Question } from "./answer.ts";
import { questionsIn } from "./chapters.ts";

const rows = (...values: readonly string[]): Answer => ({
  kind: "rows",
  columns: ["n bigint"],
  rows: values,
});
const error = (words: string): Answer => ({ kind: "error", words });
const ask = (more: Partial<Question> = {}): Question => ({ sql: "select n", valuesVary: false, ...more });
const differing: Both = { seekdb: rows("[1]"), sandbox: rows("[2]") };

test("equal answers agree, and the same in a list of differences is a difference that vanished", () => {
  const same: Both = { seekdb: error("1064 (42000) x"), sandbox: error("1064 (42000) x") };
  expect(judge(same, ask(), undefined)).toEqual({ kind: "agree" });
  expect(judge(same, ask(), { statement: "select n", seekdb: "a", sandbox: "b" })).toEqual({
    kind: "vanished",
  });
});

test("a difference is accepted only as it is listed, word for word", () => {
  expect(judge(differing, ask(), undefined)).toEqual({ kind: "differ", seekdb: "[1]", sandbox: "[2]" });
  const listed = { statement: "select n", seekdb: "[1]", sandbox: "[2]" };
  expect(judge(differing, ask(), listed)).toEqual({ kind: "accepted" });
  expect(judge(differing, ask(), { ...listed, sandbox: "[3]" }).kind).toBe("differ");
});

test("where values vary, columns still have to agree", () => {
  expect(judge(differing, ask({ valuesVary: true }), undefined)).toEqual({ kind: "agree" });
  const other: Answer = { kind: "rows", columns: ["n int"], rows: ["[1]"] };
  expect(judge({ seekdb: rows("[1]"), sandbox: other }, ask({ valuesVary: true }), undefined).kind).toBe(
    "differ",
  );
});

test("an error, a result and an OK are never the same", () => {
  const answers = [error("x"), rows("x"), { kind: "ok", words: "x" } as const];
  for (const seekdb of answers) {
    for (const sandbox of answers) {
      expect(judge({ seekdb, sandbox }, ask(), undefined).kind).toBe(seekdb === sandbox ? "agree" : "differ");
    }
  }
});

test("a chapter's lines are statements, with their parameters and what is said of the next one", () => {
  const text =
    '-- What it is about.\nselect 1\n\n-- values vary: times\nselect now()\nselect ? -- with [1, "a"]\n-- as weak\nselect 2\n-- as root\nselect 3\n';
  expect(questionsIn(text)).toEqual([
    { sql: "select 1", valuesVary: false },
    { sql: "select now()", valuesVary: true },
    { sql: "select ?", valuesVary: false, parameters: [1, "a"] },
    { sql: "select 2", valuesVary: false, user: "weak" },
    { sql: "select 3", valuesVary: false },
  ]);
});
