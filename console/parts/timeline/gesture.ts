import { instantAt, type Scale } from "./geometry.ts";
import { marked, moved, scaled } from "./range.ts";
import type { InstantRange } from "./restorable-view.ts";

/** A drag from its first to its latest pixel. */
export interface Gesture {
  readonly kind: "pan" | "mark" | "handle";
  readonly startX: number;
  readonly x: number;
  /** The window when it began: all movement is counted from there. */
  readonly scale: Scale;
}

const CLICK_SLOP_PX = 4;

/** Shift marks a stretch to zoom into; the handle follows the pointer; anything else moves the window. */
export function gestureOf(
  press: { readonly x: number; readonly shiftKey: boolean },
  { scale, handleX }: { scale: Scale; handleX: number | null },
): Gesture {
  const isOnHandle = handleX !== null && Math.abs(handleX - press.x) <= 12;
  const kind = press.shiftKey ? "mark" : isOnHandle ? "handle" : "pan";
  return { kind, startX: press.x, x: press.x, scale };
}

export function isClick({ startX, x }: Gesture): boolean {
  return Math.abs(x - startX) < CLICK_SLOP_PX;
}

/** The window while a pan goes on: what was under the pointer stays under it. */
export function pannedRange({ scale, startX, x }: Gesture, now: bigint): InstantRange {
  const by = ((scale.to - scale.from) * BigInt(Math.round(startX - x))) / BigInt(scale.width);
  return moved(scale, { by, now });
}

export function markedRange({ scale, startX, x }: Gesture, now: bigint): InstantRange {
  return marked(scale, { a: startX, b: x, now });
}

/** One notch of a wheel (120) changes the window by a fifth; a pinch on a pad sends many small ones. */
export function wheeledRange(scale: Scale, wheel: { deltaY: number; x: number; now: bigint }): InstantRange {
  const factor = Math.min(4, Math.max(0.25, 1.0016 ** wheel.deltaY));
  return scaled(scale, { factor, at: instantAt(scale, wheel.x), now: wheel.now });
}

/** Two fingers: what lies between them stays between them. */
export function pinchedRange(scale: Scale, pinch: { factor: number; x: number; now: bigint }): InstantRange {
  return scaled(scale, { factor: pinch.factor, at: instantAt(scale, pinch.x), now: pinch.now });
}
