import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Scn, scn } from "../domain/scn.ts";
import { columnName, fromText, nullable, scnColumn, toText } from "./columns.ts";

const anyScn = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(scn);

test("every SCN comes back exactly, and sorts as text the way it sorts as a number", () => {
  fc.assert(
    fc.property(anyScn, anyScn, (a, b) => {
      const [left, right] = [String(scnColumn.toSql(a)), String(scnColumn.toSql(b))];
      expect(scnColumn.fromSql(left)).toBe(a);
      expect(left < right).toBe(a < b);
      expect(left).toHaveLength(20);
    }),
  );
});

test("no SCN at all is null on both sides", () => {
  expect(nullable(scnColumn).toSql(null)).toBeNull();
  expect(nullable(scnColumn).fromSql(null)).toBeNull();
});

test("a record comes back as it was, SCNs as SCNs and digits as text", () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      anyScn,
      tie("many"),
    ),
    many: fc.oneof(
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("scn", "digits", "name"), tie("any")),
    ),
  })).any;
  fc.assert(
    fc.property(value, (any) => {
      expect(fromText(toText(any))).toEqual(withoutMinusZero(any));
    }),
  );
  const record: { readonly until: Scn; readonly text: string } = { until: scn(17n), text: "17" };
  expect(fromText(toText(record))).toEqual(record);
});

/** JSON has no -0, and nothing of ours tells it from 0. */
function withoutMinusZero(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(withoutMinusZero);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutMinusZero(item)]));
}

test("a field lies in the column of its name", () => {
  expect(["id", "minRestoreScn", "plusArchivelog"].map(columnName)).toEqual([
    "id",
    "min_restore_scn",
    "plus_archivelog",
  ]);
});
