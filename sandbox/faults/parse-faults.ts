import { obVersion } from "../model/version.ts";
import { drawFaults } from "./draw-faults.ts";
import { type ClusterFault, type Fault, type FaultKind, isClusterFault, type What } from "./fault.ts";
import {
  COUNT,
  DRAW_FIELDS,
  FIELDS,
  type Field,
  isKind,
  isRecord,
  SECONDS,
  SEED,
  SPANS,
} from "./fault-fields.ts";
import { STATEMENT_KINDS, statementMatcher } from "./statement-kind.ts";

/** More than this is no small file. */
const MOST_FAULTS = 10_000;

/** A text that is no list of faults: says what was found, what is expected there, and what to do. */
export class FaultsError extends Error {}

/** Reads `{"faults": [ … ]}`, or draws what `{"seed": 7, …}` asks for. Throws FaultsError for the first mistake. */
export function parseFaults(text: string): readonly Fault[] {
  const parsed = parsedJson(text);
  if (isRecord(parsed) && parsed["seed"] !== undefined) return drawn(parsed);
  if (!isRecord(parsed) || !Array.isArray(parsed["faults"])) {
    throw mistake("the file", {
      found: briefly(parsed),
      expected: '{"faults": [ … ]} or {"seed": 7}',
      remedy: "put the faults into a list of that name",
    });
  }
  refuseStrangers("the file", parsed, ["faults", "about"]);
  const faults: readonly unknown[] = parsed["faults"];
  if (faults.length > MOST_FAULTS) {
    const found = `${faults.length} faults`;
    throw mistake("the file", { found, expected: `at most ${MOST_FAULTS}`, remedy: "split it" });
  }
  return faults.map((fault, index) => checkedFault(fault, `fault ${index + 1}`));
}

/** One fault of the cluster, as a story tells it. Throws FaultsError. */
export function parseClusterFault(what: unknown, where: string): ClusterFault {
  const kind = checkedWhat(what, where);
  const fault = what as What;
  if (isClusterFault(fault)) return fault;
  const remedy = "a story has no clients that others could meet";
  throw mistake(where, { found: `"${kind}"`, expected: "a fault of the cluster", remedy });
}

/** The options of drawFaults stand beside the seed, under their own names. */
function drawn(parsed: Readonly<Record<string, unknown>>): readonly Fault[] {
  refuseStrangers("the file", parsed, ["seed", "about", ...Object.keys(DRAW_FIELDS)]);
  checkField(parsed["seed"], "the file, seed", SEED);
  for (const [name, field] of Object.entries(DRAW_FIELDS)) {
    checkField(parsed[name], `the file, ${name}`, field);
  }
  const { seed, about: _, ...options } = parsed;
  for (const version of (options["versions"] as readonly string[] | undefined) ?? []) {
    checkVersion(version, "the file, versions");
  }
  return drawFaults(Number(seed), options);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw mistake("the file", { found, expected: "JSON", remedy: "look for a missing comma or quote there" });
  }
}

interface Mistake {
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

function mistake(where: string, { found, expected, remedy }: Mistake): FaultsError {
  return new FaultsError(`${where}: found ${found}, expected ${expected}; ${remedy}`);
}

const BRIEF = 80;

function briefly(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > BRIEF ? `${text.slice(0, BRIEF)}…` : text;
}

function checkedFault(fault: unknown, where: string): Fault {
  if (!isRecord(fault)) {
    const expected = '{"when": …, "what": …}';
    throw mistake(where, { found: briefly(fault), expected, remedy: "write one such record for each fault" });
  }
  refuseStrangers(where, fault, ["when", "for", "what", "about"]);
  const kind = checkedWhat(fault["what"], `${where}, what`);
  checkWhen(fault["when"], `${where}, when`);
  if (fault["for"] !== undefined) checkSpan(fault["for"], { where: `${where}, for`, kind });
  return { when: fault["when"], what: fault["what"], ...spanOf(fault) } as Fault;
}

function spanOf(fault: Readonly<Record<string, unknown>>): { readonly for?: unknown } {
  return fault["for"] === undefined ? {} : { for: fault["for"] };
}

function checkedWhat(what: unknown, where: string): FaultKind {
  const kind = isRecord(what) ? what["kind"] : undefined;
  if (!isRecord(what) || !isKind(kind)) {
    const expected = `a kind of ${Object.keys(FIELDS).join(", ")}`;
    throw mistake(where, {
      found: briefly(kind ?? what),
      expected,
      remedy: "docs/sandbox-faults.md says what each does",
    });
  }
  const fields = FIELDS[kind];
  refuseStrangers(where, what, ["kind", ...Object.keys(fields)]);
  for (const [name, field] of Object.entries(fields)) checkField(what[name], `${where}, ${name}`, field);
  if (kind === "upgraded") checkVersion(String(what["to"]), `${where}, to`);
  return kind;
}

function checkVersion(text: string, where: string): void {
  try {
    obVersion(text);
  } catch (error) {
    const expected = error instanceof Error ? error.message : String(error);
    throw mistake(where, { found: briefly(text), expected, remedy: "name one that it knows" });
  }
}

function checkField(value: unknown, where: string, { expected, needed, accepts }: Field): void {
  if (value === undefined && !needed) return;
  if (accepts(value)) return;
  const remedy = needed ? "write it so" : "write it so or leave it out";
  throw mistake(where, { found: briefly(value), expected, remedy });
}

function refuseStrangers(
  where: string,
  record: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void {
  const stranger = Object.keys(record).find((name) => !known.includes(name));
  if (stranger === undefined) return;
  const expected = known.length === 0 ? "no field" : `only ${known.join(", ")}`;
  throw mistake(where, { found: `"${stranger}"`, expected, remedy: "mend the name or take it away" });
}

function checkWhen(when: unknown, where: string): void {
  if (!isRecord(when) || (when["afterSeconds"] === undefined && when["statement"] === undefined)) {
    const expected = '{"afterSeconds": 10} or {"statement": "backup", "nth": 1}';
    throw mistake(where, {
      found: briefly(when),
      expected,
      remedy: "say the time or the statement, or both",
    });
  }
  refuseStrangers(where, when, ["afterSeconds", "statement", "nth"]);
  checkField(when["afterSeconds"], `${where}, afterSeconds`, { ...SECONDS, needed: false });
  checkField(when["nth"], `${where}, nth`, { ...COUNT, needed: false });
  const statement = when["statement"];
  if (statement === undefined) return;
  if (typeof statement !== "string" || statementMatcher(statement) === undefined) {
    const expected = `one of ${STATEMENT_KINDS.join(", ")}, or a regular expression as "/CANCEL BACKUP/"`;
    throw mistake(`${where}, statement`, { found: briefly(statement), expected, remedy: "name one of them" });
  }
}

function checkSpan(
  span: unknown,
  { where, kind }: { readonly where: string; readonly kind: FaultKind },
): void {
  const allowed: readonly string[] = SPANS[kind];
  if (allowed.length === 0) {
    throw mistake(where, {
      found: briefly(span),
      expected: `none: ${kind} happens once`,
      remedy: "take it away",
    });
  }
  const [name, ...more] = isRecord(span) ? Object.keys(span) : [];
  if (!isRecord(span) || name === undefined || more.length > 0 || !allowed.includes(name)) {
    const expected = allowed.map((word) => `{"${word}": 5}`).join(" or ");
    throw mistake(where, { found: briefly(span), expected, remedy: "write one of them" });
  }
  checkField(span[name], `${where}, ${name}`, name === "seconds" ? SECONDS : COUNT);
}
