import { useEffect, useRef, useState } from "react";
import type { Target } from "./target.ts";

export interface ShownCard {
  readonly target: Target;
  readonly x: number;
}

const OPEN_MS = 80;
/** Long enough to bring the pointer from the mark into the card. */
const CLOSE_MS = 260;

interface CardState {
  readonly card: ShownCard | null;
  /** What is pointed at now; null off the plot and while something is dragged. */
  readonly point: (at: ShownCard | null) => void;
  /** At once: a click, a tap or Enter. */
  readonly open: (at: ShownCard) => void;
  readonly close: () => void;
  readonly hold: () => void;
}

export function useCard(): CardState {
  const [card, setCard] = useState<ShownCard | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pointed = useRef<string>("");
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (ms: number, next: ShownCard | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCard(next), ms);
  };
  return {
    card,
    point(at) {
      const key = at && tells(at.target) ? keyOf(at.target) : "";
      if (key === pointed.current) return;
      pointed.current = key;
      later(key === "" ? CLOSE_MS : OPEN_MS, key === "" ? null : at);
    },
    open(at) {
      clearTimeout(timer.current);
      if (tells(at.target)) setCard(at);
    },
    close() {
      clearTimeout(timer.current);
      setCard(null);
    },
    hold: () => clearTimeout(timer.current),
  };
}

/** Plain green needs no card: the hairline names the instant. */
function tells(target: Target): boolean {
  return target.kind !== "restorable" && target.kind !== "nothing";
}

function keyOf(target: Target): string {
  if (target.kind === "sets") return `sets ${target.cluster.kind} ${target.cluster.marks[0].setId}`;
  if (target.kind === "round") return `round ${target.round.destId} ${target.round.roundId}`;
  if (target.kind === "gap" || target.kind === "pending") return `gap ${target.gap.from}`;
  return target.kind;
}
