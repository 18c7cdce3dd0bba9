import { expect, test } from "vitest";
import { effectOf, type KeyState } from "./keys.ts";
import { sampleView } from "./sample-view.ts";

const S = 1_000_000_000n;
/** Ten minutes: small ticks of ten seconds. */
const state: KeyState = { view: sampleView, range: { from: 1000n * S, to: 1600n * S }, cursor: 1300n * S };
const press = (key: string, changes: Partial<KeyState> & { shiftKey?: boolean } = {}) =>
  effectOf({ key, shiftKey: changes.shiftKey ?? false }, { ...state, ...changes });

test("an arrow goes one small tick, with Shift ten", () => {
  expect(press("ArrowLeft")).toEqual({ cursor: 1290n * S });
  expect(press("ArrowRight", { shiftKey: true })).toEqual({ cursor: 1400n * S });
});

test("no key leads into the future that nobody has observed", () => {
  expect(press("ArrowRight", { cursor: 1599n * S })).toEqual({ cursor: 1600n * S });
  expect(press("End", { range: { from: 1100n * S, to: 1700n * S } })).toEqual({ cursor: 1600n * S });
});

test("the window follows a cursor that leaves it", () => {
  expect(press("ArrowLeft", { cursor: 1005n * S })).toEqual({
    cursor: 995n * S,
    range: { from: 995n * S, to: 1595n * S },
  });
});

test("N and P stop at sets and at the edges of gaps and rounds, in either case of letter", () => {
  expect(press("p")).toEqual({ cursor: 1200n * S });
  expect(press("N")).toEqual({ cursor: 1500n * S });
  expect(press("n", { cursor: 1500n * S })).toEqual({});
});

test("a page keeps the cursor at its place in the window", () => {
  expect(press("PageUp")).toEqual({ cursor: 700n * S, range: { from: 400n * S, to: 1000n * S } });
});

test("zooming keeps the instant and halves or doubles the window around it", () => {
  const closer = press("+")?.range;
  expect(closer && closer.to - closer.from).toBe(300n * S);
  const wider = press("-", { range: { from: 700n * S, to: 1000n * S }, cursor: 850n * S })?.range;
  expect(wider).toEqual({ from: 550n * S, to: 1150n * S });
});

test("L goes to the newest restorable instant at the live edge", () => {
  const far = { range: { from: 0n, to: 600n * S }, cursor: 100n * S };
  expect(press("l", far)).toEqual({ cursor: 1500n * S, range: { from: 1000n * S, to: 1600n * S } });
});

test("other keys stay the page's own", () => {
  expect([press("Tab"), press("x"), press("F5")]).toEqual([undefined, undefined, undefined]);
});
