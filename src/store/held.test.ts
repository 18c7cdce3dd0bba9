import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ArchivePiece } from "../domain/archive.ts";
import { scn } from "../domain/scn.ts";
import type { SqlValue } from "./columns.ts";
import { compare, hold } from "./held.ts";
import type { RowChange } from "./inventory-table.ts";
import { PIECES } from "./inventory-tables.ts";
import { aPiece } from "./sample-inventory.ts";

const OWNER = ["prod", 1002] as const;
const KEY_COLUMNS = OWNER.length + PIECES.key.length;

const pieces = fc.uniqueArray(
  fc.record({ id: fc.integer({ min: 1, max: 8 }), checkpoint: fc.integer({ min: 0, max: 2 }) }).map(pieceAt),
  { selector: (piece) => piece.id },
);

function pieceAt({ id, checkpoint }: { readonly id: number; readonly checkpoint: number }): ArchivePiece {
  return { ...aPiece(id), checkpointScn: scn(checkpoint) };
}

/** What a table would hold afterwards, as lines; refuses what a database would: a row twice, a row that is not there. */
function apply(
  rows: ReadonlyMap<string, string>,
  changes: readonly RowChange[],
): ReadonlyMap<string, string> {
  const next = new Map(rows);
  for (const { verb, values } of changes) {
    const restFirst = verb === "update" ? values.length - KEY_COLUMNS : 0;
    const key = String(values.slice(restFirst, restFirst + KEY_COLUMNS));
    const rest = verb === "update" ? values.slice(0, restFirst) : values.slice(KEY_COLUMNS);
    if (next.has(key) !== (verb !== "insert")) throw new Error(`${verb} of ${key} is not possible`);
    if (verb === "delete") next.delete(key);
    else next.set(key, String(rest));
  }
  return next;
}

function rowsOf(items: readonly ArchivePiece[]): ReadonlyMap<string, string> {
  return new Map(
    items.map((item) => [String([...OWNER, item.destId, item.roundId, item.id]), String(restOf(item))]),
  );
}

function restOf(item: ArchivePiece): readonly SqlValue[] {
  return PIECES.rest.map((field) => {
    const value = item[field];
    return typeof value === "bigint" ? String(value).padStart(20, "0") : value;
  });
}

test("the differences between any two passes turn the rows of the first into those of the second", () => {
  fc.assert(
    fc.property(pieces, pieces, (first, second) => {
      const { after, changes } = compare(PIECES, OWNER, { before: hold(PIECES, first), now: second });
      expect(apply(rowsOf(first), changes)).toEqual(rowsOf(second));
      expect(after.items).toEqual(changes.length === 0 ? first : second);
    }),
  );
});

test("nothing is written for what stays the same, and it stays the same object", () => {
  const before = hold(PIECES, [aPiece(1), aPiece(2), aPiece(3)]);
  const now = [aPiece(1), { ...aPiece(2), outputBytes: 77 }, aPiece(4)];
  const { after, changes } = compare(PIECES, OWNER, { before, now });
  expect(changes.map((change) => change.verb).toSorted()).toEqual(["delete", "insert", "update"]);
  expect(after.items[0]).toBe(before.items[0]);
  expect(compare(PIECES, OWNER, { before, now: structuredClone(before.items) }).after).toBe(before);
});
