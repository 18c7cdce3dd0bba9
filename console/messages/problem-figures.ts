import type { ProblemBody, ProblemValue } from "../../src/domain/problem.ts";
import { formatInstant, instantOfIso } from "../parts/time.tsx";
import { formatBytes } from "./figures.ts";

/** What the server names with English words inside a problem's figures. */
const WORDS_ZH: Readonly<Record<string, string>> = {
  memory: "内存",
  "log disk": "日志盘",
  "data disk": "数据盘",
  data: "数据备份",
  archive: "日志备份",
  "Backing up a whole cluster": "备份整个集群",
  "Backup policies": "备份策略",
  "no-backup-yet": "还没有备份",
  "set-failed": "备份集失败",
  "set-running": "备份集正在备份",
  "set-not-covered": "日志还没有覆盖备份集",
  "archive-stopped": "日志归档停止",
  "archive-interrupted": "日志归档中断",
  "archive-suspended": "日志归档暂停",
  "no-set-in-round": "新一轮归档中还没有可用的备份集",
  "piece-deleted": "日志分片已删除",
  "piece-unavailable": "日志分片不可用",
  "piece-missing": "缺少日志分片",
  "set-deleted": "备份集已删除",
  "set-unavailable": "备份集不可用",
  "chain-broken": "备份链断开",
  "not-archived-yet": "日志还没有归档到这里",
  "no-archive": "没有日志归档",
};

const SIZES = new Set(["need", "free", "missing"]);
const AMOUNTS = new Set([...SIZES, "found", "least"]);

/** A problem's figures as a Chinese sentence takes them: times in the viewer's zone, sizes with units, words translated. */
export function figuresZh(values: ProblemBody["values"], zone: string): Record<string, string | undefined> {
  const isCpu = values.part === "CPU";
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, figure({ name, value, zone, isCpu })]),
  );
}

interface Figure {
  readonly name: string;
  readonly value: ProblemValue;
  readonly zone: string;
  readonly isCpu: boolean;
}

function figure({ name, value, zone, isCpu }: Figure): string | undefined {
  if (value === null) return undefined;
  // A Latin word between Chinese ones stands free.
  if (name === "part" && isCpu) return " CPU ";
  if (isCpu && AMOUNTS.has(name) && typeof value !== "object") return `${value} 核`;
  if (typeof value === "object") return value.map((item) => WORDS_ZH[item] ?? item).join("，");
  if (typeof value === "number") return SIZES.has(name) ? formatBytes(value) : String(value);
  const instant = name.endsWith("Time") ? instantOfIso(value) : undefined;
  return instant === undefined ? (WORDS_ZH[value] ?? value) : formatInstant(instant, { zone, style: "full" });
}
