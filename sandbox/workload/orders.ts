import { createHash } from "node:crypto";

/* What the workload writes, each commit made from the seed and the commit's number alone. */

export interface Order {
  readonly id: number;
  readonly customer: string;
  readonly status: string;
  readonly totalCents: number;
  /** `YYYY-MM-DD hh:mm:ss` on the tenant's clock. */
  readonly placedAt: string;
}

export interface OrderItem {
  readonly orderId: number;
  readonly line: number;
  readonly product: string;
  readonly quantity: number;
  readonly priceCents: number;
}

const FAMILY = ["Chen", "Li", "Wang", "Zhang", "Liu", "Huang", "Zhao", "Wu", "Xu", "Sun", "Smith", "Garcia"];
const GIVEN = ["Min", "Wei", "Jing", "Lei", "Fang", "Yan", "Anna", "Tom", "Maria", "Ivan", "Noor", "Kofi"];
const PRODUCTS = [
  "green tea",
  "ink brush",
  "rice bowl",
  "desk lamp",
  "notebook",
  "umbrella",
  "bicycle bell",
  "kite",
];
const MOST_ITEMS = 4;

/** What happens to an order after it was placed, in this order. */
const STATUSES = ["placed", "paid", "shipped", "delivered"] as const;

/** Bytes that depend on the seed and the commit's number and on nothing else. */
export function chanceOf(seed: number, seq: number): Buffer {
  return createHash("sha256").update(`${seed}/${seq}`).digest();
}

export function newOrder(
  chance: Buffer,
  place: { readonly id: number; readonly placedAt: string },
): { readonly order: Order; readonly items: readonly OrderItem[] } {
  const count = 1 + pick(chance, 0, MOST_ITEMS);
  const items = Array.from({ length: count }, (_, index) => ({
    orderId: place.id,
    line: index + 1,
    product: PRODUCTS[pick(chance, 4 + index, PRODUCTS.length)] ?? "",
    quantity: 1 + pick(chance, 8 + index, 5),
    priceCents: 100 + chance.readUInt16LE(12 + 2 * index),
  }));
  const totalCents = items.reduce((sum, item) => sum + item.quantity * item.priceCents, 0);
  const customer = `${FAMILY[pick(chance, 1, FAMILY.length)]} ${GIVEN[pick(chance, 2, GIVEN.length)]}`;
  return { order: { ...place, customer, status: STATUSES[0], totalCents }, items };
}

/** The order that this commit moves on, if any: one of the last fifty. */
export function orderToMoveOn(chance: Buffer, seq: number): number | undefined {
  const back = 1 + pick(chance, 30, 50);
  return pick(chance, 31, 3) > 0 && seq > back ? seq - back : undefined;
}

export function nextStatus(status: string): string {
  const now = STATUSES.findIndex((known) => known === status);
  return STATUSES[Math.min(now + 1, STATUSES.length - 1)] ?? status;
}

function pick(chance: Buffer, at: number, below: number): number {
  return (chance[at] ?? 0) % below;
}
