import type { Call } from "../ast.ts";
import type { SqlType } from "../sql-type.ts";
import type { Compilation } from "./compilation.ts";
import { asDatetime, asDouble, asInteger, asText, asTime, type Typed, typed } from "./typed.ts";

export interface CallContext {
  readonly call: Call;
  readonly args: readonly Typed[];
  readonly compilation: Compilation;
}

/** How a MySQL function is said in SQLite, and what type comes out. */
export interface Rule {
  readonly min: number;
  readonly max: number;
  compile(context: CallContext): Typed;
}

/** What an argument is turned into: text, integer, double, datetime, clock time; `v` leaves it as it is. */
type Argument = "t" | "i" | "d" | "x" | "c" | "v";

const TURN: Record<Argument, (value: Typed, compilation: Compilation) => string> = {
  t: asText,
  i: asInteger,
  d: asDouble,
  x: asDatetime,
  c: (value) => asTime(value),
  v: (value) => value.sql,
};

const isArgument = (letter: string): letter is Argument => letter in TURN;

export interface Shape {
  /** One letter for each argument; a closing `*` repeats the last one. */
  readonly takes: string;
  /** How many must be given; absent: all. */
  readonly least?: number;
  readonly gives: SqlType | ((args: readonly Typed[]) => SqlType);
}

const MANY = 100;

/** A function that a function of SQLite, or one registered beside it, answers with the same arguments. */
export function direct(name: string, { takes, least, gives }: Shape): Rule {
  const letters = takes.replace("*", "").split("");
  const max = takes.endsWith("*") ? MANY : letters.length;
  return {
    min: least ?? letters.length,
    max,
    compile: ({ args, compilation }) => {
      const sql = args.map((value, i) => {
        const letter = letters[Math.min(i, letters.length - 1)] ?? "v";
        return TURN[isArgument(letter) ? letter : "v"](value, compilation);
      });
      return typed(`${name}(${sql.join(", ")})`, typeof gives === "function" ? gives(args) : gives);
    },
  };
}

export const rule = (counts: readonly [number, number], compile: Rule["compile"]): Rule => ({
  min: counts[0],
  max: counts[1],
  compile,
});

export type Rules = Readonly<Record<string, Rule>>;
