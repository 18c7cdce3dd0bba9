/**
 * Finds the literals of a statement without parsing it, so that statements which differ in their values only share one
 * plan. The key is the text with each literal replaced by its form; literals come in the order of the lexer.
 */
export interface Lifted {
  readonly key: string;
  /** Their meaning: digits, or the text of a string. */
  readonly literals: readonly string[];
}

/** In turn: words and names, strings, numbers. */
const PIECE =
  /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*|`[^`]*`|@[\w$.@]+|('(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*")|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w$]))/gs;
const SPECIAL = /\/\*|--|#|0x|[xX]'/;
/** Longer texts are rarely sent twice in the same form. */
const MAX_LENGTH = 16_384;

/** Undefined when the text has comments or other things that only the lexer can tell apart: then there is no key. */
export function lift(sql: string): Lifted | undefined {
  if (sql.length > MAX_LENGTH || SPECIAL.test(sql)) return undefined;
  const literals: string[] = [];
  const key = sql.replace(PIECE, (piece, text: string | undefined, number: string | undefined) => {
    if (text !== undefined) {
      literals.push(unquoted(text));
      return "?s";
    }
    if (number === undefined) return piece;
    literals.push(number);
    return numberForm(number);
  });
  return { key, literals };
}

/** Numbers of another form or scale have another type. */
function numberForm(number: string): string {
  if (/e/i.test(number)) return "?f";
  const point = number.indexOf(".");
  if (point >= 0) return `?d${number.length - 1 - point}`;
  return number.length > 18 ? `?l${number}` : "?i";
}

const ESCAPES: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  Z: "\u001a",
  "0": "\0",
  "%": "\\%",
  _: "\\_",
};

function unquoted(literal: string): string {
  const quote = literal.charAt(0);
  const inside = literal.slice(1, -1);
  if (!inside.includes("\\") && !inside.includes(quote)) return inside;
  return inside.replace(/\\(.)|''|""/gs, (found, char: string | undefined) => {
    if (char !== undefined) return ESCAPES[char] ?? char;
    return found.charAt(0) === quote ? quote : found;
  });
}
