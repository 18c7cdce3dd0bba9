import type { Column, Value } from "../../engine.ts";
import type { ColumnDefinition, Definition, TableDefinition } from "../catalog/table-definition.ts";
import { viewColumnType } from "../compile/from.ts";
import { compileTopQuery } from "../compile/query.ts";
import { typeText } from "../data-type.ts";
import { noSuchTable } from "../errors.ts";
import { grammar } from "../grammar.ts";
import type { SqlType } from "../sql-type.ts";
import { TokenReader } from "../token-reader.ts";
import type { Core } from "./core.ts";
import { nowText } from "./show-create.ts";

/** A column as DESC and information_schema.COLUMNS tell of it. */
export interface Described {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly key: "PRI" | "UNI" | "MUL" | "";
  readonly default: string | null;
  readonly extra: string;
  readonly comment: string;
  readonly collation: string | null;
  readonly sql: SqlType | undefined;
}

export function describe(core: Core, schema: string, name: string): Described[] {
  const view = core.systemView(schema, name);
  if (view) return view.columns.map(describeViewColumn);
  const definition = core.catalog.find(schema, name);
  if (!definition) throw noSuchTable(schema, name);
  return describeDefinition(core, definition);
}

export function describeDefinition(core: Core, definition: Definition): Described[] {
  if (definition.kind === "table")
    return definition.columns.map((column) => describeColumn(definition, column));
  const compilation = core.compilationIn(definition.from);
  const query = compileTopQuery(grammar.query(TokenReader.ofFixedText(definition.query)), compilation);
  return query.columns.map(({ name, type }, i) => plain(definition.columns[i] ?? name, type));
}

function describeColumn(table: TableDefinition, column: ColumnDefinition): Described {
  const isText = /char|text|enum|set/.test(column.type.name);
  const extra = column.autoIncrement
    ? "auto_increment"
    : column.onUpdate === undefined
      ? ""
      : `ON UPDATE ${nowText(column.onUpdate)}`;
  return {
    name: column.name,
    type: typeText(column.type),
    nullable: column.nullable,
    key: keyOf(table, column.name.toLowerCase()),
    default: defaultOf(column),
    extra,
    comment: column.comment ?? "",
    collation: isText ? (column.type.collation ?? "utf8mb4_general_ci") : null,
    sql: undefined,
  };
}

function defaultOf({ default: value }: ColumnDefinition): string | null {
  if (value?.kind === "text") return value.text;
  return value?.kind === "now" ? nowText(value.scale) : null;
}

function keyOf(table: TableDefinition, name: string): Described["key"] {
  const first = (key: TableDefinition["keys"][number]) => key.columns[0]?.name.toLowerCase() === name;
  if (
    table.keys.some(
      (key) => key.kind === "primary" && key.columns.some((column) => column.name.toLowerCase() === name),
    )
  )
    return "PRI";
  if (table.keys.some((key) => key.kind === "unique" && key.columns.length === 1 && first(key))) return "UNI";
  return table.keys.some(first) ? "MUL" : "";
}

function describeViewColumn(column: Column): Described {
  return { ...plain(column.name, viewColumnType(column)), nullable: column.nullable ?? true };
}

function plain(name: string, type: SqlType): Described {
  const collation = type.kind === "text" ? "utf8mb4_general_ci" : null;
  return {
    name,
    type: sqlTypeText(type),
    nullable: true,
    key: "",
    default: null,
    extra: "",
    comment: "",
    collation,
    sql: type,
  };
}

const WIDTHS: Partial<Record<SqlType["wire"], number>> = {
  tinyint: 4,
  smallint: 6,
  mediumint: 9,
  int: 11,
  bigint: 20,
  year: 4,
};

/** The declaration that gives this type. */
export function sqlTypeText(type: SqlType): string {
  const { wire, length, scale, unsigned } = type;
  if (type.kind === "int")
    return `${wire}(${length !== undefined && length > 1 ? length : (WIDTHS[wire] ?? 20)})${unsigned ? " unsigned" : ""}`;
  if (type.kind === "decimal") return `decimal(${length ?? 65},${scale})`;
  if (type.kind === "null") return "varchar(0)";
  if (type.kind === "datetime" || type.kind === "time") return scale > 0 ? `${wire}(${scale})` : wire;
  const sized = wire === "varchar" || wire === "char" || wire === "varbinary" || wire === "binary";
  return sized ? `${wire}(${length ?? 1024})` : wire;
}

export const describedRow = ({ name, type, nullable, key, default: value, extra }: Described): Value[] => [
  name,
  type,
  nullable ? "YES" : "NO",
  key,
  value,
  extra,
];
