import mysql, { type Connection, type ResultSetHeader, type RowDataPacket } from "mysql2/promise";
import type { Answer, Refusal, Row } from "./trace.ts";

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** One connection for each user, kept: what a statement does to its session holds for the next. */
export class Connections {
  readonly #address: ServerAddress;
  readonly #open = new Map<string, Promise<Connection>>();

  constructor(address: ServerAddress) {
    this.#address = address;
  }

  async answer(sql: string, user: string): Promise<Answer> {
    const connection = await this.#of(user);
    try {
      const [result] = await connection.query<RowDataPacket[] | ResultSetHeader>(sql);
      return Array.isArray(result) ? result : "ok";
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { errno: error.errno, sqlState: error.sqlState, text: error.sqlMessage };
    }
  }

  async rows(sql: string, user: string): Promise<readonly Row[]> {
    const answer = await this.answer(sql, user);
    if (typeof answer === "object" && !("errno" in answer)) return answer;
    throw new Error(`${sql}: ${JSON.stringify(answer)}`);
  }

  hangUp(): void {
    for (const connecting of this.#open.values()) {
      connecting.then(
        (connection) => connection.destroy(),
        () => undefined,
      );
    }
    this.#open.clear();
  }

  #of(user: string): Promise<Connection> {
    const open = this.#open.get(user) ?? this.#connect(user);
    this.#open.set(user, open);
    return open;
  }

  async #connect(user: string): Promise<Connection> {
    const connection = await mysql.createConnection({
      ...this.#address,
      user,
      database: "oceanbase",
      typeCast: (field) => field.string(),
    });
    connection.on("error", () => this.#open.delete(user));
    await connection.query("SET time_zone = '+00:00', ob_query_timeout = 1500000000");
    return connection;
  }
}

interface ServerError extends Error {
  readonly errno: number;
  readonly sqlState: string;
  readonly sqlMessage: string;
}

function isRefusal(error: unknown): error is ServerError {
  return error instanceof Error && "sqlMessage" in error && !("fatal" in error && error.fatal === true);
}

export function isRefused(answer: Answer): answer is Refusal {
  return typeof answer === "object" && "errno" in answer;
}
