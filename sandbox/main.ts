import { type CommandLine, parseCommandLine, USAGE, UsageError } from "./cluster/command-line.ts";
import { openSandbox } from "./cluster/open-sandbox.ts";

/** Exit codes: 0 stopped on request, 1 could not run, 2 wrong usage. */
async function main(): Promise<number> {
  const line = parseCommandLine(process.argv.slice(2));
  if (line === "help") {
    console.log(USAGE);
    return 0;
  }
  const sandbox = await openSandbox(line);
  console.error(sandbox.banner);
  console.log(`ready ${sandbox.port}`);
  await stopRequest(line);
  await sandbox.close();
  return 0;
}

function stopRequest({ stopWithStdin }: CommandLine): Promise<void> {
  return new Promise((resolve) => {
    if (stopWithStdin)
      process.stdin
        .once("close", () => resolve())
        .resume()
        .unref();
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  const wrongUsage = error instanceof UsageError;
  console.error(wrongUsage ? `${error.message}\n\n${USAGE}` : `sandbox: ${describe(error)}`);
  process.exitCode = wrongUsage ? 2 : 1;
}

function describe(error: unknown): string {
  return error instanceof Error
    ? process.env["SANDBOX_TRACE"]
      ? (error.stack ?? "")
      : error.message
    : String(error);
}
