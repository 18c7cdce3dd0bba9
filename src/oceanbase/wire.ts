import mysql, { type RowDataPacket } from "mysql2/promise";
import type { ClusterAddress } from "./oceanbase.ts";
import type { Row } from "./row.ts";

/**
 * A line to one server on which a user is logged in, without any meaning: text goes out, rows come back, every value as
 * the text that OceanBase wrote. Rejects with the server's errno and sqlMessage, or with the socket's own code.
 */
export interface Wire {
  query(statement: { readonly sql: string; readonly timeout: number }): Promise<readonly Row[]>;
  /** At once, whatever is under way. */
  destroy(): void;
}

/** `whenBroken` is called when an idle line breaks; a line that breaks under a statement rejects it instead. */
export interface Dial {
  readonly address: ClusterAddress;
  readonly connectMs: number;
  readonly whenBroken: () => void;
}

export type OpenWire = (dial: Dial) => Promise<Wire>;

/** The MySQL protocol over TCP. */
export const tcpWire: OpenWire = async ({ address, connectMs, whenBroken }) => {
  const connection = await mysql.createConnection({
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: "oceanbase",
    connectTimeout: connectMs,
    charset: "utf8mb4",
    typeCast: (field) => field.string(),
  });
  // Without a listener a broken idle connection would end the process.
  connection.on("error", whenBroken);
  return {
    query: async (statement) => {
      const [rows] = await connection.query<(Row & RowDataPacket)[]>(statement);
      // A statement without rows answers with a header instead, whatever the type says.
      return Array.isArray(rows) ? rows : [];
    },
    destroy: () => connection.destroy(),
  };
};
