import { expect, test } from "vitest";
import { parseCommandLine, UsageError } from "./command-line.ts";

test("without words everything has its default", () => {
  expect(parseCommandLine([])).toEqual({
    dir: "sandbox-data",
    port: 2881,
    version: undefined,
    name: undefined,
    serversPerZone: 1,
    seed: 1,
    storageRoot: undefined,
    allowPaths: [],
    logStatements: undefined,
    clock: "real",
    workload: undefined,
    tenants: [],
    stopWithStdin: false,
    story: undefined,
    faults: undefined,
  });
});

test("every flag is read, and --allow-path may be repeated", () => {
  const words =
    "--dir d --port 0 --version 4.3.5.0 --name lab --servers-per-zone 2 --seed 7 --storage-root s --allow-path /a --allow-path /b " +
    "--log-statements l --clock 60 --workload on --tenants a,b --stop-with-stdin --story f --faults g";
  expect(parseCommandLine(words.split(" "))).toEqual({
    dir: "d",
    port: 0,
    version: "4.3.5.0",
    name: "lab",
    serversPerZone: 2,
    seed: 7,
    storageRoot: "s",
    allowPaths: ["/a", "/b"],
    logStatements: "l",
    clock: 60,
    workload: "on",
    tenants: ["a", "b"],
    stopWithStdin: true,
    story: "f",
    faults: "g",
  });
  expect(parseCommandLine(["--help"])).toBe("help");
});

const WRONG = [
  "--version 4.2.5",
  "--version 3.1.5.0",
  "--port seven",
  "--port 70000",
  "--clock 0",
  "--clock backwards",
  "--workload maybe",
  "--tenants a;b",
  "--tenants 1a",
  "--name a'b",
  "--nonsense",
  "positional",
];

test.for(WRONG)("wrong usage is refused in words: %s", (words) => {
  expect(() => parseCommandLine(words.split(" "))).toThrow(UsageError);
});
