import { expect, test } from "vitest";
import { hasTornInstant, openStep, readRestoreSearch } from "./restore-search.ts";

test("a step and an SCN are read from the address, to the last digit", () => {
  expect(readRestoreSearch({ step: "plan", at: "1795250527999999123" })).toEqual({
    step: "plan",
    at: "1795250527999999123",
  });
});

test("an SCN that came as a number has lost digits and is not used", () => {
  expect(readRestoreSearch({ at: 1795250527999999000, step: "elsewhere" })).toEqual({});
});

test("an SCN of more than 64 bits is none", () => {
  expect(readRestoreSearch({ at: "18446744073709551615" }).at).toBe("18446744073709551615");
  expect(readRestoreSearch({ at: "18446744073709551616" }).at).toBeUndefined();
});

test("an instant that cannot be read is told from none", () => {
  expect([{ at: "2026-11-25" }, { at: "1795250527999999123" }, {}].map(hasTornInstant)).toEqual([
    true,
    false,
    false,
  ]);
});

const all = { isBegun: true, hasInstant: true, hasTarget: true, hasPlan: true };

test("no step opens before what it needs is decided", () => {
  expect(openStep("confirm", { ...all, hasInstant: false })).toBe("instant");
  expect(openStep("plan", { ...all, hasTarget: false })).toBe("target");
  expect(openStep("instant", { ...all, hasTarget: false })).toBe("instant");
  expect(openStep("confirm", all)).toBe("confirm");
});

test("the confirmation is reached through the plan, and no step by an address alone", () => {
  expect(openStep("confirm", { ...all, hasPlan: false })).toBe("plan");
  expect(openStep("confirm", { ...all, isBegun: false })).toBe("instant");
});
