import fs from "node:fs";
import type { StatementRecord } from "./cluster-options.ts";

export interface StatementLog {
  readonly write: (record: StatementRecord) => void;
  close(): void;
}

/** --log-statements: one JSON object per line, appended as each statement is answered. Passwords in statements stand in it. */
export function statementLog(file: string): StatementLog {
  const descriptor = fs.openSync(file, "a", 0o600);
  return {
    write: (record) => fs.writeSync(descriptor, `${JSON.stringify(record)}\n`),
    close: () => fs.closeSync(descriptor),
  };
}
