import { SECOND_NS, scn } from "../domain/scn.ts";

/** How the command line writes figures. Times in this machine's zone with their offset. */
export function instantWords(scnText: string | null): string {
  if (scnText === null || scnText === "0") return "—";
  const value = scn(scnText);
  const seconds = Number(value / SECOND_NS);
  const fraction = String(value % SECOND_NS)
    .padStart(9, "0")
    .slice(0, 6);
  return `${localWords(seconds * 1000)}.${fraction} ${offsetWords(new Date(seconds * 1000))}`;
}

export function microsWords(micros: number | null): string {
  return micros === null ? "—" : localWords(Math.floor(micros / 1000));
}

function localWords(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function offsetWords(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const two = (n: number) => String(n).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

export function sizeWords(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : 1)} ${units[unit]}`;
}

/** The two largest units: `1 h 9 min`. */
export function durationWords(seconds: number): string {
  const parts: readonly [string, number][] = [
    ["d", 86400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ];
  let rest = Math.max(0, Math.round(seconds));
  const words: string[] = [];
  for (const [unit, size] of parts) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  return words.slice(0, 2).join(" ") || "0 s";
}

/** Length of a range of SCNs in words. */
export function lengthWords(from: string, to: string): string {
  return durationWords(Number((scn(to) - scn(from)) / SECOND_NS));
}
