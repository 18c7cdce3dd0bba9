import { assert, bigInt, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { placeLabels, smallStep, ticksOf } from "./ticks.ts";
import { instantsOf, offsetMinutes, wallTime } from "./zone-clock.ts";

const ns = (iso: string) => BigInt(Date.parse(iso)) * 1_000_000n;
const EN = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const ZH = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
const texts = (from: string, to: string, zone: string, weekdays = EN) =>
  ticksOf({ from: ns(from), to: ns(to), width: 1000 }, { zone, weekdays }).labelled.map(({ text }) => text);

test("seven days are labelled at midnight in the viewer's zone, with the weekday in the order of the language", () => {
  expect(texts("2026-11-16T03:12:00+08:00", "2026-11-19T03:12:00+08:00", "Asia/Shanghai", ZH)).toEqual([
    "11-17 周二",
    "11-18 周三",
    "11-19 周四",
  ]);
  expect(texts("2026-11-16T03:12:00+08:00", "2026-11-19T03:12:00+08:00", "Asia/Shanghai")[0]).toBe(
    "Tue 11-17",
  );
});

test("one day is labelled every three hours, midnight with its date", () => {
  expect(texts("2026-11-21T20:00:00Z", "2026-11-22T08:30:00Z", "UTC")).toEqual([
    "21:00",
    "11-22",
    "03:00",
    "06:00",
  ]);
});

test("an hour, a minute and ten seconds have the steps of their table row", () => {
  expect(texts("2026-11-21T20:00:01Z", "2026-11-21T21:00:01Z", "UTC")).toEqual([
    "20:10",
    "20:20",
    "20:30",
    "20:40",
    "20:50",
    "21:00",
  ]);
  expect(texts("2026-11-21T20:00:01Z", "2026-11-21T20:01:01Z", "UTC")[0]).toBe("20:00:10");
  expect(smallStep({ from: 0n, to: 10_000_000_000n })).toBe(100_000_000n);
  expect(texts("2025-12-15T00:00:00Z", "2026-11-30T00:00:00Z", "UTC").slice(0, 2)).toEqual([
    "2026-01",
    "2026-02",
  ]);
});

test("midnight stays midnight on the day summer time begins, and both offsets are told at its tick", () => {
  const scale = { from: ns("2026-03-27T12:00:00Z"), to: ns("2026-03-31T12:00:00Z"), width: 960 };
  const { labelled } = ticksOf(scale, { zone: "Europe/Berlin", weekdays: EN });
  expect(labelled.map(({ at }) => new Date(Number(at / 1_000_000n)).toISOString().slice(5, 16))).toEqual([
    "03-27T23:00",
    "03-28T23:00",
    "03-29T22:00",
    "03-30T22:00",
  ]);
  expect(labelled.map(({ offsetChange }) => offsetChange)).toEqual([
    null,
    null,
    { before: 60, after: 120 },
    null,
  ]);
});

test("each hour tick shows a multiple of its step, ascending, in every zone over changes of summer time", () => {
  const zones = ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Shanghai"];
  const start = ns("2026-01-01T00:00:00Z");
  assert(
    property(constantFrom(...zones), bigInt(0n, 8760n), bigInt(3n, 6n), (zone, hour, days) => {
      const from = start + hour * 3_600_000_000_000n;
      const { labelled } = ticksOf(
        { from, to: from + days * 86_400_000_000_000n, width: 500 },
        { zone, weekdays: EN },
      );
      expect(labelled.length).toBeGreaterThanOrEqual(Number(days) - 1);
      labelled.forEach((tick, index) => {
        expect(wallTime(zone, tick.at)).toMatchObject({ hour: 0, minute: 0, second: 0 });
        if (index > 0) expect(tick.at).toBeGreaterThan(labelled[index - 1]?.at ?? 0n);
      });
    }),
  );
});

test("labels that would touch are thinned from the right, evenly, and stay inside", () => {
  const labelled = [0, 30, 60, 90, 120].map((x) => ({ at: BigInt(x), x, text: "11-17", offsetChange: null }));
  const ticks = { labelled, small: [], anchor: "middle" as const, lead: null };
  const lefts = (width: number) =>
    placeLabels(ticks, { limit: 125, widthOf: () => width }).map(({ left }) => left);
  expect(lefts(34)).toEqual([-17, 43, 91]);
  expect(lefts(15)).toHaveLength(5);
  expect(lefts(80)).toHaveLength(1);
});

test("a wall time is one instant, two in the repeated hour, none in the skipped hour", () => {
  const wall = { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0, nanosecond: 999_999_000 };
  expect(instantsOf("Europe/Berlin", wall).map((at) => offsetMinutes("Europe/Berlin", at))).toEqual([
    120, 60,
  ]);
  expect(instantsOf("Europe/Berlin", { ...wall, month: 3, day: 29 })).toEqual([]);
  expect(instantsOf("Asia/Shanghai", wall)).toEqual([ns("2026-10-24T18:30:00Z") + 999_999_000n]);
});

test("every instant comes back from its wall time to the nanosecond", () => {
  assert(
    property(bigInt(ns("2020-01-01T00:00:00Z"), ns("2035-01-01T00:00:00Z")), (at) => {
      expect(instantsOf("America/New_York", wallTime("America/New_York", at))).toContain(at);
    }),
  );
});
