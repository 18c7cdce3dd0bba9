import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { functionLengths } from "./function-lengths.ts";

/** Style is a test. Each message says what to do instead. */
const root = join(import.meta.dirname, "..");
const rooms = ["src", "sandbox", "console", "test", "tools"];

interface Source {
  readonly path: string;
  readonly text: string;
}

const sources: readonly Source[] = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.includes("node_modules"))
    .map((name) => ({ path: join(room, name), text: readFileSync(join(root, room, name), "utf8") })),
);
const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith("test/");

/** Who may import whom: the arrows of docs/map.md. A room not named here may import everything. */
const ARROWS: readonly { readonly from: RegExp; readonly to: readonly RegExp[] }[] = [
  { from: /^src\/domain\//, to: [/^src\/domain\//] },
  { from: /^src\/api\//, to: [/^src\/api\//, /^src\/domain\//] },
  { from: /^src\/store\//, to: [/^src\/store\//, /^src\/domain\//] },
  { from: /^src\/oceanbase\//, to: [/^src\/oceanbase\//, /^src\/domain\//] },
  {
    from: /^src\/control\//,
    to: [/^src\/control\//, /^src\/store\//, /^src\/oceanbase\//, /^src\/domain\//],
  },
  {
    from: /^src\/http\//,
    to: [/^src\/http\//, /^src\/api\//, /^src\/control\//, /^src\/store\//, /^src\/domain\//],
  },
  { from: /^src\/cli\//, to: [/^src\/cli\//, /^src\/api\//, /^src\/domain\//, /^src\/config\.ts/] },
  { from: /^console\//, to: [/^console\//, /^src\/api\//, /^src\/domain\//] },
  { from: /^sandbox\//, to: [/^sandbox\//] },
];

test("imports follow the arrows of the map", () => {
  const wrong = sources.flatMap(({ path, text }) => {
    const arrow = ARROWS.find((each) => each.from.test(path));
    if (!arrow || isTest(path)) return [];
    return importsOf({ path, text })
      .filter((target) => !arrow.to.some((allowed) => allowed.test(target)))
      .map((target) => `${path} imports ${target}: move what both need down, or hand it in`);
  });
  expect(wrong).toEqual([]);
});

test("no file is longer than 400 lines", () => {
  const long = sources
    .filter(({ text }) => text.split("\n").length > 401)
    .map(({ path }) => `${path}: split it by noun`);
  expect(long).toEqual([]);
});

test("no function is longer than 60 lines and no component longer than 100", () => {
  const long = sources.flatMap(({ path, text }) =>
    functionLengths(text)
      .filter(({ name, lines }) => lines > (path.endsWith(".tsx") && /^[A-Z]/.test(name) ? 100 : 60))
      .filter(() => !isTest(path))
      .map(({ name, lines }) => `${path} ${name}: ${lines} lines; name its steps`),
  );
  expect(long).toEqual([]);
});

test("folders and files have the names of things, not of drawers", () => {
  const drawers = /^(utils?|helpers?|commons?|types?|services?|managers?|index)(\.tsx?)?$/;
  const found = sources.flatMap(({ path }) =>
    path
      .split("/")
      .filter((part) => drawers.test(part))
      .map(() => path),
  );
  expect(found).toEqual([]);
});

test("no two tests of one file have the same title", () => {
  const twice = sources
    .filter(({ path }) => isTest(path))
    .flatMap(({ path, text }) => {
      const titles = [...text.matchAll(/^\s*(?:test|it)\(\s*(["'`])(.+?)\1/gm)].map(
        (match) => match[2] ?? "",
      );
      return titles.filter((title, at) => titles.indexOf(title) !== at).map((title) => `${path}: ${title}`);
    });
  expect(twice).toEqual([]);
});

test("no test is skipped, focused or left for later", () => {
  const found = sources
    .filter(
      ({ path, text }) =>
        isTest(path) &&
        /\b(it|test|describe)\.(skip|todo|only)\(/.test(text.replace(/\.skip\(\s*[a-z!]/g, "")),
    )
    .map(({ path }) => path)
    .filter((path) => path !== "test/tidy.test.ts");
  expect(found).toEqual([]);
});

test("OceanBase's status words stay in src/oceanbase", () => {
  const words =
    /["'`](DOING|COMPLETED|INTERRUPTED|SUSPEND|SUSPENDING|STOPPING|AVAILABLE|COPYING|RESTORE_SUCCESS|RESTORE_FAIL)["'`]/;
  const found = sources
    .filter(
      ({ path, text }) =>
        path.startsWith("src/") &&
        !path.startsWith("src/oceanbase/") &&
        !isTest(path) &&
        words.test(codeOf(text)),
    )
    .map(({ path }) => `${path}: translate the word in src/oceanbase and compare ours`);
  expect(found).toEqual([]);
});

test("nothing in the tree is left for later", () => {
  const marker = new RegExp(["TO", "DO|FIX", "ME|XX", "X"].join(""));
  const found = sources
    .filter(({ path, text }) => marker.test(text) && path !== "test/tidy.test.ts")
    .map(({ path }) => path);
  expect(found).toEqual([]);
});

function importsOf({ path, text }: Source): readonly string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g)].map(
    (match) => match[1] ?? "",
  );
  return specifiers.map((specifier) => relative(root, join(root, dirname(path), specifier)));
}

function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
