import type { Connection } from "../engine.ts";
import { timestampText } from "../model/time.ts";
import {
  add,
  contentFromText,
  contentText,
  itemFromRow,
  itemHash,
  nextChecksum,
  orderFromRow,
  orderHash,
  type Row,
} from "./content.ts";
import { chanceOf, newOrder, nextStatus, type Order, type OrderItem, orderToMoveOn } from "./orders.ts";

/** A session with the tenant. Each call runs one statement; what fails throws. */
export interface WorkloadSession {
  execute(sql: string): void;
  query(sql: string): readonly Row[];
}

export interface WorkloadOptions {
  readonly seed: number;
  /** Minutes east of UTC of the tenant's clock. Default +08:00. */
  readonly zoneMinutes?: number;
}

/** Orders older than this go, and orders beyond this number: the tables stay small however long it works. */
const KEPT_DAYS = 3;
const MOST_ORDERS = 2000;
/** More than one per commit, so that a backlog shrinks. */
const MOST_DELETED = 3;
const KEPT_LEDGER_ROWS = 500;
const DAY_MICROS = 86_400_000_000;

const SCHEMA = [
  "CREATE DATABASE IF NOT EXISTS shop",
  `CREATE TABLE IF NOT EXISTS shop.orders (
     id BIGINT NOT NULL PRIMARY KEY, customer VARCHAR(64) NOT NULL, status VARCHAR(16) NOT NULL,
     total_cents BIGINT NOT NULL, placed_at DATETIME NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS shop.order_items (
     order_id BIGINT NOT NULL, line INT NOT NULL, product VARCHAR(64) NOT NULL, quantity INT NOT NULL,
     price_cents BIGINT NOT NULL, PRIMARY KEY (order_id, line))`,
  `CREATE TABLE IF NOT EXISTS shop.commit_ledger (
     seq BIGINT NOT NULL PRIMARY KEY, content VARCHAR(16) NOT NULL, checksum VARCHAR(32) NOT NULL,
     created_at DATETIME(6) NOT NULL)`,
];

/** Where the workload stands: what the newest row of the ledger says. */
interface Standing {
  readonly seq: number;
  readonly content: bigint;
  readonly checksum: string;
}

const NOTHING_YET: Standing = { seq: 0, content: 0n, checksum: "0".repeat(32) };

export function sessionOf(connection: Connection): WorkloadSession {
  return {
    execute: (sql) => void connection.execute(sql),
    query: (sql) => {
      const reply = connection.execute(sql);
      if (reply.kind !== "rows") return [];
      const names = reply.columns.map((column) => column.name);
      return reply.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
    },
  };
}

/** Makes the database and tables where they are missing. */
export function openWorkload(session: WorkloadSession, options: WorkloadOptions): Workload {
  for (const statement of SCHEMA) session.execute(statement);
  return new Workload(session, options);
}

/**
 * A shop that takes orders, one transaction per order. Each also writes a row into `commit_ledger` with the content of
 * the tables as of that commit and a checksum that runs on from commit to commit, so that whoever restores the tenant can
 * say which commit it stands at and whether it holds exactly that (verifyWorkload). Everything it knows is in the tables:
 * it goes on after a restart, and in a restored tenant.
 */
export class Workload {
  readonly #session: WorkloadSession;
  readonly #seed: number;
  readonly #zoneMinutes: number;
  /** Undefined after a failure: read again from the ledger. */
  #standing: Standing | undefined;

  constructor(session: WorkloadSession, { seed, zoneMinutes = 480 }: WorkloadOptions) {
    this.#session = session;
    this.#seed = seed;
    this.#zoneMinutes = zoneMinutes;
  }

  /** One transaction at `now` (microseconds). Returns its number. When it fails it is rolled back and the error thrown. */
  commitOne(now: number): number {
    const before = this.#standing ?? readStanding(this.#session);
    this.#standing = undefined;
    this.#session.execute("BEGIN");
    try {
      const after = this.#write(before, now);
      this.#session.execute("COMMIT");
      this.#standing = after;
      return after.seq;
    } catch (cause) {
      this.#session.execute("ROLLBACK");
      throw cause;
    }
  }

  #write(before: Standing, now: number): Standing {
    const seq = before.seq + 1;
    const chance = chanceOf(this.#seed, seq);
    let content = add(before.content, this.#place(chance, { id: seq, placedAt: this.#clockText(now) }));
    content = add(content, this.#moveOn(orderToMoveOn(chance, seq)));
    content = add(content, this.#deleteOld(seq, now));
    const text = contentText(content);
    const checksum = nextChecksum(before.checksum, { seq, content: text });
    const at = timestampText(now, this.#zoneMinutes);
    this.#session.execute(
      `INSERT INTO shop.commit_ledger (seq, content, checksum, created_at) VALUES (${seq}, '${text}', '${checksum}', '${at}')`,
    );
    this.#session.execute(`DELETE FROM shop.commit_ledger WHERE seq <= ${seq - KEPT_LEDGER_ROWS}`);
    return { seq, content, checksum };
  }

  #place(chance: Buffer, place: { readonly id: number; readonly placedAt: string }): bigint {
    const { order, items } = newOrder(chance, place);
    this.#session.execute(
      `INSERT INTO shop.orders (id, customer, status, total_cents, placed_at) VALUES ${orderValues(order)}`,
    );
    this.#session.execute(
      `INSERT INTO shop.order_items (order_id, line, product, quantity, price_cents) VALUES ${items.map(itemValues).join(", ")}`,
    );
    return items.reduce((sum, item) => sum + itemHash(item), orderHash(order));
  }

  #moveOn(id: number | undefined): bigint {
    if (id === undefined) return 0n;
    const order = this.#orders(`id = ${id}`)[0];
    if (order === undefined) return 0n;
    const moved = { ...order, status: nextStatus(order.status) };
    this.#session.execute(`UPDATE shop.orders SET status = '${moved.status}' WHERE id = ${id}`);
    return orderHash(moved) - orderHash(order);
  }

  #deleteOld(seq: number, now: number): bigint {
    const oldest = this.#clockText(now - KEPT_DAYS * DAY_MICROS);
    const old = `(placed_at < '${oldest}' OR id <= ${seq - MOST_ORDERS}) ORDER BY id LIMIT ${MOST_DELETED}`;
    const orders = this.#orders(old);
    if (orders.length === 0) return 0n;
    const ids = orders.map((order) => order.id).join(", ");
    const rows = this.#session.query(
      `SELECT order_id, line, product, quantity, price_cents FROM shop.order_items WHERE order_id IN (${ids})`,
    );
    this.#session.execute(`DELETE FROM shop.order_items WHERE order_id IN (${ids})`);
    this.#session.execute(`DELETE FROM shop.orders WHERE id IN (${ids})`);
    const gone = [...orders.map(orderHash), ...rows.map(itemFromRow).map(itemHash)];
    return -gone.reduce((sum, one) => sum + one, 0n);
  }

  #orders(condition: string): readonly Order[] {
    const columns = "id, customer, status, total_cents, placed_at";
    return this.#session.query(`SELECT ${columns} FROM shop.orders WHERE ${condition}`).map(orderFromRow);
  }

  #clockText(micros: number): string {
    return timestampText(micros, this.#zoneMinutes).slice(0, 19);
  }
}

function readStanding(session: WorkloadSession): Standing {
  const newest = session.query(
    "SELECT seq, content, checksum FROM shop.commit_ledger ORDER BY seq DESC LIMIT 1",
  )[0];
  if (newest === undefined) return NOTHING_YET;
  return {
    seq: Number(newest["seq"]),
    content: contentFromText(String(newest["content"])),
    checksum: String(newest["checksum"]),
  };
}

function orderValues({ id, customer, status, totalCents, placedAt }: Order): string {
  return `(${id}, '${customer}', '${status}', ${totalCents}, '${placedAt}')`;
}

function itemValues({ orderId, line, product, quantity, priceCents }: OrderItem): string {
  return `(${orderId}, ${line}, '${product}', ${quantity}, ${priceCents})`;
}
