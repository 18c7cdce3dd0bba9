import type { ObVersion } from "../model/version.ts";
import { TokenReader } from "../sql/token-reader.ts";
import {
  readAlterUser,
  readCreateUser,
  readDropUser,
  readGrant,
  readSetPassword,
} from "./account-statements.ts";
import { readAlterSystem } from "./alter-system.ts";
import type { Command } from "./command.ts";
import { readResourceStatement } from "./resource-statements.ts";
import { showRestorePreview } from "./restore-statements.ts";
import { readSetDecryption, readSetEncryption } from "./setting-statements.ts";
import { readShowParameters } from "./show-parameters.ts";
import {
  readAlterTenant,
  readCreateTenant,
  readDropTenant,
  readFlashbackTenant,
  readPurgeTenant,
  readShowRecyclebin,
} from "./tenant-statements.ts";

export interface ReadCommand {
  readonly command: Command;
  /** Needs the ALTER SYSTEM privilege (1227 without). */
  readonly guarded: boolean;
}

type Read = (reader: TokenReader, version: ObVersion) => Command;

/** The beginnings that belong to the cluster; everything else is a tenant's own SQL. */
const GUARDED: readonly (readonly [readonly string[], Read])[] = [
  [["ALTER", "SYSTEM"], readAlterSystem],
  [["CREATE", "TENANT"], readCreateTenant],
  [["DROP", "TENANT"], readDropTenant],
  [["PURGE", "TENANT"], readPurgeTenant],
  [["FLASHBACK", "TENANT"], readFlashbackTenant],
  [["ALTER", "TENANT"], readAlterTenant],
  [["CREATE", "USER"], readCreateUser],
  [["DROP", "USER"], readDropUser],
  [["ALTER", "USER"], readAlterUser],
  [["GRANT"], (reader) => readGrant(reader, "GRANT")],
  [["REVOKE"], (reader) => readGrant(reader, "REVOKE")],
];

const FREE: readonly (readonly [readonly string[], Read])[] = [
  [["SET", "ENCRYPTION"], readSetEncryption],
  [["SET", "DECRYPTION"], readSetDecryption],
  [["SET", "PASSWORD"], readSetPassword],
  [["SHOW", "PARAMETERS"], readShowParameters],
  [["SHOW", "RESTORE", "PREVIEW"], readPreviewRows],
  [["SHOW", "RECYCLEBIN"], readShowRecyclebin],
];

const RESOURCE_VERBS = ["CREATE", "ALTER", "DROP"] as const;
const FIRST_WORDS = /^\s*(?:\/\*.*?\*\/\s*)*(ALTER|CREATE|DROP|PURGE|FLASHBACK|GRANT|REVOKE|SET|SHOW)\b/is;

/** Undefined for a statement that is the session's. Throws 1064 near what this version's parser would not take. */
export function readCommand(sql: string, version: ObVersion): ReadCommand | undefined {
  if (!FIRST_WORDS.test(sql)) return undefined;
  const reader = new TokenReader(sql);
  for (const verb of RESOURCE_VERBS) {
    if (reader.sees(verb, "RESOURCE")) {
      reader.take();
      return { command: readResourceStatement(reader, verb), guarded: true };
    }
  }
  for (const [words, read] of GUARDED) {
    if (reader.accepts(...words)) return { command: read(reader, version), guarded: true };
  }
  for (const [words, read] of FREE) {
    if (reader.accepts(...words)) return { command: read(reader, version), guarded: false };
  }
  return undefined;
}

function readPreviewRows(reader: TokenReader): Command {
  reader.expectEnd();
  return showRestorePreview;
}
