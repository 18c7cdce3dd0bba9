import type { Column, ColumnType } from "../../engine.ts";
import data from "./information-schema-columns.json" with { type: "json" };

/**
 * The columns of information_schema as a 4.2.1.9 announced them, in order, with the views in which the 4.3.5 line
 * (seekdb 1.2.0) differs. A column is written `NAME type`, then `unsigned`, digits behind the point, `bin` for bytes.
 */
const SEEN: Readonly<
  Record<string, { readonly "4.2.1.9": readonly string[]; readonly "4.3.5.3"?: readonly string[] }>
> = data;

export const INFORMATION_SCHEMA_NAMES: readonly string[] = Object.keys(SEEN);

const READ = new Map<string, readonly Column[]>();

/** Of a view in capitals; undefined when there is none of that name. The same array for the same view and version. */
export function informationSchemaColumns(name: string, isLate: boolean): readonly Column[] | undefined {
  const seen = SEEN[name];
  if (seen === undefined) return undefined;
  const late = isLate ? seen["4.3.5.3"] : undefined;
  const key = late ? `${name} 4.3.5` : name;
  const known = READ.get(key) ?? (late ?? seen["4.2.1.9"]).map(readColumn);
  READ.set(key, known);
  return known;
}

function readColumn(words: string): Column {
  const [name = "", type = "", ...rest] = words.split(" ");
  const isBytes = rest.includes("bin") && type === "varchar";
  const digits = rest.find((word) => /^\d+$/.test(word));
  return {
    name,
    type: isBytes ? "varbinary" : (type as ColumnType),
    nullable: true,
    ...(type === "varchar" || type === "char" ? { length: 512 } : {}),
    ...(rest.includes("unsigned") ? { unsigned: true } : {}),
    ...(digits !== undefined || type === "datetime" ? { decimals: Number(digits ?? 0) } : {}),
  };
}
