import { isUtf8 } from "node:buffer";

/** Strings of a statement in latin1, in which every byte is one character. */
const STRING = /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`/gs;
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", Z: "\u001a", "0": "\0" };

/**
 * The text of a statement. Dumps write binary columns as raw bytes between quotes, which are no UTF-8: such a string
 * becomes x'…', which says the same.
 */
export function statementText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const written = bytes.toString("latin1").replace(STRING, (literal) => {
    if (literal.startsWith("`") || isUtf8(Buffer.from(literal, "latin1"))) return literal;
    return `x'${Buffer.from(unquoted(literal), "latin1").toString("hex")}'`;
  });
  return Buffer.from(written, "latin1").toString("utf8");
}

function unquoted(literal: string): string {
  const quote = literal.charAt(0);
  return literal.slice(1, -1).replace(/\\(.)|''|""/gs, (found, char: string | undefined) => {
    if (char !== undefined) return ESCAPES[char] ?? char;
    return found.charAt(0) === quote ? quote : found;
  });
}
