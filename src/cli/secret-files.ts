import { readFileSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/** Secrets come from files or from stdin: what stands in argv every user of the machine reads in `ps`. */
export interface SecretSource {
  /** The options are this with `-file` and `-stdin` behind it. */
  readonly option: `--${string}`;
  readonly file: string | undefined;
  readonly stdin: boolean | undefined;
}

/** The first line; undefined where neither option was given. */
export function readSecret({ option, file, stdin }: SecretSource): string | undefined {
  if (file !== undefined && stdin) {
    throw new UsageError(`both ${option}-file and ${option}-stdin were given`, "Give one of them.");
  }
  if (file !== undefined) return firstLine(readText(file, `${option}-file`));
  return stdin ? firstLine(readText(0, `${option}-stdin`)) : undefined;
}

/** A secret that is given must be one. */
export function readFullSecret(source: SecretSource): string | undefined {
  const secret = readSecret(source);
  if (secret !== "") return secret;
  throw new UsageError(
    `${source.option}-${source.stdin ? "stdin" : "file"} holds an empty first line`,
    "Write the secret alone on the first line.",
  );
}

/** One secret for each line of stdin that is not empty. */
export function readSecretsOfStdin(option: string): readonly string[] {
  return readText(0, option).split(/\r?\n/).filter(Boolean);
}

function readText(file: string | 0, option: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(
      `${option} could not be read (${(error as Error).message})`,
      "Check the file's name and its rights.",
    );
  }
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? "";
}
