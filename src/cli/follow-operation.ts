import pc from "picocolors";
import type { AnswerOf } from "../api/contract.ts";
import { exitCodeOfOperation } from "./exit-codes.ts";
import { staleWordsOf } from "./staleness.ts";
import { problemWords, type Terminal } from "./terminal.ts";
import { instantWords, sizeWords } from "./words.ts";

type Operation = AnswerOf<"showOperation">;

const POLL_MS = 1000;
const BAR_CELLS = 30;

/** Shows an accepted operation; with `wait` follows it to its end. Sets the exit code. */
export async function showOrFollow(
  terminal: Terminal,
  accepted: Operation,
  options: { readonly wait?: boolean },
): Promise<void> {
  const operation = options.wait ? await follow(terminal, accepted) : accepted;
  await showOperation(terminal, operation);
  process.exitCode = exitCodeOfOperation(operation);
}

/** Asks until it has ended. A server that goes away for a while is waited for: the operation is durable. */
async function follow(terminal: Terminal, accepted: Operation): Promise<Operation> {
  let operation = accepted;
  const bar = openBar(terminal);
  while (operation.phase !== "ended") {
    bar.draw(operation, await staleWordsOf(terminal.client, operation.cluster));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    operation = await terminal.client
      .call("showOperation", { params: { id: operation.id } })
      .catch(() => operation);
  }
  bar.clear();
  return operation;
}

interface Bar {
  draw(operation: Operation, stale: string | null): void;
  clear(): void;
}

/** On a terminal one line that moves; elsewhere only that the cluster fell silent, once each time. */
function openBar(terminal: Terminal): Bar {
  if (terminal.isJson || !process.stderr.isTTY) return openNotes(terminal);
  const wipe = () => process.stderr.write("\r\u001b[K");
  return {
    draw: (operation, stale) => {
      wipe();
      process.stderr.write(
        `${barWords(operation)}${stale === null ? "" : "  · the cluster is not observed"}`,
      );
    },
    clear: wipe,
  };
}

function openNotes(terminal: Terminal): Bar {
  let wasStale = false;
  return {
    draw: (_, stale) => {
      if (stale !== null && !wasStale) terminal.note(stale);
      wasStale = stale !== null;
    },
    clear: () => {},
  };
}

function barWords(operation: Operation): string {
  const step = operation.steps.find((each) => each.state === "sending" || each.state === "watching");
  const fraction = operation.progress?.fraction ?? null;
  const filled = Math.round((fraction ?? 0) * BAR_CELLS);
  const bar = "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
  const percent = fraction === null ? "  … " : `${String(Math.floor(fraction * 100)).padStart(3)}%`;
  const words = [step?.name, operation.progress?.phaseWord].filter(Boolean).join(" · ");
  return `${bar} ${percent}  ${words}`;
}

function operationWords(operation: Operation): string {
  const head = `${pc.bold(operation.id)}  ${operation.kind}  ${operation.cluster}/${operation.tenant}  ${outcomeWords(operation)}`;
  const steps = operation.steps.flatMap((step) => [
    `  ${step.state.padEnd(8)} ${step.name}${step.note ? pc.dim(`  ${step.note}`) : ""}`,
    ...step.statements.map((statement) => pc.dim(`           ${statement}`)),
  ]);
  const problem = operation.problem ? ["", problemWords(operation.problem)] : [];
  return [head, ...steps, ...resultWords(operation), ...problem].join("\n");
}

/** An operation that has not ended is as its cluster was seen last: a cluster that is silent is told first. */
export async function showOperation(terminal: Terminal, operation: Operation): Promise<void> {
  const isOpen = operation.phase !== "ended" && !terminal.isJson;
  const stale = isOpen ? await staleWordsOf(terminal.client, operation.cluster) : null;
  terminal.show(operation, () => [...(stale ? [stale, ""] : []), operationWords(operation)].join("\n"));
}

function outcomeWords({ phase, outcome, cancelRequestedAt }: Operation): string {
  if (phase !== "ended")
    return cancelRequestedAt === null ? pc.blue(phase) : pc.yellow(`${phase}, cancel requested`);
  return outcome === "succeeded" ? pc.green(outcome) : pc.red(outcome ?? "ended");
}

function resultWords({ result, progress, kind }: Operation): readonly string[] {
  const lines: string[] = [];
  if (result.setId !== null)
    lines.push(
      `  set ${result.setId} (${result.actualType}), restorable from ${instantWords(result.minRestoreScn)}`,
    );
  if (kind === "back-up" && progress?.outputBytes) lines.push(`  ${sizeWords(progress.outputBytes)} written`);
  return lines;
}
