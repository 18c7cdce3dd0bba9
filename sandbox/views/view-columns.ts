import type { Column } from "../engine.ts";
import { isSince, type ObVersion } from "../model/version.ts";
import data from "./columns.json" with { type: "json" };

/** A column in columns.json; versions as in `isSince`. */
interface ColumnData {
  readonly name: string;
  readonly type: string;
  readonly null?: boolean;
  readonly since?: string;
  /** Its type in builds before `until`. */
  readonly was?: string;
  readonly until?: string;
}

interface ViewData {
  readonly since: string;
  readonly sysOnly?: boolean;
  /** What user tenants have in its place, without the columns `dropped`. */
  readonly twin?: string;
  readonly dropped?: readonly string[];
  readonly columns: readonly ColumnData[];
}

const VIEWS: Readonly<Record<string, ViewData>> = data.views;

/** Every view of every version, twins included. */
export const VIEW_NAMES: ReadonlySet<string> = new Set(
  Object.entries(VIEWS).flatMap(([name, { twin }]) => (twin === undefined ? [name] : [name, twin])),
);

export interface ViewDefinition {
  readonly name: string;
  /** The view of sys that this one is the twin of, with only the tenant's own rows. */
  readonly twinOf?: string;
  readonly sysOnly: boolean;
  readonly columns: readonly Column[];
}

type ViewDefinitions = ReadonlyMap<string, ViewDefinition>;

/** Of the builds asked for in this process, by their text: every session asks for those of its cluster. */
const KNOWN = new Map<string, ViewDefinitions>();

/** All views of a build, twins included. DBA_OB_LS is listed on its own and is a twin as well. */
export function viewDefinitions(version: ObVersion): ViewDefinitions {
  const known = KNOWN.get(version.text) ?? definitionsOf(version);
  KNOWN.set(version.text, known);
  return known;
}

function definitionsOf(version: ObVersion): ViewDefinitions {
  const found = new Map<string, ViewDefinition>();
  for (const [name, view] of Object.entries(VIEWS)) {
    if (!isSince(version, view.since)) continue;
    if (!found.has(name)) {
      found.set(name, { name, sysOnly: view.sysOnly ?? false, columns: columnsOf(version, name, view) });
    }
    const { twin, dropped = [] } = view;
    if (twin === undefined) continue;
    const columns = columnsOf(version, twin, view).filter((column) => !dropped.includes(column.name));
    found.set(twin, { name: twin, twinOf: name, sysOnly: false, columns });
  }
  return found;
}

function columnsOf(version: ObVersion, table: string, { columns }: ViewData): readonly Column[] {
  const present = columns.filter(({ since }) => since === undefined || isSince(version, since));
  return present.map(({ name, type, null: nullable = false, was = type, until }) => {
    const isNew = until === undefined || isSince(version, until);
    return { name, table, schema: "oceanbase", nullable, ...typeOf(isNew ? type : was) };
  });
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
