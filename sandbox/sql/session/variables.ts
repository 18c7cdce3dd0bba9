import { SqlError } from "../../engine.ts";
import { zoneMinutes } from "../functions/date-functions.ts";
import type { VariableValue } from "../session-options.ts";
import { type SystemVariable, sqlMode, systemVariables } from "./system-variables.ts";

const SYNONYMS: Record<string, string> = {
  transaction_isolation: "tx_isolation",
  transaction_read_only: "tx_read_only",
};
const ISOLATION = new Set(["READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE"]);
const unknown = (name: string) => new SqlError(1193, "HY000", `Unknown system variable '${name}'`);

export interface VariableSources {
  readonly globals: Map<string, VariableValue>;
  readonly versionText: string;
  readonly versionComment: string;
}

type Scope = "session" | "global";

/** A session's system and user variables over its tenant's global ones. */
export class Variables {
  readonly #known: ReadonlyMap<string, SystemVariable>;
  readonly #globals: Map<string, VariableValue>;
  readonly #fixed: ReadonlyMap<string, VariableValue>;
  /** Global values as they were when the session began: SET GLOBAL changes later sessions only. */
  #base: ReadonlyMap<string, VariableValue>;
  readonly #session = new Map<string, VariableValue>();
  readonly user = new Map<string, VariableValue>();

  constructor({ globals, versionText, versionComment }: VariableSources) {
    this.#known = systemVariables(versionText.replace(/^.*-v/, ""));
    this.#globals = globals;
    this.#base = new Map(globals);
    this.#fixed = new Map([
      ["version", versionText],
      ["version_comment", versionComment],
    ]);
  }

  reset(): void {
    this.#base = new Map(this.#globals);
    this.#session.clear();
    this.user.clear();
  }

  /** Its default, and how it is announced and set; undefined when unknown. */
  about(name: string): SystemVariable | undefined {
    const key = canonicalName(name);
    return this.#known.get(key) ?? this.#aboutVersion(key);
  }

  #aboutVersion(name: string): SystemVariable | undefined {
    const value = this.#fixed.get(name);
    const settable = name === "version" ? "global" : "fixed";
    return value === undefined ? undefined : { name, value, kind: "text", settable };
  }

  find(name: string): VariableValue | undefined {
    return this.#find(canonicalName(name), [this.#session, this.#base]);
  }

  findGlobal(name: string): VariableValue | undefined {
    return this.#find(canonicalName(name), [this.#globals]);
  }

  #find(key: string, layers: readonly ReadonlyMap<string, VariableValue>[]): VariableValue | undefined {
    const fixed = this.#fixed.get(key);
    if (fixed !== undefined) return fixed;
    const layer = layers.find((each) => each.has(key));
    return layer ? layer.get(key) : this.#known.get(key)?.value;
  }

  /** The name behind @@: `x`, `session.x`, `local.x` or `global.x`. Throws 1193. */
  at(path: string): VariableValue {
    const { scope, name } = scopedName(path);
    const value = scope === "global" ? this.findGlobal(name) : this.find(name);
    if (value === undefined) throw unknown(name);
    return value;
  }

  text(name: string): string {
    return String(this.find(name) ?? "");
  }

  number(name: string): number {
    return Number(this.find(name) ?? 0);
  }

  /** `undefined` puts the default back. Throws 1193, 1229, 1231, 1238, 1298 and 1621. */
  set(scope: Scope, name: string, value: VariableValue | undefined): void {
    const about = this.about(name);
    if (about === undefined) throw unknown(name);
    refuseSetting(scope, about);
    const target = scope === "global" ? this.#globals : this.#session;
    if (value === undefined) target.delete(about.name);
    else target.set(about.name, checked(about, value));
  }

  /** All of them with their values as SHOW VARIABLES prints them, sorted by name. */
  shown(scope: Scope): readonly (readonly [string, string])[] {
    const names = [...this.#known.keys(), ...this.#fixed.keys()];
    return names.toSorted().map((name) => {
      const value = scope === "global" ? this.findGlobal(name) : this.find(name);
      const isSwitch = this.about(name)?.kind === "switch";
      return [name, isSwitch ? (Number(value) ? "ON" : "OFF") : String(value ?? "")];
    });
  }
}

/** `global.x`, `session.x`, `local.x` or `x`. */
export function scopedName(path: string): { readonly scope: Scope; readonly name: string } {
  const [first = "", second] = path.toLowerCase().split(".");
  return second === undefined
    ? { scope: "session", name: first }
    : { scope: first === "global" ? "global" : "session", name: second };
}

const canonicalName = (name: string) => SYNONYMS[name.toLowerCase()] ?? name.toLowerCase();

function refuseSetting(scope: Scope, { name, settable }: SystemVariable): void {
  if (settable === "fixed") throw new SqlError(1238, "HY000", `Variable '${name}' is a read only variable`);
  if (scope === "global" || settable === "session") return;
  if (settable === "locked") {
    const words = "is read-only. Use SET GLOBAL to assign the value";
    throw new SqlError(1621, "HY000", `SESSION variable '${name}' ${words}`);
  }
  const words = "is a GLOBAL variable and should be set with SET GLOBAL";
  throw new SqlError(1229, "HY000", `Variable '${name}' ${words}`);
}

function checked({ name, kind }: SystemVariable, value: VariableValue): VariableValue {
  if (name === "time_zone") return checkedZone(String(value));
  if (name === "sql_mode") return sqlMode(String(value ?? ""));
  if (name === "tx_isolation") {
    const level = String(value).toUpperCase().replace(" ", "-");
    return ISOLATION.has(level) ? level : raise(wrongValue(name, value));
  }
  if (kind === "switch") return switchValue(value) ?? raise(wrongValue(name, value));
  const isNumber = kind === "int" || kind === "uint";
  if (isNumber && (typeof value === "string" || value === null)) {
    throw new SqlError(1232, "42000", `Incorrect argument type to variable '${name}'`);
  }
  return value;
}

const wrongValue = (name: string, value: VariableValue) =>
  new SqlError(1231, "42000", `Variable '${name}' can't be set to the value of '${String(value)}'`);

function raise(error: SqlError): never {
  throw error;
}

function switchValue(value: VariableValue): number | undefined {
  const word = String(value).toUpperCase();
  if (word === "1" || word === "ON" || word === "TRUE") return 1;
  return word === "0" || word === "OFF" || word === "FALSE" ? 0 : undefined;
}

/** Zones by name need tables that a fresh tenant does not have, SYSTEM too: 1298, as there. */
function checkedZone(zone: string): string {
  const minutes = zoneMinutes(zone);
  if (minutes === undefined) throw new SqlError(1298, "HY000", `Unknown or incorrect time zone: '${zone}'`);
  return zone.replace(/^([+-])(\d):/, "$10$2:");
}
