/** What a fault may wait for, by name. `login` is the arrival of a client; every other one a statement. */
const KINDS = {
  login: /^/,
  any: /^/,
  read: /^(?:select|show|desc|describe|with|explain)\b/i,
  /** Changes the cluster: whatever Holdfast's like would have to look for after a broken line. */
  effect: /^(?:alter\s+(?:system|resource|tenant)|(?:create|drop)\s+(?:resource|tenant))\b/i,
  backup: /^alter\s+system\s+backup\b/i,
  "cancel-backup": /^alter\s+system\s+cancel\s+backup\b/i,
  restore: /^alter\s+system\s+restore\b/i,
  "cancel-restore": /^alter\s+system\s+cancel\s+restore\b/i,
  archivelog: /^alter\s+system\s+archivelog\b/i,
  noarchivelog: /^alter\s+system\s+noarchivelog\b/i,
  destination: /^alter\s+system\s+set\s+(?:data_backup_dest|log_archive_dest)\b/i,
  activate: /^alter\s+system\s+activate\b/i,
  "create-unit": /^create\s+resource\s+unit\b/i,
  "create-pool": /^create\s+resource\s+pool\b/i,
} as const satisfies Readonly<Record<string, RegExp>>;

export const STATEMENT_KINDS = Object.keys(KINDS);

/** Blanks and comments before a statement, hints among them. */
const BEFORE = /^(?:\s+|\/\*[\s\S]*?\*\/|(?:--\s|#)[^\n]*\n)*/;

export type Matches = (statement: string) => boolean;

/** Stands for the arrival of a client, as no statement can. */
export const LOGIN = "\u0000login";

/** Undefined for what is neither the name of a kind nor a regular expression between slashes. */
export function statementMatcher(text: string): Matches | undefined {
  const written = /^\/(.+)\/$/s.exec(text)?.[1];
  if (written === undefined) {
    const pattern = Object.entries(KINDS).find(([name]) => name === text)?.[1];
    return pattern && ((statement) => isOfKind(statement, text, pattern));
  }
  try {
    const pattern = new RegExp(written, "i");
    return (statement) => statement !== LOGIN && pattern.test(statement);
  } catch {
    return undefined;
  }
}

function isOfKind(statement: string, name: string, pattern: RegExp): boolean {
  if ((statement === LOGIN) !== (name === "login")) return false;
  return pattern.test(statement.replace(BEFORE, ""));
}
