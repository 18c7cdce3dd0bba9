import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "./cli/main.ts";
import { readSettings, SettingError, settingsHelp } from "./config.ts";
import { startDemo } from "./demo.ts";
import { type RunningServer, serve } from "./serve.ts";
import { HOLDFAST_VERSION } from "./version.ts";

/** Wires everything, starts and stops in order; the only file that knows all rooms. */
await runCommandLine(process.argv.slice(2), {
  version: HOLDFAST_VERSION,
  settings: settingsHelp(),
  serve: (options) => run(async () => serve(readSettings(options))),
  demo: (options) =>
    run(async () =>
      startDemo(
        readSettings({ ...options, dir: options.dir ?? process.env.HOLDFAST_DIR ?? ".holdfast" }),
        (said) => console.log(said),
      ),
    ),
  sandbox: runSandbox,
});

async function run(start: () => Promise<RunningServer>): Promise<void> {
  try {
    const server = await start();
    console.log(
      `\n  Holdfast ${HOLDFAST_VERSION}   ${server.url}\n\n  Open it in a browser. Ctrl-C stops it.\n`,
    );
    await untilAsked();
    await server.stop();
  } catch (error) {
    console.error(words(error));
    process.exitCode = error instanceof SettingError ? 2 : 1;
  }
}

/** The first signal stops in order; a second one ends at once. */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}

function words(error: unknown): string {
  if (error instanceof SettingError) return error.message;
  if ((error as { code?: string }).code === "EADDRINUSE") {
    return `Port ${(error as { port?: number }).port} is in use: stop what listens there, or choose another with --port.`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** The sandbox is a program of its own that shares no code with this one. */
async function runSandbox(args: readonly string[]): Promise<void> {
  const sandbox = join(import.meta.dirname, "..", "sandbox", "main.ts");
  const child = spawn(process.execPath, [sandbox, ...args], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise<number>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
