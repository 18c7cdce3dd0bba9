import { expect, test } from "vitest";
import { lex } from "./lex.ts";
import { TokenReader } from "./token-reader.ts";

const shape = (sql: string) => lex(sql).map((token) => `${token.kind}:${token.text}`);

test("strings keep escapes, doubled quotes and the backslash of LIKE's wildcards", () => {
  expect(shape(String.raw`'it''s\n\%' "a""b"`)).toEqual(["string:it's\n\\%", 'string:a"b', "end:"]);
});

test("a versioned comment belongs to the statement, other comments do not, a hint is a token", () => {
  expect(shape("/*!40101 SET */ a /* b */ -- c\n# d\n/*+ e */ 3*/*c*/4")).toEqual([
    "word:SET",
    "word:a",
    "hint:e",
    "integer:3",
    "symbol:*",
    "integer:4",
    "end:",
  ]);
});

test("numbers, bytes, names and variables are told apart", () => {
  expect(shape("1 1.5 .5 1e3 0x4F x'4f' 1a `a``b` @x @@session.y a->>b 1--1")).toEqual([
    "integer:1",
    "decimal:1.5",
    "decimal:.5",
    "float:1e3",
    "bytes:4F",
    "bytes:4f",
    "word:1a",
    "identifier:a`b",
    "variable:x",
    "setting:session.y",
    "word:a",
    "symbol:->>",
    "word:b",
    "integer:1",
    "symbol:-",
    "symbol:-",
    "integer:1",
    "end:",
  ]);
});

test("an unterminated string is a syntax error in OceanBase's words", () => {
  expect(() => lex("select 'a")).toThrow(
    "You have an error in your SQL syntax; check the manual that corresponds to your OceanBase version for the right syntax to use near 'a' at line 1",
  );
});

test("a reader accepts runs of keywords and names the token it stumbles over", () => {
  const reader = new TokenReader("alter system\nbackup tenant = `t-1`;");
  expect(reader.accepts("ALTER", "SYSTEM")).toBe(true);
  expect(reader.accepts("RESTORE")).toBe(false);
  expect(() => reader.expect("BACKUP", "DATABASE")).toThrow("near 'tenant = `t-1`;' at line 2");
  reader.expect("TENANT", "=");
  expect(reader.expectName()).toBe("t-1");
  reader.expectEnd();
});
