import type { Column } from "../engine.ts";
import type { VersionLine } from "../model/version.ts";
import data from "./columns.json" with { type: "json" };

/*
 * columns.json holds each view's columns in order, with type and nullability, as the view definitions of 4.2.1, 4.2.5 and
 * 4.3.5 have them (inner_table_schema_def.py of each branch; 4.2.1 checked against DESC of a real 4.2.1.9), which views
 * have a twin in user tenants, and which exist in sys alone.
 */

type ColumnData = readonly (string | number)[];

const columns: Readonly<Record<VersionLine, Readonly<Record<string, readonly ColumnData[]>>>> = data.columns;
const twins: Readonly<Record<string, { readonly twin: string; readonly dropped: readonly string[] }>> =
  data.twins;

export interface ViewDefinition {
  readonly name: string;
  /** The view of sys that this one is the twin of, with only the tenant's own rows. */
  readonly twinOf?: string;
  readonly sysOnly: boolean;
  readonly columns: readonly Column[];
}

/** All views of a version, twins included. DBA_OB_LS is listed on its own and is a twin as well. */
export function viewDefinitions(line: VersionLine): ReadonlyMap<string, ViewDefinition> {
  const found = new Map<string, ViewDefinition>();
  for (const [name, list] of Object.entries(columns[line])) {
    const isCdb = name.startsWith("CDB_");
    const sysOnly = isCdb || data.sysOnly.includes(name);
    const own = list.map((column) => viewColumn(name, column));
    if (!found.has(name)) found.set(name, { name, sysOnly, columns: own });
    const twin = twins[name];
    if (twin === undefined) continue;
    const kept = list.filter(([column]) => !twin.dropped.includes(String(column)));
    const twinColumns = kept.map((column) => viewColumn(twin.twin, column));
    found.set(twin.twin, { name: twin.twin, twinOf: name, sysOnly: false, columns: twinColumns });
  }
  return found;
}

function viewColumn(table: string, [name, type, nullable]: ColumnData): Column {
  return {
    name: String(name),
    table,
    schema: "oceanbase",
    nullable: nullable === 1,
    ...typeOf(String(type)),
  };
}

type TypeOf = Pick<Column, "type" | "length" | "decimals" | "unsigned">;

function typeOf(text: string): TypeOf {
  const [, word = "", first, second] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?/.exec(text) ?? [];
  const size = Number(first ?? 0);
  switch (word) {
    case "bigint":
      return { type: "bigint", length: size, unsigned: text.endsWith("unsigned") };
    case "tinyint":
      return { type: "tinyint", length: size };
    case "varchar":
      return { type: "varchar", length: size };
    case "decimal":
      return { type: "decimal", length: size, decimals: Number(second ?? 0) };
    case "timestamp":
      return { type: "timestamp", decimals: size };
    case "datetime":
      return { type: "datetime", decimals: size };
    case "double":
      return { type: "double" };
    case "longtext":
      return { type: "longtext" };
    default:
      throw new Error(`columns.json has a type that no view of OceanBase has: ${text}`);
  }
}
