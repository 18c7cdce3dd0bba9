import { expect, test } from "vitest";
import { markClustersOf } from "./dense.ts";
import { paintBand, xOf } from "./geometry.ts";
import { layoutOf } from "./layout.ts";
import { sampleView } from "./sample-view.ts";
import { roundInstantAt, targetAt } from "./target.ts";

const S = 1_000_000_000n;
const layout = layoutOf({ width: 1176, language: "zh-CN", size: "full" });
const scale = { from: 0n, to: 2000n * S, width: layout.plot };
const drawn = {
  view: sampleView,
  layout,
  scale,
  band: paintBand(scale, sampleView),
  clusters: markClustersOf(sampleView.marks.map((mark) => ({ mark, x: xOf(scale, mark.at) }))),
};
const at = (seconds: bigint, row: "band" | "log" | "sets") =>
  targetAt(drawn, { x: xOf(scale, seconds * S), y: layout[row].top + layout[row].height / 2 });

test("what is drawn under the pointer is what answers", () => {
  expect(at(400n, "band").kind).toBe("restorable");
  expect(at(700n, "band").kind).toBe("gap");
  expect(at(1550n, "band").kind).toBe("pending");
  expect(at(1900n, "band")).toEqual({ kind: "unknown", since: 1600n * S });
  expect(at(100n, "band").kind).toBe("nothing");
});

test("rounds answer in their lane, sets within reach of their mark", () => {
  expect(at(400n, "log")).toMatchObject({ kind: "round", round: { roundId: 1 } });
  expect(at(700n, "log").kind).toBe("gap");
  expect(at(1210n, "sets")).toMatchObject({ kind: "sets", cluster: { marks: [{ setId: 3 }] } });
  expect(at(1100n, "sets").kind).toBe("restorable");
});

test("a gap of one second between two greens can be pointed at", () => {
  const thin = {
    intervals: [
      { ...sampleView.intervals[0], from: 0n, to: 700n * S },
      { ...sampleView.intervals[0], from: 701n * S, to: 2000n * S },
    ],
    gaps: [{ ...sampleView.gaps[1], from: 700n * S + 1n, to: 701n * S - 1n }],
  } as unknown as Pick<typeof sampleView, "intervals" | "gaps">;
  const target = targetAt(
    { ...drawn, band: paintBand(scale, thin) },
    { x: xOf(scale, 700n * S), y: layout.band.top },
  );
  expect(target.kind).toBe("gap");
});

test("a chosen instant is the roundest that its pixel is worth", () => {
  const minuteWide = { from: 7n, to: 7n + 60_000n * S, width: 1000 };
  expect(roundInstantAt(minuteWide, 333) % (60n * S)).toBe(0n);
  const tenSeconds = { from: 7n, to: 7n + 10n * S, width: 1000 };
  expect(roundInstantAt(tenSeconds, 333) % 1_000_000n).toBe(0n);
  expect(roundInstantAt({ from: 0n, to: 100_000n, width: 100 }, 33)).toBe(33_000n);
});

test("lanes keep their places whatever the data, and lane names move above them on a phone", () => {
  expect(layout).toMatchObject({ left: 112, reserve: 64, band: { top: 28, height: 44 } });
  expect(layoutOf({ width: 1176, language: "en-US", size: "full" }).left).toBe(128);
  expect(layoutOf({ width: 366, language: "zh-CN", size: "full" })).toMatchObject({
    left: 0,
    isNarrow: true,
  });
});
