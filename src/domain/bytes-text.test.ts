import { expect, test } from "vitest";
import { bytesText } from "./bytes-text.ts";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1 KiB"],
  [1536, "1.50 KiB"],
  [512 * 2 ** 20, "512 MiB"],
  [1.21 * 2 ** 40, "1.21 TiB"],
  [12.34 * 2 ** 30, "12.3 GiB"],
  [2000 * 2 ** 50, "2000 PiB"],
])("%d bytes are %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
