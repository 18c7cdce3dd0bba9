import type { ColumnDefinition } from "../catalog/table-definition.ts";
import { columnType } from "../sql-type.ts";
import { toStored } from "../values/store.ts";
import type { Compilation } from "./compilation.ts";
import { asText, literalValue, type Typed } from "./typed.ts";

/** Columns that compiled statements store into, by the number under which my_store finds them again. */
export class StoreSlots {
  readonly #columns: ColumnDefinition[] = [];
  readonly #numbers = new Map<ColumnDefinition, number>();

  numberOf(column: ColumnDefinition): number {
    const known = this.#numbers.get(column);
    if (known !== undefined) return known;
    const number = this.#columns.push(column) - 1;
    this.#numbers.set(column, number);
    return number;
  }

  column(number: number): ColumnDefinition {
    const column = this.#columns[number];
    if (!column) throw new Error(`no store slot ${number}`);
    return column;
  }

  clear(): void {
    this.#columns.length = 0;
    this.#numbers.clear();
  }
}

export interface Target {
  readonly column: ColumnDefinition;
  /** For the message of an error, from 1. */
  readonly row: number;
  readonly slots: StoreSlots;
}

/** The expression as the column is to keep it: a literal is converted when bound, all else by my_store. */
export function storeExpression(
  value: Typed,
  { column, row, slots }: Target,
  compilation: Compilation,
): string {
  const { zoneMinutes } = compilation.around;
  const { literal, compute } = value;
  if (value.type.kind === "null") return "NULL";
  const place = { column, row, zoneMinutes };
  if (compute) return compilation.computed(() => toStored(compute(), place));
  if (literal) {
    return compilation.literal(literal, (text) => toStored(plainValue(literal, text), place));
  }
  return `my_store(${plainSql(value, column)}, ${slots.numberOf(column)}, ${zoneMinutes})`;
}

/** Numbers go as digits, so that no double comes between. */
function plainValue(literal: Parameters<typeof literalValue>[0], text: string): string | number | bigint {
  const value = literalValue(literal, text);
  return value === null || value instanceof Uint8Array ? text : value;
}

function plainSql(value: Typed, column: ColumnDefinition): string {
  const { kind } = columnType(column.type);
  if (value.type.kind === "bytes" || value.type.kind === "datetime") {
    return kind === "text" && value.type.kind === "datetime" ? asText(value) : value.sql;
  }
  const asIs = value.type.kind === "int" || value.type.kind === "double" || value.type.kind === "decimal";
  return asIs && !value.type.bits && kind !== "text" && kind !== "bytes" ? value.sql : asText(value);
}
