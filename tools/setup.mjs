// Runs on the system's Node (20 or newer) before anything is installed: it must use nothing but Node itself.
// Installs what package-lock.json names, finds the pinned Node, builds the console when its sources changed, then runs
// one of the project's commands.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBrowser } from "./browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bin = join(root, "node_modules", ".bin");
const environment = {
  // Compiled once, not at every start: a second start is faster and keeps 19 MB less.
  NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "compiled"),
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
};

const commands = {
  install: () => 0,
  build: () => 0,
  start: (args) => node(["src/main.ts", "demo", ...args]),
  test: (args) => {
    ensureBrowser();
    return node(["tools/run-tests.ts", ...args]);
  },
  check: () => node(["tools/run-checks.ts"]),
  bench: (args) => node(["test/bench/main.ts", ...args]),
  "test:kernel": (args) => node(["test/seekdb/main.ts", ...args]),
  soak: (args) => node(["test/simulation/soak.ts", ...args]),
  "test:mutants": () => node(["test/simulation/test-mutants.ts"]),
  "test:tools": () => node(["test/tools/main.ts"]),
  "test:oceanbase": (args) => node(["test/kernel/main.ts", ...args]),
  record: (args) => node(["test/oceanbase/record.ts", ...args]),
};

/** What needs no page. */
const WITHOUT_CONSOLE = new Set(["install", "check", "test:kernel", "test:tools", "soak", "test:mutants"]);

const [asked = "install", ...args] = process.argv.slice(2);
const command = commands[asked];
if (!command) {
  console.error(`setup: no command ${JSON.stringify(asked)}; known: ${Object.keys(commands).join(", ")}`);
  process.exit(2);
}
install();
if (!WITHOUT_CONSOLE.has(asked)) buildConsole();
process.exit(command(args));

function install() {
  const wanted = digest([join(root, "package-lock.json")]);
  const stamp = join(root, "node_modules", ".holdfast-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("setup: installing what package-lock.json names (npm ci) …");
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (npm.status !== 0)
    fail("npm ci failed; see above. It needs the npm registry that npm is configured for.");
  // Fills the cache of compiled code, so that the first start is as fast and as small as every other.
  spawnSync(pinnedNode(), ["src/main.ts", "--version"], { cwd: root, env: environment, stdio: "ignore" });
  writeFileSync(stamp, wanted);
}

function buildConsole() {
  const wanted = digest([
    ...filesBelow(join(root, "console")),
    ...filesBelow(join(root, "src", "api")),
    ...filesBelow(join(root, "src", "domain")),
    join(root, "package-lock.json"),
  ]);
  const stamp = join(root, "dist", ".console-built");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("setup: building the console …");
  const vite = spawnSync(
    pinnedNode(),
    [
      join(root, "node_modules", "vite", "bin", "vite.js"),
      "build",
      "--config",
      "console/vite.config.ts",
      "--logLevel",
      "error",
    ],
    {
      cwd: root,
      env: environment,
      stdio: ["ignore", 2, 2],
    },
  );
  if (vite.status !== 0) fail("the console could not be built; see above.");
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Runs a program of ours with the pinned Node; Ctrl-C reaches it, and its exit code becomes ours. */
function node(argv) {
  process.on("SIGINT", () => {});
  const ran = spawnSync(pinnedNode(), argv, {
    cwd: root,
    env: { ...environment, HOLDFAST_CALLED_FROM: process.env.INIT_CWD ?? process.cwd() },
    stdio: "inherit",
  });
  return ran.status ?? 1;
}

function pinnedNode() {
  const pinned = join(bin, "node");
  if (existsSync(pinned)) return pinned;
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 24) return process.execPath;
  return fail(
    `there is no pinned Node for ${process.platform} ${process.arch}, and this one is ${process.version}. Install Node 24 or newer.`,
  );
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .toSorted()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.endsWith(".test.ts"));
}

function digest(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(path).update(readFileSync(path));
  return hash.digest("hex");
}

function fail(words) {
  console.error(`setup: ${words}`);
  process.exit(1);
}
