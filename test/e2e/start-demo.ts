import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Starts `holdfast demo` as a person does and stops it after the last test. */
export default async function startDemo(): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-demo-"));
  const child = spawn("./holdfast", ["demo", "--dir", dir, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.env.HOLDFAST_URL = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /(http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    child.once("exit", (code) => reject(new Error(`the demo ended with code ${code}`)));
  });
  process.env.HOLDFAST_DEMO_DIR = dir;
  return async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    rmSync(dir, { recursive: true, force: true });
  };
}
