import { answerAt, landmarksOf, nextLandmark } from "./answer-at.ts";
import { liveRange, moved, paged, scaled } from "./range.ts";
import type { InstantRange, RestorableView } from "./restorable-view.ts";
import { smallStep } from "./ticks.ts";

/** What a key does to the timeline: another instant, another window, or something for the page. */
export interface KeyEffect {
  readonly cursor?: bigint;
  readonly range?: InstantRange;
  readonly command?: "enter" | "table" | "close";
}

export interface KeyState {
  readonly cursor: bigint;
  readonly range: InstantRange;
  readonly view: RestorableView;
}

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
}

type Reaction = (state: KeyState, times: bigint) => KeyEffect;

const step =
  (by: bigint): Reaction =>
  (state, times) =>
    moveTo(state, state.cursor + by * times * smallStep(state.range));
const page =
  (by: -1 | 1): Reaction =>
  (state) => {
    const range = paged(state.range, { by, now: state.view.now });
    return { range, cursor: within(range, state.cursor + range.from - state.range.from) };
  };
const zoom =
  (factor: number): Reaction =>
  ({ cursor, range, view }) => ({
    range: scaled(range, { factor, at: cursor, now: view.now }),
  });
const landmark =
  (by: -1 | 1): Reaction =>
  (state) => {
    const next = nextLandmark(landmarksOf(state.view), { at: state.cursor, by });
    return next === null ? {} : moveTo(state, next);
  };
const live: Reaction = ({ range, view }) => {
  const next = liveRange(view.now, range.to - range.from);
  return { range: next, cursor: latestOf(view) };
};

const REACTIONS: Readonly<Record<string, Reaction>> = {
  ArrowLeft: step(-1n),
  ArrowDown: step(-1n),
  ArrowRight: step(1n),
  ArrowUp: step(1n),
  PageUp: page(-1),
  PageDown: page(1),
  "+": zoom(0.5),
  "=": zoom(0.5),
  "-": zoom(2),
  _: zoom(2),
  Home: (state) => ({ cursor: state.range.from }),
  End: (state) => ({ cursor: within({ from: state.range.from, to: state.view.now }, state.range.to) }),
  l: live,
  n: landmark(1),
  p: landmark(-1),
  Enter: () => ({ command: "enter" }),
  t: () => ({ command: "table" }),
  Escape: () => ({ command: "close" }),
};

/** Undefined: the key is not the timeline's. Shift goes ten times as far. */
export function effectOf(pressed: Pressed, state: KeyState): KeyEffect | undefined {
  const key = /^[A-Z]$/.test(pressed.key) ? pressed.key.toLowerCase() : pressed.key;
  return REACTIONS[key]?.(state, pressed.shiftKey ? 10n : 1n);
}

/** The newest restorable instant: where the cursor begins. */
export function latestOf(view: RestorableView): bigint {
  return view.verdict.latest ?? view.now;
}

/** Never into the future that nobody has observed; the window follows the cursor. */
function moveTo({ range, view }: KeyState, wanted: bigint): KeyEffect {
  const cursor = wanted > view.now ? view.now : wanted < 0n ? 0n : wanted;
  if (cursor >= range.from && cursor <= range.to) return { cursor };
  const by = cursor < range.from ? cursor - range.from : cursor - range.to;
  return { cursor, range: moved(range, { by, now: view.now }) };
}

function within(range: InstantRange, at: bigint): bigint {
  return at < range.from ? range.from : at > range.to ? range.to : at;
}

/** What Enter offers: a restore where one is possible, otherwise the card that says why not. */
export function isRestorableAt(view: RestorableView, at: bigint): boolean {
  return answerAt(view, at).kind === "restorable";
}
