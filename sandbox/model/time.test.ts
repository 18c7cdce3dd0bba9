import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import {
  durationOf,
  microsOf,
  nanosecondText,
  scnAt,
  scnDisplay,
  scnFromText,
  timestampText,
  timeTag,
} from "./time.ts";

const SCN = 1706671388756316123n;

test("a display cuts an SCN to microseconds and is NULL for none", () => {
  expect(scnDisplay(SCN, 480)).toBe("2024-01-31 11:23:08.756316");
  expect(scnDisplay(SCN, 0)).toBe("2024-01-31 03:23:08.756316");
  expect(scnDisplay(0n, 480)).toBeNull();
});

test("MIN_RESTORE_SCN_DISPLAY keeps all nine digits", () => {
  expect(nanosecondText(SCN, 480)).toBe("2024-01-31 11:23:08.756316123");
});

test("a time tag is local time without punctuation", () => {
  expect(timeTag(SCN)).toBe("20240131T112308");
});

test("a text that names no instant is none", () => {
  const wrong = ["nonsense", "2026-02-30 00:00:00", "2026-13-01 00:00:00", "2026-01-01 24:00:00", ""];
  expect(wrong.map((text) => scnFromText(text, 0))).toEqual(wrong.map(() => undefined));
});

test("every microsecond comes back from its text in its zone", () => {
  const micros = integer({ min: 0, max: 4_000_000_000_000_000 });
  const zone = integer({ min: -720, max: 840 });
  assert(
    property(micros, zone, (at, offset) => {
      const scn = scnFromText(timestampText(at, offset), offset);
      expect(scn).toBe(scnAt(at));
      expect(microsOf(scn ?? 0n)).toBe(at);
    }),
  );
});

test("time parameters have units, and a bare number is seconds", () => {
  expect(["120s", "500ms", "1d", "2h", "3m", "7", "x", "1w"].map(durationOf)).toEqual([
    120_000_000,
    500_000,
    86_400_000_000,
    7_200_000_000,
    180_000_000,
    7_000_000,
    undefined,
    undefined,
  ]);
});
