import { type Scn, scn } from "../domain/scn.ts";

/** What a column can hold in every backend. */
export type SqlValue = string | number | null;

/** How a value of ours lies in a column. */
export interface Column<T> {
  readonly toSql: (value: T) => SqlValue;
  readonly fromSql: (value: SqlValue) => T;
}

/** One column for each field, complete by type: a field added to the domain does not compile until it is stored. */
export type Columns<T> = { readonly [Field in keyof T]-?: Column<T[Field]> };

type Snake<Name extends string> = Name extends `${infer Head}${infer Rest}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Rest>}`
  : Name;

/** The row that `Columns<T>` makes: `minRestoreScn` lies in `min_restore_scn`. */
export type Row<T> = { [Field in keyof T & string as Snake<Field>]: SqlValue };

export function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Text, whole and broken numbers, and their unions with null lie as they are. */
export function plain<T extends SqlValue>(): Column<T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what lies there was put there as T
  return { toSql: (value) => value, fromSql: (value) => value as T };
}

export const flag: Column<boolean> = {
  toSql: (value) => (value ? 1 : 0),
  fromSql: (value) => value === 1,
};

/**
 * SCNs need all 64 bits: more than a number holds and, above 2^63, more than SQLite's integer. As twenty digits they are
 * exact in every backend and driver, and sort as text the way they sort as numbers.
 */
export const scnColumn: Column<Scn> = {
  toSql: scnDigits,
  fromSql: (value) => scn(String(value)),
};

export function scnDigits(value: Scn): string {
  return value.toString().padStart(20, "0");
}

export function nullable<T>(column: Column<T>): Column<T | null> {
  return {
    toSql: (value) => (value === null ? null : column.toSql(value)),
    fromSql: (value) => (value === null ? null : column.fromSql(value)),
  };
}

/** A small object as JSON; it holds no SCNs. */
export function record<T>(): Column<T> {
  return { toSql: (value) => JSON.stringify(value), fromSql: (value) => fromText<T>(String(value)) };
}

/** JSON with SCNs kept apart from text: `{"$scn":"17"}`. */
export function toText(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "bigint" ? { $scn: String(item) } : item,
  );
}

/** For texts made by `toText` from a `T`; the database is ours, so its shape is not checked again. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what it put there
export function fromText<T>(text: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return JSON.parse(text, (_key, item: unknown) => {
    const isScn = typeof item === "object" && item !== null && "$scn" in item;
    return isScn ? BigInt(String(item.$scn)) : item;
  }) as T;
}
