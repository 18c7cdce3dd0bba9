import type { DataType } from "../data-type.ts";

/** A default: a literal's text, or a function of the time. Absent: none was declared. */
export type Default =
  | { readonly kind: "null" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "now"; readonly scale: number };

export interface ColumnDefinition {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly default?: Default;
  /** ON UPDATE CURRENT_TIMESTAMP with this many digits. */
  readonly onUpdate?: number;
  readonly autoIncrement?: boolean;
  readonly comment?: string;
}

export interface KeyColumn {
  readonly name: string;
  /** Prefix length, kept for SHOW CREATE TABLE; the sandbox indexes the whole column. */
  readonly prefix?: number;
}

export interface KeyDefinition {
  /** PRIMARY for the primary key. */
  readonly name: string;
  readonly kind: "primary" | "unique" | "index";
  readonly columns: readonly KeyColumn[];
  readonly comment?: string;
}

export interface TableDefinition {
  readonly kind: "table";
  readonly database: string;
  readonly name: string;
  readonly columns: readonly ColumnDefinition[];
  readonly keys: readonly KeyDefinition[];
  /** Where AUTO_INCREMENT was said to begin. */
  readonly autoIncrement?: string;
  readonly collation?: string;
  readonly comment?: string;
}

export interface ViewDefinition {
  readonly kind: "view";
  readonly database: string;
  readonly name: string;
  /** Names given in parentheses behind the view's name. */
  readonly columns: readonly string[];
  /** The SELECT as it was written; names without database are looked up in `database`. */
  readonly query: string;
  /** Current database when the view was made. */
  readonly from: string;
}

export type Definition = TableDefinition | ViewDefinition;

export const primaryKey = (table: TableDefinition) => table.keys.find(({ kind }) => kind === "primary");

export const uniqueKeys = (table: TableDefinition) => table.keys.filter(({ kind }) => kind !== "index");

export const columnNamed = (table: TableDefinition, name: string) =>
  table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
