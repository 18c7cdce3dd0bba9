export type GlyphName =
  | "full"
  | "incremental"
  | "running"
  | "failed"
  | "done"
  | "waiting"
  | "warning"
  | "menu"
  | "overview"
  | "backup"
  | "operations"
  | "tenants"
  | "clusters"
  | "back"
  | "switch"
  | "caret"
  | "language"
  | "sun"
  | "moon"
  | "more"
  | "copy";

interface Shape {
  readonly path: string;
  readonly isFilled?: true;
  readonly dashes?: string;
}

/** Own drawings on a 16 px grid; they carry meaning beside words and are hidden from readers. */
const SHAPES: Readonly<Record<GlyphName, Shape>> = {
  full: { path: "M8 2.5 14 13.5H2Z", isFilled: true },
  incremental: { path: "M8 3.2 13.4 13H2.6Z" },
  running: { path: "M8 3.2 13.4 13H2.6Z", dashes: "2 2" },
  failed: { path: "M4 4l8 8M12 4l-8 8" },
  done: { path: "M3 8.5l3.2 3.2L13 5" },
  waiting: { path: "M3 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0" },
  warning: { path: "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M8 4.5v4.5M8 11v.6" },
  menu: { path: "M2 4h12M2 8h12M2 12h12" },
  overview: { path: "M1.5 13.5v-4h3v4zM6.5 13.5V7h3v6.5zM11.5 13.5v-11h3v11z" },
  backup: { path: "M6 1.5h8.5V10H6zM10 10v4.500H1.500V6H6" },
  operations: { path: "M2 2.500h12v11H2zM2 5.500h12M5 8.500h1M8 8.500h3.500M5 11h1M8 11h3.500" },
  tenants: {
    path: "M8 1.500 13.800 4.800v6.400L8 14.500 2.200 11.200V4.800ZM8 5.500l2.200 1.200v2.500L8 10.500 5.800 9.200V6.700Z",
  },
  clusters: {
    path: "M8 1.500l2.800 1.600v3L8 7.700 5.200 6.100v-3ZM4.500 8l2.800 1.600v3L4.500 14.200 1.700 12.600v-3ZM11.500 8l2.800 1.600v3l-2.800 1.600-2.800-1.600v-3Z",
  },
  back: { path: "M10 3 5 8l5 5" },
  switch: { path: "M5 3v10l-2.500-2.500M11 13V3l2.500 2.500" },
  caret: { path: "M6 4l5 4-5 4Z", isFilled: true },
  language: {
    path: "M2 3.500h7M5.500 2v1.500M8 3.500C7.500 6 5 8.500 2 9.500M3.500 5.500C4.500 7.500 6.500 9 8.500 9.500M8.500 14 11.200 7.500 14 14M9.500 12h3.400",
  },
  sun: {
    path: "M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6M8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1.100 1.100M11.900 11.900 13 13M3 13l1.100-1.100M11.900 4.100 13 3",
  },
  moon: { path: "M13.500 9.500A6 6 0 0 1 6.500 2.500a6 6 0 1 0 7 7Z" },
  more: { path: "M3 8h.010M8 8h.010M13 8h.010" },
  copy: { path: "M5.500 5.500h8v9h-8zM3 11V2h8" },
};

interface GlyphProps {
  readonly name: GlyphName;
  readonly size?: number;
}

export function Glyph({ name, size = 14 }: GlyphProps) {
  const shape = SHAPES[name];
  return (
    <svg className={`glyph glyph-${name}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path
        d={shape.path}
        fill={shape.isFilled ? "currentColor" : "none"}
        stroke="currentColor"
        strokeWidth={shape.isFilled ? 0 : 1.4}
        strokeDasharray={shape.dashes}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
