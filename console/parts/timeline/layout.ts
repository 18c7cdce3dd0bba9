import type { Language } from "../../settings.tsx";

/** Where everything stands, in px from the top left of the drawing. Depends on the room alone, never on the data. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Lane names stand above their lanes instead of beside them. */
  readonly isNarrow: boolean;
  /** Left edge and width of the plot; `reserve` px right of it are kept for "now" and what runs. */
  readonly left: number;
  readonly plot: number;
  readonly reserve: number;
  readonly band: Row;
  readonly log: Row;
  readonly sets: Row;
  readonly axis: number;
  readonly strip: Row;
}

export interface Row {
  readonly top: number;
  readonly height: number;
}

const NARROW_BELOW = 560;
const LABELS: Readonly<Record<Language, number>> = { "zh-CN": 112, "en-US": 128 };
const HEAD = 28;
const LANE_NAME = 24;
const CAPTIONS = 30;
const SETS = 48;
const AXIS = 44;
const STRIP = 14;
const STRIP_LABELS = 26;

export function layoutOf(room: {
  readonly width: number;
  readonly language: Language;
  readonly size: "full" | "compact";
}): Layout {
  const isNarrow = room.width < NARROW_BELOW;
  const left = isNarrow ? 0 : LABELS[room.language];
  const reserve = isNarrow ? 10 : room.size === "compact" ? 24 : 64;
  const name = isNarrow ? LANE_NAME : 0;
  const band = { top: HEAD + name, height: room.size === "compact" ? 36 : 44 };
  const log = { top: band.top + band.height + (isNarrow ? 8 + name : CAPTIONS), height: 20 };
  const sets = { top: log.top + log.height + name, height: isNarrow ? 40 : SETS };
  const axis = sets.top + sets.height;
  const strip = { top: axis + AXIS, height: STRIP };
  return {
    width: room.width,
    height: strip.top + STRIP + STRIP_LABELS,
    isNarrow,
    left,
    plot: Math.max(40, Math.floor(room.width - left - reserve)),
    reserve,
    band,
    log,
    sets,
    axis,
    strip,
  };
}
