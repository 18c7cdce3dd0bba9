import type { DatabaseSync } from "node:sqlite";

export type Value = null | number | bigint | string | Uint8Array;
export type Present = Exclude<Value, null>;

export type Functions = Readonly<Record<string, (...args: Present[]) => Value>>;
export type NullableFunctions = Readonly<Record<string, (...args: Value[]) => Value>>;

const OPTIONS = { deterministic: true, varargs: true, useBigIntArguments: true };

/** Functions whose result is NULL as soon as an argument is. Integers come as bigint. */
export function defineStrict(db: DatabaseSync, functions: Functions): void {
  for (const [name, body] of Object.entries(functions)) {
    db.function(name, OPTIONS, (...args: Value[]) => {
      for (const arg of args) if (arg === null) return null;
      return body(...args.filter((arg) => arg !== null));
    });
  }
}

export function defineNullable(db: DatabaseSync, functions: NullableFunctions): void {
  for (const [name, body] of Object.entries(functions)) db.function(name, OPTIONS, body);
}

/** Functions that ask the session or the clock: SQLite must not take their results for constants. */
export function defineVolatile(db: DatabaseSync, functions: NullableFunctions): void {
  for (const [name, body] of Object.entries(functions)) {
    db.function(name, { varargs: true, useBigIntArguments: true }, body);
  }
}

export const textOf = (value: Value): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : String(value);

export const numberOf = (value: Value): number => Number(value);

export const exact = (value: Present): string | number | bigint =>
  value instanceof Uint8Array ? textOf(value) : value;
