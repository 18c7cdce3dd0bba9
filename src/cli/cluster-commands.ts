import type { Command } from "commander";
import type { AnswerOf } from "../api/contract.ts";
import { readSecret } from "./secret-files.ts";
import { silenceWords } from "./staleness.ts";
import { openTerminal, tableWords } from "./terminal.ts";
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
      const { passwordFile: file, passwordStdin: stdin, ...rest } = options;
      const body = { name, ...rest, password: readSecret({ option: "--password", file, stdin }) ?? "" };
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
    .description("stop watching a cluster; nothing in it is touched, and says what is forgotten here")
    .action(async (name: string, _, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const { client } = terminal;
      const params = { cluster: name };
      const before = await client.call("showCluster", { params });
      const { total } = await client.call("listOperations", { query: { cluster: name, limit: 1 } });
      const answer = await client.call("removeCluster", { params });
      terminal.show(answer, () => removedWords(before, total));
    });
}

function removedWords({ name, host, port, tenantCount }: Cluster, operations: number): string {
  return [
    `${name} (${host}:${port}) is no longer watched; nothing in it was touched.`,
    `Forgotten here: its address and password, and what was observed of it (tenants: ${tenantCount}).`,
    `Kept here: the record of its operations (${operations}); \`holdfast operation list\` shows them.`,
    "Added again, it is observed from its own views: no backup is lost to Holdfast.",
  ].join("\n");
}

function clusterRow(cluster: Cluster): readonly string[] {
  const trouble = silenceWords(cluster) ?? "";
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
