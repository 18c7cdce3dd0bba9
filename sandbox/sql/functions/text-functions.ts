import { createHash, randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { notSupported } from "../errors.ts";
import {
  defineNullable,
  defineStrict,
  defineVolatile,
  numberOf,
  type Present,
  textOf,
  type Value,
} from "./define.ts";

/** max_allowed_packet bounds what a function may return. */
const MAX_LENGTH = 64 * 1024 * 1024;

const characters = (value: Present | undefined) => Array.from(textOf(value ?? ""));
const bytes = (value: Present) => (value instanceof Uint8Array ? value : Buffer.from(textOf(value)));

/** One letter for one letter: ß stays, as in utf8mb4_general_ci. */
function upperCase(text: string): string {
  return Array.from(text, (letter) => {
    const upper = letter.toUpperCase();
    return upper.length === letter.length ? upper : letter;
  }).join("");
}

/** MySQL counts from 1, and from the end where the place is negative; place 0 gives nothing. */
function substring(text: Present | undefined, place: number, count: number): string {
  const all = characters(text);
  const start = place > 0 ? place - 1 : all.length + place;
  if (place === 0 || start < 0 || count <= 0) return "";
  return all.slice(start, start + count).join("");
}

function pad(
  text: Present | undefined,
  size: number,
  fill: string,
): { readonly text: string; readonly fill: string } | undefined {
  const all = characters(text);
  if (size < 0 || size > MAX_LENGTH) return undefined;
  if (all.length >= size) return { text: all.slice(0, size).join(""), fill: "" };
  if (fill === "") return undefined;
  const wanted = size - all.length;
  return {
    text: all.join(""),
    fill: Array.from(fill.repeat(Math.ceil(wanted / fill.length)))
      .slice(0, wanted)
      .join(""),
  };
}

function locate(part: Present | undefined, text: Present | undefined, from: number): bigint {
  if (from < 1) return 0n;
  const all = characters(text);
  const skipped = all.slice(0, from - 1).join("");
  const found = textOf(text ?? "")
    .toLowerCase()
    .indexOf(textOf(part ?? "").toLowerCase(), skipped.length);
  return found < 0 ? 0n : BigInt(Array.from(textOf(text ?? "").slice(0, found)).length + 1);
}

function substringIndex(text: string, delimiter: string, count: number): string {
  if (delimiter === "" || count === 0) return "";
  const parts = text.split(delimiter);
  return (count > 0 ? parts.slice(0, count) : parts.slice(count)).join(delimiter);
}

function trimLeading(text: string, part: string): string {
  let from = 0;
  if (part !== "") while (text.startsWith(part, from)) from += part.length;
  return text.slice(from);
}

function trimTrailing(text: string, part: string): string {
  let to = text.length;
  if (part !== "") while (text.endsWith(part, to)) to -= part.length;
  return text.slice(0, to);
}

function repeat(text: string, count: number): Value {
  if (count <= 0) return "";
  return text.length * count > MAX_LENGTH ? null : text.repeat(count);
}

const SHA2: Record<number, string> = {
  0: "sha256",
  224: "sha224",
  256: "sha256",
  384: "sha384",
  512: "sha512",
};

function sha2(value: Present | undefined, size: number): Value {
  const name = SHA2[size];
  return name
    ? createHash(name)
        .update(bytes(value ?? ""))
        .digest("hex")
    : null;
}

const patterns = new Map<string, RegExp>();
const MAX_PATTERNS = 200;

/** MySQL's POSIX classes are written out; what JavaScript reads differently or not at all is refused. */
function pattern(source: string, flags: string): RegExp {
  const key = `${flags}/${source}`;
  const known = patterns.get(key);
  if (known) return known;
  const written = source
    .replaceAll("[:digit:]", "0-9")
    .replaceAll("[:alpha:]", "A-Za-z")
    .replaceAll("[:alnum:]", "A-Za-z0-9")
    .replaceAll("[:space:]", "\\s");
  if (written.includes("[:") || written.includes("[[.")) throw notSupported(`REGEXP ${source}`);
  if (patterns.size >= MAX_PATTERNS) patterns.clear();
  const made = compiled(written, flags);
  patterns.set(key, made);
  return made;
}

function compiled(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}s`);
  } catch {
    throw notSupported(`REGEXP ${source}`);
  }
}

/** LIKE that minds the case. */
function like(text: string, source: string, escape: string): boolean {
  let regexp = "";
  const all = Array.from(source);
  for (let i = 0; i < all.length; i++) {
    const char = all[i] ?? "";
    const next = all[i + 1];
    if (char === escape && next !== undefined) {
      regexp += quoted(next);
      i++;
    } else regexp += char === "%" ? ".*" : char === "_" ? "." : quoted(char);
  }
  return new RegExp(`^${regexp}$`, "su").test(text);
}

const quoted = (char: string) => char.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

const quoteSql = (text: string) =>
  `'${text.replace(/['\\]/g, "\\$&").replaceAll("\0", "\\0").replaceAll("\u001a", "\\Z")}'`;

export function defineTextFunctions(db: DatabaseSync): void {
  defineStrict(db, {
    my_concat: (...parts) => parts.map(textOf).join(""),
    my_tuple: (...parts) => JSON.stringify(parts.map(textOf)),
    my_fold: (text) => textOf(text ?? "").toLowerCase(),
    my_substring: (text, place, count) =>
      substring(text, numberOf(place ?? 0), count === undefined ? MAX_LENGTH : numberOf(count)),
    my_left: (text, count) =>
      characters(text)
        .slice(0, Math.max(0, numberOf(count ?? 0)))
        .join(""),
    my_right: (text, count) => {
      const size = Math.max(0, numberOf(count ?? 0));
      return size === 0 ? "" : characters(text).slice(-size).join("");
    },
    my_lower: (text) => textOf(text ?? "").toLowerCase(),
    my_upper: (text) => upperCase(textOf(text ?? "")),
    my_trim: (text, part = " ") => trimTrailing(trimLeading(textOf(text ?? ""), textOf(part)), textOf(part)),
    my_trim_leading: (text, part = " ") => trimLeading(textOf(text ?? ""), textOf(part)),
    my_trim_trailing: (text, part = " ") => trimTrailing(textOf(text ?? ""), textOf(part)),
    my_replace: (text, from, to) =>
      textOf(from ?? "") === ""
        ? textOf(text ?? "")
        : textOf(text ?? "")
            .split(textOf(from ?? ""))
            .join(textOf(to ?? "")),
    my_reverse: (text) => characters(text).toReversed().join(""),
    my_repeat: (text, count) => repeat(textOf(text ?? ""), numberOf(count ?? 0)),
    my_space: (count) => repeat(" ", numberOf(count ?? 0)),
    my_pad_left: (text, size, fill) => {
      const padded = pad(text, numberOf(size ?? 0), textOf(fill ?? " "));
      return padded ? padded.fill + padded.text : null;
    },
    my_pad_right: (text, size, fill) => {
      const padded = pad(text, numberOf(size ?? 0), textOf(fill ?? " "));
      return padded ? padded.text + padded.fill : null;
    },
    my_locate: (part, text, from) => locate(part, text, from === undefined ? 1 : numberOf(from)),
    my_substring_index: (text, delimiter, count) =>
      substringIndex(textOf(text ?? ""), textOf(delimiter ?? ""), numberOf(count ?? 0)),
    my_find_in_set: (text, list) => {
      const members = textOf(list ?? "")
        .toLowerCase()
        .split(",");
      return textOf(list ?? "") === "" ? 0n : BigInt(members.indexOf(textOf(text ?? "").toLowerCase()) + 1);
    },
    my_strcmp: (a, b) => {
      const [x, y] = [textOf(a ?? "").toLowerCase(), textOf(b ?? "").toLowerCase()];
      return x === y ? 0n : x < y ? -1n : 1n;
    },
    my_like: (text, source, escape) =>
      like(textOf(text ?? ""), textOf(source ?? ""), textOf(escape ?? "\\")) ? 1n : 0n,
    my_regexp: (text, source, flags) =>
      pattern(textOf(source ?? ""), textOf(flags ?? "iu")).test(textOf(text ?? "")) ? 1n : 0n,
  });
  defineByteFunctions(db);
  defineVolatile(db, { my_uuid: () => randomUUID(), my_rand: () => Math.random() });
}

function defineByteFunctions(db: DatabaseSync): void {
  defineStrict(db, {
    my_digest: (name, value) =>
      createHash(textOf(name ?? "md5"))
        .update(bytes(value ?? ""))
        .digest("hex"),
    my_sha2: (value, size) => sha2(value, numberOf(size ?? 0)),
    my_crc32: (value) => BigInt(crc32(bytes(value ?? ""))),
    my_unhex: (text) => {
      const hex = textOf(text ?? "");
      return /^[0-9a-f]*$/i.test(hex) ? Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex") : null;
    },
    my_ascii: (text) => BigInt(bytes(text ?? "")[0] ?? 0),
    my_to_base64: (value) =>
      Buffer.from(bytes(value ?? ""))
        .toString("base64")
        .replace(/.{76}(?=.)/g, "$&\n"),
    my_from_base64: (text) => Buffer.from(textOf(text ?? ""), "base64"),
  });
  defineNullable(db, {
    my_concat_ws: (separator, ...parts) =>
      separator === null || separator === undefined
        ? null
        : parts
            .filter((part) => part !== null)
            .map(textOf)
            .join(textOf(separator)),
    my_char: (...codes) =>
      Buffer.concat(codes.filter((code) => code !== null).map((code) => codeBytes(numberOf(code)))),
    my_field: (value, ...list) => {
      const wanted = value === null || value === undefined ? undefined : textOf(value).toLowerCase();
      return BigInt(list.findIndex((item) => item !== null && textOf(item).toLowerCase() === wanted) + 1);
    },
    my_elt: (index, ...list) =>
      index === null || index === undefined ? null : (list[numberOf(index) - 1] ?? null),
    my_quote: (text) => (text === null || text === undefined ? "NULL" : quoteSql(textOf(text))),
  });
}

/** CHAR(256) is two bytes. */
function codeBytes(code: number): Buffer {
  const hex = (code >>> 0).toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
}
