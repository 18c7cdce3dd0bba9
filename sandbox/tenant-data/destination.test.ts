import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkFormat, type FormatRequest, readFormat, writeFormat } from "./destination.ts";
import { makePlace, refusedWith, SOURCE, type TestPlace } from "./tenant-in-test.ts";

let place: TestPlace;
let request: FormatRequest;

beforeEach(() => {
  place = makePlace();
  request = { type: "backup_data", destination: place.data, source: SOURCE, at: 1_700_000_000_000_000 };
});

afterEach(() => fs.rmSync(place.root, { recursive: true, force: true }));

test("an empty or missing directory is marked, and marking it again keeps its mark", () => {
  writeFormat(request);
  writeFormat(request);
  expect(readFormat(place.data.directory)).toMatchObject({
    type: "backup_data",
    destId: 1002,
    tenantName: "shop",
  });
  expect(fs.readdirSync(path.join(place.data.directory, "check_file"))).toEqual([
    "1002_connect_file_20231115T061320.obbak",
  ]);
});

test("a directory with other files and no mark is refused with 9080", () => {
  fs.mkdirSync(place.data.directory);
  fs.writeFileSync(path.join(place.data.directory, "holiday.jpg"), "");
  expect(refusedWith(() => writeFormat(request))).toBe(9080);
});

test.each([
  ["cluster", { source: { ...SOURCE, clusterId: 2 } }],
  ["cluster name", { source: { ...SOURCE, clusterName: "lab" } }],
  ["tenant", { source: { ...SOURCE, tenantId: 1004 } }],
  ["type", { type: "archive_log" as const }],
])("a mark of another %s is refused with 9081", (_what, change) => {
  writeFormat(request);
  expect(refusedWith(() => writeFormat({ ...request, ...change }))).toBe(9081);
  expect(refusedWith(() => checkFormat({ ...request, ...change }))).toBe(9081);
});

test("a mark of another path or DEST_ID is refused with 9081, a newer version of the same tenant is not", () => {
  writeFormat(request);
  expect(
    refusedWith(() => checkFormat({ ...request, destination: { ...place.data, uri: "file:///x" } })),
  ).toBe(9081);
  expect(refusedWith(() => checkFormat({ ...request, destination: { ...place.data, id: 1003 } }))).toBe(9081);
  const newer = { ...SOURCE, version: "4.3.5.1", compatible: "4.3.5.1" };
  expect(() => checkFormat({ ...request, source: newer })).not.toThrow();
});

test("when a job starts a lost mark gets 9080 and a lost directory 9070", () => {
  writeFormat(request);
  fs.rmSync(path.join(place.data.directory, "format.obbak"));
  expect(refusedWith(() => checkFormat(request))).toBe(9080);
  fs.rmSync(place.data.directory, { recursive: true });
  expect(refusedWith(() => checkFormat(request))).toBe(9070);
});

test("4.3.x adds its advice to the text, 4.2.x does not", () => {
  fs.mkdirSync(place.data.directory);
  const text = "format file does not exist";
  expect(() => checkFormat(request)).toThrow(new RegExp(`^${text}$`));
  const on43 = { ...request, source: { ...SOURCE, version: "4.3.5.1" } };
  expect(() => checkFormat(on43)).toThrow(`${text}, try to set a new directory.`);
});

test("a path below a file is not reachable (9070)", () => {
  fs.writeFileSync(path.join(place.root, "file"), "");
  const directory = path.join(place.root, "file", "data");
  expect(refusedWith(() => writeFormat({ ...request, destination: { ...place.data, directory } }))).toBe(
    9070,
  );
});

test.skipIf(process.getuid?.() === 0)("a directory that may not be written is refused with 9071", () => {
  fs.mkdirSync(place.data.directory, { mode: 0o500 });
  expect(refusedWith(() => writeFormat(request))).toBe(9071);
});
