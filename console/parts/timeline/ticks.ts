import { type Scale, xOf } from "./geometry.ts";
import type { InstantRange } from "./restorable-view.ts";
import { offsetMinutes, two, type WallTime, wallNanos, wallTime } from "./zone-clock.ts";

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;
/** 1970-01-01 was a Thursday: weeks begin four days later. */
const MONDAY = 4n * DAY;
const MOST_TICKS = 800;

type Label = "month" | "day" | "weekday" | "hour" | "second";

interface Step {
  readonly every: bigint;
  /** Wall time at which counting starts. */
  readonly phase?: bigint;
  readonly keeps?: (wall: WallTime) => boolean;
}

interface TickStyle {
  /** Used for windows at least this long. */
  readonly from: bigint;
  readonly labelled: Step;
  readonly small: Step;
  readonly label: Label;
}

const daily: Step = { every: DAY };
const weekly: Step = { every: 7n * DAY, phase: MONDAY };
const monthly: Step = { every: DAY, keeps: ({ day }) => day === 1 };
const fiveDays: Step = { every: DAY, keeps: ({ day }) => day % 5 === 1 && day <= 26 };

/** Longest first. The borders lie between the windows of the buttons, so that each window has its own row. */
const STYLES: readonly TickStyle[] = [
  { from: 150n * DAY, labelled: monthly, small: weekly, label: "month" },
  { from: 45n * DAY, labelled: weekly, small: daily, label: "day" },
  { from: 12n * DAY, labelled: fiveDays, small: daily, label: "day" },
  { from: 50n * HOUR, labelled: daily, small: { every: 6n * HOUR }, label: "weekday" },
  { from: 9n * HOUR, labelled: { every: 3n * HOUR }, small: { every: HOUR }, label: "hour" },
  { from: 2n * HOUR, labelled: { every: HOUR }, small: { every: 10n * MINUTE }, label: "hour" },
  { from: 20n * MINUTE, labelled: { every: 10n * MINUTE }, small: { every: MINUTE }, label: "hour" },
  { from: 3n * MINUTE, labelled: { every: MINUTE }, small: { every: 10n * SECOND }, label: "second" },
  { from: 20n * SECOND, labelled: { every: 10n * SECOND }, small: { every: SECOND }, label: "second" },
];
const FINEST: TickStyle = {
  from: 0n,
  labelled: { every: SECOND },
  small: { every: SECOND / 10n },
  label: "second",
};

export interface Tick {
  readonly at: bigint;
  readonly x: number;
}

export interface LabelledTick extends Tick {
  readonly text: string;
  /** Minutes east before and from this tick on, where summer time begins or ends since the tick before it. */
  readonly offsetChange: { readonly before: number; readonly after: number } | null;
}

export interface Ticks {
  readonly labelled: readonly LabelledTick[];
  readonly small: readonly Tick[];
  /** Hours are named at their tick, days and months right of it, as a diary does. */
  readonly anchor: "start" | "middle";
  /** The day in which the window begins, though its midnight lies before it; null where ticks name hours. */
  readonly lead: string | null;
}

export interface TickReader {
  readonly zone: string;
  /** Empty: days are named by their date alone. */
  readonly weekdays: readonly string[];
}

export function ticksOf(scale: Scale, reader: TickReader): Ticks {
  const style = styleOf(scale);
  const isDaily = style.label === "day" || style.label === "weekday";
  const label = (at: bigint) => labelOf(style.label, wallTime(reader.zone, at), reader.weekdays);
  const instants = (step: Step) => stepsIn(scale, { step, zone: reader.zone });
  return {
    labelled: instants(style.labelled).map((at, index, all) => ({
      at,
      x: xOf(scale, at),
      text: label(at),
      offsetChange: index === 0 ? null : changeBetween(reader.zone, { from: all[index - 1] ?? at, to: at }),
    })),
    small: instants(style.small).map((at) => ({ at, x: xOf(scale, at) })),
    anchor: isDaily || style.label === "month" ? "start" : "middle",
    lead: isDaily ? label(scale.from) : null,
  };
}

/** One small tick: how far an arrow key goes. */
export function smallStep(range: InstantRange): bigint {
  return styleOf(range).small.every;
}

export interface PlacedLabel extends LabelledTick {
  /** Left edge of the text. */
  readonly left: number;
}

interface LabelRoom {
  /** How far right a label may reach. */
  readonly limit: number;
  readonly widthOf: (text: string) => number;
}

const LABEL_SPACE_PX = 10;

/** Every `n`th label, counted from the right, with the smallest `n` at which none touches its neighbour. */
export function placeLabels(
  { labelled, anchor }: Ticks,
  { limit, widthOf }: LabelRoom,
): readonly PlacedLabel[] {
  const placed = labelled.map((tick) => {
    const width = widthOf(tick.text);
    const wanted = anchor === "start" ? tick.x + 4 : tick.x - width / 2;
    return { ...tick, left: Math.min(wanted, limit - width), right: Math.min(wanted + width, limit) };
  });
  for (let every = 1; every < placed.length; every++) {
    const kept = placed.filter((_, index) => (placed.length - 1 - index) % every === 0);
    if (kept.every((label, index) => label.left >= (kept[index - 1]?.right ?? -limit) + LABEL_SPACE_PX))
      return kept;
  }
  return placed.slice(-1);
}

function styleOf(range: InstantRange): TickStyle {
  const span = range.to - range.from;
  return STYLES.find((style) => span >= style.from) ?? FINEST;
}

function stepsIn(range: InstantRange, { step, zone }: { step: Step; zone: string }): bigint[] {
  const found: bigint[] = [];
  let at = nextStep(range.from - 1n, { step, zone });
  for (let count = 0; at <= range.to && count < MOST_TICKS; count++) {
    if (!step.keeps || step.keeps(wallTime(zone, at))) found.push(at);
    at = nextStep(at, { step, zone });
  }
  return found;
}

/**
 * The first instant after `at` whose wall clock shows a multiple of the step. Across a change of summer time the wall
 * clock decides: midnight stays midnight, however long the day was.
 */
function nextStep(at: bigint, { step, zone }: { step: Step; zone: string }): bigint {
  const wall = wallNanos(zone, at);
  const next = at + step.every - ((wall - (step.phase ?? 0n)) % step.every);
  const shift = wallNanos(zone, next) - next - (wall - at);
  return shift !== 0n && next - shift > at ? next - shift : next;
}

function changeBetween(zone: string, { from, to }: InstantRange): LabelledTick["offsetChange"] {
  const before = offsetMinutes(zone, from);
  const after = offsetMinutes(zone, to);
  return before === after ? null : { before, after };
}

function labelOf(label: Label, wall: WallTime, weekdays: readonly string[]): string {
  const date = `${two(wall.month)}-${two(wall.day)}`;
  const isMidnight = wall.hour === 0 && wall.minute === 0 && wall.second === 0;
  const texts: Record<Label, () => string> = {
    month: () => `${wall.year}-${two(wall.month)}`,
    day: () => date,
    weekday: () => weekdayLabel(date, weekdays[weekdayOf(wall)] ?? ""),
    hour: () => (isMidnight ? date : `${two(wall.hour)}:${two(wall.minute)}`),
    second: () => `${two(wall.hour)}:${two(wall.minute)}:${two(wall.second)}`,
  };
  return texts[label]();
}

/** `11-17 周二`, `Tue 11-17`: Latin weekdays come first, as both languages write it. */
function weekdayLabel(date: string, weekday: string): string {
  return /^[A-Za-z]/.test(weekday) ? `${weekday} ${date}` : `${date} ${weekday}`.trim();
}

function weekdayOf({ year, month, day }: WallTime): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}
