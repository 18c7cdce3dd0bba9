import {
  add,
  contentText,
  itemFromRow,
  itemHash,
  nextChecksum,
  orderFromRow,
  orderHash,
  type Row,
} from "./content.ts";

export interface WorkloadVerdict {
  /** Number of the commit that the tenant stands at; 0 before the first. */
  readonly seq: number;
  /** The running checksum of that commit as the ledger holds it. */
  readonly checksum: string;
  readonly matches: boolean;
  /** What does not match, in words. */
  readonly problems: readonly string[];
}

/** Any client of the tenant: rows as objects. */
export type Query = (sql: string) => readonly Row[] | Promise<readonly Row[]>;

/** Works out the content of the tables from their rows and compares it with what the newest commit said it would be. */
export async function verifyWorkload(query: Query): Promise<WorkloadVerdict> {
  const ledger = await query("SELECT seq, content, checksum FROM shop.commit_ledger ORDER BY seq");
  const orders = await query("SELECT id, customer, status, total_cents, placed_at FROM shop.orders");
  const items = await query("SELECT order_id, line, product, quantity, price_cents FROM shop.order_items");
  const hashes = [...orders.map(orderFromRow).map(orderHash), ...items.map(itemFromRow).map(itemHash)];
  const content = contentText(hashes.reduce(add, 0n));
  const newest = ledger.at(-1);
  const said = newest === undefined ? contentText(0n) : String(newest["content"]);
  const problems = [...brokenLinks(ledger)];
  if (content !== said) problems.push(`the rows add up to ${content}, the newest commit says ${said}`);
  return {
    seq: Number(newest?.["seq"] ?? 0),
    checksum: newest === undefined ? "" : String(newest["checksum"]),
    matches: problems.length === 0,
    problems,
  };
}

/** Each checksum follows from the one before it. */
function brokenLinks(ledger: readonly Row[]): readonly string[] {
  return ledger.slice(1).flatMap((row, index) => {
    const before = String(ledger[index]?.["checksum"]);
    const seq = Number(row["seq"]);
    const expected = nextChecksum(before, { seq, content: String(row["content"]) });
    const follows = seq === Number(ledger[index]?.["seq"]) + 1 && expected === row["checksum"];
    return follows ? [] : [`commit ${seq} does not follow from the one before it`];
  });
}
