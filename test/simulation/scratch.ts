import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** In memory where the machine has a file system there; made once for a process, gone with it. */
const root = makeRoot();
process.on("exit", () => rmSync(root, { recursive: true, force: true }));
let made = 0;

function makeRoot(): string {
  const inMemory = "/dev/shm";
  try {
    return mkdtempSync(join(inMemory, "holdfast-simulation-"));
  } catch {
    return mkdtempSync(join(tmpdir(), "holdfast-simulation-"));
  }
}

/** A folder that nobody else has, gone with the process at the latest. */
export function newFolder(name: string): string {
  const folder = join(root, `${name}-${++made}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}
