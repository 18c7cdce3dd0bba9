import type { MarkCluster } from "./dense.ts";
import type { Drawn } from "./drawn.ts";
import { instantAt, type Scale, xOf } from "./geometry.ts";
import { type Gap, isPending, type Round } from "./restorable-view.ts";

/** What lies under the pointer. */
export type Target =
  | { readonly kind: "sets"; readonly cluster: MarkCluster }
  | { readonly kind: "round"; readonly round: Round }
  | { readonly kind: "gap"; readonly gap: Gap }
  | { readonly kind: "pending"; readonly gap: Gap }
  | { readonly kind: "unknown"; readonly since: bigint }
  | { readonly kind: "restorable" }
  | { readonly kind: "nothing" };

type Surface = Pick<Drawn, "view" | "layout" | "scale" | "band" | "clusters">;

const MARK_REACH_PX = 11;

/** `x` counts from the plot's left edge, `y` from the drawing's top. What is drawn under the pointer decides. */
export function targetAt(drawn: Surface, { x, y }: { readonly x: number; readonly y: number }): Target {
  const { layout, view, scale } = drawn;
  if (y >= layout.sets.top - 4 && y < layout.axis) {
    const near = drawn.clusters.filter((cluster) => Math.abs(cluster.x - x) <= MARK_REACH_PX);
    const [nearest] = near.toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x));
    if (nearest) return { kind: "sets", cluster: nearest };
  }
  if (y >= layout.log.top - 4 && y < layout.log.top + layout.log.height + 4) {
    const round = view.rounds.findLast((item) => xOf(scale, item.from) <= x && x <= xOf(scale, item.to));
    if (round) return { kind: "round", round };
  }
  return bandTargetAt(drawn, x);
}

function bandTargetAt({ band, view, scale }: Surface, x: number): Target {
  const covers = ({ start, end }: { start: number; end: number }) => start <= x && x < end;
  const gap = band.gaps
    .filter(covers)
    .toSorted((a, b) => Number(isPending(a.item)) - Number(isPending(b.item)))[0]?.item;
  if (gap) return { kind: isPending(gap) ? "pending" : "gap", gap };
  if (band.greens.some(covers)) return { kind: "restorable" };
  if (x > xOf(scale, view.now)) return { kind: "unknown", since: view.now };
  return { kind: "nothing" };
}

/** Pixels are coarse; a chosen instant falls on the roundest clock time that the pixel holds. */
const ROUND_NS = [600, 60, 10, 1].map((seconds) => BigInt(seconds) * 1_000_000_000n);

export function roundInstantAt(scale: Scale, x: number): bigint {
  const exact = instantAt(scale, x);
  const pixel = (scale.to - scale.from) / BigInt(scale.width);
  const unit = ROUND_NS.find((nanos) => nanos <= pixel) ?? (pixel >= 1_000_000n ? 1_000_000n : 1_000n);
  return exact - (exact % unit);
}
