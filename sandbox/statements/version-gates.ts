import { isSince, type ObVersion } from "../model/version.ts";
import type { TokenReader } from "../sql/token-reader.ts";

/** A form that some parsers do not know yet. Builds from `since` on, before `until`, take it. */
interface Gate {
  /** How the form begins. Without `behind`, older parsers stop at the last of these words, with 1064. */
  readonly words: string;
  /** A word further on that older parsers stop at. */
  readonly behind?: string;
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
  { words: "RUN UPGRADE JOB", behind: "TENANT", since: "4.1" },
  { words: "ACTIVATE STANDBY", behind: "VERIFY", since: "4.2.1.8" },
  { words: "SWITCHOVER TO", behind: "VERIFY", since: "4.2.1.8" },
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
  for (const gate of GATES) {
    if (leadsTo(reader, gate) && !isTaken(gate, version)) throw reader.error();
    reader.rewind(start);
  }
}

/** A form may have come, gone and come again: any of its gates opens it. */
function isTaken({ words, behind }: Gate, version: ObVersion): boolean {
  const same = GATES.filter((gate) => gate.words === words && gate.behind === behind);
  return same.some(
    ({ since, until }) => isSince(version, since) && !(until !== undefined && isSince(version, until)),
  );
}

/** Whether the form comes next; if so the reader then stands at the word that older parsers stop at. */
function leadsTo(reader: TokenReader, { words, behind }: Gate): boolean {
  const head = words.split(" ");
  if (!reader.sees(...head)) return false;
  reader.accepts(...(behind === undefined ? head.slice(0, -1) : head));
  if (behind === undefined) return true;
  while (!reader.atEnd() && !reader.sees(behind)) reader.takeLiteral();
  return reader.sees(behind);
}
