import type { Value } from "../engine.ts";
import type { Model } from "../model/model.ts";
import { type Micros, scnAt, scnDisplay } from "../model/time.ts";

/** A row by column name; a view takes the columns that its version has. */
export type ViewRow = Readonly<Record<string, Value>>;

/** Rows of a view as sys sees them; `TENANT_ID` tells whose they are. */
export type ViewRows = (model: Model) => readonly ViewRow[];

/** A timestamp column: nanoseconds in UTC, which the session shows in its own zone. */
export function at(micros: Micros | null): bigint | null {
  return micros === null ? null : scnAt(micros);
}

/** *_SCN_DISPLAY columns come in UTC, whatever the session's zone (4.2.1.9 under +08:00). */
export function display(scn: bigint): string | null {
  return scnDisplay(scn, 0);
}

export function yesNo(yes: unknown): string {
  return yes ? "YES" : "NO";
}

const MEBIBYTE = 1024 * 1024;
const UNITS = ["MB", "GB", "TB", "PB"] as const;

/** `18.41MB`: 1024-based, two decimals, never smaller than MB. */
export function bytesText(bytes: number): string {
  let value = bytes / MEBIBYTE;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(2)}${UNITS[unit]}`;
}

/** `100.00`: a decimal column, cut to two decimals. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "0.00";
  return (Math.floor((part / whole) * 10_000) / 100).toFixed(2);
}

/** Bytes per second between two moments, as OUTPUT_RATE_BYTES: 0.0000 while the end is open. */
export function rateText(bytes: number, from: Micros, to: Micros | null): string {
  if (to === null || to <= from) return "0.0000";
  return ((bytes * 1_000_000) / (to - from)).toFixed(4);
}
