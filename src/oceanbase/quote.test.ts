import { assert, constantFrom, pre, property, string } from "fast-check";
import { expect, test } from "vitest";
import { quoteName, quoteSignature, quoteText } from "./quote.ts";

/** Reads a text literal as OceanBase's MySQL mode does with backslash escapes on; undefined where it does not end right. */
function readLiteral(literal: string): string | undefined {
  if (!/^'(?:[^'\\]|''|\\[\s\S])*'$/.test(literal)) return undefined;
  const named: Readonly<Record<string, string>> = {
    "0": "\0",
    n: "\n",
    r: "\r",
    t: "\t",
    b: "\b",
    Z: "\u001a",
  };
  return literal
    .slice(1, -1)
    .replaceAll(/''|\\([\s\S])/g, (whole, escaped: string | undefined) =>
      escaped === undefined ? whole.slice(1) : (named[escaped] ?? escaped),
    );
}

test("any text reads back as the same text, and its literal ends where it should", () => {
  assert(
    property(string({ unit: "binary" }), (text) => {
      expect(readLiteral(quoteText(text))).toBe(text.toWellFormed());
    }),
  );
});

test("texts made of the characters that end or escape a literal stay inside it", () => {
  const nasty = string({ unit: constantFrom("'", "\\", "\0", "\n", "`", '"', "%", "a") });
  assert(
    property(nasty, (text) => {
      expect(readLiteral(quoteText(text))).toBe(text);
    }),
  );
});

test("any name reads back as the same name between its backticks", () => {
  assert(
    property(string({ unit: "grapheme", minLength: 1 }), (name) => {
      pre(!name.includes("\0"));
      const quoted = quoteName(name);
      expect(quoted).toMatch(/^`(?:[^`]|``)+`$/);
      expect(quoted.slice(1, -1).replaceAll("``", "`")).toBe(name.toWellFormed());
    }),
  );
});

test("an empty name and a name with a NUL are refused", () => {
  expect(() => quoteName("")).toThrow(RangeError);
  expect(() => quoteName("a\0b")).toThrow(RangeError);
});

test("a signature with a quote is refused: OceanBase pastes it unescaped into an inner statement", () => {
  expect(quoteSignature("op-01JD.x:7_a")).toBe("'op-01JD.x:7_a'");
  expect(quoteSignature("op-…")).toBe("'op-…'");
  for (const text of ["a'b", 'a"b', "a`b", "a\\b", "a b", "a\nb", "a\0b", "", "x".repeat(129)]) {
    expect(() => quoteSignature(text)).toThrow(RangeError);
  }
});
