import type { MarkCluster } from "./dense.ts";

interface MarkShapeProps {
  readonly shape: MarkCluster["shape"];
  /** Centre of the mark. */
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  /** Not restorable, though it succeeded. */
  readonly isPale?: boolean;
}

/** ▲ full, △ incremental, × failed, dashed △ running: the shape tells the kind, not the colour. */
export function MarkShape({ shape, x, y, size = 12, isPale = false }: MarkShapeProps) {
  const half = size / 2;
  const name = `tl-mark tl-mark-${shape}${isPale ? " tl-mark-pale" : ""}`;
  if (shape === "failed") {
    const arm = half * 0.6;
    return (
      <path
        className={name}
        d={`M${x - arm} ${y - arm}L${x + arm} ${y + arm}M${x + arm} ${y - arm}L${x - arm} ${y + arm}`}
      />
    );
  }
  return <path className={name} d={`M${x} ${y - half}L${x + half} ${y + half}L${x - half} ${y + half}Z`} />;
}
