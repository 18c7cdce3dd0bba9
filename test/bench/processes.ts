import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** A program that says when it is ready; `address` is what the pattern caught. */
export interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly seconds: number;
  stop(): Promise<void>;
}

export interface ToStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly ready: RegExp;
  readonly withinMs: number;
}

export async function start({ program, args, cwd, ready, withinMs }: ToStart): Promise<Started> {
  const began = performance.now();
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "inherit"], detached: true });
  const address = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${program} was not ready in time`)), withinMs);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = ready.exec(line)?.[1];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`${program} ended with code ${code}`)));
  });
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode !== null || child.pid === undefined) return;
    process.kill(-child.pid, "SIGTERM");
    await ended;
  };
  return { child, address, seconds: (performance.now() - began) / 1000, stop };
}

/** Resident memory in MiB, as the kernel counts it (Linux). */
export function residentMiB(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

export const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)/;
