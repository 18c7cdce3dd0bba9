import { expect, test } from "vitest";
import { formatAge, formatBytes, formatDuration } from "./figures.ts";

test("a duration is told in its two largest units and cut", () => {
  expect(formatDuration(4199, "zh-CN")).toBe("1 小时 9 分");
  expect(formatDuration(119.9, "en-US")).toBe("1 min 59 s");
  expect(formatDuration(86_400, "en-US")).toBe("1 d");
  expect(formatDuration(0.4, "zh-CN")).toBe("0 秒");
});

test("an age is told in its largest unit", () => {
  expect(formatAge(83_000, "zh-CN")).toBe("23 小时前");
  expect(formatAge(2, "en-US")).toBe("2 s ago");
});

test("bytes are told with the unit that leaves few digits", () => {
  expect(formatBytes(0)).toBe("0 B");
  expect(formatBytes(1023)).toBe("1023 B");
  expect(formatBytes(449_045_790_720)).toBe("418.2 GiB");
  expect(formatBytes(3_166_593_487_995)).toBe("2.88 TiB");
});
