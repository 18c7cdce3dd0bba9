import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  earlier,
  later,
  MAX_SCN,
  microsFromScn,
  offsetText,
  readTime,
  SECOND_NS,
  scn,
  scnAfter,
  scnBefore,
  scnFromMicros,
  scnToIso,
} from "./scn.ts";

const YEAR_2255_MICROS = Number.MAX_SAFE_INTEGER;
const anyScn = fc.bigInt({ min: 0n, max: MAX_SCN }).map(scn);
const offset = fc.integer({ min: -14 * 60, max: 14 * 60 });

function instantOf(text: string): bigint | undefined {
  const reading = readTime(text, 0);
  return reading.kind === "instant" ? reading.scn : undefined;
}

test("an SCN goes to ISO 8601 and back without losing a nanosecond", () => {
  fc.assert(
    fc.property(anyScn, (value) => {
      expect(instantOf(scnToIso(value))).toBe(value);
    }),
  );
});

test("the same instant reads the same in every offset", () => {
  fc.assert(
    fc.property(anyScn, offset, (value, minutes) => {
      const shifted = value + BigInt(minutes) * 60n * SECOND_NS;
      fc.pre(shifted >= 0n && shifted <= MAX_SCN);
      const local = scnToIso(scn(shifted)).slice(0, -1);
      expect(instantOf(local + offsetText(minutes))).toBe(value);
    }),
  );
});

test("microseconds go to an SCN and back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: YEAR_2255_MICROS }), (micros) => {
      expect(microsFromScn(scnFromMicros(micros))).toBe(micros);
    }),
  );
});

test("an SCN cut to microseconds lies at most 999 ns before itself", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: BigInt(YEAR_2255_MICROS) * 1000n }), (value) => {
      const lost = value - scnFromMicros(microsFromScn(scn(value)));
      expect(lost >= 0n && lost <= 999n).toBe(true);
    }),
  );
});

test.each([
  ["2026-11-21T08:42:07Z", 0n],
  ["2026-11-21T08:42:07.5Z", 500_000_000n],
  ["2026-11-21T08:42:07.05Z", 50_000_000n],
  ["2026-11-21T08:42:07.000000001Z", 1n],
  ["2026-11-21T08:42:07.123456789Z", 123_456_789n],
])("%s is read with all the digits it has", (text, nanos) => {
  const second = BigInt(Date.UTC(2026, 10, 21, 8, 42, 7) / 1000) * SECOND_NS;
  expect(instantOf(text)).toBe(second + nanos);
});

test.each([
  "2026-11-21T16:42+08:00",
  "2026-11-21 16:42+0800",
  "  2026-11-21T08:42:00Z  ",
  "2026-11-21T03:12-05:30",
])("%s is one and the same minute", (text) => {
  expect(instantOf(text)).toBe(BigInt(Date.UTC(2026, 10, 21, 8, 42)) * 1_000_000n);
});

test("a time without an offset is not guessed: both readings come back, and each of them can be read", () => {
  const reading = readTime("2026-11-21 16:42:07.5", 480);
  expect(reading).toEqual({
    kind: "no-offset",
    asLocal: "2026-11-21T16:42:07.5+08:00",
    asUtc: "2026-11-21T16:42:07.5Z",
  });
  expect(instantOf("2026-11-21T16:42:07.5Z")).toBe(
    (instantOf("2026-11-21T16:42:07.5+08:00") ?? 0n) + 8n * 3600n * SECOND_NS,
  );
});

test("where UTC is the local zone, there is one reading and it is given once", () => {
  expect(readTime("2026-11-21 16:42", 0)).toEqual({
    kind: "no-offset",
    asLocal: null,
    asUtc: "2026-11-21T16:42:00Z",
  });
});

test.each(["+14:00", "-14:00", "+05:45"])("%s is an offset that clocks show", (written) => {
  expect(instantOf(`2026-11-21T16:42${written}`)).toBeDefined();
});

test.each([
  "",
  "2026-11-21T16:42+14:01",
  "2026-11-21T16:42-99:00",
  "2026-11-21T16:42+07:60",
  "yesterday",
  "2026-11-21",
  "2026-13-01T00:00Z",
  "2026-02-30T00:00Z",
  "2026-11-21T24:00Z",
  "2026-11-21T08:60Z",
  "2026-11-21T08:42:60Z",
  "2026-11-21T08:42:07.1234567890Z",
  "1969-12-31T23:59:59Z",
  "1970-01-01T00:00:00+00:01",
])("%j is no time", (text) => {
  expect(readTime(text, 0)).toEqual({ kind: "unreadable" });
});

test("February 29 is a day in leap years only", () => {
  expect(instantOf("2024-02-29T00:00Z")).toBeDefined();
  expect(instantOf("2026-02-29T00:00Z")).toBeUndefined();
});

test("an SCN is read from digits of any size up to 2^64 - 1 and from nothing else", () => {
  expect(scn("4611686018427387903")).toBe(4611686018427387903n);
  expect(scn("18446744073709551615")).toBe(MAX_SCN);
  for (const wrong of [
    "",
    "-1",
    "1.5",
    "0x10",
    " 1",
    "1e9",
    "18446744073709551616",
    "123456789012345678901",
  ]) {
    expect(() => scn(wrong)).toThrow(RangeError);
  }
  expect(() => scn(-1n)).toThrow(RangeError);
});

test("neighbours differ by one nanosecond and end where SCNs end", () => {
  expect(scnBefore(scn(5))).toBe(4n);
  expect(scnAfter(scn(5))).toBe(6n);
  expect(() => scnBefore(scn(0))).toThrow(RangeError);
  expect(() => scnAfter(MAX_SCN)).toThrow(RangeError);
  expect([earlier(scn(1), scn(2)), later(scn(1), scn(2))]).toEqual([1n, 2n]);
});

test("offsets are written with sign and two digits each", () => {
  expect([480, -210, 0, 345].map(offsetText)).toEqual(["+08:00", "-03:30", "+00:00", "+05:45"]);
});
