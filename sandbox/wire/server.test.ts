import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import * as fc from "fast-check";
import * as mariadb from "mariadb";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, type Engine, LineDropped, LockWait, type Reply, SqlError } from "../engine.ts";
import { nativePasswordHash } from "./login.ts";
import { type MysqlServer, serveMysql } from "./server.ts";

/** Answers with what it was sent: enough to see what the wire does to statements, rows and errors. */
const received: string[] = [];
let failuresLeft = 0;

const NUMBERS = [-1, -2, -9007199254740993n, 18446744073709551615n, 1.5, "-12.50"];
const TIMES = ["2026-11-25", "2026-11-25 01:02:03.000004", "-27:00:01.500000"];
const TEXTS = [...TIMES, "naïve 备份", new Uint8Array([0, 255, 128]), null];

const ROWS: Reply = {
  kind: "rows",
  columns: [
    { name: "t", type: "tinyint" },
    { name: "i", type: "int" },
    { name: "b", type: "bigint" },
    { name: "u", type: "bigint", unsigned: true },
    { name: "f", type: "double" },
    { name: "d", type: "decimal", length: 20, decimals: 2 },
    { name: "day", type: "date" },
    { name: "at", type: "datetime", decimals: 6 },
    { name: "clock", type: "time", decimals: 6 },
    { name: "s", type: "varchar" },
    { name: "x", type: "blob" },
    { name: "nothing", type: "int" },
  ],
  rows: [[...NUMBERS, ...TEXTS]],
};

function execute(sql: string): Reply {
  received.push(sql);
  if (sql === "rows") return ROWS;
  if (sql === "many")
    return {
      kind: "rows",
      columns: [{ name: "n", type: "int" }],
      rows: Array.from({ length: 50_000 }, (_, n) => [n]),
    };
  if (sql === "fail") throw new SqlError(9040, "HY000", "backup can not start, because 中文");
  if (sql === "lock" && failuresLeft-- > 0) throw new LockWait(5000);
  if (sql === "drop") throw new LineDropped("as planned");
  if (sql === "deadlock") throw new LockWait(30);
  if (sql.startsWith("size"))
    return { kind: "rows", columns: [{ name: "s", type: "longtext" }], rows: [[sql.slice(5)]] };
  return {
    kind: "ok",
    affectedRows: 1,
    matchedRows: 3,
    insertId: 7n,
    info: "Rows matched: 3  Changed: 1  Warnings: 0",
  };
}

const connection: Connection = {
  execute,
  inTransaction: true,
  autocommit: false,
  reset: () => received.push("(reset)"),
  close: () => received.push("(close)"),
};

const engine: Engine = {
  handshakeVersion: "5.7.25",
  account: ({ user }) => {
    if (user.startsWith("refused")) throw new LineDropped("as planned");
    if (user.startsWith("nobody"))
      throw new SqlError(5160, "HY000", "invalid tenant name specified in connection string");
    return {
      passwordHash: nativePasswordHash(user.startsWith("root") ? "" : "secret"),
      open: () => connection,
    };
  },
};

let server: MysqlServer;
beforeAll(async () => {
  server = await serveMysql({ engine, port: 0, host: "127.0.0.1", tls: "self-signed", maxConnections: 20 });
});
afterAll(() => server.close());

const options = (more: object = {}) => ({
  host: "127.0.0.1",
  port: server.port,
  user: "app@shop",
  password: "secret",
  ...more,
});

const PLAIN = {
  t: -1,
  i: -2,
  b: "-9007199254740993",
  u: "18446744073709551615",
  f: 1.5,
  d: "-12.50",
  day: "2026-11-25",
  at: "2026-11-25 01:02:03.000004",
  clock: "-27:00:01.500000",
  s: "naïve 备份",
  x: Buffer.from([0, 255, 128]),
  nothing: null,
};

test("mysql2 reads every type the same from text and from binary rows", async () => {
  const db = await mysql.createConnection(options({ supportBigNumbers: true, dateStrings: true }));
  const [text] = await db.query("rows");
  const [binary] = await db.execute("rows");
  await db.end();
  expect(text).toEqual([PLAIN]);
  // mysql2 prints the fraction of a binary TIME without its closing zeroes.
  expect(binary).toEqual([{ ...PLAIN, clock: "-27:00:01.5" }]);
});

test("the mariadb client reads every type the same from text and from binary rows", async () => {
  const db = await mariadb.createConnection(
    options({ bigNumberStrings: true, supportBigNumbers: true, dateStrings: true }),
  );
  const text = await db.query("rows");
  const binary = await db.execute("rows");
  await db.end();
  expect({ ...text[0], b: String(text[0].b), u: String(text[0].u), f: Number(text[0].f) }).toEqual(PLAIN);
  expect({ ...binary[0], b: String(binary[0].b), u: String(binary[0].u) }).toEqual(PLAIN);
});

test("a line that the engine drops is a closed socket, under a statement and at the login", async () => {
  const db = await mysql.createConnection(options());
  received.length = 0;
  await expect(db.query("drop")).rejects.toMatchObject({ code: "PROTOCOL_CONNECTION_LOST", fatal: true });
  await expect.poll(() => received).toEqual(["drop", "(close)"]);
  const refused = mysql.createConnection(options({ user: "refused" }));
  await expect(refused).rejects.toMatchObject({ code: "PROTOCOL_CONNECTION_LOST", fatal: true });
});

test("an answer tells affected and found rows, the insert id and the info line", async () => {
  const found = await mysql.createConnection(options());
  const changed = await mysql.createConnection(options({ flags: ["-FOUND_ROWS"] }));
  const [one] = await found.query<mysql.ResultSetHeader>("update");
  const [two] = await changed.query<mysql.ResultSetHeader>("update");
  await Promise.all([found.end(), changed.end()]);
  expect([one.affectedRows, two.affectedRows, one.insertId, one.changedRows]).toEqual([3, 1, 7, 1]);
  expect(one.serverStatus & 3).toBe(1);
});

test("statements of one text are answered one by one and stop at the first error", async () => {
  const db = await mysql.createConnection(options({ multipleStatements: true }));
  received.length = 0;
  const failed = await db.query("a ';' /* ; */; -- ;\nb;;fail; c").catch((error: unknown) => error);
  await db.end();
  expect(failed).toMatchObject({
    errno: 9040,
    sqlState: "HY000",
    sqlMessage: "backup can not start, because 中文",
  });
  expect(received.slice(0, 3)).toEqual(["a ';' /* ; */", "-- ;\nb", "fail"]);
});

test("prepared parameters come to the engine as literals that read back the same", async () => {
  const db = await mysql.createConnection(options());
  received.length = 0;
  await db.execute("p ?, ?, '?', ?, ?, ? -- ?", ["it's \\ \n 备", 5, null, 1.25, Buffer.from([0, 39, 255])]);
  await db.end();
  expect(received[0]).toBe("p 'it''s \\\\ \n 备', 5, '?', NULL, 1.25e0, x'0027ff' -- ?");
});

test("a prepared text of any content keeps it", async () => {
  const db = await mysql.createConnection(options());
  const { lex } = await import("../sql/lex.ts");
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      received.length = 0;
      await db.execute("p ?", [text]);
      expect(lex(received[0] ?? "")[1]?.text).toBe(text);
    }),
    { numRuns: 60 },
  );
  await db.end();
});

test("a wrong password, an unknown tenant and a refused database are told with their own numbers", async () => {
  const denied = await mysql
    .createConnection(options({ password: "wrong" }))
    .catch((error: unknown) => error);
  const unknown = await mysql
    .createConnection(options({ user: "nobody@x" }))
    .catch((error: unknown) => error);
  expect(denied).toMatchObject({
    errno: 1045,
    sqlState: "42000",
    message: "Access denied for user 'app'@'xxx.xxx.xxx.xxx' (using password: YES)",
  });
  expect(unknown).toMatchObject({ errno: 5160 });
});

test("a client may encrypt, change the user, reset and ping", async () => {
  const db = await mysql.createConnection(options({ ssl: { rejectUnauthorized: false } }));
  received.length = 0;
  await db.ping();
  await db.changeUser({ user: "other", password: "secret" });
  await db.query("after");
  const other = await mariadb.createConnection(options({ ssl: { rejectUnauthorized: false } }));
  await other.reset();
  await Promise.all([db.end(), other.end()]);
  expect(received.slice(0, 3)).toEqual(["(close)", "after", "(reset)"]);
});

test("packets over 16 MiB pass both ways, also of exactly one full frame", async () => {
  const db = await mysql.createConnection(options());
  for (const size of [0xffffff - 6, 0xffffff - 4, 40_000_000]) {
    const text = "x".repeat(size);
    const [rows] = await db.query<mysql.RowDataPacket[]>(`size ${text}`);
    expect(rows[0]?.s.length).toBe(size);
    expect(rows[0]?.s === text).toBe(true);
  }
  await db.end();
});

test("a packet over max_allowed_packet is refused and the connection closed", async () => {
  const db = await mysql.createConnection(options());
  db.on("error", () => undefined);
  const failed = await db.query("x".repeat(65 * 1024 * 1024)).catch((error: unknown) => error);
  db.destroy();
  expect(failed).toBeInstanceOf(Error);
});

test("a statement that meets a lock is tried again until the lock is gone or its time is over", async () => {
  const db = await mysql.createConnection(options());
  failuresLeft = 3;
  received.length = 0;
  await db.query("lock");
  expect(received).toEqual(["lock", "lock", "lock", "lock"]);
  await expect(db.query("deadlock")).rejects.toMatchObject({ errno: 1205, sqlState: "HY000" });
  await db.end();
});

test("pipelined commands are answered in the order in which they came, a long answer in between", async () => {
  const db = await mariadb.createConnection(options({ pipelining: true }));
  const lengths = await Promise.all([
    db.query("rows"),
    db.query("many"),
    db.query("size abc"),
    db.query("rows"),
  ]);
  await db.end();
  expect(lengths.map((rows) => rows.length)).toEqual([1, 50_000, 1, 1]);
});

test("one client too many is told so", async () => {
  const clients = await Promise.all(Array.from({ length: 20 }, () => mysql.createConnection(options())));
  await expect(mysql.createConnection(options())).rejects.toMatchObject({ errno: 1040 });
  await Promise.all(clients.map((client) => client.end()));
});

test("bytes that are no protocol at all end that connection and no other", async () => {
  const noise = connect(server.port, "127.0.0.1");
  noise.on("error", () => undefined);
  noise.write(Buffer.concat([Buffer.from([80, 0, 0, 1]), randomBytes(80)]));
  await new Promise((resolve) => noise.once("close", resolve).resume());
  const db = await mysql.createConnection(options());
  await db.ping();
  await db.end();
});
