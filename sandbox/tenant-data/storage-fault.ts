import { SqlError } from "../engine.ts";
import { type ErrorName, refusal } from "../model/refusal.ts";

/**
 * OceanBase's error for something that the files below a destination make impossible. `message` is OceanBase's own
 * text, `detail` says in our words which file and what was wrong with it (for COMMENT columns and the sandbox's log).
 */
export class StorageFault extends SqlError {
  readonly detail: string;

  constructor(name: ErrorName, detail: string, text?: string) {
    const { errno, sqlState, message } = text === undefined ? refusal(name) : refusal(name, text);
    super(errno, sqlState, message);
    this.detail = detail;
  }
}

/** 4018, the error of every target that the sets and logs do not reach. */
export function notEnoughLog(detail: string): StorageFault {
  return new StorageFault("OB_ENTRY_NOT_EXIST", detail, "No enough log for restore");
}

/** 4018 in its own words: an archive without a piece, asked for its newest instant (4.2.1.9). */
export function nothingArchived(detail: string): StorageFault {
  return new StorageFault("OB_ENTRY_NOT_EXIST", detail, "Entry not exist");
}

/** 9119: the sets and pieces that were named do not reach. */
export function notEnoughSources(text: string): StorageFault {
  return new StorageFault("OB_RESTORE_SOURCE_NOT_ENOUGH", text, text);
}

/** 4179. */
export function notAllowed(what: string): StorageFault {
  return new StorageFault("OB_OP_NOT_ALLOW", what, what);
}

/** OceanBase answers 4103 for a wrong checksum and 4009 for what it cannot read; the sandbox says 4009 for both. */
export function damaged(path: string, what: string): StorageFault {
  return new StorageFault("OB_IO_ERROR", `${path} is damaged: ${what}`);
}

const WRITE_ERRORS: Readonly<Record<string, ErrorName>> = {
  ENOENT: "OB_BACKUP_DEST_NOT_CONNECT",
  ENOTDIR: "OB_BACKUP_DEST_NOT_CONNECT",
  ESTALE: "OB_BACKUP_DEST_NOT_CONNECT",
  EACCES: "OB_BACKUP_PERMISSION_DENIED",
  EPERM: "OB_BACKUP_PERMISSION_DENIED",
  EROFS: "OB_BACKUP_PERMISSION_DENIED",
  ENOSPC: "OB_BACKUP_DEVICE_OUT_OF_SPACE",
  EDQUOT: "OB_BACKUP_DEVICE_OUT_OF_SPACE",
};

const READ_ERRORS: Readonly<Record<string, ErrorName>> = {
  ENOENT: "OB_BACKUP_FILE_NOT_EXIST",
  ENOTDIR: "OB_BACKUP_FILE_NOT_EXIST",
  EACCES: "OB_BACKUP_PERMISSION_DENIED",
  EPERM: "OB_BACKUP_PERMISSION_DENIED",
};

/** Runs an access to a destination and turns what the file system says into what OceanBase would say. */
export function writing<T>(act: () => T): T {
  return translated(act, WRITE_ERRORS);
}

export function reading<T>(act: () => T): T {
  return translated(act, READ_ERRORS);
}

function translated<T>(act: () => T, names: Readonly<Record<string, ErrorName>>): T {
  try {
    return act();
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new StorageFault(names[cause.code] ?? "OB_IO_ERROR", cause.message);
  }
}

function isSystemError(cause: unknown): cause is Error & { readonly code: string } {
  return cause instanceof Error && "syscall" in cause && "code" in cause && typeof cause.code === "string";
}
