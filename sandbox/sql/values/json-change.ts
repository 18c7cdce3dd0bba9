import { isArray, isObject, type Json, type Step } from "./json.ts";

/** JSON_SET sets, JSON_INSERT only where nothing is, JSON_REPLACE only where something is. */
export type ChangeMode = "set" | "insert" | "replace";

export interface Change {
  readonly mode: ChangeMode;
  readonly to: Json;
}

/** A path whose parent does not exist changes nothing. */
export function changeAt(value: Json, steps: readonly Step[], change: Change): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return change.mode === "insert" ? value : change.to;
  if (typeof step === "number") return changeItem(value, step, { rest, change });
  if (!isObject(value)) return value;
  const key = step.slice(1);
  const own = value.get(key);
  if (own !== undefined) return new Map([...value, [key, changeAt(own, rest, change)]]);
  return rest.length === 0 && change.mode !== "replace" ? new Map([...value, [key, change.to]]) : value;
}

function changeItem(
  value: Json,
  index: number,
  { rest, change }: { readonly rest: readonly Step[]; readonly change: Change },
): Json {
  const items = isArray(value) ? value : [value];
  const own = items[index];
  if (own !== undefined) {
    const changed = changeAt(own, rest, change);
    return isArray(value) ? items.map((item, i) => (i === index ? changed : item)) : changed;
  }
  return rest.length === 0 && change.mode !== "replace" ? [...items, change.to] : value;
}

export function removeAt(value: Json, steps: readonly Step[]): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === "number") {
    if (!isArray(value)) return value;
    if (rest.length === 0) return value.filter((_, i) => i !== step);
    return value.map((item, i) => (i === step ? removeAt(item, rest) : item));
  }
  if (!isObject(value)) return value;
  const key = step.slice(1);
  const entries = [...value];
  if (rest.length === 0) return new Map(entries.filter(([name]) => name !== key));
  return new Map(entries.map(([name, item]) => [name, name === key ? removeAt(item, rest) : item]));
}
