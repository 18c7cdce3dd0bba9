import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Recording } from "./recording.ts";
import type { Disk } from "./stage.ts";

/** What is done below the destinations' directory is written down like a statement. */
export function diskOf({ base, recording }: { readonly base: string; readonly recording: Recording }): Disk {
  const tell = (done: string) => recording.add({ at: recording.at, done });
  return {
    putFile(path) {
      mkdirSync(dirname(join(base, path)), { recursive: true });
      writeFileSync(join(base, path), "somebody else's");
      tell(`a file is put at ${path}`);
    },
    rename(from, to) {
      renameSync(join(base, from), join(base, to));
      tell(`${from} is renamed ${to}`);
    },
  };
}
