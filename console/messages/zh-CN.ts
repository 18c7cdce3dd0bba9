export const zhCN = {
  "problem.code": "错误码",
  "problem.asReported": "原文",
} as const;
