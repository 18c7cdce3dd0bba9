import type { Command } from "commander";
import { readTenantPath } from "./arguments.ts";
import { showOperation, showOrFollow } from "./follow-operation.ts";
import { silenceWords } from "./staleness.ts";
import { newRequestId, openTerminal, tableWords } from "./terminal.ts";
import { microsWords } from "./words.ts";

export function addOperationCommands(program: Command): void {
  const operation = program.command("operation").description("what Holdfast was asked to do and how it went");
  operation
    .command("list [cluster/tenant]")
    .description("the newest operations, of all tenants or of one")
    .action(async (path: string | undefined, _, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const query = path === undefined ? {} : readTenantPath(path);
      const answer = await terminal.client.call("listOperations", { query: { ...query, limit: 50 } });
      const { items: clusters } = await terminal.client.call("listClusters", {});
      const silent = new Map(clusters.map((each) => [each.name, silenceWords(each)]));
      const rows = answer.items.map((each) => [
        each.id,
        each.kind,
        `${each.cluster}/${each.tenant}`,
        microsWords(each.requestedAt),
        microsWords(each.endedAt),
        each.outcome ?? [each.phase, silent.get(each.cluster)].filter(Boolean).join(", "),
      ]);
      terminal.show(answer, () =>
        tableWords(["operation", "kind", "tenant", "requested", "ended", "state"], rows),
      );
    });
  operation
    .command("show <id>")
    .description("one operation with its steps and the statements that were sent")
    .action(async (id: string, _, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      await showOperation(terminal, await terminal.client.call("showOperation", { params: { id } }));
    });
  operation
    .command("clean-up <id>")
    .description("drop what a failed restore left: half-made tenant, resource pool, unit")
    .option("--wait", "follow it to its end")
    .action(async (id: string, options: { readonly wait?: boolean }, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const body = { requestId: newRequestId() };
      const accepted = await terminal.client.call("cleanUp", { params: { id }, body });
      await showOrFollow(terminal, accepted, options);
    });
  operation
    .command("cancel <id>")
    .description("ask for an operation to be canceled")
    .action(async (id: string, _, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      await showOperation(terminal, await terminal.client.call("cancelOperation", { params: { id } }));
    });
}
