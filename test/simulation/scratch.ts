import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = /^holdfast-simulation-(\d+)-/;

/** In memory where the machine has a file system there; made once for a process, gone with it. */
const root = makeRoot();
process.on("exit", () => rmSync(root, { recursive: true, force: true }));
let made = 0;

function makeRoot(): string {
  const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  for (const name of readdirSync(place).filter(isLeftBehind)) {
    rmSync(join(place, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(place, `holdfast-simulation-${process.pid}-`));
}

/** A process that is killed cleans nothing up: the next one does. */
function isLeftBehind(name: string): boolean {
  const pid = NAME.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** A folder that nobody else has, gone with the process at the latest. */
export function newFolder(name: string): string {
  const folder = join(root, `${name}-${++made}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}
