import { expect, test } from "vitest";
import { readAddressSearch, writeAddressSearch } from "./address-search.ts";

test("digits in an address stay the text that they are", () => {
  expect(readAddressSearch("?at=1795400000000000001&step=plan")).toEqual({
    at: "1795400000000000001",
    step: "plan",
  });
});

test("an address that quotes its texts means the same", () => {
  expect(readAddressSearch("?at=%221795400000000000001%22")).toEqual({ at: "1795400000000000001" });
});

test("what was written is read again, and what is undefined is not written", () => {
  const search = { span: "1d", to: "1795400000000000001", tab: undefined };
  expect(writeAddressSearch(search)).toBe("?span=1d&to=1795400000000000001");
  expect(readAddressSearch(writeAddressSearch(search))).toEqual({ span: "1d", to: "1795400000000000001" });
  expect(writeAddressSearch({})).toBe("");
});
