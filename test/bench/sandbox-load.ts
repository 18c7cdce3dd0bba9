import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { startSandbox } from "../support/sandbox-process.ts";
import type { Figure } from "./main.ts";
import { residentMiB } from "./processes.ts";

const STATEMENTS = 20_000;
const CONNECTIONS = 4;
/** Statements of one connection that are on the way at once: more would measure the client's memory. */
const PIPELINED = 100;
const TENANTS = 300;
const SETTLE_MS = 20_000;

/**
 * `SELECT note FROM … WHERE id = n` over the wire, each n another: one statement at a time on four connections, as many
 * threads of a program would, and pipelined on four, as the protocol allows. The client is this process, on the same
 * machine.
 */
export async function measureSandboxStatements(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  const sandbox = await startSandbox({ dir, flags: ["--tenants", "shop", "--workload", "off"] });
  await sandbox.query("root@shop", "CREATE DATABASE bench");
  await sandbox.query("root@shop", "CREATE TABLE bench.notes (id INT PRIMARY KEY, note VARCHAR(40))");
  const rows = Array.from({ length: 1000 }, (_, id) => `(${id}, 'note ${id}')`).join(", ");
  await sandbox.query("root@shop", `INSERT INTO bench.notes VALUES ${rows}`);
  const oneByOne = await perSecond(() => askOneByOne(sandbox.port));
  const pipelined = await perSecond(() => askPipelined(sandbox.port));
  await sandbox.kill("SIGTERM");
  rmSync(dir, { recursive: true, force: true });
  return [
    {
      what: `sandbox: simple statements, pipelined on ${CONNECTIONS} connections`,
      wanted: "≥ 10,000 /s",
      measured: `${pipelined.toLocaleString("en")} /s`,
      isMet: pipelined >= 10_000,
    },
    {
      what: `sandbox: simple statements, one at a time on ${CONNECTIONS} connections (mysql2)`,
      wanted: "(no figure)",
      measured: `${oneByOne.toLocaleString("en")} /s`,
      isMet: true,
    },
  ];
}

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  await work();
  const began = performance.now();
  await work();
  return Math.round(STATEMENTS / ((performance.now() - began) / 1000));
}

const statement = (number: number) => `SELECT note FROM bench.notes WHERE id = ${number % 1000}`;

function askOneByOne(port: number): Promise<unknown> {
  const share = async () => {
    const connection = await mysql.createConnection({ host: "127.0.0.1", port, user: "root@shop" });
    for (let number = 0; number < STATEMENTS / CONNECTIONS; number++) {
      const [rows] = await connection.query<mysql.RowDataPacket[]>(statement(number));
      if (rows[0]?.note !== `note ${number % 1000}`) throw new Error("the sandbox answered wrongly");
    }
    await connection.end();
  };
  return Promise.all(Array.from({ length: CONNECTIONS }, share));
}

function askPipelined(port: number): Promise<unknown> {
  return Promise.all(Array.from({ length: CONNECTIONS }, () => pipeline(port, STATEMENTS / CONNECTIONS)));
}

/** A login of our own and packets counted, so that the client costs next to nothing. */
async function pipeline(port: number, count: number): Promise<void> {
  const line = new Line(port);
  await line.login("root@shop");
  for (let sent = 0; sent < count; sent += PIPELINED) {
    const batch = Math.min(PIPELINED, count - sent);
    line.send(Array.from({ length: batch }, (_, index) => query(statement(sent + index))));
    // One row: the number of columns, the column, EOF, the row, EOF.
    await line.packets(5 * batch);
  }
  line.close();
}

function query(sql: string): Buffer {
  const text = Buffer.from(sql);
  const head = Buffer.alloc(5);
  head.writeUIntLE(text.length + 1, 0, 3);
  head[4] = 0x03;
  return Buffer.concat([head, text]);
}

/** The bytes of the MySQL protocol, packets counted. */
class Line {
  readonly #socket: ReturnType<typeof connect>;
  #rest: Buffer = Buffer.alloc(0);
  #seen = 0;
  #wanted: { readonly count: number; readonly resolve: () => void } | undefined;

  constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1");
    this.#socket.setNoDelay(true);
    this.#socket.on("data", (bytes) => this.#count(bytes));
  }

  /** With an empty password and no database. */
  async login(user: string): Promise<void> {
    await this.packets(1);
    const flags = Buffer.alloc(32);
    flags.writeUInt32LE(0x00_08_82_00 | 0x1, 0);
    flags[8] = 45;
    const body = Buffer.concat([flags, Buffer.from(`${user}\0\0mysql_native_password\0`)]);
    const head = Buffer.alloc(4);
    head.writeUIntLE(body.length, 0, 3);
    head[3] = 1;
    this.send([Buffer.concat([head, body])]);
    await this.packets(1);
  }

  send(packets: readonly Buffer[]): void {
    this.#socket.write(Buffer.concat(packets));
  }

  /** Resolves once so many more have come. */
  packets(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wanted = { count: this.#seen + count, resolve };
      this.#settle();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #count(bytes: Buffer): void {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let at = 0;
    while (at + 4 <= all.length && at + 4 + all.readUIntLE(at, 3) <= all.length) {
      if (all[at + 4] === 0xff)
        throw new Error(`the sandbox refused: ${all.toString("utf8", at + 13, at + 200)}`);
      at += 4 + all.readUIntLE(at, 3);
      this.#seen++;
    }
    this.#rest = all.subarray(at);
    this.#settle();
  }

  #settle(): void {
    if (this.#wanted === undefined || this.#seen < this.#wanted.count) return;
    const { resolve } = this.#wanted;
    this.#seen -= this.#wanted.count;
    this.#wanted = undefined;
    resolve();
  }
}

/** A sandbox with 300 tenants that nobody uses, and then with one idle session in each of them. */
export async function measureSandboxTenants(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  const names = Array.from({ length: TENANTS }, (_, index) => `t${index + 1}`);
  const flags = ["--tenants", names.join(","), "--workload", "off"];
  const sandbox = await startSandbox({ dir, flags });
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const idle = residentMiB(sandbox.pid);
  const sessions = [];
  for (const name of names) {
    const session = await mysql.createConnection({
      host: "127.0.0.1",
      port: sandbox.port,
      user: `root@${name}`,
    });
    await session.query("SELECT 1");
    sessions.push(session);
  }
  const withSessions = residentMiB(sandbox.pid);
  for (const session of sessions) session.destroy();
  await sandbox.kill("SIGTERM");
  rmSync(dir, { recursive: true, force: true });
  return [
    {
      what: `sandbox with ${TENANTS} idle tenants, resident memory`,
      wanted: "≤ 400 MB",
      measured: `${idle.toFixed(0)} MiB`,
      isMet: idle * 1.048576 <= 400,
    },
    {
      what: `… with an idle session in each of them`,
      wanted: "(no figure)",
      measured: `${withSessions.toFixed(0)} MiB`,
      isMet: true,
    },
  ];
}
