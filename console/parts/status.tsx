import type { ReactNode } from "react";

export type Tone = "good" | "bad" | "running" | "quiet" | "warning";

interface StatusProps {
  readonly tone: Tone;
  readonly children: ReactNode;
}

/** Dot and word: never the colour alone. */
export function Status({ tone, children }: StatusProps) {
  return (
    <span className="status">
      <i className={`dot dot-${tone}`} />
      {children}
    </span>
  );
}

interface ShareProps {
  /** 0 to 1; null where OceanBase gives nothing to compute it from. */
  readonly fraction: number | null;
  /** What makes progress, for readers. */
  readonly label: string;
}

/** How far something is; moves as often as the server tells, without stripes. */
export function Share({ fraction, label }: ShareProps) {
  if (fraction === null) return null;
  const percent = Math.floor(fraction * 100);
  return (
    <span className="share">
      <progress max={100} value={percent} aria-label={label} />
      <strong>{percent}%</strong>
    </span>
  );
}
