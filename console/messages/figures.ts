import { type Language, useSettings } from "../settings.tsx";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;

/** `2.88 TiB`, `418.2 GiB`, `0 B`: three or four digits that tell something. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = power === 0 ? 0 : value < 10 ? 2 : 1;
  return `${value.toFixed(digits)} ${UNITS[power]}`;
}

interface DurationUnit {
  readonly seconds: number;
  readonly names: Readonly<Record<Language, string>>;
}

const DURATION_UNITS: readonly DurationUnit[] = [
  { seconds: 86_400, names: { "zh-CN": "天", "en-US": "d" } },
  { seconds: 3600, names: { "zh-CN": "小时", "en-US": "h" } },
  { seconds: 60, names: { "zh-CN": "分", "en-US": "min" } },
  { seconds: 1, names: { "zh-CN": "秒", "en-US": "s" } },
];

/** The two largest units: `1 小时 9 分`, `1 h 9 min`; below a minute seconds alone. Cut, not rounded. */
export function formatDuration(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.floor(seconds));
  const first = DURATION_UNITS.findIndex((unit) => whole >= unit.seconds);
  const units = first < 0 ? DURATION_UNITS.slice(-1) : DURATION_UNITS.slice(first, first + 2);
  let rest = whole;
  const texts = units.map((unit, index) => {
    const count = Math.floor(rest / unit.seconds);
    rest -= count * unit.seconds;
    return index > 0 && count === 0 ? "" : `${count} ${unit.names[language]}`;
  });
  return texts.filter((text) => text !== "").join(" ");
}

/** `23 小时前`, `23 h ago`: the largest unit alone. */
export function formatAge(seconds: number, language: Language): string {
  const unit = DURATION_UNITS.find((candidate) => seconds >= candidate.seconds) ?? DURATION_UNITS[3];
  const count = Math.max(0, Math.floor(seconds / (unit?.seconds ?? 1)));
  return language === "zh-CN"
    ? `${count} ${unit?.names[language]}前`
    : `${count} ${unit?.names[language]} ago`;
}

interface Figures {
  readonly duration: (seconds: number) => string;
  readonly age: (seconds: number) => string;
  readonly bytes: (bytes: number) => string;
}

/** Figures in the viewer's words. */
export function useFigures(): Figures {
  const { language } = useSettings();
  return {
    duration: (seconds) => formatDuration(seconds, language),
    age: (seconds) => formatAge(seconds, language),
    bytes: formatBytes,
  };
}
