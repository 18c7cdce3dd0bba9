import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lex } from "./lex.ts";
import { lift } from "./lift.ts";

const LITERALS = new Set(["string", "integer", "decimal", "float"]);
const lexed = (sql: string) =>
  lex(sql)
    .filter(({ kind }) => LITERALS.has(kind))
    .map(({ text }) => text);

const piece = fc.oneof(
  fc.constantFrom(
    "select",
    "a.b",
    "`x 1 'y`",
    "@v1",
    "@@session.x",
    "t1",
    "12a",
    "(",
    ")",
    ",",
    "-",
    "+",
    "=",
    ".",
    "1e5",
    "$a",
  ),
  fc.nat().map(String),
  fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `${a}.${b}`),
  fc.string({ unit: "grapheme" }).map((text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`),
  fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text.replaceAll("\\", ""))),
);

test("the literals found without the lexer are the lexer's, whatever stands around them", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom("", " ", "\n"), (pieces, blank) => {
      const sql = pieces.join(blank === "" ? " " : blank);
      const lifted = lift(sql);
      if (lifted) expect(lifted.literals).toEqual(lexed(sql));
    }),
    { numRuns: 500 },
  );
});

test("statements that differ in values only have one key, in forms or scales different ones", () => {
  const key = (sql: string) => lift(sql)?.key;
  expect(key("select 'a', 1, 1.5")).toBe(key("select 'bc', 22, 2.5"));
  expect(key("select 1.5")).not.toBe(key("select 1.55"));
  expect(key("select '1'")).not.toBe(key("select 1"));
  expect(key("select 1 /* a */")).toBeUndefined();
});
