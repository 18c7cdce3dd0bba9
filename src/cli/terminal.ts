import { randomUUID } from "node:crypto";
import Table from "cli-table3";
import pc from "picocolors";
import { type Client, createClient, Refusal } from "../api/client.ts";
import { readServerAddress } from "../config.ts";
import type { ProblemBody } from "../domain/problem.ts";

/** What every client command is given: the server to speak to and how to speak to the person. */
export interface Terminal {
  readonly client: Client;
  readonly isJson: boolean;
  /** With --json: the API's own JSON and nothing else on stdout. Without: the words. */
  show(answer: unknown, words: () => string): void;
  note(words: string): void;
}

export interface GlobalOptions {
  readonly url?: string;
  readonly json?: boolean;
}

export function openTerminal(options: GlobalOptions): Terminal {
  const isJson = options.json === true;
  return {
    client: createClient(readServerAddress(options.url)),
    isJson,
    show: (answer, words) => console.log(isJson ? JSON.stringify(answer, null, 2) : words()),
    note: (words) => {
      if (!isJson) console.error(words);
    },
  };
}

export function newRequestId(): string {
  return randomUUID();
}

/** A plain table without frames; numbers are right where `right` says so. */
export function tableWords(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const blank = Object.fromEntries(
    [
      "top",
      "top-mid",
      "top-left",
      "top-right",
      "bottom",
      "bottom-mid",
      "bottom-left",
      "bottom-right",
      "left",
      "left-mid",
      "mid",
      "mid-mid",
      "right",
      "right-mid",
    ].map((key) => [key, ""]),
  );
  const table = new Table({
    head: head.map((title) => pc.dim(title)),
    chars: { ...blank, middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: head.map((_, column) => (right.includes(column) ? "right" : "left")),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

/** A problem for a person: what was found, what to do, and OceanBase's own words under them. */
export function problemWords(problem: ProblemBody): string {
  const lines = [`${pc.red(problem.code)}: ${problem.found}`, problem.remedy];
  if (problem.oceanbase)
    lines.push(pc.dim(`OceanBase ${problem.oceanbase.errno}: ${problem.oceanbase.message}`));
  return lines.join("\n");
}

export function reportError(error: unknown, isJson: boolean): void {
  if (error instanceof Refusal) {
    if (isJson) console.log(JSON.stringify(error.problem, null, 2));
    else console.error(problemWords(error.problem));
    return;
  }
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
