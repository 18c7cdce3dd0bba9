import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { AnswerOf } from "../api/contract.ts";
import { openTerminal, tableWords } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";
import { microsWords, sizeWords } from "./words.ts";

type Cluster = AnswerOf<"listClusters">["items"][number];

interface AddOptions {
  readonly address: string;
  readonly user: string;
  readonly passwordFile?: string;
  readonly passwordStdin?: boolean;
}

export function addClusterCommands(program: Command): void {
  const cluster = program.command("cluster").description("clusters that Holdfast watches");
  cluster
    .command("add <name>")
    .description("connect to a cluster as sys and watch it from now on")
    .requiredOption("--address <host:port>", "where its SQL port or OBProxy answers")
    .option("--user <user>", "user of the sys tenant", "root@sys")
    .option("--password-file <file>", "first line of this file is the password")
    .option("--password-stdin", "first line of stdin is the password")
    .action(async (name: string, options: AddOptions, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const body = { name, address: options.address, user: options.user, password: readPassword(options) };
      const added = await terminal.client.call("addCluster", { body });
      terminal.show(added, () => `${added.name}: OceanBase ${added.version} (${added.versionComment})`);
    });
  cluster
    .command("list")
    .description("all clusters")
    .action(async (_, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const { items } = await terminal.client.call("listClusters", {});
      terminal.show({ items }, () =>
        tableWords(["cluster", "version", "address", "tenants", "observed", ""], items.map(clusterRow), [3]),
      );
    });
  cluster
    .command("show <name>")
    .description("one cluster with its servers")
    .action(async (name: string, _, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const found = await terminal.client.call("showCluster", { params: { cluster: name } });
      terminal.show(found, () =>
        [
          tableWords(["cluster", "version", "address", "tenants", "observed", ""], [clusterRow(found)], [3]),
          "",
          serverWords(found),
        ].join("\n"),
      );
    });
  cluster
    .command("remove <name>")
    .description("stop watching a cluster; nothing in it is touched")
    .action(async (name: string, _, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const answer = await terminal.client.call("removeCluster", { params: { cluster: name } });
      terminal.show(answer, () => `${name} is no longer watched; nothing in it was touched.`);
    });
}

function readPassword(options: AddOptions): string {
  if (options.passwordFile !== undefined && options.passwordStdin) {
    throw new UsageError("both --password-file and --password-stdin were given", "Give one of them.");
  }
  try {
    if (options.passwordFile !== undefined) return firstLine(readFileSync(options.passwordFile, "utf8"));
    return options.passwordStdin ? firstLine(readFileSync(0, "utf8")) : "";
  } catch (error) {
    throw new UsageError(
      `the password could not be read (${(error as Error).message})`,
      "Check the file's name and its rights.",
    );
  }
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? "";
}

function clusterRow(cluster: Cluster): readonly string[] {
  const trouble = cluster.unobserved ? `not answering since ${microsWords(cluster.unobserved.since)}` : "";
  return [
    cluster.name,
    cluster.version,
    `${cluster.host}:${cluster.port}`,
    String(cluster.tenantCount),
    microsWords(cluster.observedAt),
    [cluster.isSandbox ? "sandbox" : "", trouble].filter(Boolean).join(", "),
  ];
}

function serverWords({ resources }: AnswerOf<"showCluster">): string {
  if (!resources) return "Not observed yet.";
  const free = (room: { readonly total: number; readonly assigned: number }) => room.total - room.assigned;
  const rows = resources.servers.map((server) => [
    server.address,
    server.zone,
    server.statusWord,
    `${free(server.cpu)} / ${server.cpu.total}`,
    `${sizeWords(free(server.memoryBytes))} / ${sizeWords(server.memoryBytes.total)}`,
    `${sizeWords(free(server.logDiskBytes))} / ${sizeWords(server.logDiskBytes.total)}`,
    `${sizeWords(free(server.dataDiskBytes))} / ${sizeWords(server.dataDiskBytes.total)}`,
  ]);
  return tableWords(
    ["server", "zone", "status", "cpu free", "memory free", "log disk free", "data disk free"],
    rows,
  );
}
