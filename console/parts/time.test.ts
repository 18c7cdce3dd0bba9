import { expect, test } from "vitest";
import { formatInstant, instantOfIso, isoOf, offsetAt } from "./time.tsx";

const INSTANT = 1795250527999999000n;

test("an instant is cut to the shown digit, never rounded up into the next second", () => {
  expect(formatInstant(INSTANT, { zone: "Asia/Shanghai" })).toBe("2026-11-21 16:42:07");
  expect(formatInstant(INSTANT, { zone: "Asia/Shanghai", style: "full" })).toBe(
    "2026-11-21 16:42:07.999999 +08:00",
  );
});

test("the offset is the zone's at that instant, summer time included", () => {
  expect(offsetAt(INSTANT, "Europe/Berlin")).toBe("+01:00");
  expect(offsetAt(instantOfIso("2026-07-01T00:00:00Z") ?? 0n, "Europe/Berlin")).toBe("+02:00");
  expect(offsetAt(INSTANT, "UTC")).toBe("+00:00");
});

test("midnight is hour 00, in every zone", () => {
  expect(formatInstant(instantOfIso("2026-11-21T00:00:00Z") ?? 0n, { zone: "UTC", style: "clock" })).toBe(
    "00:00:00",
  );
});

test("what the API is sent comes back as the same nanosecond", () => {
  expect(isoOf(INSTANT)).toBe("2026-11-21T08:42:07.999999000Z");
  expect(instantOfIso(isoOf(INSTANT + 1n))).toBe(INSTANT + 1n);
  expect(instantOfIso("2026-11-21T16:42:07")).toBeUndefined();
});
