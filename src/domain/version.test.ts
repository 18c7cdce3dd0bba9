import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  atLeast,
  backsUpOneTenant,
  compareVersions,
  readVersion,
  type Version,
  versionText,
} from "./version.ts";

function read(text: string): Version {
  const version = readVersion(text);
  if (!version) throw new Error(`unreadable: ${text}`);
  return version;
}

const part = fc.integer({ min: 0, max: 20 });
const anyVersion: fc.Arbitrary<Version> = fc.record({
  numbers: fc.tuple(part, part, part, part),
  build: fc.option(fc.bigInt({ min: 10n ** 13n, max: 10n ** 14n - 1n }).map(String), { nil: undefined }),
});

test.each([
  ["4.2.5.1", [4, 2, 5, 1], undefined],
  ["5.7.25-OceanBase_CE-v4.2.1.9", [4, 2, 1, 9], undefined],
  ["5.7.25-OceanBase-v4.2.4.0", [4, 2, 4, 0], undefined],
  ["3.2.2-20220304134610", [3, 2, 2, 0], "20220304134610"],
  ["V3.2.2-20220304134610", [3, 2, 2, 0], "20220304134610"],
  ["5.7.25-OceanBase-v3.2.4.5-105000052023070600", [3, 2, 4, 5], "105000052023070600"],
  ["4.2.2.0_100000012023120716-c33e61340b84", [4, 2, 2, 0], "100000012023120716"],
])("%s is read", (text, numbers, build) => {
  expect(readVersion(text)).toEqual({ numbers, build });
});

test.each(["", "OceanBase", "MySQL", "4.2"])("%j holds no version", (text) => {
  expect(readVersion(text)).toBeUndefined();
});

test("what a version is written as is read as the same version", () => {
  fc.assert(
    fc.property(anyVersion, (version) => {
      expect(readVersion(versionText(version))).toEqual(version);
    }),
  );
});

test("comparing is an order: numbers from left to right, then the build", () => {
  fc.assert(
    fc.property(anyVersion, anyVersion, anyVersion, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
        expect(compareVersions(a, c) <= 0).toBe(true);
    }),
  );
  expect(compareVersions(read("4.10.0.0"), read("4.9.9.9"))).toBeGreaterThan(0);
});

test("builds are compared as numbers, whatever their length, and a missing one is older than any", () => {
  expect(compareVersions(read("3.2.2-9999999999"), read("3.2.2-20220304134610"))).toBeLessThan(0);
  expect(compareVersions(read("3.2.2.0"), read("3.2.2-9999999999"))).toBeLessThan(0);
});

test.each([
  ["3.2.2-20220304134610", true],
  ["3.2.2-20220304134609", false],
  ["3.2.2-20220304134611", true],
  ["3.2.2.0", false],
  ["3.2.1-20221220184735", false],
  ["3.2.3.0", true],
  ["4.0.0.0", true],
])("S6: %s backs up one tenant: %s", (text, offered) => {
  expect(backsUpOneTenant(read(text))).toBe(offered);
});

test("the gate shows the version as OceanBase writes it", () => {
  expect(versionText(read("3.2.2-20220304134610"))).toBe("V3.2.2-20220304134610");
  expect(versionText(read("4.2.5.1"))).toBe("4.2.5.1");
});

test("atLeast asks for the numbers alone", () => {
  expect(atLeast(read("4.2.1.9"), 4, 2)).toBe(true);
  expect(atLeast(read("4.1.9.9"), 4, 2)).toBe(false);
  expect(atLeast(read("3.2.2-20220304134610"), 3, 2, 2, 0)).toBe(true);
});
