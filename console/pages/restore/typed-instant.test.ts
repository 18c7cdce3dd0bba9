import { assert, bigInt, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { readTyped, typedOf } from "./typed-instant.ts";

const ns = (iso: string) => BigInt(Date.parse(iso)) * 1_000_000n;

test("date, time and microseconds in a zone are one instant", () => {
  const typed = { date: "2026-11-21", clock: "16:42:07", micros: "999999" };
  expect(readTyped(typed, "Asia/Shanghai")).toEqual({
    kind: "instant",
    at: ns("2026-11-21T08:42:07Z") + 999_999_000n,
  });
});

test("each whole microsecond comes back from its fields, in the repeated hour as one of two", () => {
  const range = bigInt(ns("2024-01-01T00:00:00Z") / 1000n, ns("2030-01-01T00:00:00Z") / 1000n);
  assert(
    property(range, constantFrom("Asia/Shanghai", "Europe/Berlin", "America/St_Johns"), (micro, zone) => {
      const at = micro * 1000n;
      const reading = readTyped(typedOf(at, zone), zone);
      const found =
        reading.kind === "instant" ? [reading.at] : reading.kind === "twice" ? reading.choices : [];
      expect(found).toContain(at);
    }),
  );
});

test("the hour that summer time skips is said to be skipped, the repeated one is asked about", () => {
  const clock = { clock: "02:30:00", micros: "0" };
  expect(readTyped({ ...clock, date: "2026-03-29" }, "Europe/Berlin").kind).toBe("skipped");
  expect(readTyped({ ...clock, date: "2026-10-25" }, "Europe/Berlin")).toEqual({
    kind: "twice",
    choices: [ns("2026-10-25T00:30:00Z"), ns("2026-10-25T01:30:00Z")],
  });
});

test("what is no date, no time or no microsecond is not guessed", () => {
  const good = { date: "2026-11-21", clock: "16:42", micros: "" };
  expect(readTyped(good, "UTC").kind).toBe("instant");
  const bad = [
    { ...good, date: "2026-02-30" },
    { ...good, date: "21.11.2026" },
    { ...good, clock: "24:00:00" },
    { ...good, clock: "16:60" },
    { ...good, micros: "1234567" },
    { ...good, micros: "-1" },
  ];
  expect(bad.map((typed) => readTyped(typed, "UTC").kind)).toEqual(bad.map(() => "unreadable"));
});
