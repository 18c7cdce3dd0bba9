import { expect, test } from "vitest";
import { gestureOf, isClick, markedRange, pannedRange, pinchedRange, wheeledRange } from "./gesture.ts";

const S = 1_000_000_000n;
const NOW = 10_000n * S;
const scale = { from: 4000n * S, to: 5000n * S, width: 1000 };
const press = (x: number, shiftKey = false, handleX: number | null = null) =>
  gestureOf({ x, shiftKey }, { scale, handleX });

test("a press that hardly moves is a click", () => {
  expect(isClick({ ...press(100), x: 103 })).toBe(true);
  expect(isClick({ ...press(100), x: 104 })).toBe(false);
});

test("what was under the pointer stays under it while the window is dragged", () => {
  expect(pannedRange({ ...press(300), x: 400 }, NOW)).toEqual({ from: 3900n * S, to: 4900n * S });
});

test("a drag never pulls the window past the live edge", () => {
  expect(pannedRange({ ...press(900), x: 100 }, 5000n * S)).toEqual({ from: 4000n * S, to: 5000n * S });
});

test("Shift marks the stretch to look at, in either direction", () => {
  const marked = press(600, true);
  expect(marked.kind).toBe("mark");
  expect(markedRange({ ...marked, x: 400 }, NOW)).toEqual({ from: 4400n * S, to: 4600n * S });
});

test("the handle is taken near it and not elsewhere", () => {
  expect(press(508, false, 500).kind).toBe("handle");
  expect(press(540, false, 500).kind).toBe("pan");
});

test("the wheel zooms around the pointer, towards the viewer wider", () => {
  const closer = wheeledRange(scale, { deltaY: -480, x: 250, now: NOW });
  expect(closer.to - closer.from).toBeLessThan(1000n * S);
  expect(Number(4250n * S - closer.from) / Number(closer.to - closer.from)).toBeCloseTo(0.25, 6);
  const wider = wheeledRange(scale, { deltaY: 480, x: 250, now: NOW });
  expect(wider.to - wider.from).toBeGreaterThan(1000n * S);
});

test("fingers that part show less time, with what was between them still between them", () => {
  const range = pinchedRange(scale, { factor: 0.5, x: 500, now: NOW });
  expect(range).toEqual({ from: 4250n * S, to: 4750n * S });
});
