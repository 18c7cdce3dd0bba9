import type { Column, Value } from "../engine.ts";

/**
 * One view of database `oceanbase`, given to the session by the cluster.
 *
 * Values of a `timestamp` column: bigint nanoseconds since 1970 (UTC), shown in the session's time zone cut to
 * microseconds; a string is taken as UTC. Values of a `datetime` column: a string, shown as it stands. Values of a
 * `decimal` column: a string. Integers may be number or bigint.
 */
export interface SystemView {
  readonly name: string;
  readonly columns: readonly Column[];
  /**
   * Equal revisions mean equal rows: a session that has already loaded this revision does not call `rows()` again.
   * Absent: the rows are asked for and loaded anew by each statement that names the view.
   */
  readonly revision?: string | number | bigint;
  rows(): readonly (readonly Value[])[];
}

export interface SystemViews {
  /** By name, whatever its case; undefined when unknown (the session answers 1146). Called once per statement and view. */
  find(name: string): SystemView | undefined;
  names(): readonly string[];
}
