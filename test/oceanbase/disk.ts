import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Disk } from "./stage.ts";

/** What is done below the destinations' directory is told like a statement. */
export function diskOf(base: string, tell: (done: string) => void): Disk {
  return {
    putFile(path) {
      mkdirSync(dirname(join(base, path)), { recursive: true });
      writeFileSync(join(base, path), "somebody else's");
      tell(`a file is put at ${path}`);
    },
    rename(from, to) {
      // A kernel makes the directory of its archive anew when it is away.
      rmSync(join(base, to), { recursive: true, force: true });
      renameSync(join(base, from), join(base, to));
      tell(`${from} is renamed ${to}`);
    },
  };
}
