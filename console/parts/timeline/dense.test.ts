import { array, assert, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { captionsOf, markClustersOf, textWidth } from "./dense.ts";
import type { Mark } from "./restorable-view.ts";
import { sampleMark } from "./sample-view.ts";

const wordings = (items: readonly unknown[]) =>
  items.length > 1 ? [`${items.length} 个缺口`] : ["缺口 13 小时 · 日志归档中断", "缺口 13 小时", "缺口"];
const rules = { width: 1000, fontPx: 12, wordings };

const mark = (setId: number, changes: Partial<Mark> = {}) =>
  sampleMark(setId, BigInt(setId), { type: "incremental", ...changes });

test("a caption stands centred under its gap with length and cause", () => {
  const [caption] = captionsOf([{ start: 400, end: 460 }], rules);
  expect(caption).toMatchObject({ text: "缺口 13 小时 · 日志归档中断", x: 430, anchor: 430 });
});

test("gaps too close for a caption each share one caption that counts them", () => {
  const near = [10, 24, 38].map((start) => ({ start, end: start + 3 }));
  expect(captionsOf(near, rules).map(({ text }) => text)).toEqual(["3 个缺口"]);
  const apart = [10, 60].map((start) => ({ start, end: start + 3 }));
  expect(captionsOf(apart, rules).map(({ items }) => items.length)).toEqual([1, 1]);
});

const captionIn = (width: number) => captionsOf([{ start: 0, end: 3 }], { ...rules, width })[0];

test("a caption drops its cause first, then its length, and shifts to stay inside", () => {
  expect(captionIn(120)?.text).toBe("缺口 13 小时");
  expect(captionIn(40)?.text).toBe("缺口");
  expect(captionIn(120)?.x).toBeGreaterThan(30);
});

test("captions never overlap and never leave the drawing", () => {
  const gaps = array(integer({ min: 0, max: 980 }), { maxLength: 30 });
  assert(
    property(gaps, (starts) => {
      const captions = captionsOf(
        starts.map((start) => ({ start, end: start + 4 })),
        rules,
      );
      const edges = captions.map(({ text, x }) => [x - textWidth(text, 12) / 2, x + textWidth(text, 12) / 2]);
      edges.forEach(([from = 0, to = 0], index) => {
        expect(from).toBeGreaterThanOrEqual(edges[index - 1]?.[1] ?? 0);
        expect(to).toBeLessThanOrEqual(1000);
      });
    }),
  );
});

test("sets closer than fourteen pixels become one mark of the strongest shape", () => {
  const [cluster, ...rest] = markClustersOf([
    { mark: mark(1), x: 10 },
    { mark: mark(2, { type: "full" }), x: 20 },
    { mark: mark(3), x: 30 },
  ]);
  expect(rest).toEqual([]);
  expect(cluster).toMatchObject({ shape: "full", x: 20, kind: "sets" });
  expect(cluster?.marks.map(({ setId }) => setId)).toEqual([1, 2, 3]);
});

test("a failed set keeps its own cross beside the mark of the others", () => {
  const clusters = markClustersOf([
    { mark: mark(1), x: 10 },
    { mark: mark(2, { status: "failed" }), x: 12 },
  ]);
  expect(clusters.map(({ shape }) => shape)).toEqual(["incremental", "failed"]);
});

test("no mark is lost in clustering, however dense they are", () => {
  assert(
    property(array(integer({ min: 0, max: 300 }), { maxLength: 60 }), (xs) => {
      const clusters = markClustersOf(xs.map((x, index) => ({ mark: mark(index), x })));
      expect(clusters.flatMap(({ marks }) => marks)).toHaveLength(xs.length);
    }),
  );
});
