import { execFile } from "node:child_process";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "..", "..", "src", "main.ts");

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `holdfast …` as a program of its own, as a person does, without colours. */
export function holdfastCommand(url: string): (...args: readonly string[]) => Promise<Said> {
  const env = { ...process.env, HOLDFAST_URL: url, NO_COLOR: "1", FORCE_COLOR: undefined };
  return (...args) =>
    new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { env, timeout: 60_000 }, (error, out, err) => {
        resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, out, err });
      });
    });
}
