/**
 * What the MySQL wire asks of a cluster, and nothing more. One `Connection` is one session: it holds the session's
 * variables, its current database and its open transaction.
 */
export type Value = null | string | number | bigint | Uint8Array;

/** The MySQL column types that the sandbox sends. */
export type ColumnType =
  | "tinyint"
  | "smallint"
  | "mediumint"
  | "int"
  | "bigint"
  | "float"
  | "double"
  | "decimal"
  | "date"
  | "time"
  | "datetime"
  | "timestamp"
  | "year"
  | "char"
  | "varchar"
  | "binary"
  | "varbinary"
  | "longtext"
  | "blob"
  | "json"
  | "null";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Display width in characters (varchar) or digits; absent means the type's default. */
  readonly length?: number;
  readonly decimals?: number;
  readonly unsigned?: boolean;
  readonly nullable?: boolean;
  readonly primaryKey?: boolean;
  readonly table?: string;
  readonly schema?: string;
}

export type Reply =
  | {
      readonly kind: "rows";
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Value[])[];
    }
  | {
      readonly kind: "ok";
      readonly affectedRows?: number;
      /** Rows that an UPDATE found; the wire sends it as affected rows to clients that ask with CLIENT_FOUND_ROWS. */
      readonly matchedRows?: number;
      readonly insertId?: number | bigint;
      readonly info?: string;
      /** Set when the statement changed the current database, so that the wire can answer COM_INIT_DB. */
      readonly database?: string;
      readonly warnings?: number;
    };

/** An error as OceanBase answers it: `ERROR errno (sqlState): message`. */
export class SqlError extends Error {
  readonly errno: number;
  readonly sqlState: string;

  constructor(errno: number, sqlState: string, message: string) {
    super(message);
    this.errno = errno;
    this.sqlState = sqlState;
  }
}

/**
 * Another session holds the lock. Nothing was changed: the wire tries the same statement again until `waitMs` have passed
 * and then sends 1205.
 */
export class LockWait extends SqlError {
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(1205, "HY000", "Lock wait timeout exceeded; try restarting transaction");
    this.waitMs = waitMs;
  }
}

/**
 * The line is down, and the session with it: no answer comes any more. Thrown by an engine behind a faulty line
 * (sandbox/faults); the wire closes the socket. Whether the statement took effect is not told.
 */
export class LineDropped extends Error {}

export interface Connection {
  /**
   * Runs exactly one statement (the wire has split multi-statements and filled in prepared parameters). Throws SqlError,
   * and LineDropped where faults are planned.
   */
  execute(sql: string): Reply;
  /** True while a transaction is open: the wire sets SERVER_STATUS_IN_TRANS. */
  readonly inTransaction: boolean;
  readonly autocommit: boolean;
  /** Back to the state after login (COM_RESET_CONNECTION, COM_CHANGE_USER). */
  reset(): void;
  /** Rolls back what is open and frees the session. */
  close(): void;
}

export interface Login {
  /** The user part and what follows it exactly as sent: `root@shop#prod`, `root@sys`, `root`. */
  readonly user: string;
  readonly database: string | undefined;
  readonly connectionId: number;
  readonly clientAddress: string;
}

export interface Account {
  /** SHA1(SHA1(password)), or an empty array where the password is empty. */
  readonly passwordHash: Uint8Array;
  /** Called once the password was proven. Throws SqlError (1049 unknown database, …). */
  open(): Connection;
}

export interface Engine {
  /** Sent in the handshake, for example `5.7.25`; OceanBase's own words stand in version() and @@version_comment. */
  readonly handshakeVersion: string;
  /** Throws SqlError: 5160 for an unknown tenant, 1045 for an unknown user; LineDropped where connections are refused. */
  account(login: Login): Account;
}
