import type { ArchivePiece } from "./archive-piece.ts";
import type { BackupSet } from "./backup-set.ts";
import type { Source } from "./destination.ts";

export interface RestoreRequest {
  /** Directory of the data destination. */
  readonly dataPath: string;
  /** Directory of the archive destination; without it only PLUS ARCHIVELOG sets serve. */
  readonly archivePath?: string;
  readonly target: { readonly scn: bigint } | { readonly latest: true };
  /** SET DECRYPTION IDENTIFIED BY, one or more. */
  readonly passwords: readonly string[];
}

export interface RestorePlan {
  readonly targetScn: bigint;
  /** Full set first. */
  readonly sets: readonly { readonly set: BackupSet; readonly directory: string }[];
  readonly pieces: readonly { readonly piece: ArchivePiece; readonly directory: string }[];
  /** Bytes to read from the sets and from the pieces. */
  readonly dataBytes: number;
  readonly logBytes: number;
  /** Of the newest set used: RESTORE checks its version and compatible against the cluster's. */
  readonly source: Source;
  readonly passwords: readonly string[];
}

/**
 * The kernel's own choice of sets and pieces (ob_backup_data_store.cpp, ob_archive_store.cpp, see each step).
 * Throws 9011 / 9080 (no backup there), 9047 (password), 4018 (target before the first set, in a hole, past the end).
 */
export function planRestore(request: RestoreRequest): RestorePlan {
  throw new Error(`not written yet: ${request.dataPath}`);
}

/**
 * The pieces that carry a restored tenant from `fromScn` further on (RECOVER STANDBY UNTIL). `target.latest` is the
 * newest checkpoint in the archive path, at least `fromScn`. Throws 4018.
 */
export function planRecovery(request: {
  readonly archivePath: string;
  readonly fromScn: bigint;
  readonly target: { readonly scn: bigint } | { readonly latest: true };
}): RestorePlan {
  throw new Error(`not written yet: ${request.archivePath}`);
}
