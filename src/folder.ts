import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { SettingError } from "./config.ts";

/** The folder cannot be had although it was named well: full, read-only, somebody else's. */
export class FolderError extends Error {
  override readonly name = "FolderError";
}

/** Makes the folder and those above it, for its owner alone; proves that files can be made in it. */
export function prepareFolder(dir: string): void {
  makeFolder(dir, dir);
  try {
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritable(dir, error);
  }
}

/** Not `recursive`: Node 24 never comes back from that below /proc. */
function makeFolder(folder: string, wanted: string): void {
  const kind = kindOf(folder);
  if (kind === "folder") return;
  if (kind === "file") throw notAFolder(folder, wanted);
  makeFolder(dirname(folder), wanted);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (kindOf(folder) !== "folder") throw notWritable(folder, error);
  }
}

function kindOf(path: string): "folder" | "file" | "nothing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch (error) {
    // Below a file: the walk upwards comes to the file itself.
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return "nothing";
    throw notWritable(path, error);
  }
}

function notAFolder(found: string, wanted: string): SettingError {
  const where = found === wanted ? "" : ` in ${JSON.stringify(wanted)}`;
  return new SettingError(
    `--dir: ${JSON.stringify(found)}${where} is a file; expected a folder, or a name that is free. Choose another with --dir or HOLDFAST_DIR.`,
  );
}

function notWritable(folder: string, error: unknown): FolderError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new FolderError(
    `The folder ${JSON.stringify(folder)} cannot be made or written (${code}); Holdfast keeps its database, key and log there. Give its owner the right to write, or choose another with --dir or HOLDFAST_DIR.`,
  );
}
