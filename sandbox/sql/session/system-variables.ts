import { SqlError } from "../../engine.ts";
import type { VariableValue } from "../session-options.ts";
import data from "./system-variables.json" with { type: "json" };

/** `switch` is 1 or 0, shown as ON or OFF by SHOW VARIABLES. */
export type VariableKind = "switch" | "int" | "uint" | "decimal" | "text";

/**
 * What SET takes: `session` both scopes, `global` SET GLOBAL alone (1229), `locked` the same in other words (1621),
 * `fixed` nothing (1238).
 */
type Settable = "session" | "global" | "locked" | "fixed";

export interface SystemVariable {
  readonly name: string;
  readonly value: VariableValue;
  readonly kind: VariableKind;
  readonly settable: Settable;
}

type Row = readonly [name: string, value: string | null, kind: VariableKind, settable: Settable];

/**
 * As SHOW VARIABLES and SELECT @@… of a fresh 4.2.1.9 gave them, with what the 4.3.5 line (seekdb 1.2.0) adds to them;
 * values that name a machine are left empty. Unsure: with which version between the two each of these came.
 */
const SEEN = data as unknown as Readonly<Record<"4.2.1.9" | "4.3.5.3", readonly Row[]>>;

/** Their defaults differ on the 4.3.5 line. */
const CHANGED: readonly Row[] = [
  ["have_profiling", "NO", "text", "session"],
  ["ob_default_lob_inrow_threshold", "8192", "int", "session"],
];

const byName = (rows: readonly Row[]): ReadonlyMap<string, SystemVariable> =>
  new Map(
    rows.map(([name, value, kind, settable]) => [name, { name, value: read(kind, value), kind, settable }]),
  );

const EARLY = byName(SEEN["4.2.1.9"]);
const LATE = byName([...SEEN["4.2.1.9"], ...SEEN["4.3.5.3"], ...CHANGED]);

/** Of a version text like `4.3.5.3`. */
export const systemVariables = (version: string): ReadonlyMap<string, SystemVariable> =>
  isLateVersion(version) ? LATE : EARLY;

/** Whether it is of the 4.3.5 line or later: where the two kernels that were looked at differ, they divide here. */
export function isLateVersion(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return major * 10_000 + minor * 100 + patch >= 40_305;
}

function read(kind: VariableKind, value: string | null): VariableValue {
  if (kind === "text" || kind === "decimal" || value === null) return value;
  const number = BigInt(value);
  return number > Number.MAX_SAFE_INTEGER || number < Number.MIN_SAFE_INTEGER ? number : Number(number);
}

/** In the order in which OceanBase prints them: by the bits of MySQL 5.7. */
const MODES = (
  "REAL_AS_FLOAT PIPES_AS_CONCAT ANSI_QUOTES IGNORE_SPACE ONLY_FULL_GROUP_BY NO_UNSIGNED_SUBTRACTION NO_DIR_IN_CREATE " +
  "POSTGRESQL ORACLE MSSQL DB2 MAXDB NO_KEY_OPTIONS NO_TABLE_OPTIONS NO_FIELD_OPTIONS MYSQL323 MYSQL40 ANSI " +
  "NO_AUTO_VALUE_ON_ZERO NO_BACKSLASH_ESCAPES STRICT_TRANS_TABLES STRICT_ALL_TABLES NO_ZERO_IN_DATE NO_ZERO_DATE " +
  "ALLOW_INVALID_DATES ERROR_FOR_DIVISION_BY_ZERO TRADITIONAL NO_AUTO_CREATE_USER HIGH_NOT_PRECEDENCE " +
  "NO_ENGINE_SUBSTITUTION PAD_CHAR_TO_FULL_LENGTH"
).split(" ");

/** Throws 1231 for a word that is no mode. */
export function sqlMode(text: string): string {
  const words = new Set(
    text
      .toUpperCase()
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean),
  );
  for (const word of words) {
    if (!MODES.includes(word))
      throw new SqlError(1231, "42000", `Variable 'sql_mode' can't be set to the value of '${word}'`);
  }
  return MODES.filter((mode) => words.has(mode)).join(",");
}
