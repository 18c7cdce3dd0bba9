import type { DatabaseSync } from "node:sqlite";
import { SqlError } from "../../engine.ts";
import { notSupported } from "../errors.ts";
import {
  contains,
  follow,
  hasWildcard,
  isArray,
  isObject,
  type Json,
  JsonNumber,
  jsonText,
  jsonType,
  parseJson,
  parsePath,
  type Step,
} from "../values/json.ts";
import { type ChangeMode, changeAt, removeAt } from "../values/json-change.ts";
import { defineNullable, defineStrict, type Present, textOf, type Value } from "./define.ts";

function read(value: Present | undefined): Json {
  const parsed = parseJson(textOf(value ?? "null"));
  if (parsed === undefined) throw new SqlError(3141, "22032", "Invalid JSON text in argument 1 to function");
  return parsed;
}

function path(value: Present | undefined): readonly Step[] {
  const steps = parsePath(textOf(value ?? "$"));
  if (!steps) throw new SqlError(3143, "42000", "Invalid JSON path expression.");
  return steps;
}

/** Several paths or a wildcard give an array of what was found. */
function extract(document: Present | undefined, paths: readonly Present[]): Value {
  const value = read(document);
  const steps = paths.map(path);
  const found = steps.flatMap((one) => follow(value, one));
  if (found.length === 0) return null;
  const many = steps.length > 1 || steps.some(hasWildcard);
  return jsonText(many ? found : (found[0] ?? null));
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  const value = parseJson(text);
  return typeof value === "string" ? value : text;
}

function number(text: string): number {
  const value = parseJson(text);
  if (value instanceof JsonNumber) return Number(value.text);
  if (typeof value === "string") return Number.parseFloat(value) || 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  throw notSupported("JSON array or object as a number");
}

function at(document: Present | undefined, where: Present | undefined): Json | undefined {
  return follow(read(document), where === undefined ? [] : path(where))[0];
}

function length(value: Json | undefined): Value {
  if (value === undefined) return null;
  if (isArray(value)) return BigInt(value.length);
  return isObject(value) ? BigInt(value.size) : 1n;
}

const isMode = (text: string): text is ChangeMode =>
  text === "set" || text === "insert" || text === "replace";

function change(mode: string, document: Present | undefined, changes: readonly Present[]): string {
  let value = read(document);
  for (let i = 0; i + 1 < changes.length; i += 2) {
    if (isMode(mode)) value = changeAt(value, path(changes[i]), { mode, to: read(changes[i + 1]) });
  }
  return jsonText(value);
}

export function defineJsonFunctions(db: DatabaseSync): void {
  defineStrict(db, {
    my_json: (text) => jsonText(read(text)),
    my_json_extract: (document, ...paths) => extract(document, paths),
    my_json_unquote: (text) => unquote(textOf(text ?? "")),
    my_json_number: (text) => number(textOf(text ?? "")),
    my_json_length: (document, where) => length(at(document, where)),
    my_json_type: (document) => jsonType(read(document)),
    my_json_keys: (document, where) => {
      const value = at(document, where);
      return value !== undefined && isObject(value) ? jsonText([...jsonKeys(value)]) : null;
    },
    my_json_contains: (document, candidate, where) => {
      const target = at(document, where);
      return target === undefined ? null : contains(target, read(candidate)) ? 1n : 0n;
    },
    my_json_change: (mode, document, ...changes) => change(textOf(mode ?? ""), document, changes),
    my_json_remove: (document, ...paths) => jsonText(paths.map(path).reduce(removeAt, read(document))),
  });
  defineBuilders(db);
  defineCollectors(db);
}

/** In the order in which MySQL prints them. */
function jsonKeys(value: ReadonlyMap<string, Json>): string[] {
  const sorted = parseJson(jsonText(value));
  return sorted !== undefined && isObject(sorted) ? [...sorted.keys()] : [];
}

/** Their arguments are JSON texts already, NULL being `null`. */
function defineBuilders(db: DatabaseSync): void {
  defineNullable(db, {
    my_json_valid: (text) =>
      text === null || text === undefined ? null : parseJson(textOf(text)) === undefined ? 0n : 1n,
    my_json_of_number: (text) => (text === null || text === undefined ? "null" : textOf(text)),
    my_json_of_text: (text) => (text === null || text === undefined ? "null" : JSON.stringify(textOf(text))),
    my_json_array: (...items) => jsonText(items.map((item) => read(item ?? "null"))),
    my_json_object: (...pairs) => {
      const members = new Map<string, Json>();
      for (let i = 0; i + 1 < pairs.length; i += 2) {
        const key = pairs[i];
        if (key === null || key === undefined)
          throw new SqlError(3158, "22032", "JSON documents may not contain NULL member names.");
        members.set(textOf(key), read(pairs[i + 1] ?? "null"));
      }
      return jsonText(members);
    },
  });
}

/** The memory of these aggregates is the inside of a JSON text that grows. */
function defineCollectors(db: DatabaseSync): void {
  db.aggregate("my_json_arrayagg", {
    start: () => null,
    step: (inside: string | null, item: Value) =>
      inside === null ? textOf(item) : `${inside}, ${textOf(item)}`,
    result: (inside: string | null) => (inside === null ? null : `[${inside}]`),
    useBigIntArguments: true,
  });
  db.aggregate("my_json_objectagg", {
    start: () => null,
    step: (inside: string | null, key: Value, item: Value) => {
      const member = `${JSON.stringify(textOf(key))}: ${textOf(item)}`;
      return inside === null ? member : `${inside}, ${member}`;
    },
    result: (inside: string | null) => (inside === null ? null : jsonText(read(`{${inside}}`))),
    useBigIntArguments: true,
  });
}
