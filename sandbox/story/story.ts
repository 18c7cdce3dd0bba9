import type { ClusterFault } from "../faults/fault.ts";
import { parseClusterFault } from "../faults/parse-faults.ts";
import { DAY, HOUR, MINUTE, type Micros, SECOND } from "../model/time.ts";

/**
 * A past for a cluster to live through before its port opens: a JSON file, told in order of time, ending at now.
 *
 *     { "days": 9, "steps": [
 *         { "at": "2h", "as": "root@sys", "sql": "ALTER SYSTEM …" },
 *         { "at": "1d2h", "every": "1d", "times": 8, "as": "root@sys", "sql": "…" },
 *         { "at": "+5m", "workload": { "shop": 60 } },
 *         { "at": "5d", "fault": { "kind": "archive-interrupted", "tenant": "crm" } } ] }
 *
 * `at` counts from the beginning, or with a plus sign from the step before. A workload is told in commits per hour and
 * goes on after the story. A fault is one of sandbox/faults that lies in the cluster. A statement that the cluster refuses,
 * and a fault that finds nothing to strike, end the story with an error.
 */
export interface Story {
  readonly days: number;
  readonly steps: readonly StoryStep[];
}

interface Timed {
  readonly at: string;
  readonly every?: string;
  readonly times?: number;
}

export type StoryDeed =
  | { readonly as: string; readonly sql: string }
  | { readonly workload: Readonly<Record<string, number>> }
  | { readonly fault: ClusterFault };

export type StoryStep = Timed & StoryDeed;

export interface DatedDeed {
  readonly at: Micros;
  readonly deed: StoryDeed;
}

/** More than this is a story with a mistake in it. */
const MOST_DEEDS = 100_000;

/** Every deed at its moment, in order; deeds of the same moment stay in the order of the file. Throws in words. */
export function datedDeeds(story: Story, startedAt: Micros): readonly DatedDeed[] {
  const deeds: DatedDeed[] = [];
  let previous = startedAt;
  for (const step of story.steps) {
    const first = momentOf(step.at, { startedAt, previous });
    const times = step.times ?? 1;
    if (deeds.length + times > MOST_DEEDS) throw new Error(`a story tells at most ${MOST_DEEDS} deeds`);
    const every = step.every === undefined ? 0 : spanOf(step.every);
    for (let time = 0; time < times; time++) deeds.push({ at: first + time * every, deed: step });
    previous = first;
  }
  return deeds.toSorted((a, b) => a.at - b.at);
}

function momentOf(text: string, { startedAt, previous }: { startedAt: Micros; previous: Micros }): Micros {
  return text.startsWith("+") ? previous + spanOf(text.slice(1)) : startedAt + spanOf(text);
}

const UNITS: Readonly<Record<string, Micros>> = { d: DAY, h: HOUR, m: MINUTE, s: SECOND };

/** `5d3h30m`, `90s`, `0s`. */
function spanOf(text: string): Micros {
  if (!/^(\d+[dhms])+$/.test(text)) throw new Error(`a story has no time "${text}": write it like 1d2h30m`);
  let span = 0;
  for (const [, count = "0", unit = "s"] of text.matchAll(/(\d+)([dhms])/g)) {
    span += Number(count) * (UNITS[unit] ?? SECOND);
  }
  return span;
}

/** Throws in words for a file that is no story. */
export function parseStory(text: string): Story {
  const parsed: unknown = JSON.parse(text);
  if (!isRecord(parsed) || typeof parsed["days"] !== "number" || !Array.isArray(parsed["steps"])) {
    throw new Error('a story is {"days": n, "steps": [ … ]}');
  }
  return { days: parsed["days"], steps: parsed["steps"].map((step, index) => checkedStep(step, index)) };
}

function checkedStep(step: unknown, index: number): StoryStep {
  const isStep = isRecord(step) && typeof step["at"] === "string";
  if (!isStep || !hasDeed(step))
    throw new Error(`step ${index + 1} of the story is none: ${JSON.stringify(step)}`);
  if ("fault" in step) parseClusterFault(step.fault, `step ${index + 1} of the story`);
  return step;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasDeed(step: Record<string, unknown>): step is Record<string, unknown> & StoryStep {
  const says = typeof step["as"] === "string" && typeof step["sql"] === "string";
  return says || isRecord(step["workload"]) || isRecord(step["fault"]);
}
