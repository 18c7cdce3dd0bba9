import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { SecureContext } from "node:tls";
import type { Account, Connection, Engine } from "../engine.ts";
import { LineDropped, LockWait, SqlError } from "../engine.ts";
import {
  type AnswerStyle,
  type Outcome,
  writeColumns,
  writeEof,
  writeError,
  writeOk,
  writeOutcome,
} from "./answer.ts";
import { ByteReader } from "./byte-reader.ts";
import { Channel } from "./channel.ts";
import { writeColumn } from "./column-definition.ts";
import * as login from "./login.ts";
import type { Packet } from "./packet-stream.ts";
import { CAPABILITY, COMMAND, NATIVE_PASSWORD, STATUS } from "./protocol.ts";
import { splitStatements } from "./split.ts";
import { StatementStore } from "./statement-store.ts";
import { statementText } from "./statement-text.ts";

export interface ConversationOptions {
  readonly socket: Socket;
  readonly engine: Engine;
  readonly connectionId: number;
  readonly secureContext: SecureContext | undefined;
  statistics(): string;
  onEnd(): void;
}

const MAX_LOCK_PAUSE_MS = 20;

/** One client from greeting to goodbye. Its packets are answered strictly one after the other. */
export class Conversation {
  readonly #options: ConversationOptions;
  readonly #channel: Channel;
  readonly #statements = new StatementStore();
  readonly #scramble = login.newScramble();
  #expects: "login" | "proof" | "commands" = "login";
  #credentials: login.Credentials | undefined;
  #capabilities = 0;
  #connection: Connection | undefined;
  #busy = false;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#channel = new Channel(options.socket, {
      onPacket: () => this.#wake(),
      onTooLarge: () => this.#refuseTooLarge(),
      onClose: () => this.#ended(),
    });
    this.#packet((out) =>
      login.writeGreeting(out, {
        version: options.engine.handshakeVersion,
        connectionId: options.connectionId,
        scramble: this.#scramble,
        offersTls: options.secureContext !== undefined,
      }),
    );
    void this.#channel.flush();
  }

  close(): void {
    this.#channel.destroy();
  }

  #packet(write: (out: Channel["out"]) => void): void {
    this.#channel.out.begin();
    write(this.#channel.out);
    this.#channel.out.end();
  }

  #wake(): void {
    if (!this.#busy) void this.#answerAll();
  }

  async #answerAll(): Promise<void> {
    this.#busy = true;
    for (let packet = this.#channel.shift(); packet; packet = this.#channel.shift()) {
      try {
        await this.#answer(packet);
      } catch (error) {
        if (error instanceof LineDropped) this.close();
        else writeError(this.#channel.out, asSqlError(error));
      }
      const slow = this.#channel.flush();
      if (slow) await slow;
    }
    this.#busy = false;
    if (this.#channel.closed) this.#release();
  }

  #answer(packet: Packet): Promise<void> | undefined {
    if (this.#expects === "commands") return this.#command(packet.payload);
    if (this.#expects === "login") this.#login(packet.payload);
    else this.#prove(packet.payload);
    return undefined;
  }

  #login(payload: Buffer): void {
    const { secureContext } = this.#options;
    if (secureContext && login.isTlsRequest(payload)) return this.#channel.startTls(secureContext);
    const response = login.readHandshakeResponse(payload);
    this.#capabilities = response.capabilities;
    this.#credentials = response;
    if (response.plugin === NATIVE_PASSWORD) return this.#prove(response.token);
    this.#askForProof();
  }

  #askForProof(): void {
    this.#expects = "proof";
    this.#packet((out) => login.writeAuthSwitch(out, this.#scramble));
  }

  /** Opens the session once the password is proven; every failure ends the connection, as MySQL does. */
  #prove(token: Buffer): void {
    try {
      this.#connection = this.#open(token);
      this.#expects = "commands";
      writeOk(this.#channel.out, {}, this.#style());
    } catch (error) {
      if (error instanceof LineDropped) throw error;
      writeError(this.#channel.out, asSqlError(error));
      this.#channel.end();
    }
  }

  #open(token: Buffer): Connection {
    const { engine, connectionId, socket } = this.#options;
    const { user = "", database } = this.#credentials ?? {};
    const clientAddress = socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
    const account: Account = engine.account({ user, database, connectionId, clientAddress });
    if (!login.provesPassword({ scramble: this.#scramble, token, passwordHash: account.passwordHash })) {
      throw accessDenied(user, token.length > 0);
    }
    return account.open();
  }

  #style(more?: "more"): AnswerStyle {
    const connection = this.#connection;
    let status = more ? STATUS.moreResults : 0;
    if (connection?.autocommit ?? true) status |= STATUS.autocommit;
    if (connection?.inTransaction) status |= STATUS.inTransaction;
    return {
      binary: false,
      status,
      foundRows: (this.#capabilities & CAPABILITY.foundRows) !== 0,
      relieve: () => this.#channel.flush(),
    };
  }

  #command(payload: Buffer): Promise<void> | undefined {
    const body = payload.subarray(1);
    const command = payload[0] ?? 0;
    switch (command) {
      case COMMAND.query:
        return this.#query(statementText(body));
      case COMMAND.stmtExecute:
        return this.#executePrepared(body);
      case COMMAND.initDb:
        return this.#query(`USE \`${body.toString("utf8").replaceAll("`", "``")}\``);
      case COMMAND.fieldList:
        return this.#fieldList(new ByteReader(body).nullTerminated());
      default:
        this.#simpleCommand(command, body);
        return undefined;
    }
  }

  /** The commands that run no statement. */
  #simpleCommand(command: number, body: Buffer): void {
    const reader = new ByteReader(body);
    switch (command) {
      case COMMAND.quit:
        return this.#channel.end();
      case COMMAND.ping:
        return writeOk(this.#channel.out, {}, this.#style());
      case COMMAND.statistics:
        return this.#packet((out) => out.text(this.#options.statistics()));
      case COMMAND.changeUser:
        return this.#changeUser(body);
      case COMMAND.stmtPrepare:
        return this.#prepare(body.toString("utf8"));
      case COMMAND.stmtSendLongData:
        return this.#statements.addLongData(reader.uint(4), reader.uint(2), reader.rest());
      case COMMAND.stmtClose:
        return this.#statements.close(reader.uint(4));
      case COMMAND.stmtReset:
        this.#statements.get(reader.uint(4)).reset();
        return writeOk(this.#channel.out, {}, this.#style());
      case COMMAND.setOption:
        this.#setOption(reader.uint(2));
        return writeEof(this.#channel.out, this.#style().status);
      case COMMAND.resetConnection:
        this.#reset();
        return writeOk(this.#channel.out, {}, this.#style());
      default:
        throw new SqlError(1047, "08S01", "Unknown command");
    }
  }

  #reset(): void {
    this.#statements.clear();
    this.#connection?.reset();
  }

  /** MYSQL_OPTION_MULTI_STATEMENTS_ON is 0. */
  #setOption(option: number): void {
    if (option === 0) this.#capabilities |= CAPABILITY.multiStatements;
    else this.#capabilities &= ~CAPABILITY.multiStatements;
  }

  #changeUser(body: Buffer): void {
    this.#release();
    this.#statements.clear();
    this.#credentials = login.readChangeUser(body);
    this.#askForProof();
  }

  async #query(sql: string): Promise<void> {
    const several = (this.#capabilities & CAPABILITY.multiStatements) !== 0;
    const statements = several ? splitStatements(sql) : [sql];
    if (statements.length === 0) throw new SqlError(1065, "42000", "Query was empty");
    for (const [i, statement] of statements.entries()) {
      const running = this.#run(statement);
      const outcome = running instanceof Promise ? await running : running;
      const sent = this.#send(outcome, this.#style(i < statements.length - 1 ? "more" : undefined));
      if (sent) await sent;
      if (outcome instanceof SqlError) return;
      if (this.#channel.out.length > FLUSH_BYTES) await this.#channel.flush();
    }
  }

  /** Every statement of every command passes here before it reaches the engine. */
  #run(sql: string): Outcome | Promise<Outcome> {
    const outcome = this.#attempt(sql);
    return outcome instanceof LockWait && outcome.waitMs > 0 ? this.#waitForLock(sql, outcome) : outcome;
  }

  /** Every outcome of a statement passes here on its way to the client. */
  #send(outcome: Outcome, style: AnswerStyle): Promise<void> | undefined {
    return writeOutcome(this.#channel.out, outcome, style);
  }

  #attempt(sql: string): Outcome {
    try {
      if (!this.#connection) throw new SqlError(1152, "08S01", "Aborted connection");
      return this.#connection.execute(sql);
    } catch (error) {
      if (error instanceof LineDropped) throw error;
      return asSqlError(error);
    }
  }

  async #waitForLock(sql: string, first: LockWait): Promise<Outcome> {
    const deadline = performance.now() + first.waitMs;
    let pause = 1;
    let outcome: Outcome = first;
    while (outcome instanceof LockWait && performance.now() < deadline && !this.#channel.closed) {
      await sleep(pause);
      pause = Math.min(pause * 2, MAX_LOCK_PAUSE_MS);
      outcome = this.#attempt(sql);
    }
    return outcome;
  }

  #prepare(sql: string): void {
    const { id, statement } = this.#statements.add(sql);
    const parameters = statement.places.length;
    // The columns are announced with each execution only: what a statement returns is known once its parameters are.
    this.#packet((out) => {
      out.uint(0, 1);
      out.uint(id, 4);
      out.uint(0, 2);
      out.uint(parameters, 2);
      out.uint(0, 1);
      out.uint(0, 2);
    });
    const marks = Array.from({ length: parameters }, () => ({ name: "?", type: "varchar" }) as const);
    if (parameters > 0) writeColumns(this.#channel.out, marks, this.#style().status);
  }

  async #executePrepared(body: Buffer): Promise<void> {
    const reader = new ByteReader(body);
    const statement = this.#statements.get(reader.uint(4));
    reader.bytes(5);
    const outcome = await this.#run(statement.withParameters(reader));
    await this.#send(outcome, { ...this.#style(), binary: true });
  }

  /** COM_FIELD_LIST: the columns of a table, each with its default value, which nobody reads and which is sent as NULL. */
  async #fieldList(table: string): Promise<void> {
    const outcome = await this.#run(`SELECT * FROM \`${table.replaceAll("`", "``")}\` LIMIT 0`);
    if (outcome instanceof SqlError) throw outcome;
    for (const column of outcome.kind === "rows" ? outcome.columns : []) {
      this.#packet((out) => {
        writeColumn(out, column);
        out.uint(0xfb, 1);
      });
    }
    writeEof(this.#channel.out, this.#style().status);
  }

  #refuseTooLarge(): void {
    writeError(
      this.#channel.out,
      new SqlError(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes"),
    );
    this.#channel.end();
  }

  #ended(): void {
    if (!this.#busy) this.#release();
    this.#options.onEnd();
  }

  #release(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

const FLUSH_BYTES = 64 * 1024;

/** As OceanBase answers, who shows no client address here. */
const accessDenied = (user: string, withPassword: boolean) =>
  new SqlError(
    1045,
    "42000",
    `Access denied for user '${user.replace(/[@#].*$/, "")}'@'xxx.xxx.xxx.xxx' (using password: ${withPassword ? "YES" : "NO"})`,
  );

/** Anything that is not an SqlError is a defect of the sandbox: OceanBase's internal error, with what was thrown. */
function asSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  return new SqlError(
    4016,
    "HY000",
    `Internal error: ${error instanceof Error ? error.message : String(error)}`,
  );
}
