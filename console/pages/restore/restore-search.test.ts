import { expect, test } from "vitest";
import { openStep, readRestoreSearch } from "./restore-search.ts";

test("a step and an SCN are read from the address, to the last digit", () => {
  expect(readRestoreSearch({ step: "plan", at: "1795250527999999123" })).toEqual({
    step: "plan",
    at: "1795250527999999123",
  });
});

test("an SCN that came as a number has lost digits and is not used", () => {
  expect(readRestoreSearch({ at: 1795250527999999000, step: "elsewhere" })).toEqual({});
});

test("no step opens before what it needs is decided", () => {
  expect(openStep("confirm", { hasInstant: false, hasTarget: true })).toBe("instant");
  expect(openStep("plan", { hasInstant: true, hasTarget: false })).toBe("target");
  expect(openStep("instant", { hasInstant: true, hasTarget: false })).toBe("instant");
  expect(openStep("confirm", { hasInstant: true, hasTarget: true })).toBe("confirm");
});
