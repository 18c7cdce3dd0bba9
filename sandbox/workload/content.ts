import { createHash } from "node:crypto";
import type { Order, OrderItem } from "./orders.ts";

/*
 * The content of the tables as one number: the sum of a 64-bit hash of each row. It does not depend on the order of the
 * rows and a commit changes it by the rows that it adds and takes away, so it can be kept up from commit to commit and
 * also be worked out anew from whatever the tables hold.
 */

export type Row = Readonly<Record<string, unknown>>;

const MODULUS = 1n << 64n;

export function orderHash(order: Order): bigint {
  const { id, customer, status, totalCents, placedAt } = order;
  return hash(["order", id, customer, status, totalCents, placedAt]);
}

export function itemHash(item: OrderItem): bigint {
  const { orderId, line, product, quantity, priceCents } = item;
  return hash(["item", orderId, line, product, quantity, priceCents]);
}

export function add(content: bigint, change: bigint): bigint {
  return (((content + change) % MODULUS) + MODULUS) % MODULUS;
}

export function contentText(content: bigint): string {
  return content.toString(16).padStart(16, "0");
}

export function contentFromText(text: string): bigint {
  return BigInt(`0x${text}`);
}

/** The running checksum: of everything that was ever committed, in order. */
export function nextChecksum(
  before: string,
  commit: { readonly seq: number; readonly content: string },
): string {
  return createHash("sha256").update(`${before}/${commit.seq}/${commit.content}`).digest("hex").slice(0, 32);
}

export function orderFromRow(row: Row): Order {
  return {
    id: Number(row["id"]),
    customer: String(row["customer"]),
    status: String(row["status"]),
    totalCents: Number(row["total_cents"]),
    placedAt: timeText(row["placed_at"]),
  };
}

export function itemFromRow(row: Row): OrderItem {
  return {
    orderId: Number(row["order_id"]),
    line: Number(row["line"]),
    product: String(row["product"]),
    quantity: Number(row["quantity"]),
    priceCents: Number(row["price_cents"]),
  };
}

function hash(values: readonly (string | number)[]): bigint {
  return createHash("sha256").update(JSON.stringify(values)).digest().readBigUInt64LE(0);
}

/** A DATETIME as text. Clients that make a Date of it read the text in this machine's zone, so it is read back there. */
function timeText(value: unknown): string {
  if (!(value instanceof Date)) return String(value).replace("T", " ").slice(0, 19);
  const local = new Date(value.getTime() - value.getTimezoneOffset() * 60_000);
  return local.toISOString().replace("T", " ").slice(0, 19);
}
