import { expect, test } from "vitest";
import type { ProblemBody } from "../../src/domain/problem.ts";
import { problemText } from "./problem-text.ts";

const inGap: ProblemBody = {
  code: "instant-in-gap",
  found: "2026-11-19T00:30:00.000000000Z cannot be restored.",
  remedy: "Nearest restorable instant: 2026-11-18T13:40:12.481937000Z.",
  values: {
    instantTime: "2026-11-19T00:30:00.000000000Z",
    gapFromTime: "2026-11-18T13:40:12.481938000Z",
    gapToTime: "2026-11-19T02:41:07.310442000Z",
    beforeTime: "2026-11-18T13:40:12.481937000Z",
    afterTime: "2026-11-19T02:41:07.310443000Z",
    cause: "archive-interrupted",
  },
  oceanbase: null,
};
const shanghai = { language: "zh-CN", zone: "Asia/Shanghai" } as const;

test("a refused instant is told in Chinese, in the viewer's zone, to the microsecond", () => {
  expect(problemText(inGap, shanghai)).toEqual({
    found:
      "2026-11-19 08:30:00.000000 +08:00 这一刻不可恢复。它在缺口内：2026-11-18 21:40:12.481938 +08:00 至 2026-11-19 10:41:07.310442 +08:00，日志归档中断。",
    remedy: "最近可恢复：之前 2026-11-18 21:40:12.481937 +08:00，之后 2026-11-19 10:41:07.310443 +08:00。",
  });
});

test("a gap that is still open names only the instant before it", () => {
  const open = { ...inGap, values: { ...inGap.values, afterTime: null } };
  expect(problemText(open, shanghai).remedy).toBe("最近可恢复：之前 2026-11-18 21:40:12.481937 +08:00。");
});

test("the server's own sentence stands where a figure of the translation did not come", () => {
  const bare = { ...inGap, values: {} };
  expect(problemText(bare, shanghai)).toEqual({ found: inGap.found, remedy: inGap.remedy });
});

test("English readers get the server's sentences as they are", () => {
  expect(problemText(inGap, { language: "en-US", zone: "UTC" }).found).toBe(inGap.found);
});
