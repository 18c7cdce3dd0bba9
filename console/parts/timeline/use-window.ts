import { useCallback, useEffect, useRef, useState } from "react";
import type { InstantRange } from "./restorable-view.ts";

const SETTLE_MS = 220;

interface Window {
  readonly range: InstantRange;
  /** Draws another window at once and tells the page when the movement has settled. */
  readonly preview: (range: InstantRange) => void;
  readonly commit: (range: InstantRange) => void;
}

/** The window that is drawn: ahead of the page's own while somebody drags or turns the wheel. */
export function useWindow(given: InstantRange, onChange: (range: InstantRange) => void): Window {
  const [ahead, setAhead] = useState<{ readonly range: InstantRange; readonly of: InstantRange } | null>(
    null,
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { from, to } = given;
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = useCallback(
    (range: InstantRange) => {
      clearTimeout(timer.current);
      setAhead({ range, of: { from, to } });
      onChange(range);
    },
    [onChange, from, to],
  );
  const preview = useCallback(
    (range: InstantRange) => {
      setAhead({ range, of: { from, to } });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => commit(range), SETTLE_MS);
    },
    [commit, from, to],
  );
  // Once the page's own window moves, it has caught up.
  const isAhead = ahead !== null && ahead.of.from === from && ahead.of.to === to;
  return { range: isAhead ? ahead.range : given, preview, commit };
}
