import type { Answer, Row } from "./trace.ts";

/** What a scenario does things with: the same against a kernel in real time and against the sandbox on a driven clock. */
export interface Stage {
  /** What the names of the scenario's tenants, pools and units begin with. */
  readonly stem: string;
  /** A statement, by default of root@sys, on the one connection of that user. A refusal is an answer. */
  run(sql: string, as?: string): Promise<Answer>;
  /** One value, asked for without being written down. */
  value(sql: string, as?: string): Promise<string>;
  /** Ends the connections: what sessions hold, such as passwords, is forgotten. */
  hangUp(): void;
  /** The scenario's own rows of a view, as last seen. */
  rows(view: string): readonly Row[];
  /** Looks until the scenario's own rows of a view are as wanted. */
  until(view: string, isSo: (rows: readonly Row[]) => boolean): Promise<void>;
  pass(seconds: number): Promise<void>;
  /** `file:///…` of a directory of the scenario's own; nothing is made. */
  destination(name: string): string;
  readonly disk: Disk;
}

/** What somebody does to the directories behind the cluster's back. */
export interface Disk {
  putFile(path: string): void;
  rename(from: string, to: string): void;
}

export interface Scenario {
  readonly name: string;
  /** Of the tenants' names, unlike that of every other scenario, so that several can be recorded at once. */
  readonly stem: string;
  /** Tenants that are there before it begins, each with a pool and a unit of its name. */
  readonly tenants: readonly string[];
  readonly title: string;
  act(stage: Stage): Promise<void>;
}

/** A look is given up after so long: nothing that a scenario waits for takes longer on the slowest machine. */
export const LONGEST_WAIT_SECONDS = 1500;
