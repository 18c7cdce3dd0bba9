import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A row of a view, every value as the text that OceanBase wrote. */
export type Row = Readonly<Record<string, string | null>>;

export interface Refusal {
  readonly errno: number;
  readonly sqlState: string;
  readonly text: string;
}

export type Answer = "ok" | Refusal | readonly Row[];

export interface Said {
  readonly at: number;
  readonly as: string;
  readonly sql: string;
  readonly answer: Answer;
}

/** What became of a row: its columns when it is first seen, afterwards those that changed, null once it is gone. */
export interface Seen {
  readonly at: number;
  readonly view: string;
  readonly row: string;
  readonly appears?: Row;
  readonly changes?: Row;
  readonly goes?: true;
  /** For so many seconds nobody had looked: what was there for a shorter while may be missing. */
  readonly unseen?: number;
}

export interface Listed {
  readonly at: number;
  readonly filesAppear?: readonly string[];
  readonly filesGo?: readonly string[];
}

/** Something done to the cluster that is no statement: a directory taken away, a server killed. */
export interface Done {
  readonly at: number;
  readonly done: string;
}

export type Moment = Said | Seen | Listed | Done;

/**
 * What a cluster answered and showed while it lived through a scenario. Times are seconds since the start; values are as
 * seen, but for the directory below which the destinations lie, which reads {base}.
 */
export interface Trace {
  readonly scenario: string;
  readonly version: string;
  /** The wall clock at the start, in microseconds: what the times and SCNs in the rows are relative to. */
  readonly startedAt: number;
  /** Names of tenants by their ids, where no view that was looked at tells them. */
  readonly tenants?: Readonly<Record<string, string>>;
  /** The views that were looked at. */
  readonly watched: readonly string[];
  readonly moments: readonly Moment[];
}

const TRACES = join(import.meta.dirname, "traces");

export function tracePath(scenario: string): string {
  return join(TRACES, `${scenario}.json`);
}

export function readTrace(scenario: string): Trace {
  return JSON.parse(readFileSync(tracePath(scenario), "utf8")) as Trace;
}

/** What there is so far, outside of the project. */
export function keepTrace(trace: Trace): void {
  writeFileSync(join(tmpdir(), `holdfast-record-${trace.scenario}.json`), JSON.stringify(trace));
}

/** Laid out as the project lays out its JSON, so that a trace reads from top to bottom. */
export function writeTrace(trace: Trace): string {
  const path = tracePath(trace.scenario);
  writeFileSync(path, JSON.stringify(trace));
  const laidOut = spawnSync("biome", ["format", "--write", path], { stdio: ["ignore", "ignore", "inherit"] });
  if (laidOut.status !== 0) console.error(`${path} is not laid out: biome was not found`);
  return path;
}
