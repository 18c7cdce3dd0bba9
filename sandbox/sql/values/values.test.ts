import * as fc from "fast-check";
import { expect, test } from "vitest";
import { difference, formatDate, shift, week } from "./calendar.ts";
import {
  add,
  type Decimal,
  decimalKey,
  decimalText,
  divide,
  fromDecimalKey,
  multiply,
  rescale,
  subtract,
  toDecimal,
} from "./decimal.ts";
import { doubleText } from "./double.ts";
import { jsonText, parseJson } from "./json.ts";
import {
  canonical,
  fromStored,
  instantText,
  parseInstant,
  parseTime,
  roundTo,
  shiftZone,
  timeText,
} from "./temporal.ts";

const decimals: fc.Arbitrary<Decimal> = fc.record({
  units: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  scale: fc.integer({ min: 0, max: 12 }),
});

/** Compares by cross-multiplication, not through texts. */
function order(a: Decimal, b: Decimal): number {
  const [x, y] = [a.units * 10n ** BigInt(b.scale), b.units * 10n ** BigInt(a.scale)];
  return x < y ? -1 : x > y ? 1 : 0;
}

test("the order of decimal keys is the order of the numbers, and a key gives its number back", () => {
  fc.assert(
    fc.property(decimals, decimals, (a, b) => {
      const [x, y] = [decimalKey(a), decimalKey(b)];
      expect(x < y ? -1 : x > y ? 1 : 0).toBe(order(a, b));
      expect(order(fromDecimalKey(x), a)).toBe(0);
    }),
    { numRuns: 500 },
  );
});

test("decimal arithmetic is exact and texts read back the same", () => {
  fc.assert(
    fc.property(decimals, decimals, (a, b) => {
      expect(toDecimal(decimalText(a))).toEqual(a);
      expect(order(subtract(add(a, b), b), a)).toBe(0);
      if (b.units !== 0n && a.scale + b.scale <= 20) {
        const quotient = divide(multiply(a, b), b, 25);
        expect(quotient && order(quotient, a)).toBe(0);
      }
    }),
  );
});

test("rounding is half away from zero", () => {
  expect(
    ["1.005", "-1.005", "2.5", "-2.5", "0.4999"].map((text) =>
      decimalText(rescale(toDecimal(text), text.length > 4 ? 2 : 0)),
    ),
  ).toEqual(["1.01", "-1.01", "3", "-3", "0.50"]);
});

test("a datetime survives reading, writing and a zone and back", () => {
  const instant = fc.date({ min: new Date("0002-01-01"), max: new Date("9998-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: -840, max: 840 }),
      (date, micros, zone) => {
        const text = instantText({ ms: date.getTime(), micros });
        expect(text).toBe(
          `${date.toISOString().slice(0, 23).replace("T", " ")}${String(micros).padStart(3, "0")}`,
        );
        expect(canonical(text)).toBe(text);
        expect(fromStored(text)).toEqual({ ms: date.getTime(), micros });
        expect(shiftZone(shiftZone(text, zone), -zone)).toBe(text);
      },
    ),
  );
});

test("what MySQL reads as a time is read, what it does not is refused", () => {
  const read = [
    "2026-1-2",
    "20260102030405",
    "2026-01-02T03:04:05.5",
    "26-01-02 3:4:5",
    "2026-02-29",
    "2026-13-01",
    "x",
    "2026-01-02 24:00:00",
  ];
  expect(read.map(canonical)).toEqual([
    "2026-01-02 00:00:00.000000",
    "2026-01-02 03:04:05.000000",
    "2026-01-02 03:04:05.500000",
    "2026-01-02 03:04:05.000000",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(["12:00:01.5", "-100:00:00", "101112", "1 02:00:00", "99:61:00"].map(parseTime)).toEqual([
    43_201_500_000n,
    -360_000_000_000n,
    36_672_000_000n,
    93_600_000_000n,
    undefined,
  ]);
  expect(timeText(-97_201_500_000n, 3)).toBe("-27:00:01.500");
  expect(roundTo("2026-12-31 23:59:59.999999", 3)).toBe("2027-01-01 00:00:00.000000");
});

test("months keep to the length of the month, and weeks to the mode", () => {
  const at = (text: string) => parseInstant(text) ?? { ms: 0, micros: 0 };
  const moved = shift(at("2024-01-31 10:00:00"), 1, "MONTH");
  expect(moved && instantText(moved)).toBe("2024-02-29 10:00:00.000000");
  expect(difference("MONTH", at("2026-01-31"), at("2026-02-28"))).toBe(0n);
  expect(difference("HOUR", at("2026-01-01"), at("2026-01-02 03:59:00"))).toBe(27n);
  // MySQL 5.7 manual: WEEK('2008-02-20') is 7, with mode 1 it is 8; YEARWEEK('1987-01-01') is 198652.
  expect([week(at("2008-02-20"), 0).week, week(at("2008-02-20"), 1).week]).toEqual([7, 8]);
  expect(week(at("1987-01-01"), 2)).toEqual({ year: 1986, week: 52 });
  // And DATE_FORMAT('1999-01-01', '%X %V') is '1998 52'.
  expect(formatDate(at("1999-01-01"), "%X %V")).toBe("1998 52");
});

test("doubles are printed as MySQL prints them", () => {
  expect([0.1 + 0.2, 1e15, 1e-7, 1.5e-16, -2, 123456789012345].map(doubleText)).toEqual([
    "0.30000000000000004",
    "1e15",
    "0.0000001",
    "1.5e-16",
    "-2",
    "123456789012345",
  ]);
});

test("JSON keeps its digits, and any value comes back as JSON.parse would read it", () => {
  expect(jsonText(parseJson('{"bb":1.10,"a":[12345678901234567890, null]}') ?? null)).toBe(
    '{"a": [12345678901234567890, null], "bb": 1.10}',
  );
  expect(["{", "[1,]", "nul", '{"a" 1}', "1 2", "01"].map(parseJson)).toEqual(
    Array.from({ length: 6 }, () => undefined),
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const printed = jsonText(parseJson(JSON.stringify(value)) ?? null);
      expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
