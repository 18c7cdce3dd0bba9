import { SqlError } from "../../engine.ts";
import type { ColumnDefinition } from "../catalog/table-definition.ts";
import * as types from "../sql-type.ts";
import type { Compilation } from "./compilation.ts";
import { literalTyped, nullOf, type Typed, typed } from "./typed.ts";

export const now = (scale: number, { around }: Compilation): Typed => ({
  ...typed(`my_now(${scale})`, types.datetime(scale)),
  compute: () => around.now(scale),
});

/** What a column gets when the statement says nothing. Throws 1364 when it has no default and takes no NULL. */
export function compileDefault(column: ColumnDefinition, compilation: Compilation): Typed {
  const { default: value } = column;
  if (value?.kind === "now") return now(value.scale, compilation);
  if (value?.kind === "text") return constantText(value.text, compilation);
  if (column.autoIncrement || column.nullable) return nullOf();
  throw new SqlError(1364, "HY000", `Field '${column.name}' doesn't have a default value`);
}

function constantText(text: string, compilation: Compilation): Typed {
  return literalTyped({ form: "string", text, ordinal: -1, negative: false }, compilation);
}
