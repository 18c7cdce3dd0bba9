import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SettingError } from "./config.ts";
import { FolderError, prepareFolder } from "./folder.ts";

const root = mkdtempSync(join(tmpdir(), "holdfast-folder-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a folder and those above it are made for their owner alone, and a second time they are there", () => {
  const dir = join(root, "a", "b");
  prepareFolder(dir);
  prepareFolder(dir);
  expect(statSync(dir).mode & 0o777).toBe(0o700);
});

test("a file in the folder's place, or above it, is wrong usage and named", () => {
  const file = join(root, "file");
  writeFileSync(file, "");
  expect(() => prepareFolder(file)).toThrow(SettingError);
  expect(() => prepareFolder(join(file, "below", "it"))).toThrow(`${JSON.stringify(file)} in `);
});

test("where nothing can be made, one sentence says so and the call comes back", () => {
  expect(() => prepareFolder("/proc/holdfast/data")).toThrow(FolderError);
});
