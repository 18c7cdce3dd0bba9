import { Command, CommanderError, Option } from "commander";
import { SETTINGS, SettingError } from "../config.ts";
import { addBackupCommands } from "./backup-commands.ts";
import { addClusterCommands } from "./cluster-commands.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { addOperationCommands } from "./operation-commands.ts";
import { addRestoreCommand } from "./restore-command.ts";
import { addTenantCommands } from "./tenant-commands.ts";
import { reportError } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Commands that are a server of their own; what they do is handed in, the command line only knows their words. */
export interface ServerCommands {
  readonly version: string;
  /** One line for each setting, for `--help`. */
  readonly settings: string;
  demo(options: ServeOptions): Promise<void>;
  serve(options: ServeOptions): Promise<void>;
  /** Arguments as they stand: the sandbox reads its own. */
  sandbox(args: readonly string[]): Promise<void>;
}

export interface ServeOptions {
  readonly dir?: string;
  readonly port?: string;
  readonly host?: string;
}

export async function runCommandLine(argv: readonly string[], servers: ServerCommands): Promise<void> {
  const program = buildProgram(servers);
  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    process.exitCode = refuse(error, argv.includes("--json"));
  }
}

function buildProgram(servers: ServerCommands): Command {
  const program = new Command("holdfast")
    .description("Back up and restore OceanBase tenants.")
    .version(servers.version)
    .addOption(
      new Option("--url <url>", `the server to speak to (HOLDFAST_URL; default ${SETTINGS.url.default})`),
    )
    .option("--json", "print the API's own JSON and nothing else")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride();
  addServerCommands(program, servers);
  addClusterCommands(program);
  addTenantCommands(program);
  addBackupCommands(program);
  addRestoreCommand(program);
  addOperationCommands(program);
  everyCommand(program, (command) => command.exitOverride());
  return program;
}

function addServerCommands(program: Command, servers: ServerCommands): void {
  const withServeOptions = (command: Command) =>
    command
      .option("--dir <dir>", "where everything is kept")
      .option("--port <port>", "port of the console and the API")
      .addOption(new Option("--host <host>", "only 127.0.0.1 until there are accounts").hideHelp())
      .addHelpText("after", `\nSettings, each by its flag or from the environment:\n${servers.settings}`);
  withServeOptions(
    program.command("demo").description("two sandbox clusters with a past, and the server that watches them"),
  ).action((options: ServeOptions) => servers.demo(options));
  withServeOptions(
    program.command("serve").description("the server: console, API and the work itself"),
  ).action((options: ServeOptions) => servers.serve(options));
  program
    .command("sandbox")
    .description("a stand-in OceanBase cluster with real rows and real restores")
    .allowUnknownOption()
    .helpOption(false)
    .argument("[args...]")
    .action((args: readonly string[], _, command: Command) =>
      servers.sandbox(command.args.length > 0 ? command.args : args),
    );
}

function everyCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) everyCommand(child, visit);
}

function refuse(error: unknown, isJson: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    console.error(`${error.message}.\n${error.remedy}`);
    return EXIT.usage;
  }
  if (error instanceof SettingError) {
    console.error(error.message);
    return EXIT.usage;
  }
  reportError(error, isJson);
  return exitCodeOf(error);
}
