import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

const HOLDFAST = join(import.meta.dirname, "../../holdfast");

/** What one command left behind. `json` is undefined where stdout held none. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly json: unknown;
}

/** Holdfast as a person has it: the server, and the command line that speaks to it. */
export class Holdfast {
  readonly #server: ChildProcess;
  readonly #url: string;

  private constructor(server: ChildProcess, url: string) {
    this.#server = server;
    this.#url = url;
  }

  static async start(dir: string): Promise<Holdfast> {
    const server = spawn(HOLDFAST, ["serve", "--dir", dir, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    return new Holdfast(server, await announcedUrl(server));
  }

  /** Runs `holdfast WORDS` to its end. */
  async run(...words: readonly string[]): Promise<Said> {
    const child = spawn(HOLDFAST, [...words], { env: { ...process.env, HOLDFAST_URL: this.#url } });
    const [stdout, stderr, code] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<number>((resolve) => child.once("close", (exit) => resolve(exit ?? -1))),
    ]);
    return { code, stdout, stderr, json: jsonIn(stdout) };
  }

  async stop(): Promise<void> {
    if (this.#server.exitCode !== null || this.#server.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#server.once("exit", resolve));
    this.#server.kill("SIGTERM");
    await ended;
  }
}

async function announcedUrl(server: ChildProcess): Promise<string> {
  if (!server.stdout) throw new Error("the server's words cannot be read");
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error("the server stopped without saying where it listens");
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const part of stream) text += String(part);
  return text;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
