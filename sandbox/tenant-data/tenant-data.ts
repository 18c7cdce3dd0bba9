import type { DatabaseSync } from "node:sqlite";

/**
 * The rows of one tenant: an SQLite file in WAL mode and the redo of every commit, each with its SCN. Everything is
 * synchronous, so a commit and its redo record cannot be torn apart by another session.
 */
export interface TenantData {
  /** A new connection for one session. The session closes it. */
  connect(): DatabaseSync;
  /**
   * To be called after every statement that may have committed a change through any connection: takes the WAL frames that
   * are new and stores them as one redo record. Returns its SCN, or undefined when nothing was written.
   */
  captureCommit(): bigint | undefined;
  /** SCN of the newest redo record, or the SCN of creation. */
  readonly lastScn: bigint;
  /** Bytes of the data file. */
  readonly sizeBytes: number;
  close(): void;
}
