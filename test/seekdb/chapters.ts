import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Question } from "./answer.ts";

/** Statements that are asked in this order, on one connection in a database of their own. */
export interface Chapter {
  readonly name: string;
  readonly questions: readonly Question[];
}

const FOLDER = join(import.meta.dirname, "statements");
const VALUES_VARY = "-- values vary";
const AS = /^-- as (\w+)$/;
const WITH = /^(.*\S)\s+-- with (\[.*\])$/;

/**
 * One statement on a line. A comment stands on a line of its own; `-- values vary: why` says of the next statement that
 * only its columns are compared; `-- with [1, "a"]` behind a statement gives its parameters, over the binary protocol; `-- as NAME` lets another user, whose password is
 * `secret`, ask what follows.
 */
export function readChapters(): readonly Chapter[] {
  return readdirSync(FOLDER)
    .toSorted()
    .map((file) => ({
      name: basename(file, ".sql"),
      questions: questionsIn(readFileSync(join(FOLDER, file), "utf8")),
    }));
}

export function questionsIn(text: string): readonly Question[] {
  const questions: Question[] = [];
  let valuesVary = false;
  let asker = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    const user = AS.exec(line)?.[1];
    if (user !== undefined) asker = user === "root" ? {} : { user };
    else if (line.startsWith("-- ")) valuesVary = line.startsWith(VALUES_VARY);
    else if (line !== "") {
      const [, sql = line, parameters] = WITH.exec(line) ?? [];
      const bound = parameters === undefined ? {} : { parameters: JSON.parse(parameters) as unknown[] };
      questions.push({ sql, valuesVary, ...bound, ...asker });
      valuesVary = false;
    }
  }
  return questions;
}
