import * as fc from "fast-check";
import { expect, test } from "vitest";
import { DRAWN_KINDS, drawFaults } from "./draw-faults.ts";
import { parseFaults } from "./parse-faults.ts";

test("the same seed draws the same faults, another seed others", () => {
  const seeds = fc.integer({ min: 0, max: 2 ** 31 });
  const again = fc.property(seeds, (seed) => {
    expect(drawFaults(seed)).toEqual(drawFaults(seed));
  });
  fc.assert(again);
  const drawn = new Set(Array.from({ length: 100 }, (_, seed) => JSON.stringify(drawFaults(seed))));
  expect(drawn.size).toBe(100);
});

test("whatever is drawn could stand in a file", () => {
  const options = { tenants: ["shop", "books"], versions: ["4.3.5.1"], count: 20 };
  const property = fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
    const faults = drawFaults(seed, options);
    expect(parseFaults(JSON.stringify({ faults }))).toEqual(faults);
  });
  fc.assert(property, { numRuns: 200 });
});

test("every kind is drawn, and an upgrade only where there are versions for it", () => {
  const kinds = (versions: readonly string[]) =>
    new Set(drawFaults(1, { count: 2000, versions }).map(({ what }) => what.kind));
  expect(kinds(["4.3.5.1"])).toEqual(new Set(DRAWN_KINDS));
  expect(kinds([])).toEqual(new Set(DRAWN_KINDS.filter((kind) => kind !== "upgraded")));
});

test("faults begin and end within the times asked for, and strike only the tenants named", () => {
  const faults = drawFaults(7, { count: 500, withinSeconds: 60, longestSeconds: 30, tenants: ["shop"] });
  for (const { when, for: span, what } of faults) {
    expect(when.afterSeconds ?? 0).toBeLessThanOrEqual(60);
    if (span && "seconds" in span) expect(span.seconds).toBeLessThanOrEqual(30);
    if ("tenant" in what) expect(what.tenant).toBe("shop");
  }
});
