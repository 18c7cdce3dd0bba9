import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import mysql from "mysql2/promise";

const SANDBOX = join(import.meta.dirname, "..", "..", "sandbox", "main.ts");
const READY_WITHIN_MS = 60_000;

export interface SandboxProcess {
  readonly port: number;
  readonly pid: number;
  /** Rows of one statement, numbers beyond 2^53 as strings. */
  query(user: string, sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Statements received so far, where it was started with a statement log. */
  statements(): readonly LoggedStatement[];
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface LoggedStatement {
  readonly time: string;
  readonly user: string;
  readonly tenant: string;
  readonly sql: string;
  readonly errno: number | null;
}

export interface SandboxToStart {
  readonly dir: string;
  readonly port?: number;
  readonly flags?: readonly string[];
  readonly logFile?: string;
}

/** Starts the sandbox as a program of its own and waits for its `ready PORT`. */
export async function startSandbox({
  dir,
  port = 0,
  flags = [],
  logFile,
}: SandboxToStart): Promise<SandboxProcess> {
  const log = logFile ? ["--log-statements", logFile] : [];
  const child = spawn(process.execPath, [SANDBOX, "--dir", dir, "--port", String(port), ...log, ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const readyPort = await portOf(child);
  return {
    port: readyPort,
    pid: child.pid ?? 0,
    query: (user, sql) => query({ port: readyPort, user, sql }),
    statements: () => (logFile ? readStatements(logFile) : []),
    kill: async (signal) => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await ended;
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the sandbox was not ready in time:\n${said}`)),
      READY_WITHIN_MS,
    );
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
      const ready = /^ready (\d+)/.exec(line);
      if (!ready) return;
      clearTimeout(late);
      resolve(Number(ready[1]));
    });
    child.once("exit", (code) => reject(new Error(`the sandbox ended with code ${code}:\n${said}`)));
  });
}

async function query(ask: { readonly port: number; readonly user: string; readonly sql: string }) {
  const connection = await mysql.createConnection({
    host: "127.0.0.1",
    port: ask.port,
    user: ask.user,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
  });
  try {
    const [rows] = await connection.query(ask.sql);
    return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
  } finally {
    await connection.end();
  }
}

function readStatements(file: string): readonly LoggedStatement[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LoggedStatement);
}

/** Asks until the answer is there; throws with the last thing seen when it takes too long. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  withinMs = 60_000,
): Promise<T> {
  const limit = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < limit) {
    try {
      const seen = await look();
      if (seen) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(
    `waited ${withinMs / 1000} s for ${what}; last: ${last instanceof Error ? last.message : String(last)}`,
  );
}
