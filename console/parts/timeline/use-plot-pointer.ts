import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Scale } from "./geometry.ts";
import {
  type Gesture,
  gestureOf,
  isClick,
  markedRange,
  pannedRange,
  pinchedRange,
  wheeledRange,
} from "./gesture.ts";
import type { InstantRange } from "./restorable-view.ts";
import { useLatest } from "./use-latest.ts";

export interface Spot {
  readonly x: number;
  readonly y: number;
}

interface PointerRules {
  readonly plot: RefObject<HTMLElement | null>;
  readonly scale: Scale;
  readonly now: bigint;
  readonly handleX: number | null;
  readonly preview: (range: InstantRange) => void;
  readonly commit: (range: InstantRange) => void;
  readonly onClick: (spot: Spot) => void;
  readonly onDoubleClick: (spot: Spot) => void;
  readonly onHandle: (x: number) => void;
}

/** A second click within this time zooms instead. */
const DOUBLE_CLICK_MS = 230;

/** Hovering, clicking, dragging, marking and pinching over the plot. What they do is decided in gesture.ts. */
export function usePlotPointer(rules: PointerRules) {
  const [hover, setHover] = useState<Spot | null>(null);
  const [gesture, setGesture] = useState<Gesture | null>(null);
  const pinch = usePinch(rules);
  const click = useClicks(rules);
  const spotOf = (event: PointerEvent): Spot => {
    const box = rules.plot.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const go = (next: Gesture) => {
    setGesture(next);
    if (isClick(next)) return;
    if (next.kind === "pan") rules.preview(pannedRange(next, rules.now));
    if (next.kind === "handle") rules.onHandle(next.x);
  };
  const end = (event: PointerEvent) => {
    pinch.lift(event);
    setGesture(null);
    if (!gesture || event.type !== "pointerup") return;
    if (isClick(gesture)) click(spotOf(event));
    else if (gesture.kind === "mark") rules.commit(markedRange(gesture, rules.now));
    else if (gesture.kind === "pan") rules.commit(pannedRange(gesture, rules.now));
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      if (pinch.press(event, spotOf(event))) return setGesture(null);
      setGesture(gestureOf({ x: spotOf(event).x, shiftKey: event.shiftKey }, rules));
    },
    onPointerMove: (event: PointerEvent) => {
      const spot = spotOf(event);
      setHover(spot);
      if (pinch.move(event, spot)) return;
      if (gesture) go({ ...gesture, x: spot.x });
    },
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: () => setHover(null),
  };
  return { hover, gesture: gesture && !isClick(gesture) ? gesture : null, handlers };
}

function useClicks(rules: PointerRules): (spot: Spot) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useLatest(rules);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (spot) => {
    const isSecond = timer.current !== undefined;
    clearTimeout(timer.current);
    timer.current = undefined;
    if (isSecond) return latest.current.onDoubleClick(spot);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      latest.current.onClick(spot);
    }, DOUBLE_CLICK_MS);
  };
}

/** Two fingers at once; each method answers whether a pinch is going on. */
function usePinch(rules: PointerRules) {
  const fingers = useRef(new Map<number, Spot>());
  const start = useRef<{ distance: number; x: number; scale: Scale } | null>(null);
  const two = (): [Spot, Spot] | undefined => {
    const [a, b] = [...fingers.current.values()];
    return a && b ? [a, b] : undefined;
  };
  return {
    press(event: PointerEvent, spot: Spot): boolean {
      if (event.pointerType !== "touch") return false;
      fingers.current.set(event.pointerId, spot);
      const pair = two();
      start.current = pair
        ? { distance: distanceOf(pair), x: (pair[0].x + pair[1].x) / 2, scale: rules.scale }
        : null;
      return start.current !== null;
    },
    move(event: PointerEvent, spot: Spot): boolean {
      if (!fingers.current.has(event.pointerId)) return false;
      fingers.current.set(event.pointerId, spot);
      const pair = two();
      if (!pair || !start.current) return false;
      const { distance, x, scale } = start.current;
      rules.preview(pinchedRange(scale, { factor: distance / distanceOf(pair), x, now: rules.now }));
      return true;
    },
    lift(event: PointerEvent) {
      fingers.current.delete(event.pointerId);
      start.current = null;
    },
  };
}

function distanceOf([a, b]: readonly [Spot, Spot]): number {
  return Math.max(20, Math.abs(a.x - b.x));
}

/** Ctrl, ⌘ or a focused plot: otherwise the wheel belongs to the page. */
export function useWheelZoom(
  plot: RefObject<HTMLElement | null>,
  rules: { readonly scale: Scale; readonly now: bigint; preview(range: InstantRange): void },
) {
  const latest = useLatest(rules);
  useEffect(() => {
    const element = plot.current;
    if (!element) return undefined;
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return;
      event.preventDefault();
      const { scale, now } = latest.current;
      const x = event.clientX - element.getBoundingClientRect().left;
      latest.current.preview(wheeledRange(scale, { deltaY: event.deltaY, x, now }));
    };
    // React listens passively, which could not keep the browser from zooming the page.
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [plot, latest]);
}
