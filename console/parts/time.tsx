import { useSyncExternalStore } from "react";

/** Instants on the screen are SCNs (nanoseconds, bigint); the API's microseconds and decimal strings become one here. */
export type Instant = bigint;

export const SECOND: Instant = 1_000_000_000n;
export const DAY: Instant = 86_400n * SECOND;

export function instantOfMicros(micros: number): Instant {
  return BigInt(micros) * 1000n;
}

export function instantOfMs(ms: number): Instant {
  return BigInt(Math.floor(ms)) * 1_000_000n;
}

export function instantOfScn(scn: string): Instant {
  return BigInt(scn);
}

/** `2026-11-21T08:42:07.999999000Z`: what the API takes, with nothing lost. */
export function isoOf(instant: Instant): string {
  const seconds = new Date(Number(instant / SECOND) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(instant % SECOND).padStart(9, "0")}Z`;
}

/** Undefined where the text is no ISO instant with an offset. */
export function instantOfIso(text: string): Instant | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const ms = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : instantOfMs(ms) + BigInt((match?.[2] ?? "").padEnd(9, "0"));
}

/** The zone of whoever looks at the page, as IANA names it. */
export function useZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * second `2026-11-22 04:09:31` · micros `….882140` · minute `11-22 04:09` · day `11-22` · clock `04:09:31` ·
 * short `11-22 04:09:31` · full `2026-11-22 04:09:31.882140 +08:00`.
 */
export type InstantStyle = "second" | "micros" | "minute" | "day" | "clock" | "short" | "full";

export interface FormatInstantOptions {
  readonly zone: string;
  readonly style?: InstantStyle;
  /** Adds ` +08:00`: wherever a decision hangs on the time. */
  readonly withOffset?: true;
}

/** Cut to the style's last digit, never rounded up: an instant is not shown later than it is. */
export function formatInstant(instant: Instant, options: FormatInstantOptions): string {
  const style = options.style ?? "second";
  const fields = fieldsIn(instant, options.zone);
  const micros = String((instant % SECOND) / 1000n).padStart(6, "0");
  const day = `${fields.month}-${fields.day}`;
  const clock = `${fields.hour}:${fields.minute}:${fields.second}`;
  const texts: Readonly<Record<InstantStyle, string>> = {
    second: `${fields.year}-${day} ${clock}`,
    micros: `${fields.year}-${day} ${clock}.${micros}`,
    minute: `${day} ${fields.hour}:${fields.minute}`,
    day,
    clock,
    short: `${day} ${clock}`,
    full: `${fields.year}-${day} ${clock}.${micros} ${offsetAt(instant, options.zone)}`,
  };
  return options.withOffset ? `${texts[style]} ${offsetAt(instant, options.zone)}` : texts[style];
}

/** `+08:00`, at that instant: summer time counts. */
export function offsetAt(instant: Instant, zone: string): string {
  const name = partsOf(offsetFormat(zone), instant).timeZoneName ?? "GMT";
  return name === "GMT" ? "+00:00" : name.replace("GMT", "");
}

function fieldsIn(instant: Instant, zone: string) {
  const { year, month, day, hour, minute, second } = partsOf(fieldsFormat(zone), instant);
  return { year, month, day, hour, minute, second };
}

function partsOf(format: Intl.DateTimeFormat, instant: Instant): Partial<Record<string, string>> {
  const ms = Number(instant / 1_000_000n);
  return Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, part.value]));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are slow to make and cheap to keep: one of each kind per zone. */
function formatFor(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formats.get(key) ?? make();
  formats.set(key, known);
  return known;
}

const fieldsFormat = (zone: string) =>
  formatFor(
    `fields ${zone}`,
    () =>
      new Intl.DateTimeFormat("en-GB", {
        timeZone: zone,
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        hourCycle: "h23",
      }),
  );

const offsetFormat = (zone: string) =>
  formatFor(
    `offset ${zone}`,
    () => new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" }),
  );

interface TimeTextProps {
  readonly at: Instant;
  readonly format?: InstantStyle;
  readonly withOffset?: true;
}

/** An instant in the viewer's zone; the exact value, offset and SCN on hover. */
export function TimeText({ at, format = "second", withOffset }: TimeTextProps) {
  const zone = useZone();
  const exact = `${formatInstant(at, { zone, style: "full" })} · SCN ${at}`;
  return (
    <time dateTime={isoOf(at)} title={exact}>
      {formatInstant(at, { zone, style: format, ...(withOffset ? { withOffset } : {}) })}
    </time>
  );
}

/** Ticks once a second for ages and the live edge; every part that shows one moves at the same moment. */
export function useNowMs(): number {
  return useSyncExternalStore(onTick, () => tickedAt);
}

let tickedAt = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick() {
  tickedAt = Date.now();
  for (const listener of listeners) listener();
}
