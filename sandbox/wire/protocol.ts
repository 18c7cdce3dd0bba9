/** Numbers of the MySQL client/server protocol 4.1 (MySQL 5.7 manual, "Client/Server Protocol"). */
export const CAPABILITY = {
  longPassword: 0x1,
  foundRows: 0x2,
  longFlag: 0x4,
  connectWithDb: 0x8,
  protocol41: 0x200,
  ssl: 0x800,
  transactions: 0x2000,
  secureConnection: 0x8000,
  multiStatements: 0x10000,
  multiResults: 0x20000,
  psMultiResults: 0x40000,
  pluginAuth: 0x80000,
  connectAttributes: 0x100000,
  pluginAuthLenencData: 0x200000,
  sessionTrack: 0x800000,
} as const;

export const STATUS = { inTransaction: 0x1, autocommit: 0x2, moreResults: 0x8 } as const;

export const COMMAND = {
  quit: 0x01,
  initDb: 0x02,
  query: 0x03,
  fieldList: 0x04,
  statistics: 0x09,
  ping: 0x0e,
  changeUser: 0x11,
  stmtPrepare: 0x16,
  stmtExecute: 0x17,
  stmtSendLongData: 0x18,
  stmtClose: 0x19,
  stmtReset: 0x1a,
  setOption: 0x1b,
  resetConnection: 0x1f,
} as const;

export const FIELD_FLAG = { notNull: 1, primaryKey: 2, blob: 16, unsigned: 32, binary: 128 } as const;

export const CHARSET = { utf8mb4: 45, binary: 63 } as const;

/** A frame of exactly this length is followed by another one of the same packet. */
export const FULL_FRAME = 0xffffff;

/** max_allowed_packet of the sandbox; OceanBase's default is 16 MiB. */
export const MAX_PACKET_BYTES = 64 * 1024 * 1024;

export const NATIVE_PASSWORD = "mysql_native_password";
