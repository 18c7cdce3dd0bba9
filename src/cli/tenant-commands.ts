import type { Command } from "commander";
import pc from "picocolors";
import type { AnswerOf } from "../api/contract.ts";
import { causeText } from "../domain/cause-text.ts";
import { scnToIso } from "../domain/scn.ts";
import { readInstant, readTenantPath } from "./arguments.ts";
import { openTerminal, tableWords } from "./terminal.ts";
import { durationWords, instantWords, lengthWords, microsWords, sizeWords } from "./words.ts";

type Row = AnswerOf<"listTenants">["items"][number];
type Page = AnswerOf<"showTenant">;
type Restorable = AnswerOf<"showRestorable">;

export function addTenantCommands(program: Command): void {
  const tenant = program.command("tenant").description("tenants and what they can be restored to");
  tenant
    .command("list")
    .description("user tenants of all clusters, or of one")
    .option("--cluster <name>", "only this cluster")
    .action(async (options: { readonly cluster?: string }, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const { items } = await terminal.client.call("listTenants", { query: options });
      const head = ["tenant", "status", "role", "restorable from", "to", "gaps", "log delay"];
      terminal.show({ items }, () => tableWords(head, items.map(tenantRow), [5]));
    });
  tenant
    .command("show <cluster/tenant>")
    .description("one tenant with its backup figures")
    .action(async (path: string, _, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const page = await terminal.client.call("showTenant", { params: readTenantPath(path) });
      terminal.show(page, () => pageWords(page));
    });
  program
    .command("restorable <cluster/tenant>")
    .description("restorable intervals and the gaps between them, with their causes")
    .option("--from <time>", "ISO 8601 with offset; default: 7 days before --to")
    .option("--to <time>", "ISO 8601 with offset; default: now")
    .action(
      async (path: string, options: { readonly from?: string; readonly to?: string }, command: Command) => {
        const terminal = openTerminal(command.optsWithGlobals());
        const query = {
          ...(options.from !== undefined && { from: scnToIso(readInstant(options.from, "--from")) }),
          ...(options.to !== undefined && { to: scnToIso(readInstant(options.to, "--to")) }),
        };
        const found = await terminal.client.call("showRestorable", { params: readTenantPath(path), query });
        terminal.show(found, () => restorableWords(found));
      },
    );
}

function tenantRow(row: Row): readonly string[] {
  const { earliest, latest, innerGaps, openGap } = row.verdict;
  return [
    `${row.cluster}/${row.tenant.name}`,
    row.tenant.statusWord,
    row.tenant.role,
    instantWords(earliest),
    openGap && latest !== null ? pc.red(instantWords(latest)) : instantWords(latest),
    String(innerGaps),
    row.log.delaySeconds === null ? "—" : durationWords(row.log.delaySeconds),
  ];
}

function pageWords(page: Page): string {
  const { log, lastDataBackup, files, destinations } = page;
  const offers = Object.entries(page.actions).filter(([, offer]) => offer.refusedBy !== null);
  return [
    `${pc.bold(`${page.cluster.name}/${page.tenant.name}`)}  ${page.tenant.statusWord} ${page.tenant.role}  OceanBase ${page.cluster.version}  observed ${microsWords(page.observedAt)}`,
    verdictWords(page.verdict),
    `data destination   ${destinations.data ?? "not set"}`,
    `log destination    ${destinations.archive ?? "not set"}`,
    `last data backup   ${lastDataBackup ? `set ${lastDataBackup.setId} (${lastDataBackup.type}), ${instantWords(lastDataBackup.at)}` : "never"}`,
    `log checkpoint     ${instantWords(log.checkpoint)}${log.statusWord ? `  round ${log.roundId} ${log.statusWord}` : ""}`,
    `log delay          ${log.delaySeconds === null ? "—" : durationWords(log.delaySeconds)}`,
    `files              ${sizeWords(files.dataBytes)} data, ${sizeWords(files.logBytes)} logs`,
    ...offers.map(([name, offer]) => pc.dim(`${name}: not now, ${offer.refusedBy?.found}`)),
  ].join("\n");
}

function verdictWords({ earliest, latest, innerGaps, openGap }: Page["verdict"]): string {
  if (earliest === null || latest === null) return pc.red("Nothing can be restored.");
  const gaps = innerGaps === 0 ? "" : `, except ${innerGaps} ${innerGaps === 1 ? "gap" : "gaps"}`;
  const open = openGap ? pc.red(`  Nothing since: ${causeText(openGap.cause)}.`) : "";
  return `${pc.green(`Restorable to any instant from ${instantWords(earliest)} to ${instantWords(latest)}${gaps}.`)}${open}`;
}

function restorableWords(found: Restorable): string {
  const items = [
    ...found.intervals.map((each) => ({
      ...each,
      words: pc.green("restorable"),
      why: `opened by set ${each.openedBySetId}${each.isLive ? ", live" : ""}`,
    })),
    ...found.gaps.map((each) => ({ ...each, words: pc.red("gap"), why: causeText(each.cause) })),
  ].toSorted((a, b) => (BigInt(a.from) < BigInt(b.from) ? -1 : 1));
  const rows = items.map((each) => [
    each.words,
    instantWords(each.from),
    instantWords(each.to),
    lengthWords(each.from, each.to),
    each.why,
  ]);
  return [verdictWords(found.verdict), "", tableWords(["", "from", "to", "length", ""], rows)].join("\n");
}
