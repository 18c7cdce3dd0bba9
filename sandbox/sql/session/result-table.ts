import type { Column, Value } from "../../engine.ts";
import type { SystemView } from "../system-views.ts";

export const textColumn = (name: string, length = 256): Column => ({
  name,
  type: "varchar",
  length,
  nullable: true,
});
export const longTextColumn = (name: string): Column => ({ name, type: "longtext", nullable: true });
export const numberColumn = (name: string): Column => ({ name, type: "bigint", nullable: true });

/** `name` text, `name#` number, `name@` timestamp, `name*` long text, `name!` NULL whatever the row, `name$` time of a trigger. */
export function columnsOf(words: string): readonly Column[] {
  return words.split(",").map((word) => {
    const name = word.replace(/[#@*!$]$/, "");
    if (word.endsWith("#")) return numberColumn(name);
    if (word.endsWith("@")) return { name, type: "timestamp", decimals: 6, nullable: true };
    if (word.endsWith("$")) return { name, type: "datetime", decimals: 2, nullable: true };
    if (word.endsWith("!")) return { name, type: "null", nullable: true };
    return word.endsWith("*") ? longTextColumn(name) : textColumn(name);
  });
}

export interface ResultTable {
  /** SHOW DATABASES and SHOW TABLES name the pattern of LIKE behind the name of the column. */
  readonly namesPattern?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
}

/** A result under the name by which a WHERE clause reaches it. */
export const asView = (name: string, table: ResultTable): SystemView => ({
  name,
  columns: table.columns,
  rows: () => table.rows,
});
