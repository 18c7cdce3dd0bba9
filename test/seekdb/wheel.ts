import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Exactly this one: later wheels open no port from Python. */
const VERSION = "1.2.0";
/** Not in node_modules itself: `npm ci` would throw 660 MB away with every change of a dependency. */
const FOLDER = join(import.meta.dirname, "..", "..", ".holdfast", `seekdb-${VERSION}`);
/** 162 MB. */
const DOWNLOAD_MS = 600_000;
const MACHINES = ["x64", "arm64"];

/** Python with the wheel on its path, or why there is none. */
export type Wheel = { readonly python: string; readonly path: string } | { readonly reason: string };

/** Installs the wheel where it is missing. Never throws: a machine that cannot have it is told so. */
export function fetchWheel(): Wheel {
  const machine = `${process.platform} ${process.arch}`;
  if (process.platform !== "linux" || !MACHINES.includes(process.arch)) {
    return { reason: `there is no wheel of seekdb for ${machine}, only for Linux on x86-64 and arm64` };
  }
  const python = process.env.PYTHON ?? "python3";
  const asked = spawnSync(python, ["-c", "import sys; print(sys.version_info >= (3, 8))"], {
    encoding: "utf8",
  });
  if (asked.status !== 0) return { reason: `there is no ${python} here` };
  if (asked.stdout.trim() !== "True") return { reason: `${python} is older than Python 3.8` };
  return existsSync(join(FOLDER, "complete")) ? { python, path: FOLDER } : install(python);
}

function install(python: string): Wheel {
  if (spawnSync(python, ["-m", "pip", "--version"]).status !== 0) return { reason: `${python} has no pip` };
  console.log(`Fetching seekdb ${VERSION} (162 MB, once) into ${FOLDER} …`);
  rmSync(FOLDER, { recursive: true, force: true });
  const pip = spawnSync(
    python,
    "-m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --retries 1 --target"
      .split(" ")
      .concat(FOLDER, `pylibseekdb==${VERSION}`),
    { encoding: "utf8", timeout: DOWNLOAD_MS },
  );
  if (pip.status !== 0)
    return { reason: `pip could not fetch pylibseekdb==${VERSION}: ${lastWords(pip.stderr)}` };
  mkdirSync(join(FOLDER, "complete"));
  return { python, path: FOLDER };
}

function lastWords(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  return lines.at(-1)?.trim() ?? "it did not end in time";
}
