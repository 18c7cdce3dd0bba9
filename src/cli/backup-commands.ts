import type { Command } from "commander";
import { readTenantPath } from "./arguments.ts";
import { showOrFollow } from "./follow-operation.ts";
import { newRequestId, openTerminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

interface BackupOptions {
  readonly type: string;
  readonly plusArchivelog?: boolean;
  readonly wait?: boolean;
}

export function addBackupCommands(program: Command): void {
  const destination = program.command("destination").description("where a tenant backs up to");
  destination
    .command("set <cluster/tenant>")
    .description("set the data and the log destination")
    .option("--data <uri>", "file:///… or object storage, for data backups")
    .option("--archive <uri>", "file:///… or object storage, for log archiving")
    .option("--wait", "follow it to its end")
    .action(
      async (
        path: string,
        options: { readonly data?: string; readonly archive?: string; readonly wait?: boolean },
        command: Command,
      ) => {
        if (!options.data && !options.archive)
          throw new UsageError("neither --data nor --archive was given", "Give at least one of them.");
        const terminal = openTerminal(command.optsWithGlobals());
        const body = {
          requestId: newRequestId(),
          data: options.data ?? null,
          archive: options.archive ?? null,
        };
        const params = readTenantPath(path);
        await showOrFollow(
          terminal,
          await terminal.client.call("setDestinations", { params, body }),
          options,
        );
      },
    );
  addArchiveCommands(program);
  program
    .command("backup <cluster/tenant>")
    .description("back up one tenant now")
    .option("--type <type>", "full or incremental", "full")
    .option("--plus-archivelog", "the set holds the logs it needs to be restored by itself")
    .option("--wait", "follow it to its end")
    .action(async (path: string, options: BackupOptions, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const body = {
        requestId: newRequestId(),
        type: readType(options.type),
        plusArchivelog: options.plusArchivelog === true,
      };
      const params = readTenantPath(path);
      await showOrFollow(terminal, await terminal.client.call("backUp", { params, body }), options);
    });
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
