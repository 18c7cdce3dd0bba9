import { isSince, type ObVersion } from "../model/version.ts";
import type { TokenReader } from "../sql/token-reader.ts";

/** A form that some parsers do not know yet. Builds from `since` on, before `until`, take it. */
interface Gate {
  /** The words up to the first one that older parsers stop at with 1064; `…` stands for anything in between. */
  readonly words: string;
  readonly since: string;
  readonly until?: string;
}

/**
 * From the grammars of the branches (sql_parser_mysql_mode.y). 4.0.0, 4.2.1, 4.2.5 and 4.3.5 were tried on their own
 * parsers (grammar.tsv). Inferred: that 4.1 takes PREVIEW (4.0.0 does not), that VERIFY came to SWITCHOVER with the
 * build that has it in ACTIVATE, and that 4.3.5.1 is the first "late" build of 4.3.5 with CLUSTER PARAMETERS.
 */
const GATES: readonly Gate[] = [
  { words: "RESTORE FROM", since: "4.1" },
  { words: "CANCEL RESTORE", since: "4.2" },
  { words: "RECOVER TABLE", since: "4.2.1" },
  { words: "CANCEL RECOVER", since: "4.2.1" },
  { words: "RECOVER STANDBY", since: "4.1" },
  { words: "SWITCHOVER TO", since: "4.1" },
  { words: "RUN UPGRADE JOB … TENANT", since: "4.1" },
  { words: "ACTIVATE STANDBY … VERIFY", since: "4.2.1.8" },
  { words: "SWITCHOVER … VERIFY", since: "4.2.1.8" },
  { words: "BACKUP KEY", since: "4.2" },
  { words: "BACKUP CLUSTER", since: "4.2.1.10", until: "4.3" },
  { words: "BACKUP CLUSTER", since: "4.3.5.1" },
  { words: "ALTER EXTERNAL_STORAGE_DEST", since: "4.3.3" },
  { words: "CHANGE EXTERNAL_STORAGE_DEST", since: "4.3.3" },
  { words: "MODIFY EXTERNAL_STORAGE_DEST", since: "4.3.3" },
];

/** Throws 1064 where this version's parser would stop. The reader stands behind ALTER SYSTEM, and stays there. */
export function refuseLaterForms(reader: TokenReader, version: ObVersion): void {
  const start = reader.mark();
  for (const { words } of GATES) {
    if (!leadsTo(reader, words.split(" "))) continue;
    if (!GATES.some((gate) => gate.words === words && isOpen(gate, version))) throw reader.error();
    reader.rewind(start);
  }
  reader.rewind(start);
}

function isOpen({ since, until }: Gate, version: ObVersion): boolean {
  return isSince(version, since) && !(until !== undefined && isSince(version, until));
}

/** Whether the words come next; the reader then stands at the last of them, else where it stood. */
function leadsTo(reader: TokenReader, words: readonly string[]): boolean {
  const start = reader.mark();
  let anything = false;
  for (const [index, word] of words.entries()) {
    if (word === "…") {
      anything = true;
      continue;
    }
    while (anything && !reader.atEnd() && !reader.sees(word)) reader.takeLiteral();
    anything = false;
    const isLast = index === words.length - 1;
    if (isLast ? !reader.sees(word) : !reader.accepts(word)) {
      reader.rewind(start);
      return false;
    }
  }
  return true;
}
