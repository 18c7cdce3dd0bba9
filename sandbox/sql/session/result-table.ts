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
export const timeColumn = (name: string): Column => ({ name, type: "datetime", decimals: 0, nullable: true });

export interface ResultTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Value[])[];
}

/** A result under the name by which a WHERE clause reaches it. */
export const asView = (name: string, table: ResultTable): SystemView => ({
  name,
  columns: table.columns,
  rows: () => table.rows,
});
