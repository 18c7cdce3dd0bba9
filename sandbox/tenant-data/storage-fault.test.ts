import fs from "node:fs";
import { expect, test } from "vitest";
import { reading, writing } from "./storage-fault.ts";
import { refusedWith } from "./tenant-in-test.ts";

test.skipIf(!fs.existsSync("/dev/full"))("a full device is 9082", () => {
  expect(refusedWith(() => writing(() => fs.writeFileSync("/dev/full", "x")))).toBe(9082);
});

test("a missing place is 9070 for a writer and 9011 for a reader", () => {
  expect(refusedWith(() => writing(() => fs.writeFileSync("/none/of/these", "x")))).toBe(9070);
  expect(refusedWith(() => reading(() => fs.readFileSync("/none/of/these")))).toBe(9011);
});

test("an error of another kind is not dressed up as one of the storage", () => {
  const mistake = new TypeError("a mistake in the program");
  expect(() =>
    writing(() => {
      throw mistake;
    }),
  ).toThrow(mistake);
});

test("what OceanBase has no number for is its I/O error with the cause in the detail", () => {
  const error = expect(() => reading(() => fs.readFileSync("/")));
  error.toThrow(expect.objectContaining({ errno: 4009, detail: expect.stringContaining("EISDIR") }));
});
