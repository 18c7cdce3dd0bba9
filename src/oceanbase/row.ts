import { type Micros, NO_SCN, type Scn, scn } from "../domain/scn.ts";

/** One row as OceanBase wrote it: every value as text, NULL as null. A column that a version lacks is null too. */
export type Row = Readonly<Record<string, string | null | undefined>>;

/** '' where the view says NULL. */
export function textOf(row: Row, column: string): string {
  return row[column] ?? "";
}

/** Null where the view says NULL or nothing that is a number. */
export function numberOf(row: Row, column: string): number | null {
  const value = row[column];
  if (value === null || value === undefined || value.trim() === "") return null;
  const read = Number(value);
  return Number.isFinite(read) ? read : null;
}

/** 0 where the view says NULL: counts, sizes and ids, whose columns start at 0. */
export function countOf(row: Row, column: string): number {
  return numberOf(row, column) ?? 0;
}

/** 0 where the view says NULL, as OceanBase itself writes an SCN that is not known yet. */
export function scnOf(row: Row, column: string): Scn {
  const value = row[column];
  return value === null || value === undefined || value === "" ? NO_SCN : scn(value);
}

/** Asked through TIME_TO_USEC, so it is a count of microseconds and no zone takes part. */
export function microsOf(row: Row, column: string): Micros | null {
  return numberOf(row, column);
}
