import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A real one-node OceanBase of the test's own, root@sys without a password, one zone named zone1. */
export interface Kernel {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Lies beside the project where somebody built one; no user has it, and nothing the product does needs it. */
const START = join(import.meta.dirname, "../../../shared/kernel/start.sh");
const READY_WITHIN_MS = 600_000;

export function kernelIsHere(): boolean {
  return process.env.OCEANBASE !== undefined || existsSync(START);
}

export const NO_KERNEL = [
  `No real OceanBase is here: ${START} does not exist.`,
  "This test needs one. Give the address of a cluster that it may change, as OCEANBASE=HOST:PORT",
  "(root@sys without a password, a zone named zone1, on this machine), or put a kernel there.",
].join("\n");

/** Starts the kernel below `dir`, or takes the running one that OCEANBASE=HOST:PORT names. */
export async function startKernel(dir: string): Promise<Kernel> {
  const running = process.env.OCEANBASE;
  if (running !== undefined) {
    const [host = "", port = ""] = running.split(":");
    return { host, port: Number(port), stop: () => Promise.resolve() };
  }
  console.log(`Starting a real OceanBase below ${dir} (about 2 minutes) …`);
  const port = await twoFreePorts();
  const child = spawn(START, [dir, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  await ready(child);
  return { host: "127.0.0.1", port, stop: () => stop(child) };
}

async function ready(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error("the kernel's words cannot be read");
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill("SIGTERM"), READY_WITHIN_MS);
  for await (const line of lines) {
    if (!line.startsWith("ready ")) continue;
    clearTimeout(timer);
    return;
  }
  clearTimeout(timer);
  throw new Error(`the kernel did not get ready within ${READY_WITHIN_MS / 1000} s`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** The kernel takes the port after its SQL port too. */
async function twoFreePorts(): Promise<number> {
  for (let port = 14881; port < 14981; port += 2) {
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error("no two neighbouring ports are free from 14881 to 14980");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
