import type { zhCN } from "./zh-CN.ts";

export const enUS: Readonly<Record<keyof typeof zhCN, string>> = {
  "problem.code": "Code",
  "problem.asReported": "As reported",
};
