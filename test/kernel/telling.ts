import assert from "node:assert/strict";
import type { Row } from "../../src/oceanbase/row.ts";
import { PATIENCE, Session } from "../../src/oceanbase/session.ts";
import type { Holdfast, Said } from "./holdfast.ts";
import type { Kernel } from "./kernel.ts";

export interface Step {
  readonly title: string;
  readonly act: () => Promise<unknown>;
}

export interface Stage {
  readonly kernel: Kernel;
  readonly holdfast: Holdfast;
  readonly dir: string;
}

/** What the steps of a story hand on. */
export interface Told extends Stage {
  readonly source: string;
  readonly target: string;
  /** The instant to go back to: an SCN, after the last row that must be there and before the first change. */
  instant: string;
  rows: readonly Row[];
  /** An instant between two rounds of the archive, which nothing can restore. */
  gap: string;
}

export const path = ({ source }: Told) => `kernel/${source}`;

export const NEW_UNIT = ["--cpu", "2", "--memory", "2G", "--log-disk", "6G"];

/** Statements of one tenant's root, on a connection of its own; the rows of the last one. */
export async function run(
  kernel: Kernel,
  tenant: string,
  statements: readonly string[],
): Promise<readonly Row[]> {
  const address = { host: kernel.host, port: kernel.port, user: `root@${tenant}`, password: "" };
  const session = await Session.open(address, { kind: "request", patience: PATIENCE });
  try {
    let rows: readonly Row[] = [];
    for (const statement of statements) rows = await session.run(statement);
    return rows;
  } finally {
    session.close();
  }
}

export async function succeed({ holdfast }: Told, ...words: readonly string[]): Promise<unknown> {
  const said: Said = await holdfast.run("--json", ...words);
  assert.equal(said.code, 0, `holdfast ${words.join(" ")}\n${said.stdout}${said.stderr}`);
  assert.notEqual(said.json, undefined, `no JSON: ${said.stdout}`);
  return said.json;
}

export async function endOf(told: Told, id: string): Promise<unknown> {
  return seen(`the end of ${id}`, async () => {
    const operation = await succeed(told, "operation", "show", id);
    return fieldOf(operation, "phase") === "ended" ? operation : undefined;
  });
}

const SEEN_WITHIN_MS = 1_200_000;
const LOOK_EVERY_MS = 3_000;

export async function seen<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const limit = Date.now() + SEEN_WITHIN_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > limit) throw new Error(`not seen within ${SEEN_WITHIN_MS / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

export function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function plain(rows: readonly Row[]): readonly unknown[] {
  return rows.map((row) => ({ ...row }));
}
