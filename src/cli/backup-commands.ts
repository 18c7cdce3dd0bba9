import type { Command } from "commander";
import { readTenantPath } from "./arguments.ts";
import { showOrFollow } from "./follow-operation.ts";
import { readFullSecret } from "./secret-files.ts";
import { newRequestId, openTerminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

interface BackupOptions {
  readonly type: string;
  readonly plusArchivelog?: boolean;
  readonly encryptionPasswordFile?: string;
  readonly encryptionPasswordStdin?: boolean;
  readonly wait?: boolean;
}

interface DestinationOptions {
  readonly data?: string;
  readonly dataFile?: string;
  readonly archive?: string;
  readonly archiveFile?: string;
  readonly wait?: boolean;
}

export function addBackupCommands(program: Command): void {
  addDestinationCommand(program);
  addArchiveCommands(program);
  program
    .command("backup <cluster/tenant>")
    .description("back up one tenant now")
    .option("--type <type>", "full or incremental", "full")
    .option("--plus-archivelog", "the set holds the logs it needs to be restored by itself")
    .option(
      "--encryption-password-file <file>",
      "encrypt the set: the first line of this file is the password",
    )
    .option("--encryption-password-stdin", "encrypt the set: the first line of stdin is the password")
    .option("--wait", "follow it to its end")
    .action(async (path: string, options: BackupOptions, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const { encryptionPasswordFile: file, encryptionPasswordStdin: stdin } = options;
      const body = {
        requestId: newRequestId(),
        type: readType(options.type),
        plusArchivelog: options.plusArchivelog === true,
        encryptionPassword: readFullSecret({ option: "--encryption-password", file, stdin }) ?? null,
      };
      const params = readTenantPath(path);
      await showOrFollow(terminal, await terminal.client.call("backUp", { params, body }), options);
    });
}

function addDestinationCommand(program: Command): void {
  program
    .command("destination")
    .description("where a tenant backs up to")
    .command("set <cluster/tenant>")
    .description("set the data and the log destination")
    .option("--data <uri>", "file:///… or object storage, for data backups")
    .option("--data-file <file>", "first line of this file is that URI: for one that holds an access key")
    .option("--archive <uri>", "file:///… or object storage, for log archiving")
    .option("--archive-file <file>", "first line of this file is that URI: for one that holds an access key")
    .option("--wait", "follow it to its end")
    .action(async (path: string, options: DestinationOptions, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const body = {
        requestId: newRequestId(),
        data: readUri({ option: "--data", uri: options.data, file: options.dataFile }),
        archive: readUri({ option: "--archive", uri: options.archive, file: options.archiveFile }),
      };
      if (body.data === null && body.archive === null) {
        throw new UsageError(
          "no destination was given",
          "Give --data or --data-file, --archive or --archive-file, or one of each.",
        );
      }
      const params = readTenantPath(path);
      const accepted = await terminal.client.call("setDestinations", { params, body });
      await showOrFollow(terminal, accepted, options);
    });
}

interface GivenUri {
  readonly option: `--${string}`;
  readonly uri: string | undefined;
  readonly file: string | undefined;
}

function readUri({ option, uri, file }: GivenUri): string | null {
  if (uri !== undefined && file !== undefined)
    throw new UsageError(`both ${option} and ${option}-file were given`, "Give one of them.");
  return (uri || readFullSecret({ option, file, stdin: false })?.trim()) ?? null;
}

function addArchiveCommands(program: Command): void {
  const archive = program.command("archive").description("log backup of a tenant");
  for (const [verb, route] of [
    ["start", "startArchive"],
    ["stop", "stopArchive"],
  ] as const) {
    archive
      .command(`${verb} <cluster/tenant>`)
      .description(
        verb === "start"
          ? "start log backup and wait until it is going on"
          : "stop log backup: a gap opens from then on",
      )
      .option("--wait", "follow it to its end")
      .action(async (path: string, options: { readonly wait?: boolean }, command: Command) => {
        const terminal = openTerminal(command.optsWithGlobals());
        const accepted = await terminal.client.call(route, {
          params: readTenantPath(path),
          body: { requestId: newRequestId() },
        });
        await showOrFollow(terminal, accepted, options);
      });
  }
}

function readType(text: string): "full" | "incremental" {
  if (text === "full" || text === "incremental") return text;
  throw new UsageError(`--type ${JSON.stringify(text)} is not known`, "Write full or incremental.");
}
