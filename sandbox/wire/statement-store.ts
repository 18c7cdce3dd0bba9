import { SqlError } from "../engine.ts";
import { PreparedStatement } from "./prepared-statement.ts";
import { MAX_PACKET_BYTES } from "./protocol.ts";

/** As MySQL's max_prepared_stmt_count, but for each connection. */
const MAX_STATEMENTS = 16_382;

/** The prepared statements of one connection. */
export class StatementStore {
  readonly #statements = new Map<number, PreparedStatement>();
  #lastId = 0;

  add(sql: string): { readonly id: number; readonly statement: PreparedStatement } {
    if (this.#statements.size >= MAX_STATEMENTS) {
      const message = `Can't create more than max_prepared_stmt_count statements (current value: ${MAX_STATEMENTS})`;
      throw new SqlError(1461, "42000", message);
    }
    const statement = new PreparedStatement(sql);
    if (statement.places.length > 0xffff) {
      throw new SqlError(1390, "HY000", "Prepared statement contains too many placeholders");
    }
    this.#lastId++;
    this.#statements.set(this.#lastId, statement);
    return { id: this.#lastId, statement };
  }

  get(id: number): PreparedStatement {
    const statement = this.#statements.get(id);
    if (!statement)
      throw new SqlError(1243, "HY000", `Unknown prepared statement handler (${id}) given to EXECUTE`);
    return statement;
  }

  /** COM_STMT_SEND_LONG_DATA has no answer, so an unknown statement or too much data shows at the next execution. */
  addLongData(id: number, parameter: number, bytes: Buffer): void {
    const statement = this.#statements.get(id);
    if (statement && statement.longDataSize + bytes.length <= MAX_PACKET_BYTES) {
      statement.addLongData(parameter, bytes);
    } else if (statement) this.#statements.delete(id);
  }

  close(id: number): void {
    this.#statements.delete(id);
  }

  clear(): void {
    this.#statements.clear();
  }
}
