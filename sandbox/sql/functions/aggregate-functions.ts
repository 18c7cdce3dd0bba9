import type { DatabaseSync } from "node:sqlite";
import { exact, textOf, type Value } from "./define.ts";

const ALL_BITS = 2n ** 64n - 1n;

type Fold = (a: bigint, b: bigint) => bigint;

const FOLDS: Record<string, { readonly start: bigint; readonly fold: Fold }> = {
  my_bit_xor: { start: 0n, fold: (a, b) => a ^ b },
  my_bit_or: { start: 0n, fold: (a, b) => a | b },
  my_bit_and: { start: ALL_BITS, fold: (a, b) => a & b },
};

export function defineAggregates(db: DatabaseSync, groupConcatLimit: () => number): void {
  for (const [name, { start, fold }] of Object.entries(FOLDS)) {
    db.aggregate<bigint>(name, {
      start: () => start,
      step: (memory, value: Value) =>
        value === null ? memory : fold(memory, BigInt.asUintN(64, BigInt(exact(value)))),
      result: (memory) => BigInt.asIntN(64, memory),
      useBigIntArguments: true,
    });
  }
  db.aggregate("my_any_value", {
    start: () => null,
    step: (memory: Value, value: Value) => memory ?? value,
    result: (memory: Value) => memory,
    useBigIntArguments: true,
  });
  defineSpread(db);
  db.function("my_group_concat", (list: Value, separator: Value) =>
    groupConcat(textOf(list), textOf(separator), groupConcatLimit()),
  );
}

/** group_concat_max_len cuts in bytes, but never inside of a character. */
function groupConcat(list: string, separator: string, limit: number): string | null {
  const items: string[] = JSON.parse(list);
  if (items.length === 0) return null;
  const joined = items.join(separator);
  if (Buffer.byteLength(joined) <= limit) return joined;
  return Buffer.from(joined)
    .subarray(0, limit)
    .toString("utf8")
    .replace(/\ufffd$/, "");
}

interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
}

/** Welford's method, as MySQL uses it. */
function widen({ count, mean, squares }: Spread, value: number): Spread {
  const delta = value - mean;
  const next = mean + delta / (count + 1);
  return { count: count + 1, mean: next, squares: squares + delta * (value - next) };
}

const RESULTS: Record<string, (spread: Spread) => number | null> = {
  my_var_pop: ({ count, squares }) => (count > 0 ? squares / count : null),
  my_var_samp: ({ count, squares }) => (count > 1 ? squares / (count - 1) : null),
  my_stddev_pop: ({ count, squares }) => (count > 0 ? Math.sqrt(squares / count) : null),
  my_stddev_samp: ({ count, squares }) => (count > 1 ? Math.sqrt(squares / (count - 1)) : null),
};

function defineSpread(db: DatabaseSync): void {
  for (const [name, result] of Object.entries(RESULTS)) {
    db.aggregate<string>(name, {
      start: JSON.stringify({ count: 0, mean: 0, squares: 0 }),
      step: (memory, value: Value) =>
        value === null ? memory : JSON.stringify(widen(JSON.parse(memory), Number(value))),
      result: (memory) => result(JSON.parse(memory)),
    });
  }
}
