import type { Command } from "commander";
import pc from "picocolors";
import type { AnswerOf } from "../api/contract.ts";
import { causeText } from "../domain/cause-text.ts";
import { scnToIso } from "../domain/scn.ts";
import { readCount, readInstant, readTenantPath } from "./arguments.ts";
import { ageSeconds, staleWords } from "./staleness.ts";
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
      const head = ["tenant", "status", "role", "restorable from", "to", "gaps", "log delay", "observed"];
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
  addSetsCommand(tenant);
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
        const params = readTenantPath(path);
        const found = await terminal.client.call("showRestorable", { params, query });
        const page = await terminal.client.call("showTenant", { params });
        terminal.show(found, () => restorableWords(found, page));
      },
    );
}

/** More than these are read page by page: 50 lines are what a terminal shows. */
const MOST_SETS = 50;

function addSetsCommand(tenant: Command): void {
  tenant
    .command("sets <cluster/tenant>")
    .description("its backup sets, newest first")
    .option("--offset <n>", `leave out the newest n; ${MOST_SETS} are shown at a time`, "0")
    .action(async (path: string, options: { readonly offset: string }, command: Command) => {
      const terminal = openTerminal(command.optsWithGlobals());
      const params = readTenantPath(path);
      const query = { limit: MOST_SETS, offset: readCount(options.offset, "--offset") };
      const found = await terminal.client.call("listBackupSets", { params, query });
      const { cluster } = await terminal.client.call("showTenant", { params });
      terminal.show(found, () => [staleWords(cluster), setsWords(found)].filter(Boolean).join("\n\n"));
    });
}

function setsWords({ total, items }: AnswerOf<"listBackupSets">): string {
  if (total === 0) return "No backup set was ever made.";
  const rows = items.map((set) => [
    String(set.id),
    set.type,
    set.status === "failed" ? pc.red(set.status) : set.status,
    set.fileStatus,
    instantWords(set.minRestoreScn),
    sizeWords(set.outputBytes),
    [set.encrypted ? "encrypted" : "", set.plusArchivelog ? "with logs" : ""].filter(Boolean).join(", "),
  ]);
  const head = ["set", "type", "status", "files", "restorable from", "size", ""];
  return [tableWords(head, rows, [0, 5]), "", `${items.length} of ${total}`].join("\n");
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
    row.isStale
      ? pc.yellow(`${durationWords(ageSeconds(row.observedAt))} ago: not the present`)
      : microsWords(row.observedAt),
  ];
}

function pageWords(page: Page): string {
  const { log, lastDataBackup, files, destinations } = page;
  const stale = staleWords(page.cluster);
  const then = stale === null ? "" : " when it was observed last";
  const offers = Object.entries(page.actions).filter(([, offer]) => offer.refusedBy !== null);
  return [
    ...(stale === null ? [] : [stale, ""]),
    `${pc.bold(`${page.cluster.name}/${page.tenant.name}`)}  ${page.tenant.statusWord} ${page.tenant.role}  OceanBase ${page.cluster.version}  observed ${microsWords(page.observedAt)}`,
    verdictWords(page.verdict),
    `data destination   ${destinations.data ?? "not set"}`,
    `log destination    ${destinations.archive ?? "not set"}`,
    `last data backup   ${lastDataBackup ? `set ${lastDataBackup.setId} (${lastDataBackup.type}), ${instantWords(lastDataBackup.at)}` : "never"}`,
    ...failedAttemptWords(page),
    `log checkpoint     ${instantWords(log.checkpoint)}${log.statusWord ? `  round ${log.roundId} ${log.statusWord}` : ""}`,
    `log delay          ${log.delaySeconds === null ? "—" : `${durationWords(log.delaySeconds)}${then}`}`,
    `files              ${sizeWords(files.dataBytes)} data, ${sizeWords(files.logBytes)} logs`,
    // A silent cluster refuses them all for the one reason that stands above.
    ...(stale === null ? offers : []).map(([name, offer]) =>
      pc.dim(`${name}: not now, ${offer.refusedBy?.found}`),
    ),
  ].join("\n");
}

/** The last attempt, where it was no success: the last good set alone would hide it. */
function failedAttemptWords({ lastAttempt }: Page): readonly string[] {
  if (!lastAttempt || lastAttempt.status === "completed") return [];
  const { setId, statusWord, endedAt, resultCode, comment } = lastAttempt;
  const set = setId === 0 ? "no set was made" : `set ${setId}`;
  const why = [resultCode === 0 ? "" : `OceanBase ${Math.abs(resultCode)}`, comment]
    .filter(Boolean)
    .join(": ");
  const words = `${statusWord} at ${microsWords(endedAt)} (${set})${why ? `, ${why}` : ""}`;
  return [`last attempt       ${lastAttempt.status === "failed" ? pc.red(words) : words}`];
}

function verdictWords({ earliest, latest, innerGaps, openGap }: Page["verdict"]): string {
  if (earliest === null || latest === null) return pc.red("Nothing can be restored.");
  const gaps = innerGaps === 0 ? "" : `, except ${innerGaps} ${innerGaps === 1 ? "gap" : "gaps"}`;
  const open = openGap ? pc.red(`  Nothing since: ${causeText(openGap.cause)}.`) : "";
  return `${pc.green(`Restorable to any instant from ${instantWords(earliest)} to ${instantWords(latest)}${gaps}.`)}${open}`;
}

function restorableWords(found: Restorable, page: Page): string {
  const stale = staleWords(page.cluster);
  const live = stale === null ? "live" : "live when it was observed last";
  const items = [
    ...found.intervals.map((each) => ({
      ...each,
      words: pc.green("restorable"),
      why: `opened by set ${each.openedBySetId}${each.isLive ? `, ${live}` : ""}`,
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
  return [
    ...(stale === null ? [] : [stale, ""]),
    verdictWords(found.verdict),
    ...(found.verdict.earliest === null ? causeWords(page) : []),
    "",
    rows.length === 0 ? emptyWindowWords(found) : tableWords(["", "from", "to", "length", ""], rows),
  ].join("\n");
}

/** Why there is nothing at all, and what to do: the words that a restore would be refused with. */
function causeWords({ actions }: Page): readonly string[] {
  const why = actions.restore.refusedBy;
  return why ? [why.found, why.remedy] : [];
}

function emptyWindowWords({ window, verdict }: Restorable): string {
  const { earliest, latest } = verdict;
  const words = `Nothing is known of ${instantWords(window.from)} to ${instantWords(window.to)}`;
  if (earliest === null || latest === null) return `${words}.`;
  if (BigInt(window.to) < BigInt(earliest))
    return `${words}: it lies before the first restorable instant, ${instantWords(earliest)}.`;
  if (BigInt(window.from) > BigInt(latest))
    return `${words}: it lies after the newest restorable instant, ${instantWords(latest)}.`;
  return `${words}.`;
}
