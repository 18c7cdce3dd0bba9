import { instantsOf, two, wallTime } from "../../parts/timeline/zone-clock.ts";

/** An instant as a person types it: three fields in a zone. */
export interface TypedInstant {
  readonly date: string;
  readonly clock: string;
  readonly micros: string;
}

export type TypedReading =
  | { readonly kind: "instant"; readonly at: bigint }
  /** The hour that the end of summer time repeats: earlier first. */
  | { readonly kind: "twice"; readonly choices: readonly [bigint, bigint] }
  | { readonly kind: "skipped" }
  | { readonly kind: "unreadable" };

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** Cut to the microsecond: nanoseconds are typed as an SCN. */
export function typedOf(at: bigint, zone: string): TypedInstant {
  const wall = wallTime(zone, at);
  return {
    date: `${wall.year}-${two(wall.month)}-${two(wall.day)}`,
    clock: `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}`,
    micros: String(Math.floor(wall.nanosecond / 1000)).padStart(6, "0"),
  };
}

export function readTyped({ date, clock, micros }: TypedInstant, zone: string): TypedReading {
  const [, year, month, day] = (DATE.exec(date.trim()) ?? []).map(Number);
  const [, hour, minute, second = 0] = (CLOCK.exec(clock.trim()) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return { kind: "unreadable" };
  if (hour === undefined || minute === undefined || !/^\d{0,6}$/.test(micros)) return { kind: "unreadable" };
  const seconds = Number.isNaN(second) ? 0 : second;
  if (!isDay({ year, month, day }) || hour > 23 || minute > 59 || seconds > 59) return { kind: "unreadable" };
  // A count, not digits after a point: 5 is five microseconds.
  const nanosecond = Number(micros === "" ? "0" : micros) * 1000;
  const found = instantsOf(zone, { year, month, day, hour, minute, second: seconds, nanosecond });
  const [first, other] = found;
  if (first === undefined) return { kind: "skipped" };
  return other === undefined ? { kind: "instant", at: first } : { kind: "twice", choices: [first, other] };
}

function isDay({ year, month, day }: { year: number; month: number; day: number }): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
