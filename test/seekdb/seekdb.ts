import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fetchWheel } from "./wheel.ts";

/** A seekdb of the test's own: user root without a password, tenant sys alone. */
export interface Seekdb {
  readonly port: number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 300_000;
const SERVE = join(import.meta.dirname, "serve.py");

/** Starts it below `dir`, or says why this machine has none. */
export async function startSeekdb(dir: string): Promise<Seekdb | { readonly reason: string }> {
  const wheel = fetchWheel();
  if ("reason" in wheel) return wheel;
  const port = await freePort();
  const child = spawn(wheel.python, [SERVE, join(dir, "data"), String(port)], {
    cwd: dir,
    env: { ...process.env, PYTHONPATH: wheel.path },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const failure = await whyNotReady(child);
  if (failure === undefined) return { port, stop: () => stop(child) };
  child.kill("SIGKILL");
  return { reason: `seekdb is installed but does not start here: ${failure}` };
}

async function whyNotReady(child: ChildProcess): Promise<string | undefined> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(`not ready after ${READY_WITHIN_MS / 1000} s`), READY_WITHIN_MS);
    const settle = (failure: string | undefined) => {
      clearTimeout(late);
      resolve(failure);
    };
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      if (line === "ready") settle(undefined);
    });
    child.once("error", (error) => settle(error.message));
    child.once("exit", (code, signal) => settle(`it ended with ${code ?? signal}: ${said.trim()}`));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stdin?.end();
  await ended;
}

/** seekdb takes no port 0. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const at = server.address();
      server.close(() => resolve(typeof at === "object" && at !== null ? at.port : 0));
    });
  });
}
