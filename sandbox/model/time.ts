/** Microseconds since 1970 UTC: the unit of every *_TIMESTAMP column. */
export type Micros = number;

export const SECOND: Micros = 1_000_000;
export const MINUTE: Micros = 60 * SECOND;
export const HOUR: Micros = 60 * MINUTE;
export const DAY: Micros = 24 * HOUR;

/** 4611686018427387903: OceanBase's "unlimited" SCN. */
export const UNLIMITED_SCN = 4611686018427387903n;

/** Minutes east of UTC that `+08:00`, OceanBase's default time zone, stands for. */
export const DEFAULT_OFFSET_MINUTES = 480;

/** An SCN is nanoseconds since 1970 UTC. */
export function scnAt(at: Micros): bigint {
  return BigInt(Math.trunc(at)) * 1000n;
}

/** Cut, not rounded, as SCN_TO_TIMESTAMP does. */
export function microsOf(scn: bigint): Micros {
  return Number(scn / 1000n);
}

/** `YYYY-MM-DD hh:mm:ss.ffffff` on a clock `offsetMinutes` east of UTC. */
export function timestampText(at: Micros, offsetMinutes: number): string {
  const local = at + offsetMinutes * MINUTE;
  const wholeSeconds = Math.floor(local / SECOND);
  const fraction = String(local - wholeSeconds * SECOND).padStart(6, "0");
  return `${new Date(wholeSeconds * 1000).toISOString().slice(0, 19).replace("T", " ")}.${fraction}`;
}

/** A *_SCN_DISPLAY column: NULL when the SCN is 0. */
export function scnDisplay(scn: bigint, offsetMinutes: number): string | null {
  return scn === 0n ? null : timestampText(microsOf(scn), offsetMinutes);
}

/** MIN_RESTORE_SCN_DISPLAY is a stored text with nanoseconds (4.2+). */
export function nanosecondText(scn: bigint, offsetMinutes: number): string {
  return `${timestampText(microsOf(scn), offsetMinutes)}${String(scn % 1000n).padStart(3, "0")}`;
}

/** `YYYYMMDDTHHMMSS` in server local time, as file names carry it. */
export function timeTag(scn: bigint, offsetMinutes = DEFAULT_OFFSET_MINUTES): string {
  return timestampText(microsOf(scn), offsetMinutes).slice(0, 19).replaceAll(/[-:]/g, "").replace(" ", "T");
}

const TIMESTAMP = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?)?$/;

/** Undefined when the text is no timestamp. */
export function scnFromText(text: string, offsetMinutes: number): bigint | undefined {
  const found = TIMESTAMP.exec(text.trim());
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const inRange = month >= 1 && month <= 12 && day >= 1 && hour < 24 && minute < 60 && second < 60;
  const millis = Date.UTC(year, month - 1, day, hour, minute, second);
  if (!inRange || new Date(millis).getUTCDate() !== day) return undefined;
  const nanos = BigInt((found[7] ?? "").padEnd(9, "0"));
  return BigInt(millis - offsetMinutes * 60_000) * 1_000_000n + nanos;
}

const UNITS: Readonly<Record<string, Micros>> = {
  us: 1,
  ms: 1000,
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  d: DAY,
};

/** A time parameter such as `120s`, `500ms` or `1d`; a bare number is seconds. */
export function durationOf(text: string): Micros | undefined {
  const found = /^\s*(\d+)\s*(us|ms|s|m|h|d)?\s*$/i.exec(text);
  if (found === null) return undefined;
  return Number(found[1]) * (UNITS[(found[2] ?? "s").toLowerCase()] ?? SECOND);
}
