import type { Pixels } from "./geometry.ts";
import type { Mark } from "./restorable-view.ts";

/** Gaps closer than this share a caption; marks closer than the other become one. */
const CAPTION_DISTANCE_PX = 12;
const MARK_DISTANCE_PX = 14;
const CAPTION_SPACE_PX = 8;

/** An estimate good enough to decide what fits: wide characters are as wide as the type is high. */
export function textWidth(text: string, fontPx: number): number {
  let ems = 0;
  for (const letter of text) ems += letter.charCodeAt(0) > 0x2e80 ? 1 : 0.56;
  return Math.ceil(ems * fontPx);
}

export interface Cluster<Item> {
  readonly items: readonly [Item, ...Item[]];
  readonly start: number;
  readonly end: number;
}

/** Neighbours whose edges are less than `distance` apart, from left to right. */
export function clustersOf<Item extends Pixels>(items: readonly Item[], distance: number): Cluster<Item>[] {
  const clusters: Cluster<Item>[] = [];
  for (const item of [...items].toSorted((a, b) => a.start - b.start)) {
    const last = clusters.at(-1);
    if (last && item.start - last.end < distance) {
      clusters[clusters.length - 1] = {
        items: [...last.items, item],
        start: last.start,
        end: Math.max(last.end, item.end),
      };
    } else {
      clusters.push({ items: [item], start: item.start, end: item.end });
    }
  }
  return clusters;
}

export interface Caption<Item> {
  readonly items: readonly [Item, ...Item[]];
  readonly text: string;
  /** Where the text is centred, and the middle of what it names. */
  readonly x: number;
  readonly anchor: number;
}

/**
 * One caption per cluster of gaps, centred under it, shifted to stay inside, the longest wording that its neighbours
 * leave room for. `wordings` come longest first; where even the last does not fit there is none.
 */
export function captionsOf<Item extends Pixels>(
  gaps: readonly Item[],
  { width, fontPx, wordings }: CaptionRules<Item>,
): Caption<Item>[] {
  const [firstGap] = gaps;
  const shortest = firstGap ? textWidth(wordings([firstGap]).at(-1) ?? "", fontPx) : 0;
  const clusters = clustersOf(gaps, Math.max(CAPTION_DISTANCE_PX, shortest));
  const captions: Caption<Item>[] = [];
  let taken = 0;
  clusters.forEach((cluster, index) => {
    const anchor = (cluster.start + cluster.end) / 2;
    const next = clusters[index + 1];
    const limit = next ? (anchor + (next.start + next.end) / 2) / 2 - CAPTION_SPACE_PX / 2 : width;
    const placed = place(wordings(cluster.items), {
      anchor,
      from: taken,
      to: Math.max(limit, cluster.end),
      fontPx,
    });
    if (!placed) return;
    captions.push({ items: cluster.items, anchor, text: placed.text, x: placed.x });
    taken = placed.end + CAPTION_SPACE_PX;
  });
  return captions;
}

export interface CaptionRules<Item> {
  readonly width: number;
  readonly fontPx: number;
  readonly wordings: (items: readonly [Item, ...Item[]]) => readonly string[];
}

function place(
  wordings: readonly string[],
  room: { readonly anchor: number; readonly from: number; readonly to: number; readonly fontPx: number },
): { text: string; x: number; end: number } | undefined {
  for (const text of wordings) {
    const width = textWidth(text, room.fontPx);
    if (room.to - room.from < width) continue;
    const start = Math.min(Math.max(room.anchor - width / 2, room.from), room.to - width);
    return { text, x: start + width / 2, end: start + width };
  }
  return undefined;
}

export interface MarkSpot {
  readonly mark: Mark;
  readonly x: number;
}

export interface MarkCluster {
  readonly kind: "sets" | "failures";
  readonly shape: "full" | "incremental" | "failed" | "running";
  readonly marks: readonly [Mark, ...Mark[]];
  readonly x: number;
}

/** A set that is gone or broken keeps its shape; only a failed one is a cross. */
export function shapeOf(mark: Pick<Mark, "status" | "type">): MarkCluster["shape"] {
  if (mark.status === "failed") return "failed";
  return mark.status === "running" ? "running" : mark.type;
}

/** Marks that would touch become one with a count. Failures never hide among successes. */
export function markClustersOf(spots: readonly MarkSpot[]): MarkCluster[] {
  const failed = spots.filter(({ mark }) => mark.status === "failed");
  const rest = spots.filter(({ mark }) => mark.status !== "failed");
  return [...gather(rest, "sets"), ...gather(failed, "failures")].toSorted((a, b) => a.x - b.x);
}

function gather(spots: readonly MarkSpot[], kind: MarkCluster["kind"]): MarkCluster[] {
  const pixels = spots.map((spot) => ({ ...spot, start: spot.x, end: spot.x }));
  return clustersOf(pixels, MARK_DISTANCE_PX).map(({ items }) => {
    const strongest = items.find(({ mark }) => shapeOf(mark) === "full") ?? items[0];
    const [first, ...rest] = items;
    return {
      kind,
      shape: shapeOf(strongest.mark),
      marks: [first.mark, ...rest.map(({ mark }) => mark)] as const,
      x: strongest.x,
    };
  });
}
