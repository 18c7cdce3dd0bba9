import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Holdfast's own version, as package.json states it. */
export const HOLDFAST_VERSION: string = (
  JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8")) as {
    readonly version: string;
  }
).version;
